"""Which names of an article belong together."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.layout import Layout


def cast(text: str) -> Cast:
    return Cast(Layout(text))


def named(text: str) -> dict[str, int]:
    """Name -> how often it is named."""
    return {entity.name: len(entity.mentions) for entity in cast(text).entities}


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("They met Ines Okoro. Then Okoro left.", "Ines Okoro", 2),
        ("They met Ines van Dyk. Then van Dyk left.", "Ines van Dyk", 2),
        ("They met Carlos Lopez-Cantera. Then Lopez-Cantera, a nurse, left.", "Carlos Lopez-Cantera", 2),
        ("They met Robert C. “Bobby” Scott. Then Bobby Scott left, and Scott ran.", "Robert C. “Bobby” Scott", 3),
        ("They met Bob Lee. Then Robert E. Lee left.", "Robert E. Lee", 2),
        ("They met Luther Stan Pate IV. Then Pate left.", "Luther Stan Pate IV", 2),
        ("The Union of Dock Workers (UDW) met. Then the UDW left.", "Union of Dock Workers", 3),
        ("The U.S. Supreme Court met. Then the Supreme Court left.", "U.S. Supreme Court", 2),
        ("They asked the Bureau of Labour Statistics and the BLS.", "Bureau of Labour Statistics", 2),
        ("They asked Pell & Rudge. The Nurses’ Guild left.", "Nurses’ Guild", 1),
        ("So the Food and Drug Administration left.", "Food and Drug Administration", 1),
        ("Then St Mary’s Hospital left. They asked Women's Aid.", "St Mary’s Hospital", 1),
        ("They asked King's College London and Women's Aid.", "Women's Aid", 1),
        ("They had nobody else at the time but St Mary’s Ann Lee.", "Ann Lee", 1),
        ("Brandt’s said it would close shops. They met Brandt’s chairman.", "Brandt’s", 2),
        ("Brandt’s Rating Agency left. Then Brandt’s was asked.", "Brandt’s Rating Agency", 2),
        ("A lead like Brandt’s was rare. They met Brandt.", "Brandt", 2),
        ("Then Ann Brandt’s had gone.", "Ann Brandt", 1),
        ("“Brandt’s said no,” they were told. Brandt’s lawyer left.", "Brandt", 2),
        ("They asked Kenya. Kenya’s is a long coast.", "Kenya", 2),
        ("Then Atlantic City Mayor Don Guardian left.", "Don Guardian", 1),
    ],
)
def test_forms_of_one_name(text: str, name: str, count: int) -> None:
    assert named(text).get(name) == count


@pytest.mark.parametrize(
    "text",
    [
        "They met Ann Lee and then Bob Lee.",
        "They met Donald Ash and then Donald Ash Jr.",
        "They met Moussa Ag Assarid. Then Moussa, a man who had fled, left.",
        "They asked the Tax Foundation and the Tax Policy Center.",
    ],
)
def test_two_who_share_a_name_are_two(text: str) -> None:
    assert len(named(text)) == 2


def test_a_title_tells_who_of_two_is_meant() -> None:
    text = "They met Tom Ash and Ann Ash. Mrs Ash left. Mr Ash stayed."
    found = cast(text)
    assert [entity.name for _, entity in found.between(text.index("Mrs"), len(text))] == ["Ann Ash", "Tom Ash"]


@pytest.mark.parametrize(
    "dateline",
    [
        "HARGATE (Tideline) - ",
        "HARGATE, May 8 (TW) — ",
        "PORT HARGATE – ",
        "Hargate, Norland (Tideline) -- ",
        "HARGATE, March 2. /TIDE/. ",
        "Hargate (CNN)",
    ],
)
def test_a_dateline_takes_no_part_and_its_town_is_a_place(dateline: str) -> None:
    town = "Port Hargate" if dateline.startswith("PORT") else "Hargate"
    found = cast(f"{dateline}Ines Okoro won by one on the harbour plan. Then {town} slept.")
    assert [(e.name, e.place) for e in found.entities] == [("Ines Okoro", False), (town, True)]


def test_a_headline_knows_only_the_names_of_the_article() -> None:
    text = "Okoro Wins Narrow Vote On Harbour Plan\n\nThe vote went to Ines Okoro by one. Later Okoro left."
    assert named(text) == {"Ines Okoro": 3}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ann Lee", SpeakerKind.PERSON),
        ("Human Rights Watch", SpeakerKind.ORGANISATION),
        ("South Korea", SpeakerKind.ORGANISATION),
        ("Republicans", SpeakerKind.GROUP),
        ("Reuters", SpeakerKind.ORGANISATION),
        ("Women’s Aid", SpeakerKind.ORGANISATION),
        ("Kwabo 'Fades' Auguste", SpeakerKind.PERSON),
    ],
)
def test_kind(name: str, kind: SpeakerKind) -> None:
    (entity,) = cast(f"So they asked {name} for more.").entities
    assert entity.kind is kind


@given(
    st.lists(
        st.sampled_from(
            ["Ann ", "Lee", "Ash", " and ", "the ", "Fund", "UDW", " (", ")", "’s ", ". ", "\n", "É", "Jr. "]
        )
    )
)
def test_every_mention_stands_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    for entity in cast(text).entities:
        for mention in entity.mentions:
            assert 0 <= mention.whole <= mention.start < mention.end <= len(text)
            assert " ".join(text[mention.start : mention.end].split()) == mention.name


def test_a_long_text_takes_as_long_for_a_kilobyte_as_a_short_one() -> None:
    page = "Ann Lee met the Sark Relief Fund. Lee of the Fund said that Bob Ash, a nurse, was late. "

    def seconds(text: str) -> float:
        start = time.process_time()
        cast(text)
        return time.process_time() - start

    seconds(page)
    short, long = seconds(page * 100), seconds(page * 2000)
    assert long < 60 * max(short, 0.001)  # 20 times the text


def test_a_family_name_may_come_first() -> None:
    assert [e.name for e in cast("Han Ki-wook spoke. Mr. Han left.").entities] == ["Han Ki-wook"]
