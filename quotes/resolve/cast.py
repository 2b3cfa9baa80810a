"""Who and what an article names: mentions gathered into entities, each with its fullest name.

In: a `Page` and its `Mention`s. Out: a `Cast`, asked which entity a name or a place in the text belongs to. It is a
module because it decides sameness of names inside one article, with the whole article known.

A short name joins the one fuller name that it ends ("Okoro", "van Dyk"). Where two people share it, a title that tells
their gender decides, else the one named in full most often, and the entity says that it was a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from quotes.records import Name, SpeakerKind
from quotes.resolve.entity import Entity, gender_of, title_gender
from quotes.resolve.joining import joined
from quotes.resolve.kinds import KindOf, kinds_of
from quotes.resolve.mentions import WITH_ENDING, Mention, kind_of, mention_of
from quotes.resolve.proposals import proposals
from quotes.resolve.sameness import same_person
from quotes.text.names import identity, name_key, plain, same_office
from quotes.text.page import Page, Word
from quotes.text.words import (
    KNOWN_BODIES,
    PAPERS,
    PLURAL_PEOPLE,
    QUANTITIES,
    ROLES,
    SINGLE_PEOPLE,
    first_names,
    places,
    word_set,
)

COMMON_NOUNS = PAPERS | SINGLE_PEOPLE | ROLES | PLURAL_PEOPLE | QUANTITIES
MANY = re.compile(r"(?:ers|ors|ants|ents|ists|men|women)$")
OF_GIVEN_NAMES = word_set("prince princess king queen emperor sultan sheikh sheikha sir dame pope saint")
MAX_HEADLINE_NAME = 6
MAX_TITLES = 40  # characters of titles in front of a name
MAX_NAMESAKES = 50  # people of one surname, or bodies with one word, that a name is compared with
NEW_PERSON = re.compile(r", (?:an?|one|\d+,) ")  # "Moussa, a man who fled": somebody new, whatever his name
FAMILY_FIRST = re.compile(r"\w+ \w+-[a-z]\w+")  # "Han Ki-wook", who is Mr. Han
BRACKET = re.compile(r"\s?\(([A-Z][A-Za-z&.]{1,9})\)")


Index = defaultdict[str, list[Entity]]


class Cast:
    """The entities of an article, by name and by place."""

    def __init__(self, layout: Page, names: Sequence[Name] = ()) -> None:
        self.layout = layout
        self.entities: list[Entity] = []
        self._people: Index = defaultdict(list)  # end of a name -> those who bear it
        self._first: Index = defaultdict(list)
        self._inner: Index = defaultdict(list)  # "Quek" in "Jeremy Quek Wei Jie"
        self._bodies: dict[str, Entity] = {}
        self._body_words: Index = defaultdict(list)
        self._at: dict[int, tuple[Mention, Entity]] = {}
        self.guessed: set[int] = set()  # starts of mentions that fit several people
        found, shouted = proposals(layout, names)
        kinds = kinds_of(layout, found, names) if names else {}
        self.found = [_decided(m, kinds[m.words]) if m.words in kinds else m for m in found]
        self._longer = joined(layout, self.found, names)
        self._read = any(name.kind == "PERSON" for name in names)
        self._gather()
        for run in shouted:
            self._headline(run)
        self._starts = sorted(self._at)
        self._first_of: dict[SpeakerKind | None, Entity] = {}
        for at in self._starts:
            self._first_of.setdefault(self._at[at][1].kind, self._at[at][1])
        for entity in self.entities:
            entity.mentions.sort(key=lambda m: m.start)
            entity.outside = [m for m in entity.mentions if not self.layout.quoted(m.start)]
            entity.gender = gender_of(entity)

    def between(self, start: int, end: int) -> list[tuple[Mention, Entity]]:
        """The mentions that begin in a stretch of the text, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self._at[at] for at in self._starts[first:last]]

    def covering(self, at: int) -> Mention | None:
        """The mention, titles included, that a place lies inside of."""
        i = bisect_left(self._starts, at + MAX_TITLES)
        for start in reversed(self._starts[max(0, i - 3) : i]):
            mention = self._at[start][0]
            if mention.whole < at < mention.end:
                return mention
        return None

    def backwards(self, at: int) -> Iterator[tuple[Mention, Entity]]:
        """The mentions before a place, the last first."""
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            yield self._at[self._starts[i]]

    def no_name(self, entity: Entity) -> bool:
        """Whether a lone word is none, where the network has read names and never this one: 1 of 12 was a name."""
        unsure = entity.kind is None and " " not in entity.name
        return unsure and self._read

    def first(self, kind: SpeakerKind) -> Entity | None:
        """The first person, or body, that the article names."""
        return self._first_of.get(kind)

    def named(self, name: str, gender: str = "") -> Entity | None:
        """The entity that a name stands for, wherever it is written."""
        words = tuple(name.split())
        mention = Mention(-1, -1, name, words, (), kind_of(words), False, -1)
        return self._known(mention, gender)

    def _completed(self, pair: Sequence[Word]) -> bool:
        """Give somebody known by surname only the first name that a headline has."""
        mention = mention_of(self.layout, list(pair))
        known = self._people.get(identity(mention.words[-1]), [])
        lone = len(known) == 1 and " " not in known[0].name and plain(mention.words[0]) in first_names()
        if lone:
            known[0].aliases.append(known[0].name)
            known[0].name, known[0].kind = mention.name, SpeakerKind.PERSON
            self._people[identity(mention.name)].append(known[0])
            self._enter(mention, known[0])
        return lone

    def exactly(self, name: str) -> Entity | None:
        """The one entity with this very name, surname or first name."""
        key = identity(name)
        for known in (self._people, self._first):
            if len(known.get(key, ())) == 1:
                return known[key][0]
        return self._bodies.get(name_key(name))

    def body_called(self, noun: str) -> list[Entity]:
        """The bodies whose name has a word: "the alliance" for the Alliance to Reclaim Our Schools."""
        return self._body_words.get(noun, [])

    def holders(self, office: str) -> list[Entity]:
        """The people who are said to hold an office; asked when all that the article says of them is entered."""
        return self._holders.get(office, [])

    @cached_property
    def _holders(self) -> Index:
        held: Index = defaultdict(list)
        for entity in self.entities:
            for office in {same_office(w) for w in entity.described} if entity.kind is SpeakerKind.PERSON else ():
                held[office].append(entity)
        return held

    @cached_property
    def most_named(self) -> Entity | None:
        """The person, else whoever else, that the article names most often."""
        return max(self.entities, key=lambda e: (e.kind is SpeakerKind.PERSON, len(e.mentions)), default=None)

    def _gather(self) -> None:
        """Full names first, the longest before its shorter forms; then what is left."""
        people = [m for m in self.found if m.kind is SpeakerKind.PERSON and len(m.words) > 1]
        spoken = Counter(identity(m.name) for m in people)
        later = [m for m in self.found if not (m.kind is SpeakerKind.PERSON and len(m.words) > 1)]
        for mention in sorted(
            people, key=lambda m: (-len(identity(m.name).split()), -spoken[identity(m.name)], m.start)
        ):
            self._person(mention)
        for entity in self.entities:
            entity.full.sort()
        self._abbreviations(later)
        for mention in sorted(later, key=lambda m: (name_key(m.name) in self._longer, -len(m.words), m.start)):
            if mention.start not in self._at:
                self._short(mention)

    def _headline(self, run: Sequence[Word]) -> None:
        """The names in a run of capitals of a headline, as far as the article knows them; the longest first."""
        i = 0
        while i < len(run):
            if i + 1 < len(run) and self._completed(run[i : i + 2]):
                i += 2
                continue
            for j in range(min(len(run), i + MAX_HEADLINE_NAME), i, -1):
                entity = self.exactly(mention_of(self.layout, list(run[i:j])).name)
                if entity:
                    self._enter(mention_of(self.layout, list(run[i:j])), entity)
                    i = j
                    break
            else:
                i += 1

    def _person(self, mention: Mention) -> None:
        key = identity(mention.name).split() or [mention.name]
        for entity in self._people[key[-1]][:MAX_NAMESAKES]:
            if same_person(identity(entity.name).split(), key, entity.name, mention.name):
                if len(mention.name) > len(entity.name) and not mention.name.isupper():
                    entity.aliases.append(entity.name)
                    entity.name = mention.name
                self._enter(mention, entity)
                return
        entity = self._new(mention, SpeakerKind.PERSON)
        for i in range(1, len(key)):
            self._people[" ".join(key[i:])].append(entity)
        self._people[" ".join(key)].append(entity)
        self._first[key[0]].append(entity)
        for word in key[1:-1]:
            self._inner[word].append(entity)

    def _abbreviations(self, later: Sequence[Mention]) -> None:
        """Bodies that the article gives an abbreviation in brackets."""
        for mention in later:
            match = BRACKET.match(self.layout.text, mention.end)
            initials = "".join(w[0] for w in mention.words if w[0].isupper())
            if match and len(mention.words) > 1 and match[1][0] in initials:
                entity = self._bodies.get(name_key(mention.name)) or self._new(mention, SpeakerKind.ORGANISATION)
                entity.abbreviation = match[1]
                self._enter_body(mention.name, entity)
                self._bodies[name_key(match[1])] = entity
                if mention.start not in self._at:
                    self._enter(mention, entity)

    def _short(self, mention: Mention) -> None:
        """One name of one word, or of a body: to whom it is known to belong, else somebody new."""
        entity = self._known(mention, title_gender(mention.titles))
        if entity is None and mention.start in self.guessed:
            return
        if entity is None and self._common(mention):
            return
        new_man = entity and entity.kind is SpeakerKind.PERSON and self._introduced(mention, entity)
        if entity is None or new_man:
            kind = SpeakerKind.PERSON if new_man else mention.kind
            entity = self._new(mention, kind)
            if kind is SpeakerKind.PERSON:
                if not new_man:
                    self._people[identity(mention.name)].append(entity)
            else:
                self._enter_body(mention.name, entity)
        else:
            self._enter(mention, entity)

    def _common(self, mention: Mention) -> bool:
        """Whether a lone capital at the head of a sentence is a common noun: "Demonstrators said"."""
        if len(mention.words) > 1 or mention.kind is SpeakerKind.PERSON or not self.layout.opens(mention.start):
            return False
        low = plain(mention.words[0])
        many = bool(MANY.search(low)) or (
            low.endswith("s") and not mention.owner and low not in KNOWN_BODIES | places()
        )
        return low in COMMON_NOUNS or (mention.kind is None and many)

    def _introduced(self, mention: Mention, entity: Entity) -> bool:
        """Whether a bare first name brings a new person in."""
        bare = len(mention.words) == 1 and not f" {identity(entity.name)}".endswith(f" {identity(mention.name)}")
        return bare and bool(NEW_PERSON.match(self.layout.text, mention.end))

    def _known(self, mention: Mention, gender: str) -> Entity | None:
        key, body = identity(mention.name), name_key(mention.name)
        person = mention.kind in (None, SpeakerKind.PERSON)
        candidates = self._people.get(key, []) if person else []
        if not candidates and person and len(mention.words) == 1:
            first = self._first.get(key, [])[:MAX_NAMESAKES]
            family = all(FAMILY_FIRST.fullmatch(entity.name) for entity in first)
            given = not mention.titles or bool({plain(title) for title in mention.titles} & OF_GIVEN_NAMES)
            candidates = first if given or family or key not in first_names() else []
            candidates = candidates or self._inner.get(key, [])
        if candidates and not (body in self._bodies and len(mention.words) > 1):
            return self._chosen(mention, candidates[:MAX_NAMESAKES], gender)
        return self._bodies.get(body) or self._bodies.get(self._longer.get(body, ""))

    def _chosen(self, mention: Mention, candidates: Sequence[Entity], gender: str) -> Entity | None:
        if len(candidates) > 1 and gender:
            candidates = [c for c in candidates if gender_of(c) in ("", gender)] or candidates
        if len(candidates) > 1:
            self.guessed.add(mention.start)
            before = [c for c in candidates if c.full and c.full[0] < mention.start] or candidates
            most = max(len(c.full) for c in before)
            candidates = [c for c in before if len(c.full) == most]
            candidates.sort(key=lambda c: -_last_full(c, mention.start))
            if len(candidates) > 1 and mention.start >= 0:
                first, second = (self.layout.sentence(_last_full(c, mention.start)) for c in candidates[:2])
                return candidates[0] if first > second else None
        return candidates[0]

    def _enter_body(self, name: str, entity: Entity) -> None:
        """Make a body known by its name, and by what may be short for it."""
        key = name_key(name)
        if self._bodies.setdefault(key, entity) is not entity or entity.kind is not SpeakerKind.ORGANISATION:
            return
        words = key.split()
        for word in set(words):
            if len(self._body_words[word]) < MAX_NAMESAKES:
                self._body_words[word].append(entity)

    def _new(self, mention: Mention, kind: SpeakerKind | None) -> Entity:
        entity = Entity(mention.name, kind)
        self.entities.append(entity)
        self._enter(mention, entity)
        return entity

    def _enter(self, mention: Mention, entity: Entity) -> None:
        if mention.start not in self._at:
            entity.add(mention)
            self._at[mention.start] = (mention, entity)
            if entity.kind is None and mention.kind is not None:
                entity.kind = mention.kind


def _decided(mention: Mention, kind: KindOf) -> Mention:
    """A mention of the kind that its name has all over the article; a place is one whose words name no body."""
    if " & " in mention.name or WITH_ENDING.search(mention.name):
        return replace(mention, kind=SpeakerKind.ORGANISATION)
    unlike_body = mention.kind in (SpeakerKind.PERSON, None)
    place = mention.place or (kind.place and unlike_body)
    own = SpeakerKind.ORGANISATION if mention.place else kind.kind or (mention.kind if mention.titles else None)
    return replace(mention, kind=own, place=place, sure=kind.probability)


def _last_full(entity: Entity, at: int) -> int:
    """Where an entity was last named in full before a place."""
    i = bisect_left(entity.full, at)
    return entity.full[i - 1] if i else 0
