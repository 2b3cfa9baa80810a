"""First names, nicknames, places and professions, read once from the lists in `data/`.

In: nothing. Out: sets and tables of words in lower case without accents. It is a module because the lists are long
enough to be files, and are wanted in several places.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files


@cache
def first_names() -> dict[str, str]:
    """First name -> "m", "f" or "b" (borne by both)."""
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
    """Places: names of one word, a line of many; and those of several words, marked by underscores."""
    return frozenset(word.replace("_", " ") for line in _lines("places.txt") for word in line.split())


@cache
def classes(name: str) -> dict[str, frozenset[str]]:
    """The words of a list by the class that stands in brackets above them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    heading = ""
    for line in _lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found[heading].update(line.split())
    return {heading: frozenset(words) for heading, words in found.items()}


def _lines(name: str) -> list[str]:
    text = files("quotes.resolve").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
