"""The kinds of change that a reader is told, and which of them are fair."""

from __future__ import annotations

import pytest

from quotes.text.alignment import between, nearest, whole
from quotes.text.wording import Wording
from quotes.verify.differences import FAIR, Change, changes, figures, pieces, written

SOURCE = (
    "We will not close 340 of the berths at Harlan this year, said the ice cream seller; and the union, which met "
    "twelve times, has never asked the Orrow Line for more. Will you? We will."
)


def change(draft: str, source: str = SOURCE) -> set[Change]:
    ours, theirs = Wording.of(draft), Wording.of(source)
    brackets = any(word.bracketed for word in ours.words)
    ranges = next(iter(whole(ours, theirs, brackets=brackets)), None)
    edits = nearest(ours, theirs)[1] if ranges is None else between(ours, ranges, brackets=brackets)
    return changes(ours, theirs, edits)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("We will not close 340 of the berths", set()),
        ("We will not close 340 of the berths at Harlan — this year", {Change.PUNCTUATION}),
        ("we will not close 340 of the berths at Harlan", set()),
        ("We will not close 340 of the Berths at Harlan", {Change.CASE}),
        ("We will not close […] the berths at Harlan", {Change.CUT}),
        ("we will not close … The berths at Harlan", {Change.CUT}),
        ("We will … close 340 of the berths at Harlan", {Change.CUT, Change.NEGATION}),
        ("We will not close 340 of [them] at Harlan this year", {Change.BRACKETS}),
        ("We will not close [430] of the berths at Harlan this year", {Change.BRACKETS, Change.NUMBER}),
        ("We will [certainly] close 340 of the berths at Harlan", {Change.BRACKETS, Change.NEGATION}),
        ("We will close 340 of the berths at Harlan", {Change.NEGATION, Change.OMITTED}),
        ("We will not close 430 of the berths at Harlan", {Change.NUMBER, Change.REPLACED}),
        ("We will not close 340 of the berths at Brannock this year", {Change.NAME, Change.REPLACED}),
        ("We would not close 340 of the berths at Harlan", {Change.REPLACED}),
        ("We will not close 340 berths at Harlan this year", {Change.OMITTED}),
        ("We will not ever close 340 of the berths at Harlan", {Change.ADDED}),
        ("said the icecream seller; and the union", {Change.PUNCTUATION}),
        ("the union, which met 12 times, has never asked", {Change.REPLACED}),
        ("asked the Orrow Line for more? Will you", {Change.QUESTION}),
    ],
)
def test_changes_are_told_by_their_kind(draft: str, expected: set[Change]) -> None:
    assert change(draft) == expected


def test_a_cut_of_the_article_must_not_be_closed() -> None:
    assert change("We met […] twice", "We met […] twice") == set()
    assert change("We met twice", "We met […] twice") == {Change.OMITTED}
    assert change("We met twice", "We met … twice") == set()


def test_only_what_is_shown_or_immaterial_is_fair() -> None:
    assert {Change.CUT, Change.BRACKETS, Change.CASE, Change.PUNCTUATION} == FAIR


@pytest.mark.parametrize(
    ("one", "other"),
    [("16m", "16 million"), ("sixteen million", "16 million"), ("$16m", "$16 million"), ("20 of them", "twenty"),
     ("the 1990s", "the 1990's"), ("the 3rd", "3"), ("two thirds", "two thirds"), ("one of them", "some of them")],
)  # fmt: skip
def test_figures_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert figures(Wording.of(one).keys) == figures(Wording.of(other).keys)


@pytest.mark.parametrize(("one", "other"), [("16m", "16 billion"), ("2.4 million", "4.2 million"), ("ten", "eleven")])
def test_other_figures_are_others(one: str, other: str) -> None:
    assert figures(Wording.of(one).keys) != figures(Wording.of(other).keys)


def test_a_difference_reads_as_word_diffs_do() -> None:
    ours, theirs = Wording.of("We will close 430 of the berths"), Wording.of(SOURCE)
    shown = written(pieces(ours, theirs, nearest(ours, theirs)[1]))
    assert shown == "We will [-not-] close [-340-] {+430+} of the berths"


def test_many_words_left_out_are_not_all_shown() -> None:
    text = Wording.of(f"We had {' '.join('abcdefghijklmnopqrstuvw')} nothing")
    ours = Wording.of("We had […] nothing")
    shown = written(pieces(ours, text, between(ours, next(iter(whole(ours, text))))))
    assert shown == "We had [-a b c d e f g h … p q r s t u v w-] nothing"
