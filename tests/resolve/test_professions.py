from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.professions import EXCLUSIVE, exclude, professions
from quotes.text.words import profession_nouns


@pytest.mark.parametrize(
    ("office", "known"),
    [
        ("19-year-old Holm United striker", {"sport"}),
        ("finance minister", {"office"}),
        ("former state senator and businessman", {"office", "business"}),
        ("actor-turned-politician", {"arts", "office"}),
        ("Baptist minister", {"religion"}),
        ("attorney general of Oklahoma", {"office"}),
        ("attorney for the family", {"law"}),
        ("General", {"force"}),
        ("secretary general", set()),
        ("chief executive of the bank", {"business"}),
        ("Representative", {"office"}),
        ("union representative", set()),
        ("lighthouse keeper", {"private"}),
        ("editor of a magazine for judges", set()),
        ("club president", set()),
        ("", set()),
    ],
)
def test_what_an_office_is(office: str, known: set[str]) -> None:
    assert professions(office) == known


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("striker", "finance minister", True),
        ("senator", "former governor", False),
        ("businessman", "President-elect", False),
        ("actor", "governor", False),
        ("doctor", "congressman", False),
        ("professor", "doctor", False),
        ("bishop", "congressman", True),
        ("police officer", "singer", True),
        ("student", "swimmer", False),
        ("senator and former quarterback", "pitcher", False),
    ],
)
def test_what_one_person_can_be(one: str, other: str, apart: bool) -> None:
    assert exclude(professions(one), professions(other)) is apart
    assert exclude(professions(other), professions(one)) is apart


def test_no_noun_stands_in_two_classes_and_no_class_is_unknown() -> None:
    known = profession_nouns()
    assert all(not known[one] & known[other] for one, other in combinations(known, 2))
    assert {name for pair in EXCLUSIVE for name in pair} <= set(known)
    assert all(len(pair) == 2 for pair in EXCLUSIVE)


@given(st.text())
def test_any_text_is_an_office(office: str) -> None:
    assert professions(office) <= set(profession_nouns())
    assert not exclude(professions(office), professions(office)) or not professions(office)
