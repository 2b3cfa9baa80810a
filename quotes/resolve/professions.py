"""What somebody does for a living, read off an office or description: "Holm United striker" is sport.

In: an office as an article gives it. Out: the classes of `professions.txt` that its nouns stand in. It is a module
because namesakes are told apart by what they do, and the classes are data.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.text.names import plain
from quotes.text.words import ROLES, profession_nouns, word_set

OF = word_set("of for at in on with from to by who whose that which since under during against between among")
AND = re.compile(r",\s|\s(?:and|turned|&)\s|-turned-")
LONGEST = 3  # words of one noun
CHURCH = word_set("church baptist methodist lutheran presbyterian anglican pentecostal evangelical gospel ordained")

EXCLUSIVE = frozenset(
    frozenset({one, other})
    for one, others in (
        ("sport", "office science law force business religion medicine arts"),
        ("religion", "office law force business medicine arts"),
        ("force", "science medicine arts"),
        ("law", "medicine arts"),
        ("arts", "science medicine"),
        ("private", "office"),
    )
    for other in others.split()
)
"""Classes that one person is seldom of. Of 129 names that several of 971 articles give with a class, 126 always share
one; the others are a governor and billionaire, a governor and doctor, and a candidate who is doctor and businessman. To
those, and to lawyers, scientists, actors and officers in office, all is open. One congressman and pastor are two."""


def professions(office: str) -> frozenset[str]:
    """The classes of an office; none where it says little of what its holder does.

    >>> sorted(professions("former state senator and businessman"))
    ['business', 'office']
    """
    return frozenset(known for part in AND.split(office) if (known := _profession(part.split())))


def _profession(words: list[str]) -> str | None:
    """The class of the noun that a phrase ends with, in front of "of the valley"."""
    head = words[: next((i for i, word in enumerate(words) if word.casefold() in OF), len(words))]
    low = [plain(word) for word in head]
    longer = ("-".join(low[-length:]) for length in range(min(LONGEST, len(low)), 1, -1))
    known = next(filter(None, map(_nouns().get, longer)), None)
    if known or not low or _other_noun(head, low):
        return known
    if low[-1] == "minister" and CHURCH & {plain(word) for word in words}:
        return "religion"
    return _nouns().get(low[-1])


def _other_noun(words: list[str], low: list[str]) -> bool:
    """Whether the last word means something else here: "inspector general", "union representative"."""
    if low[-1] == "general":
        return len(low) > 1 and low[-2] in ROLES
    return low[-1] == "representative" and not words[-1][0].isupper()


def exclude(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether nobody is likely to be all of both: no class is shared, and each keeps every one of the others out.

    >>> exclude(frozenset({"sport"}), frozenset({"office", "law"}))
    True
    >>> exclude(frozenset({"sport"}), frozenset({"arts", "media"}))
    False
    """
    return all(frozenset({one, other}) in EXCLUSIVE for one in some for other in others)


@cache
def _nouns() -> dict[str, str]:
    return {noun: name for name, nouns in profession_nouns().items() for noun in nouns}
