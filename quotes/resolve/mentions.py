"""The names in a text: where each stands, the titles before it, and what sort of thing it seems to name.

In: a `Page`. Out: `Mention`s in the order of the text. It is a module because finding names needs only how words are
written; which of them name the same person is decided when all are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quotes.records import SpeakerKind
from quotes.resolve.runs import runs
from quotes.text.names import POSSESSIVE, is_acronym, is_body, plain, unowned
from quotes.text.page import Page, Word
from quotes.text.words import (
    BODIES,
    DOTTED,
    HONORIFICS,
    JOINERS,
    KNOWN_BODIES,
    MEMBERS,
    NATIONALITIES,
    NOT_NAMES,
    NUMBERED,
    OFFICES,
    PAPERS,
    PARTICLES,
    PEOPLE_WORDS,
    POSTNOMINALS,
    QUANTITIES,
    ROLES,
    THINGS,
    TITLES,
    first_names,
    places,
    word_set,
)

GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
DEMONYM = re.compile(r"(?:icans|crats|ists|peans|[aeiou]ans|exans|nians|lims|tives|inos|ites)$")
CAMEL = re.compile(r"[a-z][A-Z]|[a-z]{4}\d|\d[A-Z]")
MAC = re.compile(r"(?:Mc|Mac|De|Le|La|Di|Du|O['’]|Van|Fitz)[A-Z]\w+(?:[-–]\w+)*$")
SHORTENED = re.compile(r"[’'](?:ve|re|ll|m|d|t)$", re.IGNORECASE)  # "I've", "Don't"
PARTY = re.compile(r"[RDI]-|[RDI]$")  # "(R-Ohio)", "(D)"
FIGURE = re.compile(r"\d\w{0,3}[A-Z]")  # "3M", not "26-year-old"
MONEY = word_set("rs tk ksh ush shs ghs rm php inr usd eur gbp nzd cfa")
ACRONYMS = word_set("mp mps pm pms ceo ceos mep meps td tds mla mlas msp msps mk mks ngos")
SURNAMES = word_set(
    "king pope bishop dean page cook judge baron count sister lock prop cardinal marshal private lord justice"
)
PLURAL_TITLES = word_set(
    "senators representatives reps sens govs governors ministers congressmen congresswomen lawmakers professors judges "
    "justices presidents generals councillors councilmen mayors ambassadors secretaries doctors drs bishops colonels "
    "commissioners messrs"
)
INITIAL = re.compile(r"[A-Z]\.?")
PERSON_NOUN = re.compile(r"(?:er|or|man|woman|ist|ate|eer|ant|ee|chief|crat|ican|star)$", re.IGNORECASE)
OWNER = re.compile(r"[’'`´]s\b|[’'](?=\s)")
WITH_ENDING = re.compile(r"\w[’'`´]s\b")  # "Lloyd’s", "King’s College"
CURRENCY = re.compile(r"[$€£¥]\d")  # behind "NZ" in "NZ$140 million"
TOWN_OF = re.compile(r" (?:police|residents)\b")
CALLED_ON = re.compile(r"(?<![^\n\"“])[A-Z]{3,}:")  # who speaks in a transcript


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands: its words without titles and possessive, and the titles in front of it."""

    start: int
    end: int  # behind the name, before a possessive
    name: str  # as written
    words: tuple[str, ...]
    titles: tuple[str, ...]
    kind: SpeakerKind | None  # None where the name alone does not tell
    owner: bool  # followed by ’s
    whole: int  # where the titles begin
    definite: bool = False  # "the" stands before it
    place: bool = False  # a town or country: it may speak, but nobody works for it
    sure: float = 0.0  # probability of the kind


def mentions(layout: Page) -> tuple[list[Mention], list[list[Word]]]:
    """All names outside of headlines, in order; and the runs of capitals of headlines.

    In those only names that the article knows can be told from other words.
    """
    found, shouted = [], []
    for run in runs(layout):
        if _shouted(layout, run):
            shouted.append(run)
        elif mention := _mention(layout, run):
            found.append(mention)
    return found, shouted


def _shouted(layout: Page, run: list[Word]) -> bool:
    """Whether a run stands in a headline, or is one itself: four words or more, all in capitals."""
    return layout.headline(run[0].start) or (len(run) > 3 and all(word.text.isupper() for word in run))


def kind_of(words: tuple[str, ...], titles: tuple[str, ...] = (), definite: bool = False) -> SpeakerKind | None:
    """What a name seems to name, from its words."""
    low = [plain(word) for word in words]
    if not low:
        return None
    if low[-1] in PEOPLE_WORDS or DEMONYM.search(words[-1]):
        return SpeakerKind.GROUP
    if len(low) == 1 and low[0] in KNOWN_BODIES:
        return SpeakerKind.ORGANISATION
    if any(plain(title) in HONORIFICS | TITLES for title in titles) and not is_body(words):
        return SpeakerKind.PERSON
    strange = low[0] not in first_names()
    if " ".join(low) in places() or (strange and (words[0].casefold() in places() or low[-1] in places())):
        return SpeakerKind.ORGANISATION
    if len(low) == 3 and INITIAL.fullmatch(words[1]) and not is_body(words):
        return SpeakerKind.PERSON
    if low[0] in first_names() and 1 < len(low) <= 5 and not BODIES & set(low[1:]) and "and" not in low:
        return SpeakerKind.PERSON
    if is_body(words) or any(CAMEL.search(w) and not MAC.match(w) for w in words):
        return SpeakerKind.ORGANISATION
    if {"of", "for", "to"} & set(low) or low[0] in NATIONALITIES or low[-1] in THINGS or (definite and len(low) > 1):
        return SpeakerKind.ORGANISATION
    return SpeakerKind.PERSON if 1 < len(low) <= 4 or low[0] in first_names() else None


def _mention(layout: Page, run: list[Word]) -> Mention | None:
    """The name in a run, cut free of sentence openers and titles."""
    words = _trimmed(layout, run)
    if (
        not words
        or words[0].text.isdigit()
        or CURRENCY.match(layout.text, words[-1].end)
        or plain(words[0].text) in MONEY
        or _adjective(layout, words)
    ):
        return None
    if _office(layout, words) or (PARTY.match(words[0].text) and layout.text[words[0].end : words[0].end + 1] != "."):
        return None
    before = layout.text[max(0, words[0].start - 4) : words[0].start].casefold()
    definite = before == "the " or (run[0].text.casefold() == "the" and words[0] is not run[0])
    junior = len(words) > 2 and plain(words[-1].text) in GENERATIONS  # "Martin Luther King Jr." is no king
    cut = _titles(layout, words[:-1] if junior else words)
    mention = mention_of(layout, words[cut:])
    marks = tuple(title.text + "." * (layout.text[title.end : title.end + 1] == ".") for title in words[:cut])
    kind = kind_of(mention.words, marks, definite and not marks)
    if " & " in mention.name or WITH_ENDING.search(mention.name):
        kind = SpeakerKind.ORGANISATION
    strange = plain(mention.words[0]) not in first_names() and not marks
    if kind is SpeakerKind.PERSON and strange and any(plain(text) in layout.small for text in mention.words):
        kind = SpeakerKind.ORGANISATION
    if kind is not SpeakerKind.PERSON and CALLED_ON.match(layout.text, mention.start) and len(mention.words) == 1:
        kind = SpeakerKind.PERSON
    town = not marks and (mention.name.casefold() in layout.towns or _of_town(layout, mention))
    kind = SpeakerKind.ORGANISATION if town else kind
    return replace(mention, titles=marks, kind=kind, whole=words[0].start, definite=definite, place=town)


def _of_town(layout: Page, mention: Mention) -> bool:
    """Whether a lone capital is the town of what follows: "Marlow police"."""
    return len(mention.words) == 1 and not mention.owner and bool(TOWN_OF.match(layout.text, mention.end))


def _trimmed(layout: Page, run: list[Word]) -> list[Word]:
    """A run without the words that open the sentence, small words, amounts, and letters behind the name."""
    words = list(run)
    while words and _no_name(layout, words[0]) and not _of_name(words):
        words.pop(0)
    if _opener(layout, words):
        words.pop(0)
    while words and not (words[0].capital or FIGURE.match(words[0].text)):
        words.pop(0)
    while words and not words[-1].capital and not words[-1].text[0].isdigit():
        words.pop()
    while (
        len(words) > 1 and words[-1].text[0].isdigit() and (plain(words[0].text) in NUMBERED or "." in words[-1].text)
    ):
        words.pop()
    while len(words) > 2 and is_acronym(words[-1].text) and plain(words[-1].text) in POSTNOMINALS:
        words.pop()
    return words


def _no_name(layout: Page, word: Word) -> bool:
    """Whether a word opens sentences and no names: "A", but not "A." in "A. Chinnaraj"."""
    initial = len(word.text) == 1 and layout.text[word.end : word.end + 1] == "."
    return not initial and (plain(word.text) in NOT_NAMES or bool(SHORTENED.search(word.text)))


def mention_of(layout: Page, words: list[Word]) -> Mention:
    """The mention that the words make, without titles; with ’s where the article tells that a body's name ends so."""
    tail = words[-1]
    ends = unowned(tail.text) in layout.endings
    possessive = None if ends else POSSESSIVE.search(tail.text)
    end = tail.start + (possessive.start() if possessive else len(tail.text))
    owner = bool(possessive or OWNER.match(layout.text, end))
    texts = tuple(POSSESSIVE.sub("", word.text) for word in words)
    written = " ".join(layout.text[words[0].start : end].split())
    return Mention(words[0].start, end, written, texts, (), kind_of(texts), owner, words[0].start)


def _of_name(words: list[Word]) -> bool:
    """Whether a word that opens sentences opens a name here: "May", "Will Smith"."""
    if len(words) > 2 and plain(words[1].text) in first_names():
        return False
    return (
        len(words) > 1
        and plain(words[0].text) in ("will", "may", "august", "april", "june", "jan", "jun", "sun", "mar", "sat")
        and words[1].capital
    )


def _adjective(layout: Page, words: list[Word]) -> bool:
    """Whether a lone capital is an adjective, or begins a sentence with a word that is also written small."""
    if len(words) > 1:
        return False
    low = plain(words[0].text)
    if low in NATIONALITIES or low.endswith("-based"):
        return True
    return layout.opens(words[0].start) and _ordinary(layout, words[0].text)


def _office(layout: Page, words: list[Word]) -> bool:
    """Whether a run of capitals is an office or a member and no name: "the Managing Director", "a Utah Republican"."""
    low = [plain(word.text) for word in words]
    if len(words) < 2:
        the = layout.text[max(0, words[0].start - 4) : words[0].start].casefold() == "the "
        shouted = words[0].text.isupper() and low[0] in ROLES  # "DEANNE HOLT, HOST:"
        return low[0] in ACRONYMS or shouted or (the and low[0] in ROLES and not OWNER.match(layout.text, words[0].end))
    if (low[-1] in ACRONYMS and low[0] in QUANTITIES) or low[-1] in MEMBERS:
        return True
    if low[-1] not in ROLES - SURNAMES or set(low) & (BODIES | {"for"}):
        return False
    if any(word in first_names() for word in low):
        return False
    return not OWNER.match(layout.text, words[-1].end)


def _opener(layout: Page, words: list[Word]) -> bool:
    """Whether the first word only begins the sentence: "Poor Mexico", "Meanwhile Ann Lee"."""
    if len(words) < 2 or not layout.opens(words[0].start) or not _ordinary(layout, words[0].text):
        return False
    second = plain(words[1].text)
    noun = (
        second in places() or second in ROLES or second in PEOPLE_WORDS or second in PAPERS or is_acronym(words[1].text)
    )
    return (len(words) == 2 and noun) or second in first_names() or second in TITLES


def _ordinary(layout: Page, word: str) -> bool:
    """Whether the text writes a word small too, or it is one of those that open sentences."""
    low = plain(word)
    known = low in first_names() or low in TITLES or low in HONORIFICS or low in PEOPLE_WORDS
    return not known and (low in layout.small or low.endswith("ing"))


def _is_title(word: str) -> bool:
    """Whether a word in lower case says what one person is, or several: "minister", "senators"."""
    return word in ROLES or word in PLURAL_TITLES


def _titles(layout: Page, words: list[Word]) -> int:
    """How many of the words are titles, roles and what belongs to them, before the name itself."""
    low = [plain(word.text) for word in words]
    first = _first_name(low)
    if first:
        return first
    cut = 0
    for i, word in enumerate(low[:-1]):
        address = word in HONORIFICS or (word in DOTTED and layout.text[words[i].end : words[i].end + 1] == ".")
        if (address or _is_title(word)) and words[i].capital and not (i and _in_marks(layout, words[i])):
            cut = i + 1
    if not cut:
        return 0
    while cut < len(words) - 1 and (
        words[cut].text in JOINERS or words[cut].text in OFFICES or low[cut] in NATIONALITIES
    ):
        cut += 1
    rest = tuple(word.text for word in words[cut:])
    if cut == 1 and len(rest) == 1 and low[0] in first_names() and low[0] not in HONORIFICS:
        return 0  # "Dean Johnson", who is no dean
    if low[0] in HONORIFICS and cut == 1:
        return 1
    if is_body(rest) and not (len(rest) == 1 and is_acronym(rest[0]) and low[cut - 1] in TITLES):
        return 0
    lone = len(rest) == 1 and rest[0].casefold() not in first_names()
    if lone and (low[-1] in ROLES or (is_body(low[:cut]) and low[cut - 1] not in TITLES)):
        return 0
    return cut


def _in_marks(layout: Page, word: Word) -> bool:
    """Whether a word is the first or last of a nickname."""
    return layout.text[max(0, word.start - 1)] in "\"“‘'(" or layout.text[word.end : word.end + 1] in tuple("\"”’')")


def _first_name(low: list[str]) -> int:
    """Where a first name stands behind a role: 3 in "Atlantic City Mayor Don Guardian"; 0 where none does."""
    if low[0] in first_names():
        return 0
    for i in range(max(1, len(low) - 4), len(low) - 1):
        role = _is_title(low[i - 1]) or low[i - 1] in NATIONALITIES
        longer = i > 1 and (PERSON_NOUN.search(low[i - 1]) or (len(low) - i < 4 and low[i - 1] not in PARTICLES))
        if low[i] in first_names() and (role or (longer and not {low[-1], low[i + 1]} & (BODIES | THINGS))):
            return i
    return 0
