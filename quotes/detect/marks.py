"""Paragraphs, sentences and paired quotation marks of a text.

In: any text. Out: spans, and `Quoted` stretches with their marks told apart from what they enclose. It is a module
because every detector needs it, rules or trained model alike, and because it knows typography and nothing of
speakers.

A paragraph break closes every open mark, so that an odd mark never reaches beyond its own paragraph. A quotation
that goes on over several paragraphs has an opening mark on each; all but its last part lack the closing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.records import Span

# Opening mark -> the marks that may close it. „low-high“ and »reversed« guillemets included.
PAIRS = {
    '"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«", "＂": "＂", "``": "''",
    "'": "'’", "‘": "’'", "‚": "‘’", "‹": "›", "›": "‹", "「": "」", "『": "』",
}  # fmt: skip
SINGLE = frozenset("'‘’‚")
BOTH_WAYS = frozenset('"＂')  # the same character opens and closes
MARK = re.compile("``|''|[\"“”„«»＂'‘’‚‹›「」『』]")

# Words that begin with an apostrophe, so that a mark before them opens nothing.
CLIPPED = re.compile(r"(?:s|t|d|m|ll|re|ve|em|til|till|tis|twas|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE)
OPENS_AFTER = frozenset("([{<-–—/…:;,.=") | frozenset("\"“„«»'‘‚‹")
MAX_DEPTH = 4  # deeper nesting is never meant; it bounds the work a line of nothing but marks can ask for

# A sentence without an end is cut here: it bounds the work that any rule can do on one sentence.
MAX_SENTENCE = 2000
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s++[\"'“‘„«(\[]*+[^\Wa-z_])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘-])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Jr|Sr|Gen|Col|Maj|Capt|Lt|Cpl|Sgt|Cmdr|Adm"
    r"|Sen|Sens|Rep|Reps|Gov|Govs|Pres|Supt|Det|Insp|Const|Messrs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|No|vs|v|Co|Corp|Inc|Ltd|Bros|Mt|Ft|Ave|Blvd|Calif|Fla|Mass|Conn|Ariz|Colo|Ill|Mich|Minn|Miss|Tenn|Va|Vt|Wash|Wis|Pa|Ala|Ga"
    r"|approx|dept|est|fig|etc|i\.e|e\.g)\.$"
)
MAX_ABBREVIATION = 12

# Line breaks that only wrap a paragraph: the next word would not have fitted into the width of the document.
WRAP_WIDTHS = range(60, 101)
MIN_WRAPPED_LINES = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: `inner` without the marks, `outer` with them.

    `depth` is 0 outside any other quotation. `closed` is false where a paragraph's end closes it; `continued` says that
    the next paragraph takes it up with an opening mark of its own.
    """

    inner: Span
    outer: Span
    mark: str
    depth: int = 0
    closed: bool = True
    continued: bool = False


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text in order, without the white space around them."""
    found, start = [], 0
    for end in [*_breaks(text), len(text)]:
        if span := trimmed(text, start, end):
            found.append(span)
        start = end
    return found


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _breaks(text: str) -> list[int]:
    """Where paragraphs break: every line end, but not those that only wrap a line."""
    ends = [m.start() for m in re.finditer("\n", text)]
    soft = _wrapping(text, ends)
    return [end for end in ends if end not in soft]


def _wrapping(text: str, ends: Sequence[int]) -> set[int]:
    """The line ends that wrap: none, unless the whole document looks wrapped at one width."""
    starts = [0, *(end + 1 for end in ends)]
    lengths = [end - start for start, end in zip(starts, [*ends, len(text)], strict=True)]
    width = max(lengths)
    if width not in WRAP_WIDTHS:
        return set()
    single, soft = 0, set()
    for index, end in enumerate(ends):
        if not lengths[index] or not lengths[index + 1]:
            continue
        single += 1
        word = text[end + 1 : end + 2 + width].split(None, 1)
        if word and lengths[index] + 1 + len(word[0]) > width:
            soft.add(end)
    return soft if len(soft) >= MIN_WRAPPED_LINES and 2 * len(soft) >= single else set()


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of a stretch in order; one without an end is cut after `MAX_SENTENCE` characters."""
    found, start = [], within.start
    for end in _sentence_ends(text, within):
        while end - start > MAX_SENTENCE:
            cut = text.rfind(" ", start + 1, start + MAX_SENTENCE)
            cut = cut if cut > start else start + MAX_SENTENCE
            found.append(trimmed(text, start, cut))
            start = cut
        found.append(trimmed(text, start, end))
        start = end
    return [span for span in found if span]


def _sentence_ends(text: str, within: Span) -> Iterator[int]:
    for match in SENTENCE_END.finditer(text, within.start, within.end):
        before = text[max(within.start, match.start() - MAX_ABBREVIATION) : match.start() + 1]
        if match.group() != "." or not ABBREVIATION.search(before):
            yield match.end()
    yield within.end


def quotations(text: str) -> list[Quoted]:
    """Every quotation of a text, by start; an unclosed mark counts only where the next paragraph takes it up."""
    found: list[Quoted] = []
    parts = [_Paragraph(text, span) for span in paragraphs(text)]
    for index, part in enumerate(parts):
        pairs = part.pairs()
        following = parts[index + 1].opening if index + 1 < len(parts) else ""
        if part.unclosed and following and following in part.unclosed.mark:
            pairs = [p for p in pairs if p.outer.start != part.unclosed.outer.start] + [part.unclosed]
        found += _with_depth(pairs)
    return found


def _with_depth(pairs: list[Quoted]) -> list[Quoted]:
    """The quotations by start, each with the number of others around it."""
    found, ends = [], list[int]()
    for pair in sorted(pairs, key=lambda p: (p.outer.start, -p.outer.end)):
        while ends and ends[-1] <= pair.outer.start:
            ends.pop()
        found.append(replace(pair, depth=len(ends)))
        ends.append(pair.outer.end)
    return found


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its partner; `maybe` is an apostrophe that could be it ("the boys' …")."""

    mark: str
    start: int
    end: int
    maybe: int | None = None


class _Paragraph:
    """Pairs the marks of one paragraph, left to right, with a stack of those still open."""

    def __init__(self, text: str, span: Span) -> None:
        self.text, self.span = text, span
        self.stack: list[_Open] = []
        self.found: list[Quoted] = []
        first = MARK.match(text, span.start, span.end)
        self.opening = first.group() if first and first.group() in PAIRS and self._opens(first) else ""
        self.unclosed: Quoted | None = None

    def pairs(self) -> list[Quoted]:
        """The closed pairs; `unclosed` is then the outermost mark that the paragraph's end had to close."""
        for match in MARK.finditer(self.text, self.span.start, self.span.end):
            self._step(match)
        if self.stack and self.stack[0].maybe is None:
            left = self.stack[0]
            inner = trimmed(self.text, left.end, self.span.end)
            if inner:
                self.unclosed = Quoted(inner, Span(left.start, self.span.end), left.mark, closed=False, continued=True)
        self._drop(0)
        return self.found

    def _step(self, match: re.Match[str]) -> None:
        mark = match.group()
        depth = self._partner(mark)
        if depth is not None and self._closes(match, self.stack[depth]):
            self._close(depth, match)
        elif mark in PAIRS and len(self.stack) < MAX_DEPTH and self._opens(match):
            self._open(match)

    def _partner(self, mark: str) -> int | None:
        """Where in the stack the nearest mark stands that this one could close."""
        return next((i for i in reversed(range(len(self.stack))) if mark in _closers(self.stack[i].mark)), None)

    def _open(self, match: re.Match[str]) -> None:
        mark = match.group()
        same = next((i for i, o in enumerate(self.stack) if o.mark == mark), None)
        if same is not None:  # an earlier one of the same kind was never closed: it was odd
            self._drop(same)
        self.stack.append(_Open(mark, match.start(), match.end()))

    def _close(self, depth: int, match: re.Match[str]) -> None:
        opened = self.stack[depth]
        if opened.mark in SINGLE and self._possessive(match):
            opened.maybe = match.start() if opened.maybe is None else opened.maybe
            return
        self._drop(depth + 1)
        self.stack.pop()
        self._pair(opened, match.start(), match.end())

    def _drop(self, depth: int) -> None:
        """Give up the open marks from `depth` on, but for those that an apostrophe may have closed."""
        for opened in self.stack[depth:]:
            if opened.maybe is not None:
                self._pair(opened, opened.maybe, opened.maybe + 1)
        del self.stack[depth:]

    def _pair(self, opened: _Open, start: int, end: int) -> None:
        if inner := trimmed(self.text, opened.end, start):
            self.found.append(Quoted(inner, Span(opened.start, end), opened.mark))

    def _around(self, match: re.Match[str]) -> tuple[str, str]:
        """The characters before and after a mark; a space at the edges of the paragraph."""
        before = self.text[match.start() - 1] if match.start() > self.span.start else " "
        return before, self.text[match.end()] if match.end() < self.span.end else " "

    def _opens(self, match: re.Match[str]) -> bool:
        mark = match.group()
        before, after = self._around(match)
        if mark in "„‚“‘«‹「『" and mark not in SINGLE:
            return True
        if not (before.isspace() or before in OPENS_AFTER) or (
            (mark in SINGLE or mark in BOTH_WAYS) and after.isspace()
        ):
            return False
        return mark not in SINGLE or not CLIPPED.match(self.text, match.end())

    def _closes(self, match: re.Match[str], opened: _Open) -> bool:
        mark = match.group()
        before, after = self._around(match)
        if mark in SINGLE:
            return not before.isspace() and not after.isalnum()
        if mark in BOTH_WAYS or mark == opened.mark or (mark == "“" and opened.mark == "„"):
            return not (before.isspace() or before in "([{") or not (after.isalnum() or after in "[($£€")
        return True

    def _possessive(self, match: re.Match[str]) -> bool:
        """Whether a closing mark could as well be the apostrophe of "the workers' demands"."""
        before, after = self._around(match)
        following = self.text[match.end() + 1 : match.end() + 2]
        return match.group() in "'’" and before in "sSxz" and after == " " and following.islower()


def _closers(mark: str) -> tuple[str, ...]:
    closers = PAIRS[mark]
    return (closers,) if closers == "''" else tuple(closers)
