"""Which body somebody belongs to or speaks for: "of the Sark Choir", "its chairman", "union spokesman", "a spokesman".

In: the `Cast`, and a place or stretch of the text. Out: the name of a body, or none. It is a module because a body is
often named far from whoever speaks for it, and found again by a noun, a pronoun, or nothing but the office.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice
from operator import attrgetter

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.resolve.mentions import Mention
from quotes.text.names import is_acronym, plain, unowned
from quotes.text.words import (
    BODIES,
    COMMON_BODIES,
    INSTITUTIONS,
    KNOWN_BODIES,
    LEADING,
    MODIFIERS,
    MUTE,
    NATIONALITIES,
    PAPERS,
    POSTNOMINALS,
    ROLES,
    ROLES_ALONE,
    TOPICS,
    places,
    word_set,
)

START = attrgetter("start")
ARTICLE = re.compile(
    r"^(?:the|a|an|one of the|one of|another|his|her|its|their|our|my|also|now|then)\s+", re.IGNORECASE
)
ITS = re.compile(
    r"^(?:its\b|(?:the|a)\s+(?P<noun>\w+)(?:[’']s\b|\s+(?=spokes|official|executive|lawyer|chief|manager)))",
    re.IGNORECASE,
)
DEMONYM = re.compile(r"[a-z]+(?:ian|ese|ish|ean|nese)")  # "Ethiopian": where somebody is from
NUMBERS = re.compile(r"\d|[A-Z][a-z]* (?:[\dIVX]+|[A-Z])$|[A-Z]+[-/][A-Z]+$|[A-Z]+ [A-Z ]+$")  # "Group C", "TOWN/CITY"
LINKED = re.compile(r"\b(?:of|for|at|with|from)\s+(?:the\s+)?")
# Who holds one of these speaks for a body; where the text does not say which, it is the one that it tells of.
BOUND = re.compile(
    r"(?:spokes(?:man|woman|person)|chief executive|ceo|chair(?:man|woman|person)?|managing director|coach"
    r"|(?:chief|finance|operations|commercial|medical|executive) (?:\w+ )?(?:officer|director|economist|scientist)"
    r"|secretary[- ]general|general secretary|vice-chancellor|co-founder|founder|treasurer|principal|headteacher)$",
    re.IGNORECASE,
)
ELSEWHERE = word_set("city county state town district regional national shadow")  # offices of other bodies than named
NO_EMPLOYERS = MUTE | PAPERS - {"order"} | {"act"}
GENERIC = (
    COMMON_BODIES | PAPERS | MUTE | word_set("house office state city world crown palace opposition cabinet bible")
)
OUTLETS = word_set(
    "times post herald tribune journal guardian telegraph gazette courier standard examiner observer ledger dispatch "
    "news radio television tv afp reuters ap cnn bbc twitter facebook instagram mail sun mirror star echo chronicle "
    "mercury beacon argus bulletin pelican tidewater today"
)
# By the words of an office those that the name of its body has.
KIND_OF_BODY = {
    "attorney general": "justice", "secretary general": "nations", "secretary-general": "nations",
    "judge": "court tribunal", "justice": "court", "magistrate": "court", "governor": "bank",
    "inspector": "police", "superintendent": "police", "constable": "police", "detective": "police",
    "sergeant": "police", "officer": "police", "bishop": "church diocese", "priest": "church parish",
    "pastor": "church", "vicar": "church", "headteacher": "school academy", "headmaster": "school academy",
    "principal": "school college academy", "teacher": "school academy", "professor": "university institute",
    "lecturer": "university", "nurse": "hospital infirmary trust", "surgeon": "hospital infirmary trust",
    "councillor": "council", "cllr": "council", "coun": "council", "commissioner": "commission", "editor": "newspaper",
    "ranger": "conservation parks", "firefighter": "fire",
}  # fmt: skip
MEMBER = re.compile(r"\b(?:republican|democrat|independent|methodist|baptist|\w+lander)$")  # "Tiree Democrat"
# Bodies whose names look like places or common words.
LIKE_COMMON = frozenset({"white house", "united nations", "un", "u.n.", "european union", "eu", "e.u."})
CAMPAIGN = re.compile(r"(?:[’']s)?(?: [a-z]+)? campaign\b")
OWNED = re.compile(r"\w[’'`´]s?\s$")  # before what is somebody's
OFFICE_TOPICS = frozenset({"government", "services", "service"})  # "Minister of Local Government"
MAX_BACK = 12  # mentions before a place among which its body is looked for
MAX_FAR_BACK = 1000  # the same where the whole article may tell, so that a long text takes no longer for each word
MAX_PARAGRAPHS = 1


def body_behind(cast: Cast, start: int, end: int) -> str | None:
    """The body that unnamed people belong to: "Malian army sources", "several former RT journalists"."""
    named = body_in(cast, start, end)
    if named:
        return named
    words = ARTICLE.sub("", cast.layout.text[start:end]).split()
    at = next((i for i, w in enumerate(words) if i and plain(w) in COMMON_BODIES), 0)
    if not at or at + 1 == len(words):
        return None
    first = next((i for i, w in enumerate(words[:at]) if w[0].isupper() and plain(w) not in LEADING), None)
    if first is None or at - first > 3 or (words[at].islower() and _only_opens(cast, start, words[first:at])):
        return None
    return unowned(" ".join(words[first : at + 1]))


def _only_opens(cast: Cast, start: int, words: list[str]) -> bool:
    """Whether the one capital of some words is that of the sentence: "Government watchdog" of "... groups said"."""
    alone = cast.layout.text.startswith(words[0], start) and not any(word[0].isupper() for word in words[1:])
    named = is_place_name(words[0]) or any(not generic(entity) for _, entity in cast.between(start, start + 1))
    return alone and cast.layout.opens(start) and not named


def body_in(cast: Cast, start: int, end: int) -> str | None:
    """The first body named in a stretch; a place is none."""
    for _, entity in cast.between(start, end):
        body = entity.kind is SpeakerKind.ORGANISATION or is_acronym(entity.name)
        if body and firm_name(cast, entity) and not is_place(entity) and not generic(entity):
            return entity.name
    return None


def body_linked(cast: Cast, start: int, end: int) -> str | None:
    """What an office is said to be of: "director of Little Lanterns", "coach of Sarabwe"; no person."""
    for match in LINKED.finditer(cast.layout.text, start, end):
        for mention, entity in cast.between(match.end(), match.end() + 1):
            client = match.group().startswith("for") and mention.kind is SpeakerKind.PERSON  # "a lawyer for Ash"
            able = mention.whole == mention.start and not client and not is_place(entity) and firm_name(cast, entity)
            if able and taken_for_body(entity):
                return entity.name
    return None


def taken_for_body(entity: Entity) -> bool:
    """Whether what stands where bodies stand is one, or a lone word of which nothing else is known."""
    return entity.kind in (SpeakerKind.ORGANISATION, None)


def firm_name(cast: Cast, entity: Entity) -> bool:
    """Whether a name is more than a word that opens a sentence or says what an office is about."""
    if plain(entity.name) in LIKE_COMMON:
        return True
    words = [plain(word) for word in entity.name.split()]
    if len(words) > 1 and words[-1] in BODIES - OFFICE_TOPICS:
        return True  # "African Union"
    if words[-1] in NATIONALITIES or all(word in TOPICS | MODIFIERS | NATIONALITIES for word in words):
        return False  # "Senate Republican", of the "Senate Republican leader"
    alone = len(words) == 1 and not is_acronym(entity.name) and words[0] not in KNOWN_BODIES
    return not alone or any(not cast.layout.opens(m.start) for m in entity.mentions)


def generic(entity: Entity) -> bool:
    """Whether a name is a common noun with a capital, "the Court", an office, letters behind names, or a member."""
    low = plain(entity.name)
    return low in GENERIC or low in ROLES or low in POSTNOMINALS or bool(MEMBER.search(low))


def employer(cast: Cast, mention: Mention) -> str | None:
    """The body in "Channel 24’s Bo Ash"; a place or a person before the ’s is none."""
    if not OWNED.search(cast.layout.text, mention.whole - 4, mention.whole):
        return None
    for owner, entity in cast.between(mention.whole - 40, mention.whole):
        near = mention.whole - owner.end <= 3
        if near and entity.kind in (SpeakerKind.ORGANISATION, None) and not is_place(entity):
            return entity.name
    return None


def is_place(entity: Entity) -> bool:
    """Whether an entity is a country, state or city, or says only where something is from."""
    return (entity.place and plain(entity.name) not in LIKE_COMMON) or is_place_name(entity.name)


def is_place_name(name: str) -> bool:
    """Whether a name is that of a known place."""
    low = plain(name)
    if name.startswith("Co "):
        return True  # Irish for "County"
    return (
        name.casefold() in places()
        or low in places()
        or low.rsplit(" ", 1)[-1] in NATIONALITIES
        or bool(DEMONYM.fullmatch(low.rsplit(" ", 1)[-1]))
    )


def common_body(words: list[str]) -> str | None:
    """A body without a name: "Moira Keane of the county police"."""
    end = next((i for i, word in enumerate(words[:3]) if plain(word) in COMMON_BODIES), None)
    return " ".join(words[: end + 1]) if end is not None else None


def body_of_owner(cast: Cast, words: str, at: int) -> str | None:
    """The body that "its secretary" or "the company’s chief executive" belongs to: the last one named."""
    match = ITS.match(words)
    if not match:
        return None
    return body_of_noun(cast, match["noun"], at) if match["noun"] else last_body(cast, at)


def body_of_noun(cast: Cast, noun: str, at: int) -> str | None:
    """The body that "the union" or "Union spokesman" means: the last one called so, else the last one named."""
    low = plain(noun)
    if low not in COMMON_BODIES:
        return None
    called = [e for e in cast.body_called(low) if e.mentions[0].start < at and not is_place(e)]
    if called:
        return max(called, key=lambda e: e.mentions[bisect_left(e.mentions, at, key=START) - 1].start).name
    if low == "campaign":
        return campaign(cast, at)
    return noun if low in INSTITUTIONS else last_body(cast, at)


def campaign(cast: Cast, at: int) -> str | None:
    """The campaign named last before a place: "Ash campaign" for "Ms. Ash’s presidential campaign"."""
    for mention, entity in islice(cast.backwards(at), MAX_FAR_BACK):
        if entity.kind is SpeakerKind.PERSON and CAMPAIGN.match(cast.layout.text, mention.end):
            return f"{mention.words[-1]} campaign"
    return None


def body_again(cast: Cast, words: list[str], at: int) -> str | None:
    """The named body that a common noun means: "a physicist at the polytechnic"."""
    if len(words) < 3 or words[0] not in ("of", "at", "for", "with", "to") or words[1] != "the":
        return None
    if plain(words[2]) == "campaign":
        return campaign(cast, at)
    called = cast.body_called(plain(words[2])) if plain(words[2]) in COMMON_BODIES else []
    return called[0].name if len(called) == 1 else None


def body_of_office(cast: Cast, role: str, at: int) -> str | None:
    """The body that an office alone stands for, "a spokesman said": the one that the text tells of there."""
    words = {plain(word) for word in role.split()}
    if not BOUND.search(role) or words & (ROLES_ALONE | ELSEWHERE):
        return None
    return last_body(cast, at)


def body_of_rank(cast: Cast, described: Iterable[str]) -> str | None:
    """The only body of the article that an office can be one of: a judge's court, a nurse's hospital.

    Not a supreme court's: its members are justices, and articles on other judges' cases name it too.
    """
    words = set(described)
    for office, nouns in KIND_OF_BODY.items():
        for noun in nouns.split() if words.issuperset(office.split()) else ():
            called = dict.fromkeys(e for e in cast.body_called(noun) if not is_place(e) and not generic(e))
            if len(called) == 1 and not (office == "judge" and "Supreme" in next(iter(called)).name):
                return next(iter(called)).name
    return None


def body_shortened(cast: Cast, titles: list[str]) -> str | None:
    """The one body that an office takes its first word from: "Oversight Chairman", of the Oversight Committee."""
    if len(titles) < 2 or not titles[0][0].isupper():
        return None
    first = plain(titles[0])
    called = dict.fromkeys(e for e in cast.body_called(first) if plain(e.name.split()[0]) == first)
    able = [e for e in called if plain(e.name.split()[-1]) in COMMON_BODIES and len(e.name.split()) > 1]
    return able[0].name if len(called) == len(able) == 1 else None


def last_body(cast: Cast, at: int) -> str | None:
    """The likeliest of the bodies named shortly before a place."""
    layout = cast.layout
    near = [
        e for m, e in islice(cast.backwards(at), MAX_BACK) if _within(layout.paragraph(at), layout.paragraph(m.start))
    ]
    bodies = [e for e in dict.fromkeys(near) if e.kind is SpeakerKind.ORGANISATION and not is_place(e)]
    able = [e for e in bodies if not generic(e) and _employs(e.name)]
    chosen = able[0] if able else None
    return chosen.name if chosen else None


def _within(paragraph: int, before: int) -> bool:
    return paragraph - before <= MAX_PARAGRAPHS


def _employs(name: str) -> bool:
    """Whether a name is neither an outlet's, an amount, nor a thing's: the Institute of Ocean Studies is no study."""
    words = [plain(word) for word in name.split()]
    thing = words[-1] in NO_EMPLOYERS and not BODIES & set(words)
    return not (thing or words[-1] in OUTLETS or NUMBERS.match(name))
