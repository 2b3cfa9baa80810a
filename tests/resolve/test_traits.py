"""What an article tells of its people: titles and offices; gender and age are in `tests/cases/speakers.csv`."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import detect
from quotes.records import Document, Speaker, SpeakerKind
from quotes.resolve import resolve
from quotes.resolve.cast import Cast
from quotes.resolve.genders import gender_of_titles
from quotes.resolve.profiles import enter_profiles
from quotes.resolve.traits import enter_traits
from quotes.text.page import Page


def told(text: str) -> dict[str, tuple[str, int | None]]:
    cast = Cast(Page(text))
    enter_profiles(cast)
    return {e.name: (e.told, e.age) for e in cast.entities if e.kind is SpeakerKind.PERSON}


def speakers(text: str) -> dict[str, Speaker]:
    document = Document("d", text)
    return {str(quote.speaker.name): quote.speaker for quote in resolve(document, detect(document))}


@pytest.mark.parametrize(
    ("titles", "gender"),
    [
        (("Mrs.",), "f"),
        (("President", "Sir"), "m"),
        (("Mrs", "Justice"), "f"),
        (("Lord", "Mayor"), ""),
        (("Burger", "King", "Manager"), ""),
        ((), ""),
    ],
)
def test_gender_of_titles(titles: tuple[str, ...], gender: str) -> None:
    assert gender_of_titles(titles) == gender


def test_all_offices_of_the_article_are_with_every_quote() -> None:
    text = (
        "Former governor Ines Okoro said it was over.\n\nThe harbour was quiet. Okoro, a lawyer for the union, had "
        "left.\n\n“It is over,” Okoro said. She told the Post: “I am done.”"
    )
    speaker = speakers(text)["Ines Okoro"]
    assert speaker.offices == ("Former governor", "lawyer")
    assert speaker.gender == "f"


def test_what_happened_to_somebody_is_no_office() -> None:
    text = "Ines Okoro, the mayor of Sark, said it was late. Okoro, the night’s big debate over, left."
    assert speakers(text)["Ines Okoro"].offices == ("mayor of Sark",)


def test_one_endless_sentence_takes_as_long_for_a_kilobyte_as_a_short_one() -> None:
    def seconds(times: int) -> float:
        cast = Cast(Page("Ann Lee said she met Bob Ash and he was late " * times))
        start = time.perf_counter()
        enter_traits(cast)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(4000) < 60 * max(seconds(200), 0.001)  # 20 times the text


PIECES = [
    "Ann Lee",
    "Yrsa Blix",
    "Mr. ",
    "Mrs. Lee",
    " he ",
    " she ",
    "her ",
    "said",
    ", 44, ",
    ", a mother of two",
    ". ",
    "\n",
    "“",
    "”",
    " and ",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_any_article_tells_one_gender_or_none(pieces: list[str]) -> None:
    for gender, age in told("".join(pieces)).values():
        assert gender in ("", "f", "m")
        assert age in (None, 44)
