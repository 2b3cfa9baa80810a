"""Marks are paired in every style, and an odd one stays harmless."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect.marks import MAX_SENTENCE, paragraphs, quotations, sentences
from quotes.records import Span

MARKS = st.text(alphabet="ab \n.,'\"“”„«»‘’‚‹›‐—é\u0301א😀sS")


def inner(text: str) -> list[str]:
    return [q.inner.of(text) for q in quotations(text) if not q.depth]


@pytest.mark.parametrize(
    "text",
    [
        '"It is over," she said.',
        "“It is over,” she said.",
        "'It is over,' she said.",
        "‘It is over,’ she said.",
        "«It is over,» she said.",
        "« It is over, » she said.",
        "»It is over,« she said.",
        "„It is over,“ she said.",
        "„It is over,” she said.",
        "‚It is over,‘ she said.",
        "‹It is over,› she said.",
        "``It is over,'' she said.",
        "”It is over,” she said.",
    ],
)
def test_every_style_pairs(text: str) -> None:
    assert inner(text) == ["It is over,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dogs' dinner and the cat's milk aren't 'ere.", []),
        ("'We don't know the boys' names,' he said.", ["We don't know the boys' names,"]),
        ("‘We don’t know the boys’ names,’ he said.", ["We don’t know the boys’ names,"]),
        ("A 6'5\" man and a 5'10\" woman.", []),
        ("'Twas the '90s, and rock 'n' roll.", []),
        ('He said "yes and went.', []),
        ('An odd " mark.\n\n"Fine," she said.', ["Fine,"]),
        ('She said "well, and then "no" to him.', ["no"]),
    ],
)
def test_apostrophes_and_odd_marks_open_nothing(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_inside_another_has_depth_one() -> None:
    text = "“He told me ‘no’ twice,” she said."
    assert [(q.inner.of(text), q.depth) for q in quotations(text)] == [("He told me ‘no’ twice,", 0), ("no", 1)]


def test_a_quotation_goes_on_over_paragraphs_that_open_with_a_mark() -> None:
    text = "He said: “One.\n\n“Two.\n\n“Three.”\n\nThe end."
    assert [(q.inner.of(text), q.closed, q.continued) for q in quotations(text)] == [
        ("One.", False, True),
        ("Two.", False, True),
        ("Three.", True, False),
    ]


def test_wrapped_lines_are_one_paragraph_and_short_lines_are_not() -> None:
    line = "word " * 13 + "words"
    wrapped = "\n".join([line] * 5) + "\n\n" + line
    assert len(paragraphs(wrapped)) == 2
    assert len(paragraphs("A headline\nA standfirst\nA byline\nThe text.")) == 4


def test_sentences_end_where_they_end() -> None:
    text = "Dr. Lee met Gen. Ash of the U.S. Army on Jan. 5. “Was it late?” He left… It rained!"
    assert [s.of(text) for s in sentences(text, Span(0, len(text)))] == [
        "Dr. Lee met Gen. Ash of the U.S. Army on Jan. 5.",
        "“Was it late?”",
        "He left…",
        "It rained!",
    ]


def test_a_sentence_without_an_end_is_cut() -> None:
    text = "word " * 2000
    assert max(s.end - s.start for s in sentences(text, Span(0, len(text)))) <= MAX_SENTENCE


@given(MARKS)
def test_quotations_are_nested_or_apart(text: str) -> None:
    found = quotations(text)
    assert found == sorted(found, key=lambda q: (q.outer.start, -q.outer.end))
    for quoted in found:
        assert quoted.outer.start < quoted.inner.start < quoted.inner.end <= quoted.outer.end
        assert "\n\n" not in quoted.outer.of(text)
    for first, second in pairwise(found):
        assert second.outer.start >= first.outer.end or second.outer.end <= first.inner.end or second.depth


@given(st.text())
def test_paragraphs_and_sentences_keep_every_word(text: str) -> None:
    parts = [s for p in paragraphs(text) for s in sentences(text, p)]
    assert "".join("".join(s.of(text) for s in parts).split()) == "".join(text.split())
