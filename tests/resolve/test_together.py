"""Persons who speak side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import detect
from quotes.records import Document, Quote, SpeakerKind
from quotes.resolve import resolve
from quotes.resolve.cast import Cast
from quotes.resolve.layout import Layout
from quotes.resolve.together import together


def group(text: str, source: str) -> tuple[tuple[str, ...], str | None]:
    cast = Cast(Layout(text))
    start = text.index(source)
    found = together(cast, start, start + len(source))
    return (found.speaker.members, found.role) if found else ((), None)


@pytest.mark.parametrize(
    ("source", "members", "role"),
    [
        ("Hal Vane and Ned Vane", ("Hal Vane", "Ned Vane"), None),
        ("Both Hal Vane and Ned Vane", ("Hal Vane", "Ned Vane"), None),
        ("Ministers Petra Lindqvist and Rolf Anders", ("Petra Lindqvist", "Rolf Anders"), "Ministers"),
        ("fishermen Tom Blix, Ann Kuyper and Bob Lasker", ("Tom Blix", "Ann Kuyper", "Bob Lasker"), "fishermen"),
        ("The two leaders, Ann Lee and Bob Ash", ("Ann Lee", "Bob Ash"), "leaders"),
        ("Ann Lee and Bob Ash, two journalists from Sark", ("Ann Lee", "Bob Ash"), "journalists from Sark"),
        ("Mayor Ann Lee and Governor Bob Ash of Sark", ("Ann Lee", "Bob Ash"), None),
        ("Ann Lee, the mayor of Sark, and Bob Ash, her deputy", ("Ann Lee", "Bob Ash"), None),
        ("Ann Lee, a lawyer for Ned Vane, and Bob Ash", ("Ann Lee", "Bob Ash"), None),
        ("supporters of Ann Lee and Bob Ash", (), None),
        ("Advisers to two candidates, Ann Lee and Bob Ash", (), None),
        ("Ann Lee and Bob Ash supporters", (), None),
        ("Ann Lee and Bob Ash’s lawyer", (), None),
        ("Ann Lee and others", (), None),
        ("Ann Lee and the union", (), None),
        ("Ann Lee or Bob Ash", (), None),
        ("Ann Lee", (), None),
    ],
)
def test_who_speaks_together(source: str, members: tuple[str, ...], role: str | None) -> None:
    assert group(f"{source} said it was over.", source) == (members, role)


def test_members_have_their_full_names() -> None:
    text = "Ann Lee met Bob Ash. Then Lee and Ash left, Lee and Ash said."
    assert group(text, "Lee and Ash said"[:11]) == (("Ann Lee", "Bob Ash"), None)


def found(text: str) -> list[Quote]:
    document = Document("d", text)
    return resolve(document, detect(document))


CASE_27 = """Hal Vane and Ned Vane said the fees would ruin them.

“We will both be gone by Christmas,” the brothers said in a joint statement.

Ministers Petra Lindqvist and Rolf Anders told the Herald that the fees had been agreed in 2019.

“We were not consulted,” said fishermen Cato Blix, Wim Kuyper and Dov Lasker.
"""


def test_joint_speakers_of_an_article() -> None:
    quotes = found(CASE_27)
    assert [(quote.speaker.name, quote.speaker.members, quote.role) for quote in quotes] == [
        ("Hal Vane and Ned Vane", ("Hal Vane", "Ned Vane"), None),
        ("Hal Vane and Ned Vane", ("Hal Vane", "Ned Vane"), None),
        ("Petra Lindqvist and Rolf Anders", ("Petra Lindqvist", "Rolf Anders"), "Ministers"),
        (
            "Cato Blix, Wim Kuyper and Dov Lasker",
            ("Cato Blix", "Wim Kuyper", "Dov Lasker"),
            "fishermen",
        ),
    ]
    assert {quote.speaker.kind for quote in quotes} == {SpeakerKind.GROUP}
    assert quotes[2].conduit == "Herald"


@pytest.mark.parametrize(
    ("opening", "again", "name"),
    [
        ("Hal Vane and Ned Vane said it was late.", "the brothers", "Hal Vane and Ned Vane"),
        ("Hal Vane met Ned Vane at the quay.", "the brothers", "Hal Vane and Ned Vane"),
        ("Hal Vane and Ned Vane said it was late.", "the two", "Hal Vane and Ned Vane"),
        ("Hal Vane and Ned Vane said it was late.", "the trio", None),
        ("Ann Lee, Hal Vane and Ned Vane said it was late.", "the trio", "Ann Lee, Hal Vane and Ned Vane"),
        ("Hal Vane and Ned Vane said it was late.", "the sisters", None),
        ("Hal Vane and Ann Vane said it was late.", "the brothers", None),
        ("Hal Vane met Ned Vane and Tom Vane at the quay.", "the brothers", None),
        ("Hal Vane said it was late.", "the brothers", None),
        ("Hal Vane and Ned Vane said it was late.", "his brothers", "brothers"),
    ],
)
def test_the_brothers_are_those_before_where_the_article_makes_that_clear(
    opening: str, again: str, name: str | None
) -> None:
    *_, quote = found(f"{opening}\n\n“We will both be gone by Christmas,” {again} said.")
    assert (quote.speaker.name, quote.speaker.kind) == (name, SpeakerKind.GROUP)
    assert bool(quote.speaker.members) == (name not in (None, "brothers"))


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
