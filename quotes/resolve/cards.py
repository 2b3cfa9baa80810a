"""The name, role and body that one article gives → the `Card` by which the bearer can be known again elsewhere.

In: a `Speaker` or `Organisation` with the roles the article gives it and its day. Out: its card. It is a module, and
pure, because all that is compared across articles is on the card: what is not written here cannot join or part anybody.

"Donald J. Trump" and "Donald Trump" have one block and two variants; "Donald Trump Jr." has a block of its own.

The facts of a person: `middle` names or initials; `gender`, "m" or "f"; `country` of an office; `profession`, classes
of `professions.txt` joined by points; `decade` of the article, the year less its last digit; `born`, its year less
the age it gives; `short`, an office that one alone holds with the family name. `year` stands where that is the whole
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from quotes.records import Card, Organisation, Speaker, SpeakerKind
from quotes.resolve.genders import gender_of_office, gender_of_titles, is_he_of_office
from quotes.resolve.professions import professions
from quotes.text.names import is_acronym, name_key, without_suffix
from quotes.text.words import BODIES, COMMON_BODIES, NATIONALITIES, PARTICLES, PLURAL_PEOPLE, ROLES, word_set

BRACKETED = re.compile(r"\s*\([^()]*\)")
HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
SPELLED = re.compile(r"\b\w(?: \w\b)+")  # "f b i", as "F.B.I." comes out of `name_key`
LONGEST_SHORT = 6  # letters of a name of a body that may be an abbreviation

OFFICES = word_set(
    "president senator governor minister secretary congressman congresswoman representative chancellor premier mayor "
    "ambassador"
)
SOLE_OFFICES = word_set("president chancellor premier pope king queen primeminister")
OFFICE_BEFORE = "(?:President|Chancellor|Premier|Pope|King|Queen|Minister)"
BEFORE_NAME = re.compile(rf"\b((?:Vice |Prime )?{OFFICE_BEFORE}) \Z")
LONGEST_OFFICE = len("Prime Chancellor ") + 1
BEFORE_OFFICE = word_set("the former ex then current late vice us") | NATIONALITIES
NOT_COUNTRIES = word_set(
    "european african asian western eastern northern southern republican democratic democrat muslim christian jewish "
    "catholic conservative labour liberal federal"
)
BRITISH = word_set("english scottish welsh")
GIVEN_NAMES = (
    "alexander alex sandy|andrew andy drew|anthony tony|barbara barb|benjamin ben|bernard bernie|catherine kate cathy|"
    "charles charlie chuck|christopher chris|daniel dan danny|david dave|deborah debbie|donald don|edward ed ted|"
    "elizabeth liz beth|frederick fred|gerald gerry jerry|gregory greg|james jim jimmy|jeffrey jeff|jennifer jen jenny|"
    "john jack johnny|joseph joe|katherine kate kathy|kenneth ken|lawrence larry|margaret maggie peggy|matthew matt|"
    "michael mike|nicholas nick|patricia pat|patrick pat|peter pete|philip phil|rebecca becky|richard rick dick|"
    "robert bob rob bobby|ronald ron|samuel sam|stephen steve steven|susan sue|theodore ted|thomas tom|timothy tim|"
    "victoria vicky|william bill will billy"
)
SHORT_NAMES = [frozenset(group.split()) for group in GIVEN_NAMES.split("|")]
"""Given names and what people are called by them: never enough to join two, only to ask."""

LIKE = 0.84
"""Similarity of two given names, or two names of bodies, at which they may be one misspelt: "hilary" and "hillary" are
above it, so are "eric" and "erica", "don" and "dan" are not. Nobody is joined by it."""


def speaker_card(speaker: Speaker, roles: Iterable[str] = (), published: date | None = None, text: str = "") -> Card:
    """The card of a speaker; its block is empty where the name holds in its document only.

    What the record carries counts. `roles` and `text`, the document's, are for records that carry nothing, those of old
    rows: an office may stand before the name anywhere in the text.
    """
    name = BRACKETED.sub("", speaker.name or "")
    if speaker.kind is SpeakerKind.ORGANISATION:
        return body_card(name, next((form for form in speaker.aliases if is_acronym(form)), None))
    if speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.AUTHOR):
        return Card("", "", "")
    offices = [*speaker.offices, *roles] if speaker.offices else [*roles, *_titles(name, text)]
    return _person_card(speaker.kind, _parts(name), _facts(speaker, offices, published), _sole_office(offices))


def _person_card(kind: SpeakerKind, parts: tuple[str, str, str, str], facts: dict[str, str], office: str) -> Card:
    given, middle, family, suffix = parts
    facts = {**facts, "middle": middle}
    if given:
        block = " ".join(filter(None, (kind.value, given, family, suffix)))
        kin = family.split()[-1]
        return Card(block, written({"short": office and f"{office}.{kin}", **facts, "year": ""}), kin)
    if office and family:  # two of one family name do not hold one such office in one year
        return Card(f"{kind.value} {office} {family}", written(facts), "")
    return Card("", "", family if kind is SpeakerKind.PERSON else "")


def members(speaker: Speaker) -> list[Speaker]:
    """The persons of a group, each as a speaker with a card of its own."""
    return [Speaker(name, SpeakerKind.PERSON) for name in speaker.members]


def organisation_card(organisation: Organisation) -> Card:
    """The card of a body."""
    return body_card(BRACKETED.sub("", organisation.name), organisation.abbreviation)


def body_card(name: str, abbreviation: str | None = None) -> Card:
    """The card of a body; a word for many bodies ("police", "the Post") holds in its document only."""
    words = _joined_initials(name_key(name)).split()
    shared = COMMON_BODIES | PLURAL_PEOPLE | ROLES
    if not words or all(word in shared for word in words) or (len(words) == 1 and words[0] in BODIES):
        return Card("", "", "")
    short = _joined_initials(name_key(abbreviation)).replace(" ", "") if abbreviation else ""
    initials = "".join(word[0] for word in words if word not in ("of", "the", "for", "and", "in", "on"))
    kin = initials if len(words) > 1 else words[0] if len(words[0]) <= LONGEST_SHORT else ""
    facts = {"short": short} if short and short != "".join(words) else {}
    return Card(" ".join(("organisation", *words)), written(facts), kin)


def written(facts: Mapping[str, str]) -> str:
    """Facts as a variant: those that are known, in order."""
    return " ".join(f"{key}={value}" for key, value in sorted(facts.items()) if value)


def facts_of(variant: str) -> dict[str, str]:
    """The facts that a variant holds."""
    return dict(fact.split("=", 1) for fact in variant.split())


def like(one: Card, other: Card) -> tuple[float, str] | None:
    """How like two cards of different names are, and in what; None if not enough to ask."""
    kind, _, mine = one.block.partition(" ")
    theirs = other.block.partition(" ")[2]
    if other.block.partition(" ")[0] != kind:
        return None
    if kind == "organisation":
        return _like_bodies(mine, theirs)
    (given, *rest), (named, *others) = mine.split(), theirs.split()
    if given == named:
        return 0.6, f"{mine} and {theirs} differ in what follows the family name or stands before it"
    if rest != others:
        return None
    if any(given in group and named in group for group in SHORT_NAMES):
        return 0.7, f"{given} and {named} are forms of one given name"
    if given[0] == named[0] and min(len(given), len(named)) == 1:
        return 0.5, f"{mine} and {theirs} have the same initial"
    ratio = _similarity(given, named)
    return (round(ratio / 2, 2), f"{given} and {named} are spelt alike") if ratio >= LIKE else None


def _like_bodies(mine: str, theirs: str) -> tuple[float, str] | None:
    short, full = sorted((mine, theirs), key=len)
    if " " not in short:
        return 0.5, f"{short} has the initials of {full}"
    ratio = _similarity(mine, theirs)
    return (round(ratio / 2, 2), f"{mine} and {theirs} are spelt alike") if ratio >= LIKE else None


def _similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, min(one, other), max(one, other)).ratio()


def _parts(name: str) -> tuple[str, str, str, str]:
    """Given name, middle names joined by points, family name with its particles, suffix; only the last of a single."""
    name, suffix = without_suffix(name)
    words = name_key(HYPHEN.sub("", name)).split()
    if len(words) < 2:
        return "", "", words[0] if words else "", ""
    given = 1
    while len(words[0]) == 1 and given < len(words) - 1 and len(words[given]) == 1:
        given += 1  # "J. K. Rowling": the initials are all there is of the given name
    last = len(words) - 1
    while last > given and words[last - 1] in PARTICLES and len(words[last - 1]) > 1:  # "E" is an initial
        last -= 1
    middle = words[given:last]
    family = "".join(words[last:])
    if sum(len(word) > 1 for word in middle) > 1:  # which of four names are family names, nobody can tell
        return words[0], "", " ".join(words[1:]), suffix
    return "".join(words[:given]), ".".join(middle), family, suffix


def _gender(speaker: Speaker, offices: Iterable[str]) -> str:
    """Gender by the forms of address among the names, and by offices; "" where they tell nothing or contradict."""
    offices = [] if speaker.offices else list(offices)  # with offices of its own, a record without gender is not clear
    told = {gender_of_titles(name.split()[:1]) for name in (speaker.name or "", *speaker.aliases)}
    told = (told | set(map(gender_of_office, offices))) - {""}
    if not told and any(map(is_he_of_office, offices)):
        return "m"
    return told.pop() if len(told) == 1 else ""


def _facts(speaker: Speaker, offices: Sequence[str], published: date | None) -> dict[str, str]:
    """What the article says of a person, each where it is clear; empty where it is not."""
    held = {name for office in offices for name in professions(office)} | (
        {"office"} if _sole_office(offices) else set()
    )
    facts = {"gender": speaker.gender or _gender(speaker, offices), "country": _country(offices)}
    if published:
        facts |= {"decade": str(published.year // 10), "year": str(published.year)}
        facts["born"] = str(published.year - speaker.age) if speaker.age else ""
    return {**facts, "profession": ".".join(sorted(held))}


def _country(offices: Iterable[str]) -> str:
    """The country in whose office somebody is: "french" for "French foreign minister"."""
    countries = set()
    for office in offices:
        words = name_key(office).split() + office.casefold().split()
        if words and words[0] in NATIONALITIES - NOT_COUNTRIES and OFFICES & set(words):
            countries.add("british" if words[0] in BRITISH else words[0])
    return countries.pop() if len(countries) == 1 else ""


def _sole_office(offices: Iterable[str]) -> str:
    """The first office that one alone holds."""
    return next(filter(None, map(_office, offices)), "")


def _titles(name: str, text: str) -> list[str]:
    """The offices that stand right before a name in a text."""
    found: list[str] = []
    start = text.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        before = BEFORE_NAME.search(text, max(start - LONGEST_OFFICE, 0), start)
        if before and not text[end : end + 1].isalnum():
            found.append(before[1])
        start = text.find(name, end)
    return found


def _office(role: str) -> str:
    """The office held by one alone, where a role is that and no more: "former U.S. President", not "club president"."""
    before, _, last = _joined_initials(name_key("x " + role)[2:]).rpartition(" ")
    words = before.split()
    if last == "minister" and words and words[-1] == "prime":
        last, words = "primeminister", words[:-1]
    if last not in SOLE_OFFICES or any(word not in BEFORE_OFFICE for word in words):
        return ""
    return "vice" + last if "vice" in words else last


def _joined_initials(key: str) -> str:
    return SPELLED.sub(lambda spelled: spelled[0].replace(" ", ""), key)
