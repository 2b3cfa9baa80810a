"""The names of an article: where they stand, and how long it takes to join them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.cast import Cast
from quotes.text.page import Page


def cast(text: str) -> Cast:
    return Cast(Page(text))


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
