"""Which stored documents a passage is looked for in: the likeliest first, each read once for a whole draft.

In: a connection. Out: `Source`s, stage by stage, so that a passage found at once costs one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from quotes.query.passages import candidates, said_by_them, stored
from quotes.text.alignment import segments, weight
from quotes.text.wording import Wording
from quotes.verify.passages import Passage
from quotes.verify.sources import Source
from quotes.verify.speakers import Speakers

SIDE_BY_SIDE = 3
"""Words of a term that must stand side by side: rare enough to lead to few quotes, short enough to survive a change."""

TERMS, WORDS = 12, 8
"""Terms and single words of a passage that are looked for, the longest: they are the rarest."""

QUOTES, DOCUMENTS, FEW = 40, 12, 4
"""Quotes that are looked at for one question, documents that are read for it, and those that only share words."""

ENOUGH = 0.7
"""Share of a passage's words in one quote from which on no other is looked for by single words."""

KEPT = 400
"""Documents of a draft that are kept; a database may hold more, a draft leads to fewer."""


_WORD = re.compile(r"\w+")


class Library:
    """The stored documents, as one draft needs them."""

    def __init__(self, connection: Connection, speakers: Speakers) -> None:
        self.connection, self.speakers = connection, speakers
        self._read: dict[int, Source] = {}

    def sources(self, passage: Passage) -> Iterator[list[Source]]:
        """Sources for a quotation, in stages: each has only those that no stage before it had."""
        seen: set[int] = set()
        for documents in self._stages(passage):
            new = [number for number in dict.fromkeys(documents) if number not in seen]
            seen.update(new)
            yield self.read(new)

    def _stages(self, passage: Passage) -> Iterator[Iterable[int]]:
        wording = passage.wording
        near = candidates(self.connection, terms(wording), QUOTES)
        yield [document for _, document, text in near if _holds(text, wording)][:DOCUMENTS]
        known = self.speakers.known(passage.quote)
        by_them = said_by_them(self.connection, known, _phrase(wording), limit=DOCUMENTS)
        yield (document for _, document, _ in by_them)
        shares = _shares(near, wording)
        yield list(shares)[:FEW]
        yield list(self._read)
        if max(shares.values(), default=0.0) < ENOUGH:
            yield list(_shares(candidates(self.connection, words(wording), QUOTES), wording))[:FEW]
            latest = said_by_them(self.connection, known, limit=QUOTES)
            yield list(dict.fromkeys(document for _, document, _ in latest))[:DOCUMENTS]

    def read(self, numbers: Sequence[int]) -> list[Source]:
        """Documents, read now or before."""
        missing = [number for number in numbers if number not in self._read]
        if missing and len(self._read) + len(missing) > KEPT:
            self._read.clear()
            missing = list(numbers)
        self._read |= {one.id: Source(one) for one in stored(self.connection, missing)} if missing else {}
        return [self._read[number] for number in numbers if number in self._read]


def terms(wording: Wording) -> list[str]:
    """Runs of words that must stand side by side in a source, none over a cut: those of most letters."""
    found: list[tuple[int, str]] = []
    for first, last in segments(wording, brackets=True):
        for start in range(first, max(first + 1, last - SIDE_BY_SIDE + 1)):
            run = " ".join(word.key for word in wording.words[start : min(start + SIDE_BY_SIDE, last)])
            found.append((len(run), run))
    return list(dict.fromkeys(run for _, run in sorted(found, reverse=True)))[:TERMS]


def words(wording: Wording) -> list[str]:
    """The longest words of a passage."""
    return sorted(dict.fromkeys(wording.keys), key=len, reverse=True)[:WORDS]


def _phrase(wording: Wording) -> str:
    """The rarest words of each of the segments, each in quotation marks: what holds a passage holds them all."""
    runs = ["".join(terms(wording.part(*run))[:1]) for run in segments(wording, brackets=True)]
    return " ".join(f'"{run}"' for run in runs if run)


def _shares(rows: Iterable[tuple[int, int, str]], wording: Wording) -> dict[int, float]:
    """document → the largest share of a passage's words, by weight, that one of its quotes has; the best first."""
    keys = list(dict.fromkeys(wording.keys))
    total, shares = weight(keys) or 1.0, dict[int, float]()
    for _, document, text in rows:
        there = set(_WORD.findall(text.casefold()))
        share = weight([key for key in keys if key in there]) / total
        shares[document] = max(share, shares.get(document, 0.0))
    return dict(sorted(shares.items(), key=lambda one: -one[1]))


def _holds(text: str, wording: Wording) -> bool:
    """Whether a quote has all segments of a passage."""
    there = Wording.of(text)
    return all(there.find(wording.keys[first:last]) >= 0 for first, last in segments(wording, brackets=True))
