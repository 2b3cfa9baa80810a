"""A text as it is read: line ends inside a paragraph are spaces, hyphenated words and hidden characters are whole.

In: a text as stored. Out: the text as read, and `Places`, which know where each character of the one stands in the
other. Pure; it takes time in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from quotes.text.hyphens import LineEnds

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that nobody sees: soft hyphen, zero-width space and (non-)joiners, word joiner, byte order mark."""

# Evidence: 1,909 articles (PolNeAR, the press, those of `seeds/`), 356 of them with lines that follow each other and no
# blank one between. Wrapped at 60, 72, 80 or 100 columns, 98 to 99 % are known as wrapped, with blank lines between
# paragraphs or without; so are 99 % of those set in a proportional font. As they are 7 are, and these are wrapped.
NARROWEST, WIDEST = 30, 130
"""Characters of the lines that pages, mails and terminals are wrapped at."""
ROOM = 0.8
"""Share of the width that lines fill which are set by hand, or in a proportional font."""
FULL = 0.75
"""Share of the line ends in the midst of a sentence where the next word has no room, in a text that is wrapped."""
LONGER = 0.1
"""Share of the lines of a wrapped text that may be longer than its width: addresses, what was pasted in."""
UNFINISHED = 0.25
"""Share of the line ends of a wrapped text that are in the midst of a sentence: a third where paragraphs are short."""

_HIDDEN = re.compile(f"[{HIDDEN}]+")
_LINE_END = re.compile(r"(?<=\S)[^\S\n]*\n[^\S\n]*(?=\S)")
_FINISHED = re.compile(r"[.!?:;…\"”’»)\]][^\S\n]*$")
_BULLET = re.compile(r"[*•‣▪–—·-]\s")

Edit = tuple[int, int, str]


def visible(text: str) -> str:
    """A text without the characters that nobody sees.

    >>> visible("Vos\\u00adkuijl")
    'Voskuijl'
    """
    return _HIDDEN.sub("", text)


class Places:
    """Where a place of the stored text is in the text as read, and the other way round."""

    def __init__(self, edits: list[Edit]) -> None:
        self._starts = [start for start, _, _ in edits]
        self._edits = edits
        self._behind: list[int] = []  # places of the text as read behind each edit
        self._shifts: list[int] = []
        shift = 0
        for start, end, new in edits:
            self._behind.append(start - shift + len(new))
            shift += end - start - len(new)
            self._shifts.append(shift)

    def read(self, at: int) -> int:
        """The place in the text as read of a place in the stored text."""
        i = bisect_right(self._starts, at) - 1
        if i < 0:
            return at
        start, end, new = self._edits[i]
        return at - self._shifts[i] if at >= end else self._behind[i] - len(new) + min(at - start, len(new))

    def stored(self, at: int) -> int:
        """The place in the stored text of a character of the text as read."""
        i = bisect_right(self._behind, at) - 1
        place = at + (self._shifts[i] if i >= 0 else 0)
        return min(place, self._starts[i + 1]) if i + 1 < len(self._starts) else place


def as_read(text: str) -> tuple[str, Places]:
    """The text as it is read, and where its characters stand in the stored one."""
    edits = list(_edits(text))
    parts, position = [], 0
    for start, end, new in edits:
        parts += [text[position:start], new]
        position = end
    return ("".join([*parts, text[position:]]) if edits else text), Places(edits)


def wrapped_at(text: str) -> int:
    """The width in characters at which a text is hard-wrapped; 0 where every line end ends a paragraph.

    Decided once, from all lines: a text is wrapped where hardly any is longer than those that another one follows, and
    where those that end in the midst of a sentence are full, and go on in small letters.
    """
    told = text.lower() if text.isupper() else text  # capitals tell nothing where all letters are
    lines = [line.strip() for line in told.split("\n")]
    followed = [pair for pair in pairwise(lines) if all(pair)]
    width = _width(followed)
    longer = sum(len(line) * ROOM > width for line in lines)
    if not NARROWEST <= width <= WIDEST or longer > LONGER * len(lines):
        return 0
    return width if _runs_on(followed, width) else 0


def _width(followed: list[tuple[str, str]]) -> int:
    """The length of the longest lines that follow each other, but for one in twenty."""
    lengths = sorted(max(map(len, pair)) for pair in followed)
    return lengths[(len(lengths) - 1) * 19 // 20] if lengths else 0


def _runs_on(followed: list[tuple[str, str]], width: int) -> bool:
    """Whether sentences go on over line ends, and do so where the width is used up."""
    unfinished = [pair for pair in followed if not _FINISHED.search(pair[0])]
    full = sum(_is_full(*pair, width) for pair in unfinished)
    goes_on = sum(next_[0].islower() or next_[0].isdigit() for _, next_ in unfinished)
    enough = len(unfinished) > UNFINISHED * len(followed) and full >= FULL * len(unfinished)
    return enough and goes_on > len(unfinished) / 2


def _is_full(line: str, next_: str, width: int) -> bool:
    """Whether the first word of the next line had no room in a line."""
    first = next_[: next_.find(" ")] if " " in next_ else next_
    return len(line) + 1 + len(first) > ROOM * width


def _edits(text: str) -> Iterator[Edit]:
    """What is read otherwise than it is stored, in order."""
    hidden = [match.span() for match in _HIDDEN.finditer(text)]
    i = 0
    for start, end, new in [*_line_ends(text), (len(text), len(text), "")]:
        while i < len(hidden) and hidden[i][0] < end:
            if hidden[i][1] <= start:
                yield (*hidden[i], "")
            i += 1
        if start < end:
            yield start, end, new


def _line_ends(text: str) -> Iterator[Edit]:
    """The line ends inside paragraphs, with the hyphen of a word that is broken there."""
    width = wrapped_at(text) if "\n" in text else 0
    ends = LineEnds(text)
    for match in _LINE_END.finditer(text) if width else ():
        start, end = match.span()
        stop = text.find("\n", end)
        line, next_ = text[text.rfind("\n", 0, start) + 1 : start], text[end : stop if stop >= 0 else len(text)]
        if not _ends_paragraph(line, next_, width, match.group()):
            yield ends.read(start, end)


def _ends_paragraph(line: str, next_: str, width: int, between: str) -> bool:
    """Whether a line end of a wrapped text ends a paragraph all the same: behind a heading, before a bullet."""
    indented = between[-1] != "\n" and not line[0].isspace()
    if indented or _BULLET.match(next_):
        return True
    goes_on = not _FINISHED.search(line) and next_[0].islower()
    return not goes_on and not _is_full(line.strip(), next_, width)
