"""The word lists: classes of words, first names, nicknames, places, professions; read from `data/` when asked for.

In: nothing. Out: sets and tables. The classes stand in `words.csv`, a row a word and a column a class; a class is an
attribute of this module, too: `BODIES` is `word_class("bodies")`. Words are in lower case, but for those of the class
"offices", which are as they are printed.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from anyascii import anyascii


def word_class(name: str) -> frozenset[str]:
    """The words of a class, such as "bodies" or "titles"; `KeyError` where there is no such class.

    >>> "ministry" in word_class("bodies")
    True
    """
    return _classes()[name]


def __getattr__(name: str) -> frozenset[str]:
    """A class by its name in capitals."""
    if not name.isupper() or name.casefold() not in _classes():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return word_class(name.casefold())


def word_set(text: str) -> frozenset[str]:
    """The set of the words of a string."""
    return frozenset(text.split())


@cache
def first_names() -> dict[str, str]:
    """First name -> "m", "f" or "b" (borne by both), without accents."""
    genders: dict[str, str] = {}
    gender = ""
    for line in _lines("first_names.txt"):
        if line.startswith("["):
            gender = {"[men]": "m", "[women]": "f", "[both]": "b"}[line]
        for name in () if line.startswith("[") else line.split():
            genders[name] = gender if genders.get(name, gender) == gender else "b"
    return genders


@cache
def nicknames() -> dict[str, frozenset[int]]:
    """First name -> the numbers of the lines it stands in: two forms of one name share a number."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_lines("nicknames.txt")):
        for name in line.split():
            rows[name].add(number)
    return {name: frozenset(numbers) for name, numbers in rows.items()}


@cache
def places() -> frozenset[str]:
    """Places that are nobody's name: countries, states and cities of our own list, and the territories of the CLDR."""
    own = frozenset(word.replace("_", " ") for line in _lines("places.txt") for word in line.split())
    return own | frozenset(_territories())


@cache
def profession_nouns() -> dict[str, frozenset[str]]:
    """Class of professions -> its nouns; hyphens join the words of one noun."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    heading = ""
    for line in _lines("professions.txt"):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found[heading].update(line.split())
    return {heading: frozenset(nouns) for heading, nouns in found.items()}


COUNTRY_CODE = re.compile(r"(?!EU|EZ|QO|UN|X[AB]|ZZ)[A-Z]{2}")
COMMON_NOUNS = frozenset({"reunion"})  # what an accent keeps apart from a name


def _territories() -> Iterator[str]:
    """The English names of territories, in every spelling; no "Jordan" or "Chad", who are people more often."""
    from babel import Locale  # takes longer than all lists together, and no question needs it

    for code, name in Locale("en").territories.items():
        if COUNTRY_CODE.fullmatch(code):
            yield from {form for form in _spellings(name.casefold()) if form not in first_names()} - COMMON_NOUNS


def _spellings(name: str) -> Iterator[str]:
    """The ways a name of the CLDR is printed: "st. lucia", "st lucia", "saint lucia"."""
    whole = re.sub(r" sar china$", "", name)
    twofold = re.fullmatch(r"(.+?)(?: - (.+)| \((.+)\))", whole)  # "congo - kinshasa", "myanmar (burma)"
    for part in filter(None, twofold.groups()) if twofold else [re.sub(r" \(.+?\)", "", whole)]:
        for form in (part, part.replace("&", "and")):
            for saint in ("st. ", "st ", "saint "):
                printed = form.replace("st. ", saint)
                yield from (printed, printed.replace("’", "'"), anyascii(printed))


@cache
def _classes() -> dict[str, frozenset[str]]:
    header, *rows = csv.reader(_text("words.csv").splitlines())
    found: dict[str, set[str]] = {name: set() for name in header[1:]}
    for word, *marks in rows:
        for name, mark in zip(found, marks, strict=True):
            if mark:
                found[name].add(word)
    return {name: frozenset(members) for name, members in found.items()}


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]


def _text(name: str) -> str:
    return files("quotes.text").joinpath("data", name).read_text(encoding="utf-8")
