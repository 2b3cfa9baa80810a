"""Which longer names of bodies short ones stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.cast import Cast
from quotes.resolve.joining import joined
from quotes.resolve.mentions import mentions
from quotes.text.page import Page
from tests.resolve.test_proposals import read

SAYS = "The {long} met at noon. {short} said that the harbour is closed, and {short} said no more."


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Saldara", "Saldara Corp"),
        ("HFB", "Harbour Finance Board"),
        ("The Committee", "Harbour Affairs Committee"),
        ("The Board", "Board of Lights"),
        ("Tideline", "Tideline Shipping"),
    ],
)
def test_a_short_name_stands_for_the_longer_one(short: str, long: str) -> None:
    text = SAYS.format(short=short, long=long)
    cast = Cast(Page(text), read(text, (long, "ORGANIZATION"), (short.removeprefix("The "), "ORGANIZATION")))
    assert [entity.name for _, entity in cast.between(0, len(text))] == [long] * 3


def test_a_town_stands_for_no_body_that_is_named_after_it() -> None:
    text = "The Norland Police Department met in Norland. In Norland, nobody said more. They went to Norland."
    cast = Cast(Page(text), read(text, ("Norland Police Department", "ORGANIZATION"), ("Norland", "LOCATION")))
    assert {entity.name for _, entity in cast.between(0, len(text))} == {"Norland Police Department", "Norland"}


def test_letters_that_are_not_those_of_a_body_stand_for_themselves() -> None:
    text = SAYS.format(short="HFB", long="Dockers’ Union")
    cast = Cast(Page(text), read(text, ("Dockers’ Union", "ORGANIZATION"), ("HFB", "ORGANIZATION")))
    assert [entity.name for _, entity in cast.between(0, len(text))] == ["Dockers’ Union", "HFB", "HFB"]


NAMES = st.lists(st.sampled_from(["UDW", "Union", "Dock", "of", "the", "Workers", "Ñu", "é", ". ", "(", ")", "’s"]))


@given(st.one_of(st.text(), NAMES.map(" ".join)))
def test_any_text_joins_names_to_longer_ones_only(text: str) -> None:
    page = Page(text)
    for short, long in joined(page, mentions(page)[0], []).items():
        assert len(short.replace(" ", "")) < len(long.replace(" ", ""))
