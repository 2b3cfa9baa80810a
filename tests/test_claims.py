from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.claims import claim


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge will stand", "the bridge will stand,"),
        ("“Don’t,” he was told", "'Don't', he was told"),
        ("No family… should", "No family - should"),
        ("Straße", "STRASSE"),
    ],
)
def test_case_punctuation_and_quote_style_do_not_matter(one: str, other: str) -> None:
    assert claim(one).identity == claim(other).identity


@pytest.mark.parametrize(
    ("one", "other"), [("It will stand", "It will not stand"), ("1.5 million", "15 million"), ("?", "!"), ("a b", "ab")]
)
def test_other_words_are_another_claim(one: str, other: str) -> None:
    assert claim(one).identity != claim(other).identity


@given(st.text())
def test_any_text_states_itself(text: str) -> None:
    assert claim(text).identity == claim(text.upper().lower()).identity or text.lower() != text.upper().lower()
    assert claim(text).text == text
