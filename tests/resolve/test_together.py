"""Persons who speak side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.cast import Cast
from quotes.resolve.together import together
from quotes.text.page import Page


def group(text: str, source: str) -> tuple[tuple[str, ...], str | None]:
    cast = Cast(Page(text))
    start = text.index(source)
    found = together(cast, start, start + len(source))
    return (found.speaker.members, found.role) if found else ((), None)


PIECES = [
    "Ann Lee",
    "Bob Ash",
    " and ",
    ", ",
    "the ",
    "mayor ",
    "fishermen ",
    "of ",
    "’s ",
    " — ",
    "Union",
    "\n",
    "Ministers ",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1))
def test_members_are_named_in_the_source(pieces: list[str]) -> None:
    text = "".join(pieces)
    members, _ = group(text, text)
    assert len(members) != 1
    assert all(name in " ".join(text.split()) for name in members)


def test_a_long_source_takes_no_time() -> None:
    text = "Ann Lee, " + "a lawyer for Bob Ash, " * 5000 + " and Tom Ek"
    assert group(text, text) == ((), None)
