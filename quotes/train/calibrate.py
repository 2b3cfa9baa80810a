"""Fitting confidence: logistic regression of "content and source are right" on what decoding left, by kind.

In: held-back gold documents and an exported model. Out: weights for `quotes.detect.confidence`. A module because it
must see the 8-bit model that users run, after the network is fixed, on documents that the network was not fitted to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.detect.confidence import FEATURES
from quotes.detect.decode import decoded
from quotes.detect.model import Model
from quotes.detect.spans import Spans
from quotes.evaluate import outcomes
from quotes.records import Attribution
from quotes.text.page import Page

PENALTY = 2.0
"""Weight of the squared coefficients: a few hundred mixed quotes must not fit ten coefficients freely."""

Floats = NDArray[np.float64]


def as_json(attributions: list[Attribution]) -> list[dict[str, Any]]:
    """Attributions in the corpora's form."""
    return [
        {
            "source": [[s.start, s.end] for s in a.source],
            "cue": [[s.start, s.end] for s in a.cue],
            "content": [[s.start, s.end] for s in a.content],
            "kind": a.kind.value,
            "act": a.act.value,
            "confidence": a.confidence,
        }
        for a in attributions
    ]


def calibrated(model: Model, gold: Mapping[str, Any]) -> dict[str, list[float]]:
    """Weights by kind, intercept first."""
    inputs: dict[str, list[list[float]]] = {}
    labels: dict[str, list[bool]] = {}
    for id_, document in gold.items():
        page = Page(document["text"])
        scored = model.score(page)
        for one, attribution, right in _judged(page, Spans(page, scored), decoded(scored), id_, document):
            inputs.setdefault(attribution.kind.value, []).append([1.0, *(one.features.get(f, 0.0) for f in FEATURES)])
            labels.setdefault(attribution.kind.value, []).append(right)
    return {kind: _logistic(np.array(inputs[kind]), np.array(labels[kind], dtype=float)) for kind in inputs}


def _judged(
    page: Page, spans: Spans, found: list[Any], id_: str, document: Mapping[str, Any]
) -> list[tuple[Any, Attribution, bool]]:
    """Each decoded attribution as a reader sees it, and whether it is right."""
    alone = [(one, page.written(said)) for one in found for said in spans.attributions([one], {})]
    predicted = as_json([attribution for _, attribution in alone])
    verdicts = outcomes({id_: document}, {id_: {"attributions": predicted}})
    if len(verdicts) != len(alone):  # the scorer drops contents that hold no word of its own
        return []
    return [(one, attribution, right) for (one, attribution), (_, right) in zip(alone, verdicts, strict=True)]


def _logistic(x: Floats, y: Floats, steps: int = 50) -> list[float]:
    """Newton's method with a ridge on all but the intercept."""
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], PENALTY)
    ridge[0] = 1e-6
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + ridge * weights
        curve = (x.T * (chance * (1 - chance))) @ x + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return [round(float(w), 5) for w in weights]
