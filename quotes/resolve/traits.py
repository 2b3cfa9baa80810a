"""The gender and age that an article tells of its people.

In: the `Cast` of an article whose profiles are known. Out: `told` and `age` entered with each person, where the article
is clear and does not contradict itself. A first name is only a guess, good enough to follow a pronoun within
an article; what is told is kept apart from it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.resolve.genders import gender_of_office, gender_of_titles, is_he_of_office
from quotes.resolve.mentions import Mention
from quotes.text.names import identity
from quotes.text.words import first_names, word_set

THEY = re.compile(r"they/them|non-?binary|genderqueer", re.IGNORECASE)
SUBJECTS = word_set("he she himself herself")
PRONOUN = re.compile(r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
SAYS = re.compile(r",? (?:who |also |has |had |later )?(?:\w+ed|said|says|told|tells|wrote|thinks?|thought)\b")
SAID = re.compile(r"\b(?:said|says|wrote|\w+ed)(?: [A-Z]\S*){0,3} $")
ANOTHER = re.compile(
    r"\b(?:an?|his|her|the|one|another|whose|old|young|\S+[’']s) (?:[\w-]+ )?(?:wife|husband|mother|father|son|"
    r"daughter|brother|sister|man|woman|boy|girl|friend|partner|colleague|boyfriend|girlfriend|lawyer|boss|victim|suspect)\b"
)
ONE, SEVERAL, AGAINST_NAME = 1, 2, 3
"""Pronouns that settle a gender: for a first name that goes with them, one that no list has, one that goes against."""

ASTRAY = 0.12
"""Share of pronouns that may speak against it: of 2,520 in the articles for fitting 122 were read for somebody else."""

AGE = re.compile(r"(?:,? aged |, )(\d{1,2})(?=[,.;]|$)")
YEARS_OLD = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
MAX_LOOKED_AT = 3  # mentions of one person beside which its age, or its pronouns, may be given
MAX_STRETCH = 500  # characters of two sentences in front of a pronoun; in longer ones nobody is clearly meant
MAX_BEHIND = 100  # characters behind a name in which its pronouns may be told
MAX_SAID = 30  # characters in front of a name in which "said" may stand


def enter_traits(cast: Cast) -> None:
    """Enter the gender and age of every person, as far as they are told."""
    pronouns = _pronouns(cast)
    for entity in cast.entities:
        if entity.kind is SpeakerKind.PERSON:
            entity.told = _gender(cast, entity, pronouns[entity])
            entity.age = _age(cast, entity)


def _gender(cast: Cast, entity: Entity, pronouns: Counter[str]) -> str:
    """What all that tells agrees on; "" where it does not."""
    text = cast.layout.text
    if any(THEY.search(text, mention.end, mention.end + MAX_BEHIND) for mention in entity.mentions[:MAX_LOOKED_AT]):
        return ""
    told = {gender_of_titles(m.titles) for m in entity.mentions if m.start not in cast.guessed} | set(
        map(gender_of_office, entity.offices)
    )
    told |= {_settled(entity, pronouns)}
    told -= {""}
    if not told and any(map(is_he_of_office, entity.offices)):
        return "" if pronouns["f"] or _first_name(entity) == "f" else "m"
    return told.pop() if len(told) == 1 else ""


def _age(cast: Cast, entity: Entity) -> int | None:
    """The age behind a name, "Ann Lee, 44, said", or in a description: "the 44-year-old striker"."""
    behind = (AGE.match(cast.layout.text, mention.end) for mention in entity.mentions[:MAX_LOOKED_AT])
    described = (YEARS_OLD.search(office) for office in entity.offices)
    ages = {int(found[1]) for found in (*behind, *described) if found}
    return ages.pop() if len(ages) == 1 else None


def _settled(entity: Entity, pronouns: Counter[str]) -> str:
    """The gender that enough pronouns tell and next to none speaks against."""
    name = _first_name(entity)
    for gender, other in (("m", "f"), ("f", "m")):
        enough = ONE if name == gender else AGAINST_NAME if name == other else SEVERAL
        if pronouns[gender] >= enough and pronouns[other] <= ASTRAY * pronouns[gender]:
            return gender
    return ""


def _first_name(entity: Entity) -> str:
    words = identity(entity.name).split()
    return first_names().get(words[0], "") if len(words) > 1 else ""


def _pronouns(cast: Cast) -> defaultdict[Entity, Counter[str]]:
    """How often each person is clearly meant by "he" and by "she"."""
    layout = cast.layout
    found: defaultdict[Entity, Counter[str]] = defaultdict(Counter)
    for match in PRONOUN.finditer(layout.text):
        at = match.start()
        if layout.quoted(at) or layout.headline(at):
            continue
        start = layout.sentence_start(at)
        if layout.opens(at) and start:
            start = layout.sentence_start(start - 1)
        gender = "m" if match[1] else "f"
        entity = at - start <= MAX_STRETCH and _meant(cast, start, at, gender, match[0].casefold() in SUBJECTS)
        if entity:
            found[entity][gender] += 1
    return found


def _meant(cast: Cast, start: int, end: int, gender: str, subject: bool) -> Entity | None:
    """Whom a pronoun clearly means: of those named in the stretch before it the one whose first name goes with it.

    Where that name tells nothing, the only one named there, if both it and the pronoun are subjects.
    """
    named = _named(cast, start, end)
    people = list(dict.fromkeys(entity for _, entity in named))
    able = [entity for entity in people if _first_name(entity) in (gender, "b", "")]
    if len(able) == 1 and _first_name(able[0]) == gender:
        return able[0]
    clear = subject and len(people) == 1 and not any(mention.owner for mention, _ in named)
    return people[0] if clear and _is_subject(cast, named[0][0], start, end) else None


def _named(cast: Cast, start: int, end: int) -> list[tuple[Mention, Entity]]:
    """Who is named in a stretch of text, outside of quotation marks."""
    found = cast.between(start, end)
    people = (SpeakerKind.PERSON, None)
    return [(m, entity) for m, entity in found if entity.kind in people and not cast.layout.quoted(m.start)]


def _is_subject(cast: Cast, mention: Mention, start: int, end: int) -> bool:
    """Whether a name is what a sentence is about, and no wife, friend or victim comes behind it."""
    layout = cast.layout
    speaks = SAYS.match(layout.text, mention.end)
    speaks = speaks or SAID.search(layout.text, max(start, mention.whole - MAX_SAID), mention.whole)
    return bool(layout.opens(mention.whole) or speaks) and not ANOTHER.search(layout.text, start, end)
