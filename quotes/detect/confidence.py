"""How far an attribution may be trusted: a probability from the features that decoding left.

In: features and kind. Out: a number between 0 and 1. A module because its weights are fitted after the network, on
held-back documents, and travel with the model.
"""

from __future__ import annotations

import math

from quotes.records import Kind

LEAST = {Kind.DIRECT: 0.47, Kind.MIXED: 0.45, Kind.INDIRECT: 0.37}
"""Below this nothing is reported: half of the kind's F1 without a bar on kept-back articles, which is where F1 is
highest (Lipton, Elkan and Naryanaswamy 2014)."""

FEATURES = (
    "cue",
    "source",
    "content",
    "begin",
    "cue_link",
    "source_link",
    "has_cue",
    "has_source",
    "length",
    "fragments",
    "rival",
    "low",
    "after",
)


def confidence(features: dict[str, float], kind: Kind, calibration: dict[str, list[float]]) -> float:
    """The chance that content and source are right, as logistic regression by kind gives it."""
    weights = calibration.get(kind.value)
    if not weights:
        return 0.5
    score = weights[0] + sum(w * features.get(f, 0.0) for w, f in zip(weights[1:], FEATURES, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 4)
