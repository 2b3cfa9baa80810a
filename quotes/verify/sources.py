"""Stored documents as passages are looked for in them: their words, their quotes, and what stands in quotation marks.

In: `StoredDocument`s. Out: `Place`s: where words stand, in whose quote, and whether in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from quotes.query.passages import StoredDocument, StoredQuote
from quotes.records import Span
from quotes.text.alignment import Edit, Range, between, nearest, weight, whole
from quotes.text.names import name_key
from quotes.text.page import WORD, Page
from quotes.text.quotations import INSIDE
from quotes.text.wording import Wording

BESIDE = 60
"""Characters before and behind a stretch in quotation marks in which its speaker is named, if right there."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a source in the order in which a passage may have them: all of it, or the fragments of one quote.

    `joints` are the words before which something else stands in the article: "she said".
    """

    wording: Wording
    joints: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage, or what is most like it, stands: words `ranges` of a run of a source, and the edits.

    `quotes` are the stored quotes whose words they are, the shortest first: one may stand in another. `quoted` says
    that they stand in quotation marks there, and `seam` that they go on from one quote of the article into another.
    """

    source: Source
    run: Run
    edits: tuple[Edit, ...]
    similarity: float
    quotes: tuple[StoredQuote, ...]
    quoted: bool
    seam: bool

    @property
    def quote(self) -> StoredQuote | None:
        """The shortest of the quotes, or the one chosen."""
        return self.quotes[0] if self.quotes else None

    @property
    def origin(self) -> tuple[int, int]:
        """The document, and the quote in it, or else the place."""
        return self.source.document.id, self.quote.id if self.quote else -self.span.start

    @property
    def words(self) -> Range:
        """From the first word to one past the last."""
        return self.edits[0].theirs[0], self.edits[-1].theirs[1]

    @property
    def text(self) -> str:
        """What stands there."""
        return self.run.wording.written(*self.words)

    @property
    def span(self) -> Span:
        """Where that is in the stored text."""
        first, last = self.words
        words = self.run.wording.words[first : max(last, first + 1)]
        return self.source.page.outward(Span(words[0].start, words[-1].end))

    @property
    def beside(self) -> str:
        """What stands right before and behind the quotation marks there."""
        return self.source.beside(self.span)

    @property
    def content(self) -> str:
        """All that the quote has, of whose words they are."""
        stored = self.source.document.text
        return " ".join(span.of(stored) for span in self.quote.content) if self.quote else ""

    @property
    def before(self) -> str:
        """What stands before it in the quote."""
        at = self.span.start
        spans = [span for span in self.quote.content if span.start <= at < span.end] if self.quote else []
        return self.source.document.text[spans[0].start : at] if spans else ""


class Source:
    """A stored document whose words can be looked for."""

    def __init__(self, document: StoredDocument) -> None:
        self.document = document
        self.page = Page(document.text)
        self.all = Run(Wording.of(self.page.text))

    @cached_property
    def contents(self) -> list[tuple[StoredQuote, list[Span]]]:
        """Each quote with its content on the page, the shortest first."""
        found = [(quote, [self.page.inward(span) for span in quote.content]) for quote in self.document.quotes]
        return sorted(found, key=lambda one: sum(span.end - span.start for span in one[1]))

    @cached_property
    def runs(self) -> list[Run]:
        """The words of the article, and those of each quote in fragments."""
        runs = [self.all]
        for _, content in self.contents:
            if len(content) > 1:
                wording = Wording.of(self.page.text, [(span.start, span.end) for span in content])
                runs.append(Run(wording, wording.breaks))
        return runs

    def share(self, passage: Wording) -> float:
        """Which share of a passage's words, by weight, stands anywhere in the article: no stretch has more."""
        return weight([key for key in passage.keys if key in self._keys]) / (weight(passage.keys) or 1.0)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self.all.wording.keys)

    def whole(self, passage: Wording, *, brackets: bool = False) -> Iterator[Place]:
        """Every place where a passage stands whole, but for cuts."""
        for run in self.runs:
            for ranges in whole(passage, run.wording, brackets=brackets):
                yield self.place(run, between(passage, ranges, brackets=brackets), 1.0)

    def nearest(self, passage: Wording, within: StoredQuote | None = None) -> Place | None:
        """The place that is most like a passage; None where the source has none of its words."""
        runs = self.runs if within is None else [self._run(within)]
        found = [(run, *nearest(passage, run.wording)) for run in runs]
        run, similarity, edits = max(found, key=lambda one: one[1])
        return self.place(run, edits, similarity) if edits else None

    def _run(self, quote: StoredQuote) -> Run:
        spans = next(content for one, content in self.contents if one is quote)
        return Run(Wording.of(self.page.text, [(span.start, span.end) for span in spans]))

    def place(self, run: Run, edits: Sequence[Edit], similarity: float) -> Place:
        """The place of some words, with the quote whose words they are."""
        pieces = [_starts(run, edit) for edit in edits if edit.equal]
        starts = [start for piece in pieces for start in piece]
        quotes, complete = self._quotes(starts)
        direct = complete and "direct" in [quote.kind for quote in quotes]
        quoted = direct or {self.page.states[start] for start in starts} == {INSIDE}
        seam = not complete and quoted and self._seam(pieces)
        return Place(self, run, tuple(edits), similarity, quotes, quoted, seam)

    def _quotes(self, starts: Sequence[int]) -> tuple[tuple[StoredQuote, ...], bool]:
        """The quotes that have all words at some places, else the one with most, if at least half; whether all."""
        inside = [
            (sum(any(one.start <= start < one.end for one in content) for start in starts), quote)
            for quote, content in self.contents
        ]
        complete = tuple(quote for count, quote in inside if count == len(starts))
        if complete:
            return complete, True
        most, best = max(inside, key=lambda one: one[0], default=(0, None))
        return ((best,) if best and most * 2 >= len(starts) else ()), False

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the article as they are compared in names."""
        return key_words(self.page.text)

    def beside(self, span: Span) -> str:
        """What stands right before and behind a stretch in quotation marks that has a span of the stored text."""
        inner = self.page.inward(span)
        low, high = self._stretch(inner)
        start, end = self.page.paragraphs[self.page.paragraph(inner.start)]
        text = self.page.text
        return f"{text[max(start, low - BESIDE) : max(start, low - 1)]} {text[high + 1 : min(end, high + BESIDE)]}"

    def same_marks(self, run: Run, words: Range) -> Range:
        """The first of some words, as far as they stand in quotation marks, or outside of them, like the first."""
        first, last = words
        states = [self.page.states[word.start] for word in run.wording.words[first:last]]
        return first, first + next((i for i, state in enumerate(states) if state != states[0]), last - first)

    def _stretch(self, inner: Span) -> tuple[int, int]:
        """The stretch in quotation marks around a span of the page, or what is outside of them."""
        states = self.page.states
        inside = states[inner.start]
        low, high = inner.start, inner.end
        while low > 0 and states[low - 1] == inside:
            low -= 1
        while high < len(states) and states[high] == inside:
            high += 1
        return low, high

    def sentence(self, span: Span) -> tuple[int, int]:
        """The sentence on the page around a span of the stored text, as far as it is in the same quotation marks."""
        inner = self.page.inward(span)
        low, high = self._stretch(inner)
        start, end = self.page.sentence_start(inner.start), self.page.sentence_end(inner.end - 1)
        return max(low, start), min(high, end)

    def _seam(self, pieces: Sequence[Sequence[int]]) -> bool:
        """Whether words, or the pieces between cuts, are not all one speaker's."""
        owners = [{self._owner(start) for start in piece} for piece in pieces]
        within = any(len(piece - {None}) > 1 for piece in owners)
        across = {tuple(piece - {None}) for piece in owners}
        return within or len(across) > 1

    def _owner(self, at: int) -> tuple[str | None, int | None] | None:
        """Who says the word at a place: speaker, or the quote where nobody is named."""
        for quote, content in self.contents:
            if any(one.start <= at < one.end for one in content):
                return (quote.speaker, None if quote.speaker else quote.id)
        return None


def _starts(run: Run, edit: Edit) -> list[int]:
    """Where the words of an edit begin on the page."""
    return [word.start for word in run.wording.words[slice(*edit.theirs)]]


def key_words(text: str) -> frozenset[str]:
    """The words of a text as they are compared in names."""
    return frozenset(word for found in set(WORD.findall(text)) for word in name_key(found).split())


def joined(places: Iterable[Place]) -> list[Place]:
    """Places, each once: words of a quote that stand side by side are found in the article and in the quote."""
    found: dict[tuple[int, int, int], Place] = {}
    for place in places:
        span = place.span
        found.setdefault((place.source.document.id, span.start, span.end), place)
    return list(found.values())
