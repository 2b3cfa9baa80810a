"""Whom a description means: "the senator", "the GOP nominee", "the London-based rights group".

In: a described `Source`, the `Cast`, and who spoke before. Out: the entity with a probability, or nobody. It is a
module because descriptions are known again by the words that the article itself uses of somebody.
"""

from __future__ import annotations

import re
from itertools import islice

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast, Entity
from quotes.resolve.layout import Layout
from quotes.resolve.lexicon import PEOPLE_WORDS
from quotes.resolve.names import plain, same_office
from quotes.resolve.references import MAX_CANDIDATES, Spoken, choose
from quotes.resolve.sources import Source
from quotes.resolve.wordlists import places

OFFICES_AND_FAME = frozenset(
    [
        "senator",
        "representative",
        "governor",
        "candidate",
        "nominee",
        "president",
        "mayor",
        "businessman",
        "businesswoman",
        "billionaire",
        "mogul",
        "tycoon",
        "secretary",
        "minister",
        "frontrunner",
        "front-runner",
        "democrat",
        "republican",
        "actor",
        "actress",
        "singer",
        "author",
        "director",
        "filmmaker",
        "chancellor",
        "premier",
        "general",
        "colonel",
        "politician",
        "contender",
        "hopeful",
        "star",
        "developer",
        "magnate",
        "rapper",
        "congressman",
        "congresswoman",
        "lawmaker",
        "libertarian",
        "socialist",
        "incumbent",
        "challenger",
        "veteran",
        "texan",
        "standard-bearer",
    ]
)
PARTIES = frozenset(
    ["republican", "democratic", "democrat", "gop", "conservative", "labour", "liberal", "libertarian", "green"]
)
PEOPLE_OF = re.compile(
    r"\b(?P<phrase>(?P<noun>[a-z]+s) of [^,.;:“”\"\n]{3,80}?)"
    r"(?= (?:at|on|in|who|have|had|has|were|was|are|said|and) |[,.;\n])"
)
MAX_GROUP_BACK = 300  # characters before "the group" in which its people are described
MAX_BACK = 80  # mentions before a description among which its person is looked for
ANY_BODY = frozenset(
    [
        "group",
        "organisation",
        "organization",
        "company",
        "firm",
        "agency",
        "party",
        "union",
        "charity",
        "outlet",
        "newspaper",
        "paper",
        "site",
        "website",
        "network",
        "magazine",
        "broadcaster",
        "channel",
        "regulator",
        "watchdog",
        "think-tank",
    ]
)
GROUND = frozenset(["city", "town", "country", "nation", "state", "kingdom"])


def person_meant(cast: Cast, source: Source, spoken: Spoken) -> tuple[Entity | None, float]:
    """The person whom the article describes so; for an office nobody is said to hold, the likeliest who may hold it."""
    head = same_office(source.head)
    wanted = {plain(w) for w in source.phrase.split()} - {source.head}
    near = list(dict.fromkeys(e for _, e in islice(cast.backwards(source.start), MAX_BACK)))
    people = [e for e in near if e.kind is SpeakerKind.PERSON] or [
        e for _, e in cast.between(source.start, source.start + MAX_BACK) if e.kind is SpeakerKind.PERSON
    ]
    fits = [e for e in people if head in {same_office(w) for w in e.described} and not _elsewhere(e, wanted)]
    if fits:
        best = max(fits, key=lambda e: (len(wanted & e.described), e is spoken.last))
        return best, 0.9 if len(fits) == 1 else 0.75
    if head not in OFFICES_AND_FAME:
        return None, 0.0
    able = [e for e in people if not _elsewhere(e, wanted)]
    choice = choose(cast, source.start, "person", spoken, able[:MAX_CANDIDATES])
    return choice.entity, 0.8 * choice.probability


def _elsewhere(entity: Entity, wanted: set[str]) -> bool:
    """Whether the description names one place or party and the person is known to be of another."""
    return any(
        wanted & kind and entity.described & kind and not wanted & entity.described for kind in (places(), PARTIES)
    )


def body_meant(cast: Cast, source: Source, spoken: Spoken) -> tuple[Entity | None, float]:
    """The body that has the noun in its name, or the last one that spoke."""
    if source.owner or source.owner_pronoun or not source.definite:
        return None, 0.0
    last = spoken.last
    body = last and last.kind in (SpeakerKind.ORGANISATION, None) and _near(cast, spoken, source)
    if last and body and (source.head in ANY_BODY or source.head in last.name.casefold().split()):
        return last, 0.75
    words = [plain(w) for w in source.phrase.split()]
    full = [e for e in cast.body_called(source.head) if all(w in e.name.casefold() for w in words)]
    return (_nearest(full, source.start), 0.8) if full else (None, 0.0)


def people_before(layout: Layout, at: int) -> str | None:
    """The people just described whom "the group" means: "members of the Sark choir"."""
    before = layout.text[max(0, at - MAX_GROUP_BACK) : at]
    found = [m for m in PEOPLE_OF.finditer(before) if m["noun"] in PEOPLE_WORDS]
    return found[-1]["phrase"] if found else None


def _nearest(entities: list[Entity], at: int) -> Entity:
    return min(entities, key=lambda e: abs(at - e.mentions[0].start))


def _near(cast: Cast, spoken: Spoken, source: Source) -> bool:
    return cast.layout.paragraph(source.start) - cast.layout.paragraph(spoken.at) <= 2
