"""What a phrase is about: its noun, and what sort of source that noun makes.

In: the words of a phrase. Out: its head, and a `Sort`. It is a module because it needs the words alone, and sources cut
short or run on are taken apart in the same way as whole ones.
"""

from __future__ import annotations

import re
from enum import StrEnum

from quotes.text.names import plain
from quotes.text.words import (
    COMMON_BODIES,
    GROUPS,
    PAPERS,
    PEOPLE_WORDS,
    PLURAL_PEOPLE,
    PREPOSITION,
    QUANTITIES,
    ROLES,
    SINGLE_PEOPLE,
    SPEAKING_BODIES,
    WHEN,
)


class Sort(StrEnum):
    """What a source phrase is."""

    NONE = "none"
    AUTHOR = "author"
    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    RELATIVE = "relative"
    NAME = "name"
    PERSON = "person"  # "the senator", "a reader"
    PEOPLE = "people"
    BODY = "body"  # "the ministry", "Trump's campaign"
    PAPER = "paper"
    THING = "thing"


DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|my|our|another|one)\s+", re.IGNORECASE)
MANY = re.compile(
    r"(?:those|a (?:number|group|lot|majority|handful|couple|pair|third|quarter)|the group|nearly|only|about|more than"
    r"|fewer than|just) ",
    re.IGNORECASE,
)
AGENT = re.compile(r"(?:[^aeiou]er|[^aeiou]or|tor|man|woman|person|ist|eer|crat|logist|trician|ician|ee|ant)$")
ONE_OF = re.compile(r"(?:one|another) of ", re.IGNORECASE)
AGED = re.compile(r"\d+-year-old\b(?! (?:\w+ )?\w+s\b)")
PARTICIPLE = re.compile(r"^\w{4,}(?:ing)$")


def head_of(words: list[str]) -> str:
    """The noun that a phrase is about: "residents" in "residents of the valley"."""
    cut = next((i for i in range(1, len(words)) if _ends_head(words, i)), len(words))
    while cut > 1 and words[cut - 1].strip("“”\"'‘’,;:").casefold() in WHEN:
        cut -= 1
    return plain(words[cut - 1].strip("“”\"'‘’,;:")) if cut else ""


def _ends_head(words: list[str], i: int) -> bool:
    """Whether what a word begins only says more of the noun before it: "of the valley", "briefed on the plan"."""
    low = words[i].casefold()
    if low in PREPOSITION:
        return True
    if PARTICIPLE.match(low) and low not in PAPERS:
        return True
    return low.endswith("ed") and i + 1 < len(words) and words[i + 1].casefold() in PREPOSITION


def is_people(head: str) -> bool:
    """Whether a noun names several people."""
    if head in PEOPLE_WORDS or head in PLURAL_PEOPLE or head in QUANTITIES:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in PAPERS and len(head) > 3


def sort_of(head: str, words: list[str], phrase: str) -> Sort:
    """What sort of source a description is, by its noun and its first word."""
    first = plain(words[0]) if words else ""
    if ONE_OF.match(phrase) or (AGED.search(phrase) and not MANY.match(phrase)):
        return Sort.PERSON
    if head in PAPERS:
        return Sort.PAPER
    if first in ("each", "every", "any") and head not in PAPERS:
        return Sort.PEOPLE
    if head in COMMON_BODIES or head in SPEAKING_BODIES:
        return Sort.BODY
    many = first in QUANTITIES and first not in ("one", "none")
    if head in GROUPS or is_people(head) or MANY.match(phrase) or first[:1].isdigit():
        return Sort.PEOPLE
    if head in SINGLE_PEOPLE or head in ROLES or AGENT.search(head):
        return Sort.PEOPLE if many else Sort.PERSON
    return Sort.PEOPLE if many else Sort.THING
