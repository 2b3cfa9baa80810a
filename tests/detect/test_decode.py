import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quotes.detect.decode import CONTENT, CUE, LINK, VOTERS, Scored, Stretch, decoded, stretches, viterbi
from quotes.detect.model import open_model
from quotes.detect.windows import pieces
from quotes.text.page import Page

SCORES = st.integers(1, 30).flatmap(lambda n: arrays(np.float32, (n, 3), elements=st.floats(-20, 0, width=16)))


def best_by_trial(scores: np.ndarray) -> float:
    best = {0: float(scores[0, 0]), 1: float(scores[0, 1]), 2: float(scores[0, 2])}
    for row in scores[1:]:
        best = {tag: max(v for t, v in best.items() if tag != 2 or t != 0) + float(row[tag]) for tag in range(3)}
    return max(best.values())


@settings(deadline=None)
@given(SCORES)
def test_viterbi_is_the_best_legal_path(scores: np.ndarray) -> None:
    path = viterbi(scores)
    assert len(path) == len(scores)
    assert not any(a == 0 and b == 2 for a, b in pairwise(path.tolist()))
    total = float(scores[np.arange(len(path)), path].astype(np.float64).sum())
    if path.any():
        assert abs(total - best_by_trial(scores)) < 1e-3


@given(SCORES)
def test_stretches_are_the_runs_of_tags(scores: np.ndarray) -> None:
    tags = viterbi(scores)
    got = stretches(tags)
    assert sorted(i for s in got for i in range(s.first, s.last + 1)) == np.flatnonzero(tags).tolist()
    assert all(a.last < b.first for a, b in pairwise(got))


def pointing(text: str, contents: list[int], cues: dict[int, float]) -> Scored:
    """A text of words of one piece; its `contents` point to its `cues`, to each with a score."""
    cut = pieces(Page(text), open_model().tokenizer)
    n = len(cut)
    assert n == len(text.split())
    tags = np.zeros((n, 3, 3), np.float32)
    tags[..., 1:] = -20
    links = np.zeros((n, 4, LINK), np.float32)
    for role, words in ((CONTENT, contents), (CUE, list(cues))):
        tags[words, role] = -20, 0, -20
    links[contents, 0, 0] = 1
    for word, share in cues.items():
        links[word, 1, 0] = share * np.sqrt(LINK)
    return Scored(cut, tags, np.zeros((n, 9), np.float32), links, np.zeros((1, 2, LINK), np.float32), np.zeros(n, int))


@pytest.mark.parametrize(
    ("cues", "chosen"),
    [({0: 6, 4: 7}, 0), ({0: 6, 2: 4, 4: 6}, 2), ({4: 9}, 4), ({4: 4}, None), ({0: 4}, 0)],
    ids=["before rather than after", "its own paragraph first", "after if sure", "no cue rather than after", "before"],
)
def test_a_content_is_said_in_its_paragraph_or_before_it_and_hardly_ever_after_it(
    cues: dict[int, float], chosen: int | None
) -> None:
    (found,) = decoded(pointing("said so\n\nasked rain\n\nadded snow", [3], cues))
    assert found.content == [Stretch(3, 3)]
    assert found.cue == (None if chosen is None else Stretch(chosen, chosen))


def long_content(words: int, cue: int) -> Scored:
    """A text that is one content but for the word that is its cue."""
    scored = pointing("said " * words, [i for i in range(words) if i != cue], {cue: 9})
    scored.tags[cue + 1 :, CONTENT] = -20, -20, 0  # one content, not one a word
    return scored


def test_memory_does_not_grow_with_the_square_of_a_content() -> None:
    scored = long_content(20_000, 0)
    scored.tags[1, CONTENT] = -20, 0, -20
    tracemalloc.start()
    try:
        (found,) = decoded(scored)
        assert tracemalloc.get_traced_memory()[1] < 3 * scored.links.nbytes
    finally:
        tracemalloc.stop()
    assert (found.content, found.cue) == ([Stretch(1, 19_999)], Stretch(0, 0))


@pytest.mark.parametrize("words", [VOTERS - 100, 4 * VOTERS])
def test_a_long_content_finds_its_cue_before_it_and_behind_it(words: int) -> None:
    before = long_content(words, 0)
    before.tags[1, CONTENT] = -20, 0, -20
    behind = pointing("said " * words, list(range(words - 1)), {words - 1: 9})
    behind.tags[1 : words - 1, CONTENT] = -20, -20, 0
    assert [found.cue for found in decoded(before)] == [Stretch(0, 0)]
    assert [found.cue for found in decoded(behind)] == [Stretch(words - 1, words - 1)]
