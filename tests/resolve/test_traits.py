"""What an article tells of its people: gender, age and offices."""

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
from quotes.resolve.layout import Layout
from quotes.resolve.profiles import enter_profiles
from quotes.resolve.traits import enter_traits


def told(text: str) -> dict[str, tuple[str, int | None]]:
    cast = Cast(Layout(text))
    enter_profiles(cast)
    return {e.name: (e.told, e.age) for e in cast.entities if e.kind is SpeakerKind.PERSON}


def speakers(text: str) -> dict[str, Speaker]:
    document = Document("d", text)
    return {str(quote.speaker.name): quote.speaker for quote in resolve(document, detect(document))}


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("They met Yrsa Blix. Mrs Blix left.", "f"),
        ("They met Yrsa Blix. Sir Yrsa left, and Mr. Blix with them.", "m"),
        ("They met Yrsa Blix, a mother of two.", "f"),
        ("They met Yrsa Blix, a bridge board spokeswoman.", "f"),
        ("They met Yrsa Blix, the committee chairman.", "m"),
        ("They met Ann Blix, the committee chairman.", ""),
        ("They met the actress Yrsa Blix.", "f"),
        ("His wife, Yrsa Blix, had left.", "f"),
        ("Yrsa Blix said she would stay.", ""),
        ("Yrsa Blix said she would stay. She did not say why.", "f"),
        ("Ann Blix said she would stay.", "f"),
        ("Ann Blix said he would stay.", ""),
        ("Ann Blix met Bob Ash. She left.", "f"),
        ("Ann Blix met Mary Ash. She left.", ""),
        ("Yrsa Blix met a man who said he would stay.", ""),
        ("Yrsa Blix said her brother was late. Blix said his boat had sunk.", ""),
        ("“She is late,” Yrsa Blix said. “She always is.”", ""),
        ("Ann Blix, who uses they/them pronouns, said the vote was close. Ann Blix said she was misquoted.", ""),
        ("Ann Blix said the vote was close. They did not sleep.", ""),
        ("They met Mr Yrsa Blix. Then Yrsa Blix, a mother of two, left.", ""),
    ],
)
def test_gender(text: str, gender: str) -> None:
    people = told(text)
    name = next(name for name in people if name.endswith("Blix"))
    assert people[name][0] == gender


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


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ann Lee, 44, said it was late.", 44),
        ("Ann Lee, aged 9, left.", 9),
        ("Ann Lee, the 19-year-old striker, left.", 19),
        ("Ann Lee, 44, left. Lee, 45, came back.", None),
        ("Ann Lee, 2019 winner of the cup, left.", None),
        ("Ann Lee left in 44 days.", None),
    ],
)
def test_age(text: str, age: int | None) -> None:
    assert told(text)["Ann Lee"][1] == age


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


@pytest.mark.parametrize(("name", "gender"), [("Stephen Tolliver", "m"), ("Ewa Tolliver", "f")])
def test_two_of_one_family_name(name: str, gender: str) -> None:
    text = (
        "Stephen Tolliver, the Labour member for Holm, and his sister Ewa Tolliver, the Liberal member for Carrow, "
        "clashed in parliament on Tuesday.\n\n“A price on carbon is the fairest way to cut pollution,” Mr Tolliver "
        "said.\n\n“It is a tax on breathing,” Ms Tolliver replied.\n\n“Families know that,” Tolliver said."
    )
    found = speakers(text)
    assert found[name].gender == gender
    assert {*found} == {"Stephen Tolliver", "Ewa Tolliver", "None"}


def test_one_endless_sentence_takes_as_long_for_a_kilobyte_as_a_short_one() -> None:
    def seconds(times: int) -> float:
        cast = Cast(Layout("Ann Lee said she met Bob Ash and he was late " * times))
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
