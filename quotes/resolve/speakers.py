"""Who speaks: the source of each attribution, followed through the article to a name.

In: the attributions of one document, in the order of its text. Out: for each a `Finding`: the speaker and how sure it
is. It is a module because here what the phrase says, what the article names and who spoke before come together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quotes.records import Attribution, Document, Speaker, SpeakerKind
from quotes.resolve.cast import Cast, Entity
from quotes.resolve.descriptions import body_meant, person_meant
from quotes.resolve.layout import Layout
from quotes.resolve.names import POSSESSIVE
from quotes.resolve.profiles import enter_profiles
from quotes.resolve.references import Choice, Spoken, choose
from quotes.resolve.sources import Sort, Source, read_source

APPOSED = re.compile(r", (?:an?|the|one|\d+,|\w+ing|[a-z]+ [a-z]+)\s")
LIKELY = 0.5
FROM = re.compile(r"(?: of [A-Z][\w. ]*|\s?\([^()]{1,30}\)|’s|, \d\d)?,? ")  # "Ann Lee of Sark, who"
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|reportedly|allegedly|expected|so-called)\b", re.IGNORECASE)
NOBODY = Speaker(None, SpeakerKind.UNNAMED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whom a source names: the speaker, the entity behind it if any, and the probability that it is right."""

    speaker: Speaker
    confidence: float
    source: Source
    entity: Entity | None = None


class Speakers:
    """Goes through the attributions of one document in the order of the text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.layout = Layout(document.text)
        self.cast = Cast(self.layout)
        enter_profiles(self.cast)
        self.spoken = Spoken()
        self.paper: Finding | None = None  # what the last paper that spoke was found to be
        self.bodies: dict[str, Finding] = {}  # by noun, the last described body: "the campaign" means it again
        self.last: Finding | None = None

    def of(self, attribution: Attribution) -> Finding:
        """The speaker of the next attribution."""
        source = read_source(self.cast, [(s.start, s.end) for s in attribution.source])
        found = self._found(source, attribution)
        if found.entity and source.sort is not Sort.NONE:
            self.spoken.add(found.entity, source.start)
        if source.sort is Sort.PAPER:
            self.paper = found
        if source.sort is not Sort.NONE:
            self.last = found
        return found

    def _found(self, source: Source, attribution: Attribution) -> Finding:
        match source.sort:
            case Sort.NONE:
                return self._without(source, attribution)
            case Sort.AUTHOR:
                return self._author(source)
            case Sort.HE | Sort.SHE:
                return self._chosen(source, choose(self.cast, source.start, source.sort.value, self.spoken))
            case Sort.IT:
                return self._it(source)
            case Sort.THEY:
                return self._they(source)
            case Sort.RELATIVE:
                return self._relative(source)
            case Sort.NAME:
                return self._named(source)
            case Sort.PERSON:
                return self._person(source)
            case Sort.BODY:
                return self._body(source)
            case Sort.PEOPLE:
                return Finding(Speaker(source.phrase or None, SpeakerKind.GROUP), 0.85, source)
            case Sort.PAPER:
                return self._paper(source)
        return Finding(Speaker(None, SpeakerKind.UNNAMED), 0.6, source)

    def _entity(self, source: Source, entity: Entity, confidence: float) -> Finding:
        kind = entity.kind or SpeakerKind.PERSON
        aliases = tuple(dict.fromkeys(a for a in entity.aliases if a != entity.name))
        return Finding(Speaker(entity.name, kind, aliases), confidence, source, entity)

    def _chosen(self, source: Source, choice: Choice) -> Finding:
        if choice.entity is None:
            return Finding(NOBODY, 0.5, source)
        return self._entity(source, choice.entity, choice.probability)

    def _author(self, source: Source) -> Finding:
        if self.layout.quoted(source.start) and self.spoken.last:
            return self._entity(source, self.spoken.last, 0.6)
        return Finding(Speaker(self.document.byline, SpeakerKind.AUTHOR), 0.8, source)

    def _named(self, source: Source) -> Finding:
        entity, mention = source.entity, source.mention
        assert entity is not None  # noqa: S101 - what the sort means
        confidence = 0.97 if mention else 0.85
        if mention and mention.start in self.cast.guessed:
            confidence = 0.75
        elif entity.kind is None:
            confidence = 0.7
        return self._entity(source, entity, confidence)

    def _it(self, source: Source) -> Finding:
        if self.paper and self.last is self.paper:
            return Finding(self.paper.speaker, 0.6, source, self.paper.entity)
        choice = choose(self.cast, source.start, "it", self.spoken)
        return self._chosen(source, choice)

    def _they(self, source: Source) -> Finding:
        """Several: those who spoke last, if they were several or a body."""
        last = self.last
        if last and last.speaker.kind is SpeakerKind.GROUP:
            return Finding(last.speaker, 0.7, source)
        if last and last.speaker.kind is SpeakerKind.ORGANISATION and last.entity:
            return self._entity(source, last.entity, 0.6)
        return Finding(Speaker(None, SpeakerKind.GROUP), 0.7, source)

    def _relative(self, source: Source) -> Finding:
        """ "who": the name or the noun right in front of it."""
        text = self.layout.text
        opening = self.layout.sentence_start(source.start)
        before = text[opening : source.start].rstrip(" ,(-–—")
        end = opening + len(before)
        found = self.cast.between(opening, end)
        human = text[source.start : source.end].casefold().startswith("who")
        for mention, entity in found[-1:]:
            if abs(mention.end - end) <= 2 and human == (entity.kind is SpeakerKind.PERSON):
                return self._entity(source, entity, 0.9)
        for mention, entity in found[-2:]:
            if human and entity.kind is SpeakerKind.PERSON and FROM.fullmatch(text, mention.end, source.start):
                return self._entity(source, entity, 0.9)
        apposed = [e for m, e in found if e.kind is SpeakerKind.PERSON and APPOSED.match(text, m.end)]
        if human and apposed:
            return self._entity(source, apposed[-1], 0.75)
        start = max((text.rfind(mark, opening, end) for mark in (", ", " that ", " said ", " by ", " and ")), default=-1)
        noun = read_source(self.cast, [(max(opening, start + 1), end)]) if end > opening else source
        if noun.sort is Sort.PEOPLE:
            return Finding(Speaker(noun.phrase, SpeakerKind.GROUP), 0.6, source)
        return Finding(NOBODY, 0.5, source)

    def _person(self, source: Source) -> Finding:
        """ "The senator": whom the article calls so; "his lawyer" and "a reader" stay unnamed."""
        if source.definite and not source.owner and not source.owner_pronoun:
            entity, probability = person_meant(self.cast, source, self.spoken)
            if entity:
                entity.role = entity.role or source.phrase
                return self._entity(source, entity, probability)
        return Finding(NOBODY, 0.7, source)

    def _body(self, source: Source) -> Finding:
        """A body that is described: one named before, "his campaign" with its owner's name, or as it is written."""
        entity, probability = body_meant(self.cast, source, self.spoken)
        if entity:
            return self._entity(source, entity, probability)
        if source.definite and source.phrase.casefold() == source.head and source.head in self.bodies:
            return replace(self.bodies[source.head], confidence=0.7, source=source)
        kind = SpeakerKind.GROUP if source.head == "group" else SpeakerKind.ORGANISATION
        name = POSSESSIVE.sub("", source.phrase)
        owner = self._owner(source)
        if owner.entity and owner.confidence > LIKELY:
            name = f"{owner.entity.name} {name}"
        found = Finding(Speaker(name or None, kind), 0.7, source)
        if " " in name:
            self.bodies[source.head] = found
        return found

    def _owner(self, source: Source) -> Finding:
        """Whom "his" or "her" in front of a description means."""
        sort = {"his": "he", "her": "she"}.get(source.owner_pronoun)
        return self._chosen(source, choose(self.cast, source.start, sort, self.spoken)) if sort else Finding(NOBODY, 0.0, source)

    def _paper(self, source: Source) -> Finding:
        """Whoever made it; a paper met again is the same as before."""
        owner = self._owner(source)
        if owner.entity:
            return owner
        maker = source.owner or source.inside
        if maker:
            return self._entity(source, maker, 0.7)
        if source.definite and self.paper and self.paper.entity:
            return self._entity(source, self.paper.entity, 0.6)
        if source.definite:
            choice = choose(self.cast, source.start, "it", self.spoken)
            if choice.entity and choice.probability > LIKELY:
                return self._entity(source, choice.entity, 0.6 * choice.probability)
        return Finding(NOBODY, 0.6, source)

    def _without(self, source: Source, attribution: Attribution) -> Finding:
        """No source is written: a quote alone, or "and added that", goes on with the last speaker; a passive names nobody."""
        last = self.last
        if last is None:
            return Finding(NOBODY, 0.7, source)
        start = attribution.content[0].start
        if not attribution.cue:
            near = self.layout.paragraph(start) - self.layout.paragraph(last.source.start) <= 1
            going_on = near and self.layout.quoted(start)
        else:
            cue = attribution.cue[0]
            same = self.layout.sentence(cue.start) == self.layout.sentence(last.source.start)
            going_on = same and self._active(cue.start, cue.of(self.layout.text))
        return replace(last, confidence=0.7 * last.confidence) if going_on else Finding(NOBODY, 0.7, source)

    def _active(self, start: int, cue: str) -> bool:
        """Whether a cue without subject goes on with the one before it: ", adding", "and said"."""
        before = self.layout.text[max(0, start - 12) : start].casefold().split()
        first = cue.casefold().split()[0] if cue.split() else ""
        if first.endswith("ing"):
            return True
        joined = bool(before) and before[-1] in ("and", "but", "then", "also", "or")
        return (joined or first in ("and", "but", "also")) and not PASSIVE.search(cue)
