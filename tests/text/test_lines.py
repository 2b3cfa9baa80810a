"""A text as it is read, and where its characters stand in the stored one."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.lines import HIDDEN, as_read, visible, wrapped_at

PARAGRAPHS = (
    "The mayor of Sark said on Tuesday that the old bridge over the river would stay shut until the summer, and that "
    "nobody who lives on the far bank would have to pay for the ferry while engineers looked at the piers.",
    "“We will not risk a single life,” said Ines Okoro, who has been mayor since the flood. She told reporters that "
    "the long-term costs were not known. Helga Strand, an engineer, said the cracks were older than the town hall.",
)
WRITTEN = st.text(alphabet=st.sampled_from("aB c.\n-\u00ad\u200b“”é 1"), max_size=300)


def wrapped(width: int) -> str:
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_a_wrapped_text_reads_as_it_was_before(width: int) -> None:
    assert as_read(wrapped(width))[0] == "\n\n".join(PARAGRAPHS)


def test_a_wrapped_text_in_capitals_reads_as_it_was_before() -> None:
    assert as_read(wrapped(60).upper())[0] == "\n\n".join(PARAGRAPHS).upper()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        "Bridge stays shut until the summer\nBy Oona Tenby, The Sark Ledger\n" + "\n".join(PARAGRAPHS),
        "The council wants:\n* a ferry that runs all day\n* a new bridge by the summer\n* lights on the old one",
        "Marie-Ange Lukusa and Tom Verwey report\nfrom Kamituga\n\n" + "\n\n".join(PARAGRAPHS),
        "Alice: Who is there?\nBob: It is only me.\nAlice: Come in, then.\nBob: Thank you.",
        "",
        "\n\n\n",
    ],
)
def test_a_line_end_ends_a_paragraph_in_other_texts(text: str) -> None:
    assert wrapped_at(text) == 0
    assert as_read(text)[0] is text


def test_a_heading_and_a_list_stay_apart_in_a_wrapped_text() -> None:
    text = f"Bridge stays shut\nBy Oona Tenby\n\n{wrapped(60)}\n- a ferry that runs all day\n- a new bridge"
    read = as_read(text)[0]
    assert read.startswith("Bridge stays shut\nBy Oona Tenby\n\nThe mayor")
    assert read.endswith("town hall.\n- a ferry that runs all day\n- a new bridge")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Mar-\ngareta", "Margareta"),
        ("Mar\u00ad\ngareta", "Margareta"),
        ("long-\nterm", "long-term"),
        ("secretary-\ngeneral", "secretary-general"),
        ("22-year-\nold", "22-year-old"),
        ("Anglo-\nFrench", "Anglo-French"),
        ("Vos-\nkuijl", "Voskuijl"),
        ("bridge-\nhead", "bridge-head"),  # the text has "bridge"
        ("left –\nand", "left – and"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole(broken: str, whole: str) -> None:
    read = as_read(
        f"{wrapped(60)}\n\n{'It was said in the town at the time that '}{broken} was the one to\nask about it."
    )
    assert f"at the time that {whole} was" in read[0]


def test_what_nobody_sees_is_left_out() -> None:
    text = "\ufeffMarga\u00adreta Vos\u00adkuijl said\u200b so."
    assert as_read(text)[0] == visible(text) == "Margareta Voskuijl said so."


@given(WRITTEN)
def test_every_character_is_found_again(text: str) -> None:
    read, places = as_read(text)
    assert len(read) <= len(text)
    at = [places.stored(i) for i in range(len(read))]
    assert at == sorted(set(at))
    for i, place in enumerate(at):
        assert read[i] == text[place] or (read[i] == " " and text[place].isspace())
        assert places.read(place) == i
    assert not set(read) & set(HIDDEN)


@given(st.lists(st.text(alphabet="abc de.", min_size=1).filter(str.strip), max_size=5))
def test_no_word_is_lost(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    assert "".join(as_read(text)[0].split()) == "".join(text.split())
