"""Where the names of a text stand: what the detector's network read, beside what capitals say.

In: a `Page` and the `Name`s that the network read. Out: `Mention`s in order. Capitals find titles and the names that
the network passes over; the network says where a name ends among capitals: "Camp | Strava", "Senior | Taliban".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from quotes.records import Name
from quotes.resolve.mentions import CURRENCY, Mention, mention_of, mentions
from quotes.text.names import is_acronym, is_body, plain, unowned
from quotes.text.page import Page, Word
from quotes.text.words import (
    INSTITUTIONS,
    NATIONALITIES,
    NOT_NAMES,
    PARTICLES,
    PEOPLE_WORDS,
    ROLES,
    TITLES,
    TOPICS,
    first_names,
)

START = attrgetter("span.start")
MAX_NAME = 120  # characters of the longest span looked at: the network's own are far shorter
SURE = 0.6  # mean probability from which a name is taken on the network's word alone
ATTACHED = re.compile(r"\w-(?:based|led|controlled|backed|linked|owned|run|affiliated|funded|born)$")
MAX_ADJECTIVES = 2  # small words between a country and the noun of its body
DEMONYM = re.compile(r"[A-Z][a-z]+(?:ian|ese|ish|ean)")
OFTEN = 2  # times that the network reads a name by itself before it is taken out of a longer run of capitals
OWNED = 2  # characters of the ’s that a word of a name may have
HANDLE = re.compile(r"[a-z](?:[a-z.]{2,}\d|[a-z.]*_)\w*")
"""A user's name, "sea_glass91"; not "g20"."""
MAX_BEFORE = 4  # first names, or titles, in front of a name that is all in capitals
PERSON, MISC = "PERSON", "MISC"


def proposals(layout: Page, names: Sequence[Name]) -> tuple[list[Mention], list[list[Word]]]:
    """The names outside of headlines, in order; and the runs of capitals of headlines."""
    found, shouted = mentions(layout)
    alone = Counter(" ".join(name.span.of(layout.text).split()) for name in names)
    parts = [part for mention in found for part in _parts(layout, _widened(layout, mention, names), names, alone)]
    by_start = {part.start: part for part in sorted(parts, key=lambda m: m.end)}
    by_start |= {mention.start: mention for mention in (*_small(layout, names), *_capitals(layout, names))}
    kept = _apart_from(by_start, list(_passed_over(layout, names, by_start)))
    return _apart_from({}, [*_of_countries(layout, kept), *kept]), shouted


def _of_countries(layout: Page, kept: Sequence[Mention]) -> Iterator[Mention]:
    """Bodies whose noun is written small: "Norland’s military", "the Danish defence ministry"."""
    owners = {mention.end: mention for mention in kept if mention.owner and not mention.titles}
    for noun, word in enumerate(layout.words):
        words = _since_capital(layout, noun) if word.text in INSTITUTIONS else []
        if not words:
            continue
        first = words[0]
        owner = owners.get(first.start + len(unowned(first.text)))
        if owner:
            yield mention_of(layout, layout.words[layout.word_at(owner.start) : noun + 1])
        elif plain(first.text) in NATIONALITIES or DEMONYM.fullmatch(first.text):
            yield mention_of(layout, words)


def _since_capital(layout: Page, noun: int) -> list[Word]:
    """The last capital before a noun, up to the noun; nothing where it is far or more than spaces stand between."""
    near = range(noun - 1, max(-1, noun - MAX_ADJECTIVES - 2), -1)
    first = next((i for i in near if layout.words[i].capital), noun)
    words = layout.words[first : noun + 1]
    spaced = all(layout.text[a.end : b.start] == " " for a, b in pairwise(words))
    return words if spaced and first < noun else []


def _apart_from(by_start: dict[int, Mention], more: list[Mention]) -> list[Mention]:
    """All mentions in order; of those that overlap, the first."""
    found: list[Mention] = []
    for mention in sorted([*by_start.values(), *more], key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


def _widened(layout: Page, mention: Mention, names: Sequence[Name]) -> Mention:
    """A name of which capitals show a part only: "Save the | Children", "Customs and | Border Protection"."""
    for name in overlapping(names, mention.start, mention.end):
        start, end = name.span.start, name.span.end
        covers = start <= mention.start and end >= mention.end and end - start > mention.end - mention.start + 1
        if covers and not mention.titles and name.kind != PERSON and "\n" not in name.span.of(layout.text):
            words = layout.words[layout.word_at(start) : layout.word_at(end)]
            words = words[1:] if words and plain(words[0].text) in NOT_NAMES else words
            if words and words[0].capital:
                return replace(mention_of(layout, words), definite=mention.definite)
    return mention


def _passed_over(layout: Page, names: Sequence[Name], taken: Mapping[int, Mention]) -> Iterator[Mention]:
    """Names that capitals alone do not give away: "the Ballymore Executive", the first word of a sentence."""
    ends = sorted((mention.start, mention.end) for mention in taken.values())
    for name in names:
        start, end = name.span.start, name.span.end
        i = bisect_left(ends, (end, 0))
        covered = any(e > start and s < end for s, e in ends[max(0, i - 3) : i])
        if covered or name.kind == MISC or max(name.shares, default=0.0) < SURE:
            continue
        words = layout.words[layout.word_at(start) : layout.word_at(end)]
        if words and words[0].capital and not _common(words) and not _outside(layout, start, end):
            yield mention_of(layout, words)


def _small(layout: Page, names: Sequence[Name]) -> Iterator[Mention]:
    """Every place of a name that is written without capitals: "kesh", "sea_glass91".

    The network reads such a name as a person's again and again, or once where it is a user's; the articles that the
    resolver is fitted on have no other word of which that is true.
    """
    read = Counter(name.span.of(layout.text) for name in names if name.kind == PERSON)
    users = {words.casefold() for words in read if not words.isupper() and HANDLE.fullmatch(words.casefold())}
    again = {words for words, times in read.items() if times >= OFTEN and words.islower()}
    for word in layout.words if users or again else ():
        small = unowned(word.text).casefold()
        if small in users or small in again:
            yield replace(mention_of(layout, [word]), words=(small,))


def _capitals(layout: Page, names: Sequence[Name]) -> Iterator[Mention]:
    """Persons whom the network reads where all is in capitals: "SAID MAYOR INES OKORO"."""
    for name in names:
        if name.kind != PERSON or not layout.in_capitals(name.span.start) or layout.dateline(name.span.start):
            continue
        last = layout.word_at(name.span.end)
        given = _reach(layout, layout.word_at(name.span.start), first_names())
        whole = _reach(layout, given, ROLES | TITLES)
        if last - given > 1 or (last > given > whole):
            titles = tuple(word.text for word in layout.words[whole:given])
            named = mention_of(layout, layout.words[given:last])
            yield replace(named, titles=titles, whole=layout.words[whole].start)


def _reach(layout: Page, at: int, among: Container[str]) -> int:
    """How far back the words of a class stand in front of a word, nothing but spaces between."""
    words, first = layout.words, max(0, at - MAX_BEFORE)
    while at > first and plain(words[at - 1].text) in among and layout.text[words[at - 1].end : words[at].start] == " ":
        at -= 1
    return at


def _outside(layout: Page, start: int, end: int) -> bool:
    """Whether a name stands in a headline or dateline, or is a currency: "NZ$9 million"."""
    return layout.headline(start) or layout.dateline(start) or bool(CURRENCY.match(layout.text, end))


def _common(words: Sequence[Word]) -> bool:
    """Whether a lone capital is an office, a member or somebody's nationality: "the President", "a Republican"."""
    low = plain(words[0].text)
    return len(words) == 1 and low in ROLES | TITLES | NATIONALITIES | PEOPLE_WORDS | NOT_NAMES | TOPICS


def overlapping(names: Sequence[Name], start: int, end: int) -> list[Name]:
    """The network's names that share a character with a stretch of the text."""
    first = bisect_left(names, start - MAX_NAME, key=START)
    last = bisect_left(names, end, first, key=START)
    return [name for name in names[first:last] if name.span.end > start]


def _parts(layout: Page, mention: Mention, names: Sequence[Name], alone: Counter[str]) -> Iterable[Mention]:
    """A run of capitals as the network divides it: whole, without what stands around a name, or several names."""
    words = layout.words[layout.word_at(mention.start) : layout.word_at(mention.end)]
    inside = [n for n in overlapping(names, mention.start, mention.end) if n.span.end <= mention.end + 1]
    return (
        _unattached(layout, mention, words)
        or _led(layout, mention, words, inside)
        or _known_alone(layout, mention, words, inside, alone)
        or [mention]
    )


def _unattached(layout: Page, mention: Mention, words: list[Word]) -> list[Mention]:
    """A name without the adjective in front of it: "New York-based | HRW"."""
    cut = next((i for i in range(len(words) - 1, 0, -1) if ATTACHED.search(words[i - 1].text)), 0)
    if not cut or not words[cut].capital:
        return []
    return [replace(mention_of(layout, words[cut:]), titles=mention.titles)]


def _led(layout: Page, mention: Mention, words: list[Word], inside: Sequence[Name]) -> list[Mention]:
    """A person behind an unknown title, "Apostle | Gift Nwinee", or behind the name of a body."""
    person = next((n for n in reversed(inside) if n.kind == PERSON and n.span.end >= mention.end - 1), None)
    rest = [word for word in words if person and word.start >= person.span.start]
    lead = words[: len(words) - len(rest)]
    if not lead or not rest or not _leads(lead, rest):
        return []
    name = replace(mention_of(layout, rest), titles=mention.titles)
    if is_body([word.text for word in lead]):
        return [replace(mention_of(layout, lead), definite=mention.definite), name]
    return [replace(name, titles=(*mention.titles, *(word.text for word in lead)), whole=mention.whole)]


def _known_alone(
    layout: Page, mention: Mention, words: list[Word], inside: Sequence[Name], alone: Counter[str]
) -> list[Mention]:
    """The one name in a run that the network also reads by itself elsewhere: "Camp | Strava"."""
    if len(inside) != 1 or alone[" ".join(inside[0].span.of(layout.text).split())] < OFTEN:
        return []
    own = [word for word in words if inside[0].span.start <= word.start and word.end <= inside[0].span.end + OWNED]
    if not 0 < len(own) < len(words) or not own[0].capital or not _loose(words, own):
        return []
    name = mention_of(layout, own)
    if inside[0].kind != PERSON:
        return [name]
    lead = [word.text for word in words if word.end <= own[0].start]
    return [replace(name, titles=(*mention.titles, *lead), whole=mention.whole)]


def _loose(words: Sequence[Word], own: Sequence[Word]) -> bool:
    """Whether the words around a name are none of it: no body's noun, no first name or particle, nothing behind it."""
    low = {plain(word.text) for word in words if word not in own}
    behind = [word for word in words if word.start > own[-1].start]
    named = bool(low & PARTICLES) or any(word in first_names() or len(word) < 2 for word in low)
    return not named and not is_body([w.text for w in words]) and all(plain(w.text) in NOT_NAMES for w in behind)


def _leads(lead: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether words in front of a name are none of it: no first name, no initial, nothing small."""
    known = any(plain(w.text) in first_names() or len(plain(w.text)) < 2 or is_acronym(w.text) for w in lead)
    whole = [word for word in rest if word.capital and plain(word.text) not in PARTICLES and len(word.text) > 1]
    doubled = lead[-1].text in ("St", rest[0].text)  # "St | John Rivers", "San | San Chiou"
    return (
        not known and not doubled and lead[-1].capital and len(whole) > 1 and not is_body([word.text for word in rest])
    )
