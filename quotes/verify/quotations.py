"""A quotation of a draft → what the database says of it.

In: a `Passage` in quotation marks. Out: `Finding`s, one, or one for each part of an interrupted quotation whose parts
do not stand in one place. First the whole is looked for; then pieces of it that stand in several places; then the place
that is most like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.records import Polarity
from quotes.text.alignment import Edit, longest, weight
from quotes.text.wording import Wording
from quotes.verify.differences import Change, changes, pieces
from quotes.verify.edges import turned_by
from quotes.verify.findings import Finding, Verdict
from quotes.verify.library import Library
from quotes.verify.notes import cited, left_out, of_quote, sure, where, who
from quotes.verify.passages import FEW, Passage
from quotes.verify.sources import Place, Run, Source, joined
from quotes.verify.speakers import Sameness, Speakers, names

ALIKE = 0.6
"""Share of a quotation's words, in order, from which on it is an altered one rather than not found."""

NEAR = 0.4
"""From which on the nearest words are told beside "not found"."""

PIECE, COVERED, BETTER = 3, 0.85, 0.1
"""Words of a piece at least, share of a quotation that pieces must be, and by how much more than one place has."""

PART = 0.3
"""Share of a quotation's words that an article has from which a piece of it may be."""

TELLING = (Sameness.SAME, Sameness.DIFFERENT, Sameness.UNKNOWN)
POLARITIES = {"affirmed": Verdict.AFFIRMED, "denied": Verdict.DENIED, "questioned": Verdict.QUESTIONED}


Piece = tuple[Source, Run, Edit]
"""Words of a quotation that stand side by side in a run of a source."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A place with whose words it has; the better one is the one that speaks more for the draft."""

    place: Place
    sameness: Sameness
    agrees: bool

    @property
    def good(self) -> bool:
        """Whether it leaves nothing to be said against the draft."""
        return self.agrees and self.place.quoted and not self.place.seam and self.sameness is not Sameness.DIFFERENT

    @property
    def order(self) -> tuple[object, ...]:
        """The better comes first; of those as good, the latest version of an article, and the earliest article.

        What is surely another's tells more than what nobody is known to say.
        """
        place, document = self.place, self.place.source.document
        first, last = place.words
        doubts = (place.seam, TELLING.index(self.sameness), not self.agrees, not place.quoted, place.quote is None)
        told = (not document.current, document.published is None, str(document.published), last - first, document.id)
        return (*doubts, *told)


class Quotations:
    """The quotations of one draft."""

    def __init__(self, library: Library, speakers: Speakers) -> None:
        self.library, self.speakers = library, speakers

    def findings(self, passage: Passage) -> list[Finding]:
        """What the database says of a quotation, or of each of its parts."""
        visited: list[Source] = []
        whole = self._whole(passage, visited)
        parts = passage.parts()
        if whole is None and len(parts) > 1:
            return [finding for part in parts for finding in self.findings(part)]
        if whole is not None and not (self._is_common(passage) and whole[0].sameness is not Sameness.SAME):
            return [self._stands(passage, *whole)]
        return [self._pieces(passage, visited) or self._nearest(passage, visited)]

    def _is_common(self, passage: Passage) -> bool:
        """Whether words are so few that finding them elsewhere says nothing."""
        return _named(passage) and len(passage.wording) <= FEW

    def _whole(self, passage: Passage, visited: list[Source]) -> tuple[Judged, int] | None:
        """The best place where a quotation stands, but for cuts and brackets, and how many others there are."""
        found = self._looked_for(passage, visited)
        if not found and passage.wording.bracketed:
            found = self._places(passage, visited, brackets=True)
        if not found:
            return None
        best, *others = sorted(found, key=lambda one: one.order)
        return best, sum(one.good for one in others)

    def _looked_for(self, passage: Passage, visited: list[Source]) -> list[Judged]:
        """The places in the likeliest sources, until one is found that leaves nothing to ask."""
        found: list[Judged] = []
        for stage in self.library.sources(passage):
            visited += stage
            found += self._places(passage, stage)
            if any(one.good and (one.sameness is Sameness.SAME or not _named(passage)) for one in found):
                break
        return found

    def _places(self, passage: Passage, sources: Iterable[Source], *, brackets: bool = False) -> list[Judged]:
        """The places in some sources; parts of an interrupted quotation that are not one speaker's stand apart."""
        places = joined(place for one in sources for place in one.whole(passage.wording, brackets=brackets))
        return [self._judged(passage, place) for place in places if not (place.seam and passage.wording.breaks)]

    def _judged(self, passage: Passage, place: Place) -> Judged:
        said = passage.quote.attribution.polarity if passage.quote else Polarity.AFFIRMED
        chosen = self._chosen(passage, place)
        agrees = chosen.quote is None or chosen.quote.polarity == said
        return Judged(chosen, self._sameness(passage, chosen), agrees)

    def _chosen(self, passage: Passage, place: Place) -> Place:
        """A place as the draft's speaker's, where one of its quotes is: a statement may stand in another's."""
        for quote in place.quotes:
            one = replace(place, quotes=(quote,))
            if self._sameness(passage, one) is Sameness.SAME:
                return one
        return place

    def _sameness(self, passage: Passage, place: Place) -> Sameness:
        return self.speakers.compare(passage.quote, place)

    def _stands(self, passage: Passage, judged: Judged, also: int) -> Finding:
        """The verdict on a quotation that stands somewhere, word for word but for cuts."""
        place = judged.place
        found = changes(passage.wording, place.run.wording, place.edits, place.run.joints)
        turned = turned_by(passage, place)
        found |= _asked(passage, place) | set(turned)
        verdict = self._verdict(passage, judged, found)
        shown = found if verdict is Verdict.ALTERED else found & {Change.PUNCTUATION}
        whole = (*turned.values(), *pieces(passage.wording, place.run.wording, place.edits))
        difference = whole if verdict is Verdict.ALTERED else ()
        notes = tuple(self._notes(passage, place, judged.sameness))
        return Finding(passage, verdict, place, tuple(one for one in Change if one in shown), difference, notes, also)

    def _verdict(self, passage: Passage, judged: Judged, found: set[Change]) -> Verdict:
        place = judged.place
        if place.seam:
            return Verdict.MERGED
        if judged.sameness is Sameness.DIFFERENT:
            return Verdict.OTHER_SPEAKER
        if not place.quoted:
            return Verdict.UNQUOTED
        if not judged.agrees and place.quote:
            return POLARITIES[place.quote.polarity]
        if found - {Change.PUNCTUATION}:
            return Verdict.ALTERED
        return Verdict.UNCONFIRMED if _named(passage) and judged.sameness is Sameness.UNKNOWN else Verdict.VERBATIM

    def _notes(self, passage: Passage, place: Place, sameness: Sameness) -> Iterator[str]:
        if not passage.closed:
            yield "no closing mark in the draft"
        yield from of_quote(place)
        if place.quote and sameness is Sameness.UNKNOWN and _named(passage):
            yield f"there: {who(place.quote)}{sure(place.quote)}"
        if not place.source.document.current:
            yield "in an earlier version of the article only"
        if left := left_out(place):
            yield f"the sentence there is: {left}"

    def _pieces(self, passage: Passage, visited: Sequence[Source]) -> Finding | None:
        """The verdict on a quotation that is put together from pieces of several places; None if it is not."""
        found = list(_cover(passage.wording, [one for one in visited if one.share(passage.wording) >= PART]))
        if len(found) < 2 or not self._explains(passage, found, visited):
            return None
        places = [source.place(run, [edit], 1.0) for source, run, edit in found]
        if len({place.origin for place in places}) < 2:
            return self._cut(passage, found)
        return Finding(passage, Verdict.MERGED, places[0], notes=tuple(where(passage.wording, one) for one in places))

    def _explains(self, passage: Passage, found: Sequence[Piece], visited: Sequence[Source]) -> bool:
        """Whether pieces have nearly all of a quotation, and more than any one place has."""
        keys = passage.wording.keys
        covered = sum(weight(keys[slice(*edit.ours)]) for _, _, edit in found) / (weight(keys) or 1.0)
        near = self._best(passage, visited) if covered >= COVERED else None
        return covered >= COVERED and (near is None or covered >= near.similarity + BETTER)

    def _cut(self, passage: Passage, found: Sequence[Piece]) -> Finding | None:
        """The verdict on pieces of one quote, between which words were left out; None where they are out of order."""
        source, run, _ = found[0]
        edits: list[Edit] = []
        for _, other, edit in found:
            if edits and (other is not run or edit.theirs[0] < edits[-1].theirs[1]):
                return None
            if edits:
                edits.append(Edit(False, (edits[-1].ours[1], edit.ours[0]), (edits[-1].theirs[1], edit.theirs[0])))
            edits.append(edit)
        return self._altered(passage, source.place(run, edits, 1.0))

    def _nearest(self, passage: Passage, visited: Iterable[Source]) -> Finding:
        """The verdict on a quotation that stands nowhere: altered where something is much like it."""
        near = self._best(passage, visited)
        common = near is not None and self._is_common(passage) and self._sameness(passage, near) is not Sameness.SAME
        if near is None or near.similarity < NEAR or common:
            return Finding(passage, Verdict.NOT_FOUND)
        if near.similarity < ALIKE:
            return Finding(passage, Verdict.NOT_FOUND, notes=(f"nearest: {cited(near)}",))
        return self._altered(passage, near)

    def _best(self, passage: Passage, visited: Iterable[Source]) -> Place | None:
        likely = (source for source in visited if source.share(passage.wording) >= NEAR)
        near = [place for source in likely if (place := source.nearest(passage.wording))]
        rank = {Sameness.SAME: 0.1, Sameness.UNKNOWN: 0.05, Sameness.DIFFERENT: 0.0}
        return max(
            near, key=lambda one: one.similarity + 0.1 * one.quoted + rank[self._sameness(passage, one)], default=None
        )

    def _altered(self, passage: Passage, place: Place) -> Finding:
        sameness = self._sameness(passage, place)
        found = changes(passage.wording, place.run.wording, place.edits, place.run.joints)
        notes = list(self._notes(passage, place, sameness))
        if sameness is Sameness.DIFFERENT and place.quote:
            notes.insert(0, f"there it is by {who(place.quote)}")
        difference = pieces(passage.wording, place.run.wording, place.edits)
        verdict = Verdict.MERGED if _spliced(passage, place) else Verdict.ALTERED
        return Finding(passage, verdict, place, tuple(one for one in Change if one in found), difference, tuple(notes))


def _named(passage: Passage) -> bool:
    """Whether the draft says who it was."""
    return passage.quote is not None and bool(names(passage.quote.speaker))


def _cover(wording: Wording, sources: Sequence[Source]) -> Iterator[Piece]:
    """The longest pieces of a quotation that stand somewhere, one after the other; words of none are passed over."""
    at = 0
    runs = [(source, run) for source in sources for run in source.runs]
    last: Run | None = None
    while at < len(wording):
        best: tuple[int, bool, Source, Run, tuple[int, int]] | None = None
        for source, run in runs:
            first, end = source.same_marks(run, longest(wording, at, run.wording))
            if end - first >= PIECE and (best is None or (end - first, run is last) > best[:2]):
                best = (end - first, run is last, source, run, (first, end))
        if best is None:
            at += 1
            continue
        size, _, source, last, place = best
        yield source, last, Edit(True, (at, at + size), place)
        at += size


def _spliced(passage: Passage, place: Place) -> bool:
    """Whether a draft joins parts of two sentences between which words were left out without a sign."""
    wording, theirs = passage.wording, place.run.wording
    for edit in place.edits:
        (at, end), (first, last) = edit.ours, edit.theirs
        if edit.equal or at < end or last - first <= PIECE or at in wording.breaks or wording.words[at].cut:
            continue
        behind = theirs.words[first : last + 1]
        if any(mark in word.marks for word in behind for mark in ".?!"):
            return True
    return False


def _asked(passage: Passage, place: Place) -> set[Change]:
    """Whether a draft makes a question of what is none, or a statement of a whole question."""
    first, last = place.words
    if last - first < 1:
        return set()
    mine, real = passage.wording, place.run.wording
    ours, theirs = ("?" in _end(mine, len(mine) - 1), "?" in _end(real, last - 1))
    page = place.source.page
    before = page.text[place.source.sentence(place.span)[0] : real.words[first].start]
    whole = theirs and not any(character.isalnum() for character in before)
    return {Change.QUESTION} if (ours and not theirs) or (whole and not ours) else set()


def _end(wording: Wording, place: int) -> str:
    """The marks right behind a word."""
    end = wording.words[place].end
    return wording.text[end : end + 3].split(" ")[0]
