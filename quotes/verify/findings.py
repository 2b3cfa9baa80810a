"""What was found out about a passage of a draft: verdict, place, differences; and the same as a row.

In: nothing. Out: `Verdict`, `Finding`, and rows with one column each for what a reader asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quotes.records import Document
from quotes.verify.differences import FAIR, Change, Piece, written
from quotes.verify.passages import Passage
from quotes.verify.sources import Place


class Verdict(StrEnum):
    """What the database says of a passage; the last two are said of statements without quotation marks."""

    VERBATIM = "verbatim"
    UNCONFIRMED = "verbatim, speaker not confirmed"
    ALTERED = "altered"
    OTHER_SPEAKER = "another speaker's"
    MERGED = "merged from two"
    DENIED = "verbatim but denied"
    QUESTIONED = "verbatim but questioned"
    AFFIRMED = "verbatim but affirmed"
    UNQUOTED = "not quoted there"
    NOT_FOUND = "not found"
    SIMILAR = "similar"
    DIFFERS = "differs"


EXPLAINED = {
    Verdict.VERBATIM: "The very words, by the same speaker.",
    Verdict.UNCONFIRMED: "The very words; whether by this speaker, the article does not tell.",
    Verdict.ALTERED: "Other words than the article has.",
    Verdict.OTHER_SPEAKER: "The very words, but somebody else's.",
    Verdict.MERGED: "Put together from two quotes, as if said at once.",
    Verdict.DENIED: "The very words, but the source denies them, or did not say them.",
    Verdict.QUESTIONED: "The very words, but the source only asks or doubts whether it is so.",
    Verdict.AFFIRMED: "The very words, which the draft says were denied or doubted; the source holds them.",
    Verdict.UNQUOTED: "The very words, but outside quotation marks: the article's, not a speaker's.",
    Verdict.NOT_FOUND: "Nothing like it is stored.",
    Verdict.SIMILAR: "A statement without marks: the nearest source has nothing against it.",
    Verdict.DIFFERS: "A statement without marks: the nearest source has another number, name, speaker or a negation.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage, what was found out about it, and the place that proves it; `also` are places as good, not counted.

    `changes` are in the order of `Change`; `difference` is the word diff, and `notes` are for a reader.
    """

    passage: Passage
    verdict: Verdict
    place: Place | None = None
    changes: tuple[Change, ...] = ()
    difference: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    also: int = 0

    @property
    def fair(self) -> bool | None:
        """Of an altered quotation, whether all that was changed is shown or immaterial: cuts, brackets, letter case."""
        return set(self.changes) <= FAIR if self.verdict is Verdict.ALTERED else None

    @property
    def stands(self) -> bool:
        """Whether it is verbatim; what claims to be no quotation counts neither way."""
        return self.verdict is Verdict.VERBATIM or not self.passage.quoted


FOUND = ("quote_id", "speaker", "source_polarity", "text", "outlet", "published", "title", "url", "document",
         "document_id", "start_offset", "end_offset", "similarity")  # fmt: skip
"""The columns that say where words stand."""


def rows(
    draft: Document, findings: Iterable[Finding], published: Mapping[int, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """A row for each finding; `published` has the first publication of each document."""
    for finding in findings:
        passage, place = finding.passage, finding.place
        start = passage.spans[0].start
        yield {
            "verdict": finding.verdict.value,
            "line": draft.text.count("\n", 0, start) + 1,
            "passage": passage.text,
            "attributed_to": passage.quote.speaker.name if passage.quote else None,
            "change": ", ".join(finding.changes) or None,
            "fair": finding.fair,
            "difference": written(finding.difference) or None,
            "note": "; ".join(finding.notes) or None,
            "quoted": passage.quoted,
            **_found(place, published),
            "also": finding.also,
            "draft": draft.id,
            "spans": [[span.start, span.end] for span in passage.spans],
        }


def _found(place: Place | None, published: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """Where it stands, who said it, and when."""
    if place is None:
        return dict.fromkeys(FOUND)
    paper, span, quote = published[place.source.document.id], place.span, place.quote
    said = {"quote_id": quote.id, "speaker": quote.speaker, "source_polarity": quote.polarity} if quote else {}
    where = {"document_id": place.source.document.id, "start_offset": span.start, "end_offset": span.end}
    told = {**said, **where, **paper, "similarity": round(place.similarity, 3), "text": place.text}
    return {name: told.get(name) for name in FOUND}
