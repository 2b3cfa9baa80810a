from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quotes.detect.decode import stretches, viterbi

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
