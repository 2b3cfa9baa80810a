"""Names of people and bodies as strings: comparing them, and taking them apart.

In: a name or a run of words. Out: its key, its parts. It is a module because the same name must have the same key
wherever it is met: in an article, in the database, on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from anyascii import anyascii

from quotes.text.lines import visible
from quotes.text.words import first_names, word_class

POSSESSIVE = re.compile(r"[’'`´]s\b|(?<=s)[’'](?=\s|$)", re.IGNORECASE)
# Short and kindred forms of one office.
OFFICES_ALIKE = {
    "sen": "senator", "rep": "representative", "congressman": "representative", "congresswoman": "representative",
    "gov": "governor", "gen": "general", "lawmaker": "representative", "col": "colonel", "lt": "lieutenant",
    "del": "delegate", "justice": "judge", "cllr": "councillor", "sgt": "sergeant",
    "capt": "captain", "prof": "professor", "dr": "doctor",
    "chairwoman": "chairman", "spokeswoman": "spokesman",
}  # fmt: skip
AGENT = re.compile(
    r"(?:\w[^aeiou]er|\w[^aeiou]or|\wtor|ist|ian|man|woman|crat|eer|preneur|person|master|mistress|smith)$"
)
MAX_TITLES = 3
MAX_ACRONYM = 7  # letters of "EUROPOL"
WORDS_KEPT = 1 << 14
"""Words and names whose forms are kept: an article asks for the same ones some ten times."""
TRAILING = re.compile(rf"(?:{POSSESSIVE.pattern})$", re.IGNORECASE)
SUFFIX = re.compile(r"[,\s]+(?P<which>jr|sr|junior|senior|ii|iii|iv)\.?\s*$", re.IGNORECASE)
SUFFIXES = {"junior": "jr", "senior": "sr"}
GENERATIONS = frozenset({"ii", "iii", "iv"})
NICKNAME = re.compile(r"(?<=\w)\s[“\"‘'(](?P<name>[A-ZÀ-Þ][^“”\"‘’'()]{0,29})[”\"’')](?=\s+\S)")
BRACKETED = re.compile(r"\s*\([^()]*\)")
FAMILY_FIRST = re.compile(r"[A-Z]\w*-[a-z]\w+")  # "Jae-won" of "Kim Jae-won"
AND = frozenset({"y", "e"})  # "Ortega y Gasset"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name taken apart; what it does not have is empty.

    `full` is the name without titles, nickname and letters behind it, `key` the form under which it is compared, and
    `gender` what the titles tell: "f", "m" or "".
    """

    full: str
    key: str
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    nickname: str = ""
    particles: tuple[str, ...] = ()
    family: str = ""
    suffixes: tuple[str, ...] = ()
    gender: str = ""


@lru_cache(maxsize=WORDS_KEPT)
def name_key(name: str) -> str:
    """The form under which names are compared: no case, accents, punctuation, titles, leading "the" or possessive.

    >>> name_key("President Inès Okoro's")
    'ines okoro'
    """
    plain = anyascii(POSSESSIVE.sub("", visible(name))).casefold()
    words = re.sub(r"[\W_]+", " ", re.sub(r"(?<=\w)['`](?=\w)", "", plain)).split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    if not word_class("bodies") & set(words):
        for _ in range(MAX_TITLES):
            words = words[1:] if len(words) > 1 and words[0] in word_class("titles") else words
    kept = [word for word in words if word not in word_class("honorifics")]
    return " ".join(kept or words)


@lru_cache(maxsize=WORDS_KEPT)
def parse_name(text: str) -> Name:
    """The parts of a person's name.

    >>> name = parse_name("Detective Supt Anna “Annie” van Dyk, QC")
    >>> name.titles, name.given, name.nickname, name.particles, name.family, name.suffixes
    (('Detective', 'Supt'), ('Anna',), 'Annie', ('van',), 'Dyk', ('QC',))
    """
    name = unowned(" ".join(visible(text).split())).strip(" ,")
    found = NICKNAME.search(name)
    if found:
        name = name[: found.start()] + name[found.end("name") + 1 :]
    words, suffixes = _suffixed(BRACKETED.sub("", name).strip(" ,") or name)
    cut = _titles(words)
    titles, words = tuple(words[:cut]), words[cut:]
    given, particles, family = _surname(words)
    generation = [word for word in suffixes if _is_generation(word)]
    full = " ".join([*words, *generation])
    nickname = found["name"].strip() if found else ""
    return Name(full, name_key(full), titles, given, nickname, particles, family, suffixes, gender_told(titles))


def _suffixed(name: str) -> tuple[list[str], tuple[str, ...]]:
    """The words of a name, up to a comma, and what stands behind it: "Jr", "III", "QC"."""
    words, *others = (part.split() for part in name.split(","))
    behind = [word for part in takewhile(lambda part: part and all(map(_is_suffix, part)), others) for word in part]
    while _ends_in_suffix(words):
        behind.insert(0, words.pop())
    return words, tuple(behind)


def _ends_in_suffix(words: Sequence[str]) -> bool:
    if len(words) < 3:
        return len(words) == 2 and plain(words[1]) in ("jr", "sr")
    return _is_generation(words[-1]) or (words[-1].isupper() and _is_suffix(words[-1]))


def _is_suffix(word: str) -> bool:
    letters = word_class("postnominals") | word_class("more_postnominals")
    return _is_generation(word) or word.replace(".", "").casefold() in letters


def _is_generation(word: str) -> bool:
    return plain(word) in GENERATIONS or plain(word) in ("jr", "sr", *SUFFIXES)


def _titles(words: Sequence[str]) -> int:
    """How many words in front of a name are titles; the last word never is, nor is what begins a body's name."""
    if word_class("bodies") & set(map(plain, words)):
        return 0
    cut = at = 0
    while at < len(words) - 1:
        known = _is_title(words[at], words[at + 1 :])
        if not known and plain(words[at]) not in word_class("before_title"):
            break
        at += 1
        cut = at if known else cut
    return cut


def _is_title(word: str, behind: Sequence[str]) -> bool:
    """Whether a word in front of others is a title, and no first name that is spelt as one."""
    low = plain(word).strip("'’")
    *modifiers, noun = re.split(r"[-/]", low)
    titles = word_class("titles") | word_class("honorifics") | word_class("more_titles")
    if low in word_class("maybe_titles") or low in word_class("dotted") - titles:
        if word.endswith(".") or len(behind) < 2:
            return word.endswith(".")
        return anyascii(plain(behind[0])) in first_names() or _is_title(behind[0], behind[1:])
    return low in titles or (noun in titles and all(one in titles | word_class("before_title") for one in modifiers))


def _surname(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Given names, particles and family name; a name of one word is a family name."""
    words = _with_saints(words)
    if len(words) == 2 and FAMILY_FIRST.fullmatch(words[1]):
        return (words[1],), (), words[0]  # "Kim Jae-won"
    if len(words) < 2:
        return (), (), " ".join(words)
    at, end = _particles(words)
    if plain(words[at]) in AND and at > 1:
        return tuple(words[: at - 1]), (), " ".join(words[at - 1 :])
    return tuple(words[:at]), tuple(words[at:end]), " ".join(words[end:])


def _particles(words: Sequence[str]) -> tuple[int, int]:
    """Where the particles of a name begin and end; before the last word where it has none."""
    last = len(words) - 1
    there = [i for i in range(last) if plain(words[i]) in word_class("particles")]
    at = next((i for i in there if i or words[0].islower()), last)  # "van Dyk", but not "Van Carlson"
    return at, next(i for i in range(at, len(words)) if i not in there)


def _with_saints(words: Sequence[str]) -> list[str]:
    """The words of a name, "St John" being one."""
    joined: list[str] = []
    for word in words:
        if joined and plain(joined[-1]) == "st":
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def gender_told(titles: Sequence[str]) -> str:
    """What the titles in front of a name tell: "f", "m", or "" where they tell nothing or contradict each other."""
    low = {plain(title).strip("'’") for title in titles}
    if "mayor" in low:  # "Lord Mayor"
        low -= {"lord", "lady"}
    man, woman = bool(low & word_class("titles_of_men")), bool(low & word_class("titles_of_women"))
    return "" if man == woman else "m" if man else "f"


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
    """Whether a word is written like "UDW": two capitals or more, and no name that is all in capitals."""
    letters = [c for c in POSSESSIVE.sub("", word) if c.isalpha()]
    return (
        1 < len(letters) <= MAX_ACRONYM
        and all(c.isupper() for c in letters)
        and not re.fullmatch(r"(?:[A-Z]\.){1,3}", word)
    )


def is_role(word: str) -> bool:
    """Whether a word says what somebody is."""
    low = plain(word)
    if word in ("major", "general", "private", "conservative", "liberal"):
        return False
    agent = word.islower() and bool(AGENT.search(low)) and low not in word_class("no_agents")
    roles, people = word_class("roles"), word_class("single_people")
    return agent or any(noun in roles or noun in people for noun in (low, low.rpartition("-")[2]))


def is_body(words: Sequence[str]) -> bool:
    """Whether a name is that of a body: it has a word that only bodies have, an acronym, or a number."""
    words = [word for word in words if plain(word) not in GENERATIONS]
    if any(plain(w) in word_class("bodies") for w in words):
        return True
    shouting = len(words) > 1 and all(is_acronym(w) for w in words if w[:1].isalpha())
    numbered = len(words) > 1 and words[-1].isdigit() and plain(words[0]) not in word_class("numbered")
    return (not shouting and any(is_acronym(w) for w in words)) or numbered
