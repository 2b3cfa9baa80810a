"""Whether two names of one article can be names of one person or body.

In: names. Out: yes or no. It is a module because it knows names alone; the article around them is the cast's.
"""

from __future__ import annotations

import re

from quotes.text.words import BODIES, NATIONALITIES, ROLES, THINGS, first_names, nicknames, places, word_set

# Words that begin the names of many bodies.
WIDE = word_set(
    "national royal united general federal new international world global first central public local regional state "
    "supreme high civil free social american independent people citizens young women north south east west old great "
    "food human land water health education justice environment climate energy women's "
)
GENERATION = re.compile(r"\b(?:jr|sr|ii|iii)\b", re.IGNORECASE)


def proper(word: str) -> bool:
    """Whether a word that begins a body's name is a name itself, and no person's or place's: "Saldara SpA"."""
    return not (word in BODIES | THINGS | NATIONALITIES | ROLES | WIDE or word in first_names() or word in places())


def same_person(ours: list[str], theirs: list[str], our_name: str, their_name: str) -> bool:
    """Whether two names with one surname are forms of one: "Bob Lee" and "Robert E. Lee", not "Ann Lee"."""
    jr = {m.casefold() for m in GENERATION.findall(our_name)} ^ {m.casefold() for m in GENERATION.findall(their_name)}
    if jr:
        return False
    if not ours or not theirs:
        return False
    if len(theirs) < len(ours) and theirs == ours[-len(theirs) :]:
        return True
    return _same_first(ours[0], theirs[0])


def initials_of(name: str) -> str:
    """The first letters of the capitalised words, in lower case: "udw" for the Union of Dock Workers."""
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()


def _same_first(a: str, b: str) -> bool:
    return a == b or bool(nicknames().get(a, frozenset()) & nicknames().get(b, frozenset()))
