"""Whether two names of one article can be names of one person.

In: names. Out: yes or no. It is a module because it knows names alone; the article around them is the cast's.
"""

from __future__ import annotations

import re

from quotes.text.words import nicknames

GENERATION = re.compile(r"\b(?:jr|sr|ii|iii)\b", re.IGNORECASE)


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


def _same_first(a: str, b: str) -> bool:
    return a == b or bool(nicknames().get(a, frozenset()) & nicknames().get(b, frozenset()))
