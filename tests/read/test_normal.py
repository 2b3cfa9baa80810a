from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import normal


def test_line_ends_mark_and_composition() -> None:
    assert normal.stored("\ufeffcafe\u0301\r\n\rend ", "x") == "café\n\nend "


@pytest.mark.parametrize("raw", ["", " \n\t", "\u200b\u200b", "\ufeff", "\u2028"])
def test_nothing_to_see_is_empty(raw: str) -> None:
    with pytest.raises(InputRefused, match="empty"):
        normal.stored(raw, "x")


@pytest.mark.parametrize("raw", ["a\0b", "\x01\x02\x03 and a little text"])
def test_binary(raw: str) -> None:
    with pytest.raises(InputRefused, match="binary"):
        normal.stored(raw, "x")


def test_a_stray_control_character_stays_so_that_offsets_do() -> None:
    raw = "word " * 100 + "\x1b\x0c\x83"
    assert normal.stored(raw, "x") == raw


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(InputRefused, match="surrogate"):
        normal.stored("half \ud83d", "x")


@given(st.text())
def test_stored_is_nfc_encodable_and_stable(raw: str) -> None:
    try:
        text = normal.stored(raw, "x")
    except InputRefused:
        return
    text.encode()
    assert "\r" not in text
    assert "\0" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert normal.stored(text, "x") == text or text.startswith("\ufeff")


@given(st.text())
def test_labels_are_one_clean_line(raw: str) -> None:
    label = normal.label(raw)
    if label is not None:
        label.encode()
        assert label == " ".join(label.split())
        assert not any(unicodedata.category(character) == "Cc" for character in label)
