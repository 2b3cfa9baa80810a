"""One name has one key, however it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.names import is_body, name_key


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
