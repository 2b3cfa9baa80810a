"""What the detector's network read as names, set against what spelling alone makes of them.

In: the `Mention`s of a text, and the spans that the network took for people, places and other names. Out: the mentions,
some of another kind or cut free of the words in front of the person. It is a module because the network knows people by
how they are written of, and the rules know bodies: each mends what the other cannot tell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from quotes.records import Span, SpeakerKind
from quotes.resolve.layout import Layout, Word
from quotes.resolve.lexicon import PARTICLES
from quotes.resolve.mentions import Mention, mention_of
from quotes.resolve.names import is_acronym, is_body, plain
from quotes.resolve.wordlists import first_names

START = attrgetter("start")
MAX_NAME = 120  # characters of the longest span looked at: the network's own are far shorter


@dataclass(frozen=True, slots=True)
class Seen:
    """The names that the network read, in order: of people, of places, and of anything else."""

    people: Sequence[Span] = ()
    places: Sequence[Span] = ()
    others: Sequence[Span] = ()


def corrected(layout: Layout, found: Sequence[Mention], seen: Seen) -> list[Mention]:
    """The mentions as both ways of reading have them, in order.

    A name that is called a person's by its spelling and never by the network is a body's or a place's: so were all 36
    such names of two words or more in the development articles whose kind is known. The network's own bodies are not
    taken over: it calls one in seven of them a person.
    """
    parts = [part for mention in found for part in _cut(layout, mention, seen)]
    people, places, others = Counter[str](), Counter[str](), Counter[str]()
    for mention in parts:
        for votes, spans in ((people, seen.people), (places, seen.places), (others, seen.others)):
            votes[mention.name] += len(_overlapping(spans, mention.start, mention.end))
    strange = {name for name in others if not people[name] and (others[name] or places[name])}
    return [
        _no_person(m, places[m.name] > others[m.name]) if m.name in strange else replace(m, human=bool(people[m.name]))
        for m in parts
    ]


def _no_person(mention: Mention, place: bool) -> Mention:
    """The mention of something that the network never read as a person; a title before the name says it is one."""
    if mention.titles or mention.kind not in (SpeakerKind.PERSON, None):
        return mention
    return replace(mention, kind=SpeakerKind.ORGANISATION, place=place)


def _cut(layout: Layout, mention: Mention, seen: Seen) -> list[Mention]:
    """A person with an unknown title in front, "Apostle Gift Nwinee", or behind its body's name, taken apart."""
    for person in _overlapping(seen.people, mention.start, mention.end):
        words = _words(layout, mention.start, mention.end)
        rest = [word for word in words if word.start >= person.start]
        lead = words[: len(words) - len(rest)]
        part = _overlapping(seen.people, mention.start, person.start)
        if not lead or part or abs(person.end - mention.end) > 1 or not _leads(lead, rest):
            continue
        cut = mention_of(layout, rest)
        name = replace(cut, kind=SpeakerKind.PERSON, titles=mention.titles, whole=cut.start)
        if is_body([word.text for word in lead]):
            return [replace(mention_of(layout, lead), kind=SpeakerKind.ORGANISATION, definite=mention.definite), name]
        return [replace(name, titles=(*mention.titles, *(word.text for word in lead)), whole=mention.whole)]
    return [mention]


def _leads(lead: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether words in front of a name are none of it: no first name, no initial, nothing small."""
    known = any(plain(w.text) in first_names() or len(plain(w.text)) < 2 or is_acronym(w.text) for w in lead)
    whole = [word for word in rest if word.capital and plain(word.text) not in PARTICLES and len(word.text) > 1]
    return not known and lead[-1].capital and len(whole) > 1 and not is_body([word.text for word in rest])


def _words(layout: Layout, start: int, end: int) -> list[Word]:
    return layout.words[layout.word_at(start) : layout.word_at(end)]


def _overlapping(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    first = bisect_left(spans, start - MAX_NAME, key=START)
    last = bisect_left(spans, end, first, key=START)
    return [span for span in spans[first:last] if span.end > start]
