from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.detect.model import open_model
from quotes.detect.windows import DIGIT, LOWER, OTHER, TITLE, UPPER, WINDOW, Pieces, pieces, windows
from quotes.text.page import Page


@pytest.fixture(scope="module")
def cut():
    tokenizer = open_model().tokenizer
    return lambda text: pieces(Page(text), tokenizer)


def test_pieces_cover_words_and_know_their_case(cut) -> None:
    text = "NATO's Zoë paid 30 — quickly"
    got = cut(text)
    words = [text[s:e] for s, e, f in zip(got.start, got.end, got.first, strict=True) if f]
    assert words[0].lower() == "nato"[: len(words[0])]
    heads = {text[got.start[i] :].split()[0]: got.case[i] for i in np.flatnonzero(got.first)}
    assert (heads["NATO's"], heads["Zoë"], heads["paid"], heads["30"], heads["—"]) == (
        UPPER,
        TITLE,
        LOWER,
        DIGIT,
        OTHER,
    )


def test_offsets_count_code_points(cut) -> None:
    text = "🏳️🌈 Ünïcödé café 𝔉raktur said 你好"
    got = cut(text)
    assert all(0 <= s < e <= len(text) for s, e in zip(got.start, got.end, strict=True))
    assert "said" in [text[s:e] for s, e in zip(got.start, got.end, strict=True)]


def test_windows_break_between_paragraphs(cut) -> None:
    paragraph = "Some words of a paragraph that goes on for a while and then stops at last."
    got = cut("\n\n".join([paragraph] * 40))
    spans = windows(got)
    assert len(spans) > 1
    assert {s for s, _ in spans} <= set(got.paragraph_starts.tolist())
    assert [e for _, e in spans[:-1]] == [s for s, _ in spans[1:]]


def made(starts: list[int], n: int, first: list[bool]) -> Pieces:
    zero = np.zeros(n, np.int64)
    head = np.array([True, *first][:n], dtype=bool)
    return Pieces(zero, zero, zero, zero, zero, zero, head, np.array([s for s in starts if s < n], dtype=np.int64))


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 900), max_size=12).map(sorted),
    st.integers(0, 900),
    st.lists(st.booleans(), min_size=900, max_size=900),
    st.integers(24, WINDOW),
    st.one_of(st.none(), st.integers(8, WINDOW)),
)
def test_windows_cover_everything_in_order(
    starts: list[int], n: int, first: list[bool], size: int, first_size: int | None
) -> None:
    spans = windows(made(starts, n, first), size, first_size)
    covered = {i for s, e in spans for i in range(s, e)}
    assert covered == set(range(n))
    assert all(0 < e - s <= size - 2 for s, e in spans)
    assert all(a < b and c < d for (a, c), (b, d) in pairwise(spans))
