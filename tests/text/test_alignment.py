"""Where a passage stands in a longer text, whole, in pieces or nearest; and the edits that make it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from quotes.text.alignment import Edit, between, longest, nearest, segments, whole
from quotes.text.wording import Wording

TEXT = Wording.of("We had the first call at 8.52, and by five past nine there was nothing on the radar.")
WORDS = st.lists(
    st.sampled_from(
        ["ferry", "radar", "call", "nothing", "was", "there", "and", "the", "first", "bow", "door", "storm"]
    ),
    min_size=1,
)


def places(passage: str, text: Wording = TEXT, *, brackets: bool = False) -> list[list[tuple[int, int]]]:
    return list(whole(Wording.of(passage), text, brackets=brackets))


def test_a_passage_stands_where_its_words_do() -> None:
    assert places("first call") == [[(3, 5)]]
    assert places("call first") == []
    assert places("THE FIRST") == [[(2, 4)]]
    assert places("the", Wording.of("the ferry the sea")) == [[(0, 1)], [(2, 3)]]


def test_a_cut_may_leave_words_out_but_not_turn_them_round() -> None:
    assert places("We had […] nothing") == [[(0, 2), (14, 15)]]
    assert places("nothing […] We had") == []
    assert segments(Wording.of("… We had …")) == [(0, 2)]


def test_brackets_stand_for_other_words_only_where_asked() -> None:
    passage = "and by [8.55] there was"
    assert places(passage) == []
    [ranges] = places(passage, brackets=True)
    edits = between(Wording.of(passage), ranges, brackets=True)
    assert [(edit.equal, TEXT.written(*edit.theirs)) for edit in edits] == [
        (True, "and by"), (False, "five past nine"), (True, "there was")]  # fmt: skip


def test_the_longest_run_of_words_is_found() -> None:
    passage = Wording.of("a first call at noon")
    assert longest(passage, 0, TEXT) == (0, 0)
    assert longest(passage, 1, TEXT) == (3, 6)


def test_the_nearest_stretch_tells_what_was_dropped_and_replaced() -> None:
    similarity, edits = nearest(Wording.of("the first call at 9.52 and by five past nine"), TEXT)
    assert [edit for edit in edits if not edit.equal] == [Edit(False, (4, 5), (6, 7))]
    assert 0.8 < similarity < 1
    assert nearest(Wording.of("zebra"), TEXT) == (0.0, [])


def test_a_word_that_stands_in_many_places_is_matched_beside_its_neighbours() -> None:
    text = Wording.of("the day that the House voted to impeach. The first I heard was late")
    _, edits = nearest(Wording.of("The I heard was late"), text)
    assert [edit.theirs for edit in edits if not edit.equal] == [(9, 10)]


@given(st.lists(st.text("abcd", min_size=1), min_size=3), st.data())
def test_a_stretch_of_a_text_is_found_whole(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    text = Wording.of(" ".join(words))
    found = places(" ".join(words[first:last]), text)
    assert found
    assert all(text.keys[a:b] == words[first:last] for [(a, b)] in found)


@given(WORDS, st.data())
def test_a_changed_word_is_never_found_whole(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], "unheard", *words[place + 1 :]]
    text = Wording.of(" ".join(words))
    assert places(" ".join(changed), text) == []
    similarity, edits = nearest(Wording.of(" ".join(changed)), text)
    assert similarity < 1
    assert not edits or any(not edit.equal for edit in edits)


@given(st.lists(st.text("abcdefgh", min_size=1), min_size=4, unique=True), st.data())
def test_words_left_out_are_never_found_whole_without_a_sign(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words) - 1))
    left, right, text = words[:first], words[last:], Wording.of(" ".join(words))
    assert places(" ".join([*left, *right]), text) == []
    assert places(f"{' '.join(left)} […] {' '.join(right)}", text) == [[(0, first), (last, len(words))]]


@given(WORDS, WORDS)
def test_edits_cover_the_passage_and_run_on_in_the_text(ours: list[str], theirs: list[str]) -> None:
    passage, text = Wording.of(" ".join(ours)), Wording.of(" ".join(theirs))
    similarity, edits = nearest(passage, text)
    assume(edits)
    assert 0 < similarity <= 1 + 1e-9
    assert edits[0].ours[0] == 0
    assert edits[-1].ours[1] == len(passage)
    for one, other in pairwise(edits):
        assert one.ours[1] == other.ours[0]
        assert one.theirs[1] == other.theirs[0]
    for edit in edits:
        assert edit.equal == (edit.equal and passage.keys[slice(*edit.ours)] == text.keys[slice(*edit.theirs)])
        assert 0 <= edit.theirs[0] <= edit.theirs[1] <= len(text)
