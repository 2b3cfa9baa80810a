"""Quotation marks and paragraphs: where quoted speech begins and ends on the page.

In: a text as it is read (`quotes.text.lines`). Out: for each character whether it stands outside quotation marks,
inside, or is itself an opening or a closing mark; and the paragraphs. Pure. The network is fitted on what this makes of
a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)

PARAGRAPH_BREAK = re.compile(r"\n\s*")

_OPENERS = {"“": '”“"', "„": '“”"', "‟": '”"', "«": "»", "»": "«", "〝": "〞", "「": "」", "『": "』", "＂": "＂"}
_SINGLE_OPENERS = {"‘": "’", "‚": "‘’", "‹": "›", "'": "'", "`": "'’", "‛": "’"}
TEX = "``"
"""Opens what '' closes."""
_OPENING_MARK = re.compile(TEX + "|[" + "".join([*_OPENERS, *_SINGLE_OPENERS, '"']) + "]")
_INCH = re.compile(r'(?<=\d)(?<!\d\d\d)" (?=[a-z])')
_CLOSERS = {closers: re.compile(f"[{closers}]") for closers in (*_OPENERS.values(), *_SINGLE_OPENERS.values(), '"”')}
_BEFORE_CLOSER = ",.!?…;:"
# "'em", "'til" and "'90s" begin with an apostrophe, not with a quotation mark.
_ELISION = re.compile(r"['’‘](?:\d\ds?\b|(?:em|til|tis|twas|cause|bout|n|round|cos)\b)", re.IGNORECASE)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph, without the white space between them."""
    edges = [0, *(e for m in PARAGRAPH_BREAK.finditer(text) for e in m.span()), len(text)]
    return [(s, e) for s, e in zip(edges[::2], edges[1::2], strict=True) if text[s:e].strip()]


def quotation_states(text: str, parts: Sequence[tuple[int, int]]) -> bytearray:
    """One of OUTSIDE, INSIDE, OPENING, CLOSING per character; the end of a paragraph ends an open quote."""
    states = bytearray(len(text))
    for start, end in parts:
        _mark_paragraph(text, start, end, states)
    return states


def _mark_paragraph(text: str, start: int, end: int, states: bytearray) -> None:
    position = start
    marks = _Marks(text, start, end)
    while mark := _OPENING_MARK.search(text, position, end):
        opened, inner = mark.start(), mark.end()
        close = _closing_position(text, mark, start, end, marks)
        position = opened + 1 if close is None else close + 1
        if close is not None:
            states[opened:inner] = bytes([OPENING]) * (inner - opened)
            states[inner:close] = bytes([INSIDE]) * (close - inner)
            behind = min(close + (2 if mark[0] == TEX else 1), end)
            states[close:behind] = bytes([CLOSING]) * (behind - close)
            position = max(position, behind)


def _closing_position(text: str, opening: re.Match[str], start: int, end: int, marks: _Marks) -> int | None:
    """Where the quote that a mark opens closes (`end` where it stays open); None where none opens."""
    mark, position = opening[0], opening.start()
    if mark == TEX:
        return marks.tex(opening.end())
    if mark in _OPENERS:
        # A closing-shaped guillemet opens only in German style: after a space and before a letter.
        if mark == "»" and not _looks_opening(text, position, start, end):
            return None
        return _first_of(text, _OPENERS[mark], position + 1, end)
    if mark == '"':
        if not _looks_opening(text, position, start, end) and position > start:
            return None
        return marks.straight(position + 1)
    if mark in _SINGLE_OPENERS and _looks_opening(text, position, start, end) and not _ELISION.match(text, position):
        return marks.closing(_SINGLE_OPENERS[mark], position + 1)
    return None


def _looks_opening(text: str, position: int, start: int, end: int) -> bool:
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return not before.isalnum() and not after.isspace() and before not in _BEFORE_CLOSER


def _first_of(text: str, closers: str, position: int, end: int) -> int:
    found = _CLOSERS[closers].search(text, position, end)
    return found.start() if found else end


class _Marks:
    """Where marks can close in a paragraph; single ones before a non-letter. Looked up once, however many open."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self._found: dict[str, Mapping[bool, list[int]]] = {}
        self._tex = True

    def straight(self, position: int) -> int:
        """Where a straight double mark closes: not at an inch, which is the odd one of a paragraph's marks."""
        close = _first_of(self.text, '"”', position, self.end)
        while self._odd and close < self.end and _INCH.match(self.text, close, self.end):
            close = _first_of(self.text, '"”', close + 1, self.end)
        return close

    def tex(self, position: int) -> int | None:
        """Where the marks of TeX close; once they do not, none behind them do."""
        close = self.text.find("''", position, self.end) if self._tex else -1
        self._tex = close >= 0
        return close if self._tex else None

    @cached_property
    def _odd(self) -> bool:
        return self.text.count('"', self.start, self.end) % 2 == 1

    def closing(self, closers: str, position: int) -> int | None:
        """Where a quote from `position` on closes: after punctuation is surer than a letter ("the players' bus")."""
        found = self._found.get(closers) or self._found.setdefault(closers, self._find(closers))
        sure, weak = (_next(found[is_sure], position) for is_sure in (True, False))
        if sure is None or (weak is not None and weak < sure and self.text[weak - 1] != "s"):
            return weak
        return sure

    def _find(self, closers: str) -> Mapping[bool, list[int]]:
        found: dict[bool, list[int]] = {True: [], False: []}
        for match in _CLOSERS[closers].finditer(self.text, self.start + 1, self.end):
            at, before = match.start(), self.text[match.start() - 1]
            inner = at + 1 < self.end and self.text[at + 1].isalnum()
            if not inner and not before.isspace():
                found[before in _BEFORE_CLOSER].append(at)
        return found


def _next(places: list[int], position: int) -> int | None:
    """The first place behind a position."""
    i = bisect_right(places, position)
    return places[i] if i < len(places) else None
