"""The word lists, read from their files."""

from __future__ import annotations

import csv
import subprocess
import sys
from importlib.resources import files

import pytest

from quotes.text import words
from quotes.text.words import BODIES, first_names, nicknames, places, profession_nouns, word_class


def rows() -> list[list[str]]:
    return list(csv.reader(files("quotes.text").joinpath("data", "words.csv").read_text(encoding="utf-8").splitlines()))


def test_the_file_has_a_row_for_each_word_in_order() -> None:
    header, *body = rows()
    listed = [word for word, *_ in body]
    assert header == ["word", *sorted(header[1:])]
    assert listed == sorted(set(listed), key=lambda word: (word.casefold(), word))
    assert all(len(row) == len(header) and "x" in row and set(row[1:]) <= {"", "x"} for row in body)
    assert all(any(row[i] for row in body) for i in range(1, len(header)))


def test_a_class_is_what_its_column_marks() -> None:
    header, *body = rows()
    for name in header[1:]:
        at = header.index(name)
        assert word_class(name) == {row[0] for row in body if row[at]}
    assert BODIES is word_class("bodies")
    assert word_class("titles") <= word_class("roles")


def test_there_is_no_class_without_a_column() -> None:
    with pytest.raises(KeyError):
        word_class("bodys")
    for name in ("BODYS", "bodies"):
        with pytest.raises(AttributeError):
            getattr(words, name)


@pytest.mark.parametrize(
    "name",
    ["zimbabwe", "new york", "u.k.", "timor-leste", "st. lucia", "st lucia", "saint lucia", "st kitts and nevis",
     "côte d'ivoire", "cote d'ivoire", "burma", "myanmar", "congo", "hong kong", "cape verde"],
)  # fmt: skip
def test_territories_are_places(name: str) -> None:
    assert name in places()


def test_people_and_unions_are_no_places() -> None:
    assert not places() & {"jordan", "chad", "reunion", "european union", "united nations", "eurozone", "africa union"}


def test_names_and_professions() -> None:
    assert (first_names()["ines"], first_names()["robert"]) == ("f", "m")
    assert nicknames()["bob"] & nicknames()["robert"]
    assert "senator" in profession_nouns()["office"]


def test_importing_the_lists_reads_none() -> None:
    program = (
        "import quotes.text.names, quotes.text.page, quotes.text.words as words, sys;"
        "print(words._classes.cache_info().currsize, 'babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]
