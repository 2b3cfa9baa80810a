"""Who speaks: the source of each attribution, followed through the article to a name.

In: the attributions of one document, in the order of its text. Out: for each a `Finding`: the speaker and how sure it
is. It is a module because here what the phrase says, what the article names and who spoke before come together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.records import Act, Attribution, Document, Name, Speaker, SpeakerKind
from quotes.resolve.bodies import body_behind
from quotes.resolve.cast import Cast
from quotes.resolve.descriptions import SOME_BODY, body_meant, goes_on, people_before, person_meant, press_meant
from quotes.resolve.entity import Entity
from quotes.resolve.phrases import DETERMINER, Sort
from quotes.resolve.profiles import enter_profiles
from quotes.resolve.proposals import HANDLE
from quotes.resolve.references import Choice, Spoken, choose
from quotes.resolve.sources import Source, read_source
from quotes.resolve.together import Together, again, is_again
from quotes.text.names import is_role, plain, unowned
from quotes.text.page import Page
from quotes.text.words import INSTITUTIONS, PAPERS

# How often an answer is right, by how it was found: shares measured on the seeds, speakers_dev and ood_dev together,
# rounded. Pronouns bring their own probability. What stays below LEAST names nobody: 1 of 6 such answers was right.
# Those of names: on 386 annotated articles of the press, by whether their kind is clear (at least CLEAR probable).
NAMED, NAMED_UNCLEAR = 0.97, 0.7  # people by two names or more: 1523 of 1553, 28 of 41
NAMED_BODY, NAMED_BODY_UNCLEAR = 0.89, 0.6  # 238 of 266, 20 of 36
NAMED_SHORT, NAMED_SHORT_BODY = 0.85, 0.75  # by one word: 132 of 158, 158 of 210
NAMED_ELSEWHERE = 0.85
OF_NAMESAKES = 0.6  # 17 of 25, and 19 of 53 on the annotated articles of the press, most of them in one
OF_UNKNOWN_SORT = 0.6  # 10 of 18
GROUP = 0.85
AUTHOR = 0.85
BODY = 0.6  # 16 of 27
MAKER = 0.55  # 10 of 19, of a paper
PAPER_AGAIN = 0.65
THEY = 0.65
RELATIVE, RELATIVE_APPOSED, RELATIVE_NOUN = 0.85, 0.75, 0.6
NAMELESS = 0.65  # 61 of 93 without a source, 34 of 53 described
NAMELESS_PAPER = 0.55
NAMELESS_THING = 0.4  # 13 of 36
GOES_ON = 0.7  # times the confidence of the speaker who goes on
MOST_FOR_IT = 0.85  # the weights for "it" are set by hand
CLEAR = 0.9
LIKELY = 0.5
ADDED = 0.65
LEAST = 0.3
MAX_APART = 2  # paragraphs between those who spoke side by side and "the two"
MAX_BEFORE_RELATIVE = 300  # characters of the sentence in front of "who" that are looked at
APPOSED = re.compile(r", (?:an?|the|one|\d+,|\w+ing|[a-z]+ [a-z]+)\s")
FROM = re.compile(r"(?: of [A-Z][\w. ]*|\s?\([^()]{1,30}\)|’s|, \d\d)?,? ")  # "Ann Lee of Sark, who"
ANSWER = re.compile(r"A:")  # in an interview printed as questions and answers
ANSWERED = 0.7
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|reportedly|allegedly|expected|so-called)\b", re.IGNORECASE)
SINGULAR_THEY = re.compile(r"\bthey/them\b")
ADDING = frozenset({"added", "adds", "adding", "continued", "continues"})
MANY_IN_ONE = frozenset({"jury", "panel", "side", "committee", "tribe", "team", "crew", "family", "industry"})
WRITERS = frozenset({"reporter", "writer", "correspondent", "columnist", "author", "newspaper", "paper"})
NOBODY = Speaker(None, SpeakerKind.UNNAMED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whom a source names: the speaker, the entity behind it if any, and the probability that it is right."""

    speaker: Speaker
    confidence: float
    source: Source
    entity: Entity | None = None
    role: str | None = None  # of a group; a person's is with its entity


def _of_one(cast: Cast) -> Iterator[Entity]:
    """Persons of whom the article says that "they" is their pronoun."""
    for told in SINGULAR_THEY.finditer(cast.layout.text):
        opening = max(cast.layout.sentence_start(told.start()), told.start() - MAX_BEFORE_RELATIVE)
        yield from [e for _, e in cast.between(opening, told.start()) if e.kind is SpeakerKind.PERSON][-1:]


class Speakers:
    """Goes through the attributions of one document in the order of the text."""

    def __init__(self, document: Document, names: Sequence[Name] = (), page: Page | None = None) -> None:
        self.document = document
        self.layout = page or Page(document.text)
        self.cast = Cast(self.layout, [replace(name, span=self.layout.inward(name.span)) for name in names])
        enter_profiles(self.cast)
        self.spoken = Spoken()
        self.paper: Finding | None = None  # what the last paper that spoke was found to be
        self.bodies: dict[str, Finding] = {}  # by noun, the last described body: "the campaign" means it again
        self.unnamed: set[str] = set()  # what those without a name were called: "the colleague" is that one again
        self.together: Together | None = None  # those who spoke side by side last, and where
        self.together_at = 0
        self.last: Finding | None = None
        self.of_one = set(_of_one(self.cast))  # persons for whom the article says "they"

    def of(self, attribution: Attribution) -> Finding:
        """The speaker of the next attribution, whose spans are those of the page."""
        source = read_source(self.cast, [(s.start, s.end) for s in attribution.source])
        found = self._found(source, attribution)
        if found.entity and source.sort is not Sort.NONE:
            self.spoken.add(found.entity, source.start)
        if source.sort is Sort.PAPER or self._wrote(source, attribution, found):
            self.paper = found
        if source.sort is not Sort.NONE:
            self.last = found
        return found

    def _wrote(self, source: Source, attribution: Attribution, found: Finding) -> bool:
        """Whether somebody says it in a letter, which "it says" then means: "In a letter to him, Hal Vane wrote"."""
        if attribution.act is not Act.WRITING or not found.entity or found.speaker.kind is not SpeakerKind.PERSON:
            return False
        opening = max(self.layout.sentence_start(source.start), source.start - MAX_BEFORE_RELATIVE)
        return any(plain(word) in PAPERS for word in self.layout.text[opening : source.start].split())

    def _found(self, source: Source, attribution: Attribution) -> Finding:
        match source.sort:
            case Sort.NONE:
                return self._without(source, attribution)
            case Sort.HE | Sort.SHE if (
                self.last and not self.last.entity and goes_on(self.cast, self.last.source, source)
            ):
                return Finding(NOBODY, NAMELESS, source)
            case Sort.HE | Sort.SHE:
                return self._pronoun(source, attribution)
            case Sort.PEOPLE:
                return self._people(source)
            case Sort.THING:
                return self._thing(source)
        ways = {
            Sort.AUTHOR: self._author,
            Sort.IT: self._it,
            Sort.THEY: self._they,
            Sort.RELATIVE: self._relative,
            Sort.NAME: self._named,
            Sort.PERSON: self._person,
            Sort.BODY: self._body,
            Sort.PAPER: self._paper,
        }
        return ways[source.sort](source)

    def _pronoun(self, source: Source, attribution: Attribution) -> Finding:
        """The likeliest of those named before; "he added" goes on with who spoke last, if he can."""
        choice, last = choose(self.cast, source.start, source.sort.value, self.spoken), self.spoken.last
        if last is None or last is choice.entity or not self._adds(attribution, source.start):
            return self._chosen(source, choice)
        fits = last.kind is SpeakerKind.PERSON and last.gender in ("", {Sort.HE: "m", Sort.SHE: "f"}[source.sort])
        return self._entity(source, last, ADDED) if fits else self._chosen(source, choice)

    def _adds(self, attribution: Attribution, at: int) -> bool:
        """Whether a cue says that somebody speaks on, in this paragraph or the one before."""
        near = self.layout.paragraph(at) - self.layout.paragraph(self.spoken.at) <= 1
        return near and bool(attribution.cue) and plain(attribution.cue[0].of(self.layout.text)) in ADDING

    def _entity(self, source: Source, entity: Entity, confidence: float) -> Finding:
        kind = entity.kind or SpeakerKind.PERSON
        aliases = tuple(dict.fromkeys(a for a in entity.aliases if a != entity.name))
        return Finding(Speaker(entity.name, kind, aliases), confidence, source, entity)

    def _chosen(self, source: Source, choice: Choice) -> Finding:
        if choice.entity is None or choice.probability < LEAST:
            return Finding(NOBODY, LIKELY, source)
        return self._entity(source, choice.entity, choice.probability)

    def _people(self, source: Source) -> Finding:
        """Several: persons side by side, or "the brothers", who are those again; else as they are described."""
        meant = source.together
        described = not is_again(source.phrase) or source.owner or source.owner_pronoun
        if not meant and not described:
            near = self.layout.paragraph(source.start) - self.layout.paragraph(self.together_at) <= MAX_APART
            meant = again(self.cast, source.start, source.phrase, self.together if near else None)
        if meant:
            self.together, self.together_at = meant, source.start
            return Finding(meant.speaker, GROUP, source, role=meant.role)
        return Finding(Speaker((source.phrase or None) if described else None, SpeakerKind.GROUP), GROUP, source)

    def _thing(self, source: Source) -> Finding:
        """ "The trust", where a trust is named; the answers of an interview; else nobody."""
        if ANSWER.fullmatch(self.layout.text, source.start, source.end + 1):
            most = self.cast.most_named
            return self._entity(source, most, ANSWERED) if most else Finding(NOBODY, NAMELESS_THING, source)
        entity, probability = body_meant(self.cast, source, self.spoken)
        if entity and probability > SOME_BODY:
            return self._entity(source, entity, probability)
        return Finding(NOBODY, NAMELESS_THING, source)

    def _author(self, source: Source) -> Finding:
        if self.layout.quoted(source.start) and self.spoken.last:
            return self._entity(source, self.spoken.last, THEY)
        return Finding(Speaker(self.document.byline, SpeakerKind.AUTHOR), AUTHOR, source)

    def _named(self, source: Source) -> Finding:
        entity, mention = source.entity, source.mention
        assert entity is not None  # noqa: S101 - what the sort means
        if self.cast.no_name(entity):
            return Finding(NOBODY, NAMELESS_THING, source)
        if is_role(source.head) and not entity.role and "\n" not in source.phrase:
            entity.role = DETERMINER.sub("", source.phrase)  # "The engineer – Dan Ruiz, 44 – said"
            entity.organisation = entity.organisation or body_behind(self.cast, source.start, source.end)
        confidence = self._sure_of_name(entity) if mention else NAMED_ELSEWHERE
        if mention and mention.start in self.cast.guessed:
            confidence = OF_NAMESAKES
        elif entity.kind is None:
            confidence = OF_UNKNOWN_SORT
        return self._entity(source, entity, confidence)

    def _sure_of_name(self, entity: Entity) -> float:
        person, clear = entity.kind is SpeakerKind.PERSON, entity.sure >= CLEAR or not entity.sure
        if " " not in entity.name and not HANDLE.fullmatch(entity.name):
            return NAMED_SHORT if person else NAMED_SHORT_BODY
        if person:
            return NAMED if clear else NAMED_UNCLEAR
        return NAMED_BODY if clear else NAMED_BODY_UNCLEAR

    def _it(self, source: Source) -> Finding:
        if self.paper and self.last is self.paper:
            return Finding(self.paper.speaker, PAPER_AGAIN, source, self.paper.entity)
        choice = choose(self.cast, source.start, "it", self.spoken)
        return self._chosen(source, Choice(choice.entity, min(choice.probability, MOST_FOR_IT)))

    def _they(self, source: Source) -> Finding:
        """Several: those who spoke last, if they were several or a body."""
        last = self.last
        if last and last.entity and last.entity in self.of_one:
            return self._entity(source, last.entity, THEY)
        if last and last.speaker.kind is SpeakerKind.GROUP:
            return Finding(last.speaker, THEY, source)
        if last and last.speaker.kind is SpeakerKind.ORGANISATION and last.entity:
            return self._entity(source, last.entity, THEY)
        return Finding(Speaker(None, SpeakerKind.GROUP), THEY, source)

    def _relative(self, source: Source) -> Finding:
        """ "who": the name or the noun right in front of it."""
        text = self.layout.text
        opening = max(self.layout.sentence_start(source.start), source.start - MAX_BEFORE_RELATIVE)
        before = text[opening : source.start].rstrip(" ,(-–—")
        end = opening + len(before)
        found = self.cast.between(opening, end)
        human = text[source.start : source.end].casefold().startswith("who")
        for mention, entity in found[-1:]:
            if abs(mention.end - end) <= 2 and human == (entity.kind is SpeakerKind.PERSON):
                return self._entity(source, entity, RELATIVE)
        for mention, entity in found[-2:]:
            if human and entity.kind is SpeakerKind.PERSON and FROM.fullmatch(text, mention.end, source.start):
                return self._entity(source, entity, RELATIVE)
        apposed = [e for m, e in found if e.kind is SpeakerKind.PERSON and APPOSED.match(text, m.end)]
        if human and apposed:
            return self._entity(source, apposed[-1], RELATIVE_APPOSED)
        start = max(
            (text.rfind(mark, opening, end) for mark in (", ", " that ", " said ", " by ", " and ")), default=-1
        )
        noun = read_source(self.cast, [(max(opening, start + 1), end)]) if end > opening else source
        if noun.sort is Sort.PEOPLE:
            return Finding(Speaker(noun.phrase, SpeakerKind.GROUP), RELATIVE_NOUN, source)
        return Finding(NOBODY, NAMELESS_THING, source)

    def _person(self, source: Source) -> Finding:
        """ "The senator": whom the article calls so; "his lawyer" and "a reader" stay unnamed."""
        if source.head in WRITERS and self.layout.text[source.start : source.end].casefold().startswith("this "):
            return self._author(source)
        known = source.head in self.unnamed or source.head == "another"
        if not source.owner and not source.owner_pronoun and not known:
            entity, probability = person_meant(self.cast, source, self.spoken)
            if entity:
                if not entity.role or source.phrase.casefold().startswith(f"{entity.role.casefold()} of "):
                    entity.role = source.phrase
                entity.offices[entity.role] = None
                return self._entity(source, entity, probability)
        self.unnamed.add(source.head)
        return Finding(NOBODY, NAMELESS, source)

    def _body(self, source: Source) -> Finding:
        """A body that is described: one named before, "his campaign" with its owner's name, or as it is written."""
        entity, probability = body_meant(self.cast, source, self.spoken)
        people = people_before(self.layout, source.start) if source.phrase.casefold() == "group" else None
        if entity and (probability > SOME_BODY or not people):
            return self._entity(source, entity, probability)
        if source.definite and source.phrase.casefold() == source.head and source.head in self.bodies:
            return replace(self.bodies[source.head], confidence=BODY, source=source)
        if people and source.definite:
            return Finding(Speaker(people, SpeakerKind.GROUP), BODY, source)
        if self._unknown_body(source):
            kind = SpeakerKind.GROUP if source.head in MANY_IN_ONE else SpeakerKind.UNNAMED
            return Finding(Speaker(None, kind), BODY, source)
        if source.phrase.islower() and source.phrase == source.head and source.head not in INSTITUTIONS:
            return Finding(Speaker(None, SpeakerKind.GROUP), BODY, source)  # "the company": 12 of 49 were named so
        kind = SpeakerKind.GROUP if source.head == "group" else SpeakerKind.ORGANISATION
        name = unowned(source.phrase)
        owner = self._owner(source)
        if owner.entity and owner.confidence > LIKELY:
            name = f"{owner.entity.name} {name}"
        found = Finding(Speaker(name or None, kind), BODY, source)
        if " " in name:
            self.bodies[source.head] = found
        return found

    def _unknown_body(self, source: Source) -> bool:
        """Whether a body is only one of its kind: "a jury", "one brokerage", "neither side"."""
        first = self.layout.text[source.start : source.end].split()[0].casefold()
        small = source.phrase.islower() and not source.owner and not source.owner_pronoun
        many = source.head in MANY_IN_ONE and source.phrase == source.head
        return small and (many or first in ("a", "an", "one", "another", "neither", "either"))

    def _owner(self, source: Source) -> Finding:
        """Whom "his" or "her" in front of a description means."""
        sort = {"his": "he", "her": "she"}.get(source.owner_pronoun)
        if sort is None:
            return Finding(NOBODY, 0.0, source)
        return self._chosen(source, choose(self.cast, source.start, sort, self.spoken))

    def _paper(self, source: Source) -> Finding:
        """Whoever made it; a paper met again is the same as before."""
        owner = self._owner(source)
        if owner.entity:
            return owner
        maker = source.owner or source.inside
        if maker:
            return self._entity(source, maker, MAKER)
        press = press_meant(self.cast, source)
        if press:
            return self._entity(source, press, PAPER_AGAIN)
        if source.definite and self.paper and self.paper.entity:
            return self._entity(source, self.paper.entity, PAPER_AGAIN)
        if source.definite:
            choice = choose(self.cast, source.start, "it", self.spoken)
            if choice.entity and choice.probability > LIKELY:
                return self._entity(source, choice.entity, MAKER * choice.probability)
        return Finding(NOBODY, NAMELESS_PAPER, source)

    def _without(self, source: Source, attribution: Attribution) -> Finding:
        """No source is written: a quote alone, or "and added", goes on with the last speaker; else nobody is named."""
        last = self.last
        if last is None:
            return Finding(NOBODY, NAMELESS, source)
        start = attribution.content[0].start
        if not attribution.cue:
            near = self.layout.paragraph(start) - self.layout.paragraph(last.source.start) <= 1
            going_on = near and self.layout.quoted(start)
        else:
            cue = attribution.cue[0]
            same = self.layout.sentence(cue.start) == self.layout.sentence(last.source.start)
            going_on = same and self._active(cue.start, cue.of(self.layout.text))
        return replace(last, confidence=GOES_ON * last.confidence) if going_on else Finding(NOBODY, NAMELESS, source)

    def _active(self, start: int, cue: str) -> bool:
        """Whether a cue without subject goes on with the one before it: ", adding", "and said"."""
        before = self.layout.text[max(0, start - 12) : start].casefold().split()
        first = cue.casefold().split()[0] if cue.split() else ""
        if first.endswith("ing"):
            return True
        joined = bool(before) and before[-1] in ("and", "but", "then", "also", "or")
        return (joined or first in ("and", "but", "also")) and not PASSIVE.search(cue)
