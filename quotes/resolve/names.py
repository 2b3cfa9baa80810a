"""Names of people and bodies as strings: comparing them, and taking titles off them.

In: a name or a run of words. Out: its key, its parts. It is a module because the same name must have the same key
wherever it is met: in an article, in the database, on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii

from quotes.resolve.lexicon import BODIES, HONORIFICS, NUMBERED, TITLES

POSSESSIVE = re.compile(r"[’'`´]s\b|(?<=s)[’'](?=\s|$)", re.IGNORECASE)
# Titles that also begin the names of bodies ("General Motors", "Major League"): dropped only from a person's name.
# Short and kindred forms of one office.
OFFICES_ALIKE = {
    "sen": "senator", "rep": "representative", "congressman": "representative", "congresswoman": "representative",
    "gov": "governor", "gen": "general", "lawmaker": "representative", "col": "colonel", "lt": "lieutenant",
    "del": "delegate", "justice": "judge", "cllr": "councillor", "sgt": "sergeant",
    "capt": "captain", "prof": "professor", "dr": "doctor",
    "chairwoman": "chairman", "spokeswoman": "spokesman",
}  # fmt: skip
MAX_TITLES = 3
WORDS_KEPT = 1 << 14
"""Words and names whose forms are kept: an article asks for the same ones some ten times."""
TRAILING = re.compile(rf"(?:{POSSESSIVE.pattern})$", re.IGNORECASE)
SUFFIX = re.compile(r"[,\s]+(?P<which>jr|sr|junior|senior|ii|iii|iv)\.?\s*$", re.IGNORECASE)
SUFFIXES = {"junior": "jr", "senior": "sr"}
GENERATIONS = frozenset({"ii", "iii", "iv"})


@lru_cache(maxsize=WORDS_KEPT)
def name_key(name: str) -> str:
    """The form under which names are compared: no case, accents, punctuation, titles, leading "the" or possessive.

    >>> name_key("President Inès Okoro's")
    'ines okoro'
    """
    plain = anyascii(POSSESSIVE.sub("", name)).casefold()
    words = re.sub(r"[\W_]+", " ", re.sub(r"(?<=\w)['`](?=\w)", "", plain)).split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    if not BODIES & set(words):
        for _ in range(MAX_TITLES):
            words = words[1:] if len(words) > 1 and words[0] in TITLES else words
    kept = [word for word in words if word not in HONORIFICS]
    return " ".join(kept or words)


def without_suffix(name: str) -> tuple[str, str]:
    """A name without what tells generations apart, and that: "jr", "sr", "ii", "iii", "iv" or nothing.

    >>> without_suffix("Donald Vane, Junior")
    ('Donald Vane', 'jr')
    """
    found = SUFFIX.search(name)
    if not found:
        return name, ""
    suffix = found["which"].casefold()
    return name[: found.start()], SUFFIXES.get(suffix, suffix)


@lru_cache(maxsize=WORDS_KEPT)
def identity(name: str) -> str:
    """The key without single letters: "Ann B. Lee" and "Ann Lee" are one name within an article."""
    words = name_key(name).split()
    return " ".join([w for w in words if len(w) > 1 and w not in GENERATIONS] or words)


def unowned(name: str) -> str:
    """A name as written, without the possessive it ends in.

    >>> unowned("Prime Minister’s office’s")
    'Prime Minister’s office'
    """
    return TRAILING.sub("", name)


@lru_cache(maxsize=WORDS_KEPT)
def plain(word: str) -> str:
    """A word in lower case without points and possessive."""
    return POSSESSIVE.sub("", word).strip(".,()").casefold()


def same_office(word: str) -> str:
    """The word that stands for an office however it is written: "senator" for "sen"."""
    return OFFICES_ALIKE.get(word, word)


@lru_cache(maxsize=WORDS_KEPT)
def is_acronym(word: str) -> bool:
    """Whether a word is written like "UDW": two capitals or more and no small letter."""
    letters = [c for c in POSSESSIVE.sub("", word) if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters) and not re.fullmatch(r"(?:[A-Z]\.){1,3}", word)


def is_body(words: Sequence[str]) -> bool:
    """Whether a name is that of a body: it has a word that only bodies have, an acronym, or a number."""
    words = [word for word in words if plain(word) not in GENERATIONS]
    if any(plain(w) in BODIES for w in words):
        return True
    shouting = len(words) > 1 and all(is_acronym(w) for w in words if w[:1].isalpha())
    numbered = len(words) > 1 and words[-1].isdigit() and plain(words[0]) not in NUMBERED
    return (not shouting and any(is_acronym(w) for w in words)) or numbered
