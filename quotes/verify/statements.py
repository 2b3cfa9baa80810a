"""A statement of a draft without quotation marks → the nearest stored one, and what differs.

In: a `Passage`. Out: a `Finding`: similar, different in a number, negation, name or speaker, or not found. Words that
mean the same but are others are not known for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.query.passages import StoredQuote, candidates, said_by_them
from quotes.records import Polarity
from quotes.text.alignment import weight
from quotes.text.wording import Wording
from quotes.verify.differences import Change, figures, names, negations, pieces
from quotes.verify.findings import Finding, Verdict
from quotes.verify.library import QUOTES, Library, words
from quotes.verify.passages import Passage
from quotes.verify.sources import Place, Source
from quotes.verify.speakers import Sameness, Speakers

STEM = 5
"""Letters of a word that tell it: "resigned" and "resigning" are one."""

TELLING = 2
"""Words that tell something which a statement and its source share at least."""

ALIKE, ALIKE_BY_THEM = 0.6, 0.4
"""Share of a statement's words that its source has at least; of the same speaker's fewer are enough."""


class Statements:
    """The statements without marks of one draft."""

    def __init__(self, library: Library, speakers: Speakers) -> None:
        self.library, self.speakers = library, speakers

    def finding(self, passage: Passage) -> Finding:
        """The nearest source of a statement, and what differs from it."""
        near = candidates(self.library.connection, words(passage.wording), QUOTES)
        near += said_by_them(self.library.connection, self.speakers.known(passage.quote), limit=QUOTES)
        found = [place for place in self._places(passage, near) if place.similarity >= self._least(passage, place)]
        if not found:
            return Finding(passage, Verdict.NOT_FOUND)
        best = max(found, key=lambda place: place.similarity + 0.2 * self._is_same(passage, place))
        different, notes = self._differences(passage, best)
        verdict = Verdict.DIFFERS if different or notes else Verdict.SIMILAR
        difference = pieces(passage.wording, best.run.wording, best.edits)
        return Finding(passage, verdict, best, tuple(one for one in Change if one in different), difference, notes)

    def _places(self, passage: Passage, near: Sequence[tuple[int, int, str]]) -> Iterator[Place]:
        """The quotes that share most with a statement."""
        rated = {id_: (_overlap(passage.wording, Wording.of(text)), document) for id_, document, text in near}
        best = sorted(rated, key=lambda id_: (-rated[id_][0], id_))[:8]
        for id_ in best:
            for source in self.library.read([rated[id_][1]]):
                quote = next(one for one, _ in source.contents if one.id == id_)
                if place := source.nearest(passage.wording, quote):
                    yield _rated(place, quote, rated[id_][0])

    def _is_same(self, passage: Passage, place: Place) -> bool:
        return self._sameness(passage, place) is Sameness.SAME

    def _sameness(self, passage: Passage, place: Place) -> Sameness:
        return self.speakers.compare(passage.quote, place)

    def _least(self, passage: Passage, place: Place) -> float:
        return ALIKE_BY_THEM if self._is_same(passage, place) else ALIKE

    def _differences(self, passage: Passage, place: Place) -> tuple[set[Change], tuple[str, ...]]:
        """What a statement has that its source has not: figures, names, a negation more or less, another speaker."""
        source, real = place.source, place.run.wording
        mine = passage.wording
        found: set[Change] = set()
        around = Wording.of(source.page.text, [_paragraph(source, place)]).keys
        if figures(mine.keys) - figures(around):
            found.add(Change.NUMBER)
        if (negations(mine.keys) + _denied(passage)) % 2 != (negations(real.keys) + _is_denied(place.quote)) % 2:
            found.add(Change.NEGATION)
        if names(mine.words) - set(source.all.wording.keys):
            found.add(Change.NAME)
        notes = []
        if self._sameness(passage, place) is Sameness.DIFFERENT and place.quote:
            notes.append(f"there it is by {place.quote.speaker or place.quote.source}")
        if place.quote and place.quote.polarity == Polarity.QUESTIONED and not _questioned(passage):
            notes.append("there it is asked or doubted")
        return found, tuple(notes)


def _overlap(ours: Wording, theirs: Wording) -> float:
    """Which share of a statement's words, by weight and beginning, a quote has."""
    there = {key[:STEM] for key in theirs.keys}
    shared = [key for key in ours.keys if key[:STEM] in there]
    told = sum(weight([key]) == 1.0 for key in dict.fromkeys(shared))
    return weight(shared) / (weight(ours.keys) or 1.0) if told >= TELLING else 0.0


def _rated(place: Place, quote: StoredQuote, similarity: float) -> Place:
    return Place(place.source, place.run, place.edits, similarity, (quote,), place.quoted, seam=False)


def _paragraph(source: Source, place: Place) -> tuple[int, int]:
    """The paragraph that a place stands in."""
    return source.page.paragraphs[source.page.paragraph(source.page.inward(place.span).start)]


def _denied(passage: Passage) -> bool:
    return passage.quote is not None and passage.quote.attribution.polarity is Polarity.DENIED


def _is_denied(quote: StoredQuote | None) -> bool:
    return quote is not None and quote.polarity == Polarity.DENIED


def _questioned(passage: Passage) -> bool:
    return passage.quote is not None and passage.quote.attribution.polarity is Polarity.QUESTIONED
