"""Whether a stored quote is by whom a draft gives it to: names as people write them, through the identities.

In: a quote of the draft and a stored one. Out: a `Sameness`. What cannot be told is unknown, and accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from sqlalchemy import Connection

from quotes.query.passages import Bearers, StoredQuote, bearers
from quotes.records import Quote, SourceType, Speaker, SpeakerKind
from quotes.resolve.sameness import same_person
from quotes.text.names import name_key, parse_name
from quotes.verify.sources import Place, key_words

SURE = 0.8
"""`speaker_confidence` from which on a name is held against another one."""

LIKELY = 0.5
"""From which on it is enough for a draft that has the same name."""

GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SAID = r"(?:said|says|told|added|adds|wrote|explained|warned|argued|insisted|replied|asked|stated|noted|announced)"
_LAST_SAID = re.compile(rf"{_SAID}\W*$")
_SOMEBODY = re.compile(r"(?:an?|one|another|some|several|many|two|three|few|others?)\b", re.IGNORECASE)


class Sameness(Enum):
    """Whether two speakers are one."""

    SAME = "same"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


class Speakers:
    """The speakers of one draft, each looked up once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._found: dict[tuple[str, ...], Bearers] = {}

    def known(self, quote: Quote | None) -> Bearers:
        """Whom the names of a draft's speaker fit in the database."""
        told = names(quote.speaker) if quote else ()
        if told not in self._found:
            self._found[told] = bearers(self.connection, told)
        return self._found[told]

    def compare(self, ours: Quote | None, place: Place) -> Sameness:
        """Whether the draft's speaker of some words is the one that an article gives them to at a place.

        Where nobody is known to say them, "she said" with a name right beside the quotation marks tells.
        """
        if ours is None or not names(ours.speaker):
            return Sameness.UNKNOWN
        theirs = place.quote
        if theirs is None:
            return Sameness.SAME if _told_beside(ours, place) else _elsewhere(ours, place)
        if self._same(ours, theirs):
            return Sameness.SAME if _likely(theirs) else Sameness.UNKNOWN
        if ours.speaker_confidence >= SURE and not _nested(ours, place) and self._excludes(ours, theirs):
            return Sameness.DIFFERENT
        return _elsewhere(ours, place)

    def _excludes(self, ours: Quote, theirs: StoredQuote) -> bool:
        """Whether an article surely gives words to another one; of a person and a body, one may speak for the other."""
        body = ours.speaker.kind is SpeakerKind.ORGANISATION or self.known(ours).body
        if body != (theirs.speaker_kind == SpeakerKind.ORGANISATION):
            return False
        return (theirs.speaker is not None and theirs.speaker_confidence >= SURE) or _somebody(theirs)

    def _same(self, ours: Quote, theirs: StoredQuote) -> bool:
        known = self.known(ours)
        if theirs.speaker_id in known.speakers:
            return True
        spokesman = ours.speaker.kind is SpeakerKind.ORGANISATION or theirs.speaker_kind != SpeakerKind.PERSON
        if spokesman and theirs.organisation_id in known.organisations:
            return True  # "the company said", whoever spoke for it
        return any(_fits(name, theirs) for name in names(ours.speaker))


def _told_beside(ours: Quote, place: Place) -> bool:
    """Whether "she said", with the name of the draft's speaker, stands right beside quotation marks."""
    return place.quoted and any(_said_by(name, place.beside) for name in names(ours.speaker))


def _fits(name: str, theirs: StoredQuote) -> bool:
    """Whether a stored quote's speaker may bear a name, or its source has it where nobody sure is known."""
    if theirs.speaker is not None and _alike(name, theirs.speaker):
        return True
    unsure = theirs.speaker is None or theirs.speaker_confidence < SURE
    return unsure and mentioned(name, key_words(theirs.source))


def _likely(theirs: StoredQuote) -> bool:
    return theirs.speaker is None or theirs.speaker_confidence >= LIKELY


def _elsewhere(ours: Quote, place: Place) -> Sameness:
    """A speaker whom the article does not so much as name said nothing there."""
    told = (*names(ours.speaker), *ours.speaker.aliases)
    absent = not any(mentioned(name, place.source.names) for name in told)
    return Sameness.DIFFERENT if absent and ours.speaker_confidence >= SURE else Sameness.UNKNOWN


def _nested(ours: Quote, place: Place) -> bool:
    """Whether a quote may hold words of a second speaker, named in it or right beside it: "he announced:"."""
    theirs = key_words((place.quote.speaker if place.quote else None) or "")
    within = key_words(f"{place.content} {place.beside}") - theirs  # a namesake is named by the speaker's own name
    return any(mentioned(name, within) for name in names(ours.speaker)) or bool(_LAST_SAID.search(place.before))


def names(speaker: Speaker) -> tuple[str, ...]:
    """The names that a draft's speaker has: those of the members of a group."""
    return speaker.members or ((speaker.name,) if speaker.name else ())


def _alike(ours: str, theirs: str) -> bool:
    """Whether two names are forms of one: "Bob Lee" and "Robert E. Lee", "Josephus" and "Josephus Peele"."""
    mine, real = parse_name(ours), parse_name(theirs)
    words, others = set(mine.key.split()), set(real.key.split())
    if words and others and (words <= others or others <= words):
        return not GENERATIONS & (words ^ others)
    family = name_key(mine.family) == name_key(real.family) and bool(mine.family)
    first, other = (name_key(" ".join(one.given)).split() for one in (mine, real))
    return family and (same_person(first, other, ours, theirs) or _initial(first, other))


def _initial(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one has only the first letter of the other's first name: "G. Amudo", "Grace Amudo"."""
    if not ours or not theirs:
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    return len(short) == 1 and long.startswith(short)


def mentioned(name: str, words: frozenset[str]) -> bool:
    """Whether the last word of a name is among some words."""
    own = name_key(name).split()
    return bool(own) and own[-1] in words


def _said_by(name: str, beside: str) -> bool:
    """Whether what stands beside quotation marks says that a name spoke: "Mayor Okoro said", "added Okoro"."""
    own = name.split()
    last = re.escape(own[-1]) if own else r"(?!)"
    said = rf"\b{last}\b,?(?:\s\w+)?\s{_SAID}|{_SAID}\s(?:[\w.’'-]+\s){{0,4}}{last}\b"
    return bool(re.search(said, beside, re.IGNORECASE))


def _somebody(quote: StoredQuote) -> bool:
    """Whether an article says that it was somebody it does not name: "a colleague"."""
    unnamed = (SourceType.ANONYMOUS, SourceType.UNNAMED_PERSON, SourceType.UNNAMED_GROUP)
    return quote.speaker is None and quote.source_type in unnamed and bool(_SOMEBODY.match(quote.source))
