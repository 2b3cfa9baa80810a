"""The text as the rules see it: paragraphs of sentences of units, a whole quotation being one unit.

In: a text and its quotations. Out: lists of `Unit`. It is a module because the rules talk about what stands before
and after a quotation, never about its inside, and should not have to step over it each time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.detect.grammar import word_set
from quotes.detect.marks import MAX_SENTENCE, Quoted, paragraphs, quotations, sentences
from quotes.records import Span

WORD = re.compile(r"\w+(?:[’'\-.]\w+)*|[^\w\s]")
# Nicknames and names of things: 'nicknamed “Socks”', 'Robert “Bob” Smith', 'the so-called “Project Fear”'.
NAMING = word_set("nicknamed dubbed codenamed code-named named titled entitled so-called called known as alias aka")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a mark of punctuation, or a whole quotation outside any other one."""

    start: int
    end: int
    text: str
    low: str
    quote: Quoted | None = None

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter or a digit."""
        return self.quote is None and (self.text[:1].isupper() or self.text[:1].isdigit())

    @property
    def word(self) -> bool:
        """Whether it is a word, neither punctuation nor quotation."""
        return self.quote is None and self.text[:1].isalnum()


Sentence = list[Unit]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text in paragraphs of sentences of units; its outermost quotations, and those of them that are no names."""

    text: str
    paragraphs: list[list[Sentence]]
    quotations: list[Quoted]
    said: list[Quoted]

    def left_open(self, content: Span) -> bool:
        """Whether a stretch is a quotation that the next paragraph takes up."""
        at = bisect_left(self.quotations, content.start, key=lambda q: q.inner.start)
        return at < len(self.quotations) and self.quotations[at].inner == content and self.quotations[at].continued


def layout(text: str) -> Layout:
    """Read a text into units."""
    outer = [q for q in quotations(text) if not q.depth]
    found, at = [], 0
    for span in paragraphs(text):
        first = at
        while at < len(outer) and outer[at].outer.start < span.end:
            at += 1
        units = list(_units(text, span, outer[first:at]))
        found.append(_sentences(text, span, units))
    sentences_ = (sentence for paragraph in found for sentence in paragraph)
    said = [u.quote for s in sentences_ for i, u in enumerate(s) if u.quote and not naming(s, i)]
    return Layout(text, found, outer, said)


def _units(text: str, span: Span, quoted: Sequence[Quoted]) -> Iterator[Unit]:
    start = span.start
    for quote in quoted:
        yield from _words(text, start, quote.outer.start)
        yield Unit(quote.outer.start, quote.outer.end, "", "", quote)
        start = quote.outer.end
    yield from _words(text, start, span.end)


def _words(text: str, start: int, end: int) -> Iterator[Unit]:
    for match in WORD.finditer(text, start, end):
        word = match.group()
        yield Unit(match.start(), match.end(), word, word.casefold())


def _sentences(text: str, span: Span, units: Sequence[Unit]) -> list[Sentence]:
    """Share the units out over the sentences; an end inside a quotation counts only if the quotation ends there too."""
    ends = iter([s.end for s in sentences(text, span)])
    end = next(ends, span.end)
    found: list[Sentence] = [[]]
    for unit in units:
        while end <= unit.start and end < span.end:
            if _ends(text, found[-1], end, unit):
                found.append([])
            end = next(ends, span.end)
        found[-1].append(unit)
    return [sentence for sentence in found if sentence]


def _ends(text: str, sentence: Sentence, end: int, following: Unit) -> bool:
    """Whether a sentence is over at `end`: not inside a quotation, but for one that is too long anyway."""
    if not sentence or _goes_on(text, sentence, following):
        return False
    return sentence[-1].end <= end or following.start - sentence[0].start > MAX_SENTENCE


def _goes_on(text: str, sentence: Sentence, following: Unit) -> bool:
    """Whether a sentence goes on after a quotation that ends in a mark: '“Why?” Smith asked'."""
    last = sentence[-1].quote
    return bool(last and len(sentence) == 1 and following.word and text[last.inner.end - 1] in "?!…—-")


def naming(sentence: Sequence[Unit], index: int) -> bool:
    """Whether the quotation at `index` is a nickname or the name of a thing, not words that somebody said."""
    quote = sentence[index].quote
    if quote is None:
        return False
    before = sentence[index - 1] if index else None
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    if before and before.low in NAMING:
        return True
    return bool(before and after and before.capital and after.capital and quote.inner.end - quote.inner.start < 25)
