"""Whatever the text: spans are verbatim, ordered and apart, and a megabyte takes no more than its share of time."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import detect
from quotes.records import Attribution, Document

PIECES = [
    *("“", "”", '"', "'", "’", "‘", "«", "»", "„", ",", ".", "!", "?", ":", " ", "\n", "\n\n", "(", ")", "—"),
    *(
        "Ann Lee",
        "he",
        "said",
        "told",
        "AFP",
        "that",
        "according to",
        "a nurse",
        "and",
        "will",
        "U.S.",
        "called",
        "adding",
    ),
    *("😀", "e\u0301", "שלום", "مرحبا", "\u202e", "Yes"),
]
NEWS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


def check(text: str) -> list[Attribution]:
    attributions = detect(Document("d", text))
    for attribution in attributions:
        assert attribution.content
        assert 0 < attribution.confidence < 1
        for spans in (attribution.content, attribution.cue, attribution.source):
            assert all(span.of(text).strip() for span in spans)
            assert all(span.end <= len(text) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))
    assert attributions == sorted(attributions, key=lambda a: a.content[0])
    return attributions


@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@given(NEWS)
def test_text_of_marks_and_cues(text: str) -> None:
    check(text)


@given(st.text(alphabet=st.sampled_from("😀é\u0301שم\u200d\u202eñ한"), min_size=1, max_size=20))
def test_what_is_quoted_is_kept_to_the_code_point(words: str) -> None:
    text = f"😀 e\u0301\n\n“x{words}y,” Ann Lee said."
    (attribution,) = check(text)
    assert attribution.content[0].of(text) == f"x{words}y,"


@pytest.mark.parametrize("piece", ["A", "a ", ".", "“a ", '"a" ', "he said ", "(A", "'a s' ", "Lee, a b, said, "])
def test_a_megabyte_on_one_line_takes_linear_time(piece: str) -> None:
    """Ten times the text may take thirty times as long, not a hundred: a square would."""
    small, large = (_calls(piece * (size // len(piece))) for size in (4_000, 40_000))
    assert large < 30 * small


def _calls(text: str) -> int:
    """How many Python calls it takes: unlike seconds, the same on every machine."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        detect(Document("d", text))
    finally:
        sys.setprofile(None)
    return calls


def test_a_megabyte() -> None:
    check("“Yes,” said Ann Lee. " * (1_000_000 // 21))
