"""How good the detector is: predicted attributions against gold ones.

In: two mappings from document id to text and attributions, as in the corpora's JSON Lines. Out: figures (precision,
recall, F1), their bootstrap intervals, and the calibration error. A module because every figure that the project
publishes is defined here.

An attribution is right when the token F1 of its content with the gold content, paired one to one, is at least 0.5 and
the sources share a token (or both have none).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from quotes.evaluate.pairs import SAME_CONTENT, Tokens, Words, best_pairs

ROLES = ("source", "cue", "content")
KINDS = ("direct", "mixed", "indirect")
LENGTHS = ((5, "1_to_5"), (15, "6_to_15"), (30, "16_to_30"))
"""Classes by words of content: the most, and the name."""
LONGER = "from_31"
SURE = 0.9
"""Confidence from which an answer is taken on trust."""
BINS = 10
"""Equal-width bins of confidence for the calibration error (Guo et al. 2017)."""

Counts = Counter[tuple[str, str]]


class Figure(NamedTuple):
    """Precision, recall and F1 in per cent, with the numbers of gold and predicted items."""

    precision: float
    recall: float
    f1: float
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True)
class Item:
    """One attribution as sets of word tokens."""

    source: Tokens
    cue: Tokens
    content: Tokens
    kind: str
    confidence: float | None

    @property
    def length(self) -> str:
        """Name of the class of length of its content."""
        return next((name for most, name in LENGTHS if len(self.content) <= most), LONGER)


def _items(words: Words, attributions: Sequence[Mapping[str, Any]]) -> list[Item]:
    """Attributions that have content, as token sets."""
    out = []
    for one in attributions:
        source, cue, content = (words.tokens(one.get(role) or []) for role in ROLES)
        if content:
            inside = sum(words.quoted[i] for i in content)
            kind = "indirect" if not inside else "direct" if inside == len(content) else "mixed"
            out.append(Item(source, cue, content, kind, one.get("confidence")))
    return out


def _pairs(gold: list[Item], predicted: list[Item]) -> Iterator[tuple[float, Item, Item, int]]:
    """One-to-one pairs by falling token F1 of their contents."""
    for share, i, j in best_pairs([g.content for g in gold], [p.content for p in predicted]):
        yield share, gold[i], predicted[j], j


def _is_right(share: float, gold: Item, predicted: Item) -> bool:
    same_source = bool(gold.source & predicted.source) or not (gold.source or predicted.source)
    return share >= SAME_CONTENT and same_source


def _count(gold: list[Item], predicted: list[Item]) -> Counts:
    """What one document adds: (figure, "gold"/"predicted"/"hits gold"/"hits predicted")."""
    c: Counts = Counter()
    for figure in ("attribution", "content_exact"):
        for side, items in (("gold", gold), ("predicted", predicted)):
            c[figure, side] += len(items)
            c.update((f"{figure}_{part}", side) for item in items for part in (item.kind, item.length))
    for role in ROLES:
        g, p = (frozenset[int]().union(*(getattr(i, role) for i in items)) for items in (gold, predicted))
        c[f"{role}_token", "gold"] += len(g)
        c[f"{role}_token", "predicted"] += len(p)
        c[f"{role}_token", "hits gold"] += len(g & p)
        c[f"{role}_token", "hits predicted"] += len(g & p)
    for share, g_item, p_item, _ in _pairs(gold, predicted):
        right = (("attribution", _is_right(share, g_item, p_item)), ("content_exact", g_item.content == p_item.content))
        for figure in (name for name, hit in right if hit):
            c.update([(figure, "hits gold"), (figure, "hits predicted")])
            c.update((f"{figure}_{part}", "hits gold") for part in (g_item.kind, g_item.length))
            c.update((f"{figure}_{part}", "hits predicted") for part in (p_item.kind, p_item.length))
    return c


FIGURES = (
    "attribution",
    *(f"attribution_{kind}" for kind in KINDS),
    "content_exact",
    *(f"content_exact_{kind}" for kind in KINDS),
    *(f"{role}_token" for role in ROLES),
    *(f"attribution_{name}" for _, name in LENGTHS),
    f"attribution_{LONGER}",
)
SIDES = ("gold", "predicted", "hits gold", "hits predicted")


def _figures(counts: Counts) -> dict[str, Figure]:
    out = {}
    for name in FIGURES:
        n_gold, n_predicted = counts[name, "gold"], counts[name, "predicted"]
        precision = counts[name, "hits predicted"] / n_predicted if n_predicted else 0.0
        recall = counts[name, "hits gold"] / n_gold if n_gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rounded = [round(100 * x, 2) for x in (precision, recall, f1)]
        out[name] = Figure(rounded[0], rounded[1], rounded[2], n_gold, n_predicted)
    return out


def _by_document(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> dict[str, tuple[list[Item], list[Item]]]:
    out = {}
    for id_, document in gold.items():
        words = Words(document["text"])
        found = predicted.get(id_, {}).get("attributions", [])
        out[id_] = _items(words, document["attributions"]), _items(words, found)
    return out


def score(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> dict[str, Figure]:
    """Every figure over all gold documents; a document without prediction counts as empty."""
    return _figures(sum((_count(*pair) for pair in _by_document(gold, predicted).values()), Counter()))


def intervals(
    gold: Mapping[str, Any], predicted: Mapping[str, Any], samples: int = 1000, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of each F1, drawing documents with replacement."""
    counts = [_count(*pair) for pair in _by_document(gold, predicted).values()]
    table = np.array([[[c[name, side] for side in SIDES] for name in FIGURES] for c in counts], float)
    drawn = np.random.default_rng(seed).integers(len(counts), size=(samples, len(counts)))
    n_gold, n_predicted, hits_gold, hits_predicted = np.moveaxis(table[drawn].sum(1), -1, 0)
    precision, recall = hits_predicted / np.maximum(n_predicted, 1), hits_gold / np.maximum(n_gold, 1)
    f1 = 200 * precision * recall / np.maximum(precision + recall, 1e-9)
    low, high = np.quantile(f1, (0.025, 0.975), axis=0).round(2)
    return {name: (float(a), float(b)) for name, a, b in zip(FIGURES, low, high, strict=True)}


def outcomes(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> list[tuple[float, bool]]:
    """Confidence of each predicted attribution that carries one, and whether it is right."""
    out = []
    for golden, guessed in _by_document(gold, predicted).values():
        right = {j for share, g, p, j in _pairs(golden, guessed) if _is_right(share, g, p)}
        out += [(p.confidence, j in right) for j, p in enumerate(guessed) if p.confidence is not None]
    return out


def calibration_error(results: Sequence[tuple[float, bool]], bins: int = BINS) -> float:
    """Expected calibration error: mean confidence against share right, over equal-width bins, weighed by size."""
    gap = 0.0
    for number in range(bins):
        inside = [(sure, right) for sure, right in results if min(int(sure * bins), bins - 1) == number]
        gap += abs(sum(s for s, _ in inside) - sum(r for _, r in inside))
    return gap / len(results) if results else 0.0
