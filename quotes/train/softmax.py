"""Fits the weights of a softmax over candidates with named features (a conditional logit, McFadden 1974).

In: choices, each with the features of its candidates and which of them are right. Out: a weight for each feature.
Where several candidates are right, their probabilities count together. L2-regularised, by L-BFGS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

Features = Mapping[str, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: for each candidate its features with their values, and whether it is right; how much it counts."""

    candidates: Sequence[Features]
    right: Sequence[bool]
    weight: float = 1.0


class _Table:
    """Choices as arrays: entry i is feature `column[i]` with `value[i]` of candidate `row[i]`."""

    def __init__(self, choices: Sequence[Choice], columns: Mapping[str, int]) -> None:
        column: list[int] = []
        value: list[float] = []
        starts: list[int] = []
        sizes = [len(choice.candidates) for choice in choices]
        for choice in choices:
            for candidate in choice.candidates:
                starts.append(len(column))
                known = [(columns[name], v) for name, v in candidate.items() if name in columns]
                column += [c for c, _ in known]
                value += [v for _, v in known]
        self.column, self.value = np.array(column, np.int64), np.array(value)
        self.row = np.repeat(np.arange(len(starts)), np.diff([*starts, len(column)]))
        self.choice = np.repeat(np.arange(len(choices)), sizes)
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.right = np.array([right for choice in choices for right in choice.right], np.float64)
        self.weight = np.array([choice.weight for choice in choices])
        self.width = len(columns)

    def scores(self, weights: Floats) -> Floats:
        """The score of every candidate."""
        return _sums(self.row, weights[self.column] * self.value, len(self.choice))

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """Negative log-likelihood of the right candidates, and its gradient."""
        scores = self.scores(weights)
        chances = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.choice])
        whole = np.add.reduceat(chances, self.starts)
        good = np.add.reduceat(chances * self.right, self.starts) + 1e-12
        slope = (chances / whole[self.choice] - chances * self.right / good[self.choice]) * self.weight[self.choice]
        gradient = _sums(self.column, slope[self.row] * self.value, self.width)
        return float((self.weight * (np.log(whole) - np.log(good))).sum()), gradient


def _sums(group: NDArray[np.int64], values: Floats, groups: int) -> Floats:
    """The sum of the values of each group."""
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64)


def fitted(choices: Sequence[Choice], least: int = 4, penalty: float = 1.0, steps: int = 60) -> dict[str, float]:
    """A weight for every feature that at least `least` candidates have."""
    columns = {name: i for i, name in enumerate(frequent(choices, least))}
    table = _Table(choices, columns)
    weights = torch.zeros(len(columns), dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([weights], max_iter=steps, history_size=8, line_search_fn="strong_wolfe")

    def closure() -> float:
        at = weights.detach().numpy()
        loss, gradient = table.loss(at)
        weights.grad = torch.from_numpy(gradient + penalty * at)
        return loss + penalty * float(at @ at) / 2

    search.step(closure)
    return dict(zip(columns, weights.detach().tolist(), strict=True))


def frequent(choices: Iterable[Choice], least: int) -> list[str]:
    """The features that at least `least` candidates have, in order."""
    counts = Counter(name for choice in choices for candidate in choice.candidates for name in candidate)
    return sorted(name for name, count in counts.items() if count >= least)
