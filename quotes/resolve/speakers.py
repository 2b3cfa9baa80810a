"""From attributions to quotes: the speaker, role, body and conduit of each.

In: a `Document` and its `Attribution`s. Out: a `Quote` for each, in the same order. It is a module because here,
and only here, what a phrase says and what the article knows come together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.records import Attribution, Document, Organisation, Quote, Speaker, SpeakerKind
from quotes.resolve.affiliations import ARTICLE, Described, describe
from quotes.resolve.conduits import MAX_SPAN, conduit
from quotes.resolve.lexicon import COMMON_BODIES, NOT_NAMES, PLURAL_PEOPLE, ROLES, word_set
from quotes.resolve.mentions import Cast, cast_of
from quotes.resolve.names import identity, is_body, plain

NOBODY = Speaker(None, SpeakerKind.UNNAMED)
HE = frozenset({"he", "she"})
THEY = word_set("they many some most others several both few")
FIRST = frozenset({"i", "we"})
BODY_AGAIN = word_set(
    "group organisation organization company firm ministry agency party union movement charity council court bank club"
)
JOINED = re.compile(r"(?:[Bb]oth )?((?:[A-Z][\w.’'-]* ){1,4}and (?:[A-Z][\w.’'-]* ?){1,4})")  # "Ann Lee and Bo Ash"
MANY = re.compile(r"^\w+(?:ers|ors|ants|ents)$")  # "Farmers", "Investors", "Residents": so, unless a known name
ENDS_HEAD = word_set("of in for at from with on who near and to close")
PEOPLE = re.compile(r"(?:ists|icans|crats|peans)$")  # "Islamists", "Republicans": many, not one
MAX_BACK = 600  # characters before a pronoun in which the one it stands for is named


def resolve(document: Document, attributions: Sequence[Attribution]) -> list[Quote]:
    """Who says each attribution: one quote for each, in the same order."""
    resolver = _Resolver(document)
    order = sorted(range(len(attributions)), key=lambda i: _place(attributions[i]))
    quotes = dict(zip(order, [resolver.quote(attributions[i]) for i in order], strict=True))
    return [resolver.completed(quotes[i]) for i in range(len(attributions))]


def _place(attribution: Attribution) -> int:
    """Where an attribution stands in the text: at its source, cue or content."""
    return (attribution.source or attribution.cue or attribution.content)[0].start


class _Resolver:
    """Goes through the attributions of one document in the order of the text."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.cast: Cast = cast_of(document.text)
        self.roles: dict[str, tuple[str | None, str | None]] = dict(self.cast.roles)
        self.last: tuple[int, Speaker] | None = None  # where the last speaker stands, and who

    def quote(self, attribution: Attribution) -> Quote:
        """The quote of one attribution."""
        source = " ".join(s.of(self.text) for s in attribution.source)
        found = describe(source) if source else Described(None, "")
        speaker = self._speaker(source, found, _place(attribution))
        if source:
            self.last = (attribution.source[-1].end, speaker)
        role, organisation = found.role, found.organisation
        if speaker.kind is SpeakerKind.PERSON and (role or organisation):
            key = identity(speaker.name or "")
            known = self.roles.get(key, (None, None))
            self.roles[key] = (role or known[0], organisation or known[1])
        if speaker.kind is SpeakerKind.ORGANISATION:
            organisation = speaker.name
        return Quote(
            attribution, speaker, self._organisation(organisation, found.abbreviation), role, self._conduit(attribution)
        )

    def completed(self, quote: Quote) -> Quote:
        """With the role and body that the article gives this person elsewhere."""
        if quote.speaker.kind is not SpeakerKind.PERSON:
            return quote
        role, organisation = self.roles.get(identity(quote.speaker.name or ""), (None, None))
        return replace(
            quote, role=quote.role or role, organisation=quote.organisation or self._organisation(organisation, None)
        )

    def _organisation(self, name: str | None, abbreviation: str | None) -> Organisation | None:
        if not name:
            return None
        full, known = self.cast.body(name)
        return Organisation(full, abbreviation or known)

    def _conduit(self, attribution: Attribution) -> str | None:
        if not attribution.cue:
            return None
        cue = attribution.cue[-1]
        after = [s.end for s in attribution.source if cue.end <= s.start <= cue.end + 2]
        start = max([cue.end, *after])
        stops = [s.start for s in attribution.content if s.start > start]
        return conduit(cue.of(self.text), _sentence_rest(self.text, start, min([start + MAX_SPAN, *stops])))

    def _speaker(self, source: str, found: Described, at: int) -> Speaker:
        low = source.casefold().strip()
        if not low:
            return NOBODY
        if low in FIRST:
            return Speaker(self.document.byline, SpeakerKind.AUTHOR)
        if low in HE:
            return self._he(at)
        if low in THEY:
            return Speaker(None, SpeakerKind.GROUP)
        if low == "it":
            last = self._recent(at)
            return last if last and last.kind is SpeakerKind.ORGANISATION else NOBODY
        names = JOINED.fullmatch(found.head)
        if names and not is_body(found.head.split()):
            return Speaker(names[1], SpeakerKind.GROUP)
        if found.name and not (found.name.casefold() in self.cast.lower and not self.cast.is_person(found.name)):
            return self._named(found.name, found)
        return self._described(found.head, at)

    def _recent(self, at: int) -> Speaker | None:
        """The last speaker, if named in this paragraph or the one before."""
        if (
            self.last is None
            or self.text.count("\n\n", max(self.last[0], at - 5 * MAX_BACK), at) > 1
            or at - self.last[0] > MAX_BACK
        ):
            return None
        return self.last[1]

    def _he(self, at: int) -> Speaker:
        """The last speaker, or the one person named shortly before, if no other person comes into question."""
        start = max(0, at - MAX_BACK)
        line = max(start, self.text.rfind("\n\n", start, at))
        start = max(start, self.text.rfind("\n\n", start, line))  # the paragraph before
        people = set(self.cast.people_between(start, at))
        recent = self._recent(at)
        here = self.last is not None and "\n" not in self.text[max(self.last[0], at - MAX_BACK) : at]
        if recent and recent.kind is SpeakerKind.PERSON and (here or people <= {identity(recent.name or "")}):
            return recent
        if len(people) == 1:
            return self._person(next(iter(people)))
        return NOBODY

    def _person(self, key: str) -> Speaker:
        name = self.cast.written(key)
        return Speaker(name, SpeakerKind.PERSON)

    def _named(self, name: str, found: Described) -> Speaker:
        if found.body or is_body(name.split()):
            full, short = self.cast.body(name)
            return Speaker(full, SpeakerKind.ORGANISATION, (short,) if short else ())
        if len(name.split()) == 1 and PEOPLE.search(name):
            return Speaker(name, SpeakerKind.GROUP)
        if self.cast.shared(name):
            return NOBODY
        full = self.cast.full(name)
        if len(name.split()) > 1 or full != name or found.role or self.cast.is_person(name):
            return Speaker(full, SpeakerKind.PERSON, (name,) if name != full else ())
        if (len(name.split()) == 1 and plain(name) in PLURAL_PEOPLE) or MANY.search(name):
            return Speaker(name, SpeakerKind.GROUP)
        return NOBODY if plain(name) in NOT_NAMES else Speaker(name, SpeakerKind.ORGANISATION)

    def _described(self, head: str, at: int) -> Speaker:
        """A phrase that names nobody: a group of people, a body, or one person who stays unnamed."""
        words = ARTICLE.sub("", head).split()
        noun = _head_noun(words)
        definite = head.split()[0].casefold() in ("the", "this", "that")
        if noun in COMMON_BODIES:
            recent = self._recent(at) if definite and noun in BODY_AGAIN else None
            if recent and recent.kind is SpeakerKind.ORGANISATION:
                return recent
            if noun == "group" or not any(w[0].isupper() for w in words):
                return Speaker(None, SpeakerKind.GROUP if noun == "group" else SpeakerKind.ORGANISATION)
            return Speaker(" ".join(words), SpeakerKind.ORGANISATION)
        if noun in PLURAL_PEOPLE or (noun.endswith("s") and not noun.endswith(("ss", "us", "is"))):
            name = " ".join(words)
            told = len(words) > 1 or noun not in PLURAL_PEOPLE
            return Speaker(name, SpeakerKind.GROUP) if told else Speaker(None, SpeakerKind.GROUP)
        if definite and noun in ROLES:
            return self._office(words, at)
        return NOBODY

    def _office(self, words: Sequence[str], at: int) -> Speaker:
        """ "The senator" where one person alone of those just named holds that office."""
        office = plain(words[-1])
        near = set(self.cast.people_between(max(0, at - MAX_BACK), at))
        holders = {key for key in near if plain((self.roles.get(key, (None, None))[0] or "-").split()[-1]) == office}
        return self._person(next(iter(holders))) if len(holders) == 1 else NOBODY


def _head_noun(words: Sequence[str]) -> str:
    """The noun that says what a phrase is about: "residents" in "residents of the valley"."""
    for i, word in enumerate(words):
        if i and word.casefold() in ENDS_HEAD:
            return plain(words[i - 1])
    return plain(words[-1]) if words else ""


def _sentence_rest(text: str, start: int, end: int) -> str:
    """The rest of the sentence from `start`, no farther than `end`."""
    stop = re.compile(r"[.!?]\s|\n|[“\"«]").search(text, start, end)
    return text[start : stop.start() if stop else end]
