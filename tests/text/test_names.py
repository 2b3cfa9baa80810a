"""One name has one key, however it is typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.names import Name, is_body, name_key, parse_name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Inès Okoro", "ines okoro"),
        ("President Inès Okoro's", "ines okoro"),
        ("INES OKORO", "ines okoro"),
        ("Jean-Luc O’Hara", "jean luc ohara"),
        ("Jean-Luc O'Hara", "jean luc ohara"),
        ("Dr. van Dyk", "van dyk"),
        ("the Ministry of Works", "ministry of works"),
        ("General Motors", "general motors"),
        ("Colonel Ash", "ash"),
        ("The", "the"),
        ("", ""),
    ],
)
def test_key(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text())
def test_a_key_is_its_own_key_in_form(name: str) -> None:
    key = name_key(name)
    assert key == " ".join(key.split()) == key.casefold()
    assert key.isascii()


@pytest.mark.parametrize(
    ("name", "body"), [("Human Rights Watch", True), ("UDW", True), ("Channel 24", True), ("Ann Lee", False)]
)
def test_bodies_are_told_from_people(name: str, body: bool) -> None:
    assert is_body(name.split()) is body


@pytest.mark.parametrize(
    "name", ["Marga\u00adreta Vos\u00adkuijl", "Margareta Vos\u200bkuijl", "\ufeffMargareta Voskuijl"]
)
def test_what_nobody_sees_changes_no_key(name: str) -> None:
    assert name_key(name) == "margareta voskuijl"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ines Okoro", Name("Ines Okoro", "ines okoro", given=("Ines",), family="Okoro")),
        ("Major", Name("Major", "major", family="Major")),
        ("Tessa Major", Name("Tessa Major", "tessa major", given=("Tessa",), family="Major")),
        ("Major Ash", Name("Ash", "ash", ("Major",), family="Ash")),
        (
            "Detective Supt Anna “Annie” van Dyk, QC",
            Name("Anna van Dyk", "anna van dyk", ("Detective", "Supt"), ("Anna",), "Annie", ("van",), "Dyk", ("QC",)),
        ),
        ("Dr. J. M. Barlow", Name("J. M. Barlow", "j m barlow", ("Dr.",), ("J.", "M."), family="Barlow")),
        ("Sam Carver Sr.", Name("Sam Carver Sr.", "sam carver", (), ("Sam",), family="Carver", suffixes=("Sr.",))),
        ("Henry Ash III", Name("Henry Ash III", "henry ash iii", (), ("Henry",), family="Ash", suffixes=("III",))),
        ("Ann Lee, QC, OBE", Name("Ann Lee", "ann lee", (), ("Ann",), family="Lee", suffixes=("QC", "OBE"))),
        ("Ann Lee, a baker", Name("Ann Lee", "ann lee", (), ("Ann",), family="Lee")),
        ("Kim Jae-won", Name("Kim Jae-won", "kim jae won", (), ("Jae-won",), family="Kim")),
        ("St John Rivers", Name("St John Rivers", "st john rivers", (), ("St John",), family="Rivers")),
        ("van Dyk", Name("van Dyk", "van dyk", particles=("van",), family="Dyk")),
        ("Van Carlson", Name("Van Carlson", "van carlson", given=("Van",), family="Carlson")),
        (
            "José Ortega y Gasset",
            Name("José Ortega y Gasset", "jose ortega y gasset", given=("José",), family="Ortega y Gasset"),
        ),
        (
            "Prince Mohammed bin Salim",
            Name(
                "Mohammed bin Salim", "mohammed bin salim", ("Prince",), ("Mohammed",), "", ("bin",), "Salim", (), "m"
            ),
        ),
        ("Don Ash", Name("Don Ash", "don ash", given=("Don",), family="Ash")),
        ("Don José Ash", Name("José Ash", "jose ash", ("Don",), ("José",), family="Ash", gender="m")),
        ("General Motors", Name("General Motors", "general motors", given=("General",), family="Motors")),
        ("The Edge", Name("The Edge", "edge", given=("The",), family="Edge")),
        ("(Bo) , Jr.", Name("Jr.", "jr", family="Jr.")),
        ("", Name("", "")),
    ],
)
def test_a_name_is_taken_apart(text: str, expected: Name) -> None:
    assert parse_name(text) == expected


@pytest.mark.parametrize(
    ("titles", "gender"),
    [
        ("Supt", ""),
        ("Major-Gen.", ""),
        ("Maj-Gen", ""),
        ("Major-General Sir", "m"),
        ("MEC", ""),
        ("Adv", ""),
        ("Cllr", ""),
        ("the Hon.", ""),
        ("the Rt Hon", ""),
        ("the Rev. Dr", ""),
        ("His Excellency", ""),
        ("Det Insp", ""),
        ("Assistant Chief Constable", ""),
        ("Lance Corporal", ""),
        ("Lt-Col", ""),
        ("Archdeacon", ""),
        ("Msgr", "m"),
        ("Sister", "f"),
        ("Alhaji", "m"),
        ("Otunba", "m"),
        ("Daw", "f"),
        ("Dato' Sri", "m"),
        ("Datuk Seri", "m"),
        ("Smt", "f"),
        ("Frau Dr.", "f"),
        ("Señora", "f"),
        ("Prime Minister", ""),
        ("deputy prime minister", ""),
        ("Lord Mayor", ""),
        ("Mrs Justice", "f"),
        ("ex-President", ""),
        ("Vice-President", ""),
    ],
)
def test_titles_are_told_from_names(titles: str, gender: str) -> None:
    name = parse_name(f"{titles} Ines Okoro")
    assert (name.titles, name.full, name.gender) == (tuple(titles.split()), "Ines Okoro", gender)


NAME_WORDS = re.split(
    " ",
    "Ann Bo Ines Okoro Lee van de bin y St Major Lord Sir Dr. Supt the Hon. Jr. III QC Jae-won “Annie” (Bo) , ’s "
    "Lund\u00ad Don Barr Lieutenant-General al-Qadi O’Hara É. 44",
)
NAMES = st.lists(
    st.sampled_from(NAME_WORDS),
    max_size=8,
).map(" ".join)


@given(NAMES | st.text(max_size=40))
def test_a_name_taken_apart_is_the_same_name(text: str) -> None:
    name = parse_name(text)
    again = parse_name(name.full)
    assert name.key == name_key(name.full)
    parts = (*name.given, *name.particles, *name.family.split(), *name.suffixes, *name.titles)
    assert set(name.full.split()) <= {word for part in parts for word in part.split()}
    assert bool(name.family) == bool(name.full)
    assert not set(again.titles) - set(name.full.split())


@given(st.lists(st.sampled_from(["Ann", "Bo", "Ines", "van", "de", "Okoro", "Lee"]), min_size=1, max_size=4))
def test_a_name_without_titles_keeps_all_its_words(words: list[str]) -> None:
    name = parse_name(" ".join(words))
    assert name.full.split() == words
    assert not name.titles and not name.suffixes and name.key == name_key(" ".join(words))
