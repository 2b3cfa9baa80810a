"""What is only typography compares equal; cuts, brackets and breaks are seen; offsets are those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.wording import LEFT_OUT, Wording


def keys(text: str) -> list[str]:
    return [word.key for word in Wording.of(text).words]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We won’t sell,”", '"We won\'t sell."'),
        ("«a ‘net’ on both sides»", "'a \"net\" on both sides'"),
        ("wait — then go", "wait – then go"),
        ("wait--then go", "wait—then go"),
        ("5\u00a0per\u202fcent", "5 per cent"),
        ("Vos\u00adkuijl and zero\u200bwidth", "Voskuijl and zerowidth"),
        ("the ﬁrst ﬂood", "the first flood"),
        ("1,000,000 boxes", "1000000 boxes"),
        ("the U.S. army", "the US army"),
        ("a long-term plan", "a long term plan"),
        ("a long‑term plan", "a long-term plan"),
        ("we went … home", "we went ... home"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("we will sell", "we will not sell"),
        ("16.5 boxes", "165 boxes"),
        ("1,5 boxes", "15 boxes"),
        ("$5 million", "£5 million"),
        ("5% more", "5 more"),
        ("cant", "can't"),
        ("resume", "résumé"),
    ],
)
def test_words_figures_and_signs_do(one: str, other: str) -> None:
    assert Wording.of(one).keys != Wording.of(other).keys


@pytest.mark.parametrize("sign", ["[…]", "[...]", "(…)", "…", "...", ". . .", "[. . .]"])
def test_a_cut_is_a_mark_of_the_word_behind_it(sign: str) -> None:
    words = Wording.of(f"We will {sign} resign").words
    assert [word.cut for word in words] == [False, False, True]
    assert (LEFT_OUT in words[2].marks) == (sign[0] in "[(")


def test_what_stands_in_brackets_is_told_from_a_letter_that_changed_its_case() -> None:
    words = Wording.of("[T]he ferry [Kittiwake, a ship] want[ed] paint").words
    assert [word.key for word in words if word.bracketed] == ["Kittiwake", "a", "ship", "wanted"]
    assert words[0].key == "The"


def test_an_unclosed_bracket_marks_nothing() -> None:
    assert not any(word.bracketed for word in Wording.of("see [the ferry\nand the ship]").words)


def test_parts_are_told_by_their_breaks() -> None:
    text = "“We will,” she said, “resign.”"
    wording = Wording.of(text, [(1, 8), (22, 29)])
    assert [word.key for word in wording.words] == ["We", "will", "resign"]
    assert wording.breaks == {2}
    assert wording.written(0, 3) == "We will … resign"
    assert wording.part(1, 3).breaks == {1}
    assert Wording.of(text, [(1, 1), (1, 8)]).breaks == frozenset()


def test_words_side_by_side_are_found_as_whole_words() -> None:
    wording = Wording.of("a net, a netting and a NET on both sides")
    assert wording.find(["a", "net"]) == 0
    assert wording.find(["a", "net"], 1) == 5
    assert wording.find(["net", "on"]) == 6
    assert wording.find(["sides", "a"]) == -1
    assert wording.find(["sides"], 10) == -1


@given(st.text())
def test_any_text_has_words_in_order_where_they_stand(text: str) -> None:
    wording = Wording.of(text)
    edges = [edge for word in wording.words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(word.key and " " not in word.key for word in wording.words)
    assert wording.written(0, len(wording)) == "" or len(wording)
    for place in range(len(wording)):
        assert 0 <= wording.find([wording.keys[place]]) <= place


@given(st.lists(st.text("abcdé’'-1,.", min_size=1), min_size=1))
def test_every_run_of_words_is_found_where_it_stands_or_before(parts: list[str]) -> None:
    wording = Wording.of(" ".join(parts))
    if len(wording):
        assert wording.find(wording.keys) == 0
