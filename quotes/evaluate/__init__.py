"""How good extracted quotes are, measured against a gold file: every figure that the project publishes.

In: gold and predicted documents as records of the corpora (`quotes.pipeline.as_record`). Out: a row a figure.
`attributions` measures what was found, `speakers` who it was said to be, `warnings` what a reader is warned of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotes.evaluate.attributions import SURE, calibration_error, intervals, outcomes, score
from quotes.evaluate.speakers import speaker_figures
from quotes.evaluate.warnings import warning_figures

__all__ = ["calibration_error", "evaluate", "intervals", "outcomes", "score"]


def evaluate(gold: Iterable[dict[str, Any]], predicted: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a figure: its name, precision, recall and F1 in per cent, or one value; and how many it counts.

    `low` and `high` bound the F1 of 95 % of 1,000 draws of the documents with replacement.
    """
    wanted = {document["id"]: document for document in gold}
    given = {document["id"]: document for document in predicted}
    bounds = intervals(wanted, given)
    rows: list[dict[str, Any]] = [
        {"figure": name, **figure._asdict(), "low": bounds[name][0], "high": bounds[name][1]}
        for name, figure in score(wanted, given).items()
    ]
    return rows + _trust(outcomes(wanted, given)) + speaker_figures(wanted, given) + warning_figures(wanted, given)


def _trust(told: list[tuple[float, bool]]) -> list[dict[str, Any]]:
    """How far confidence can be believed."""
    sure = [right for confidence, right in told if confidence >= SURE]
    error = {"figure": "calibration_error", "value": round(100 * calibration_error(told), 2)}
    trusted = {"figure": f"right_at_confidence_{SURE}", "value": round(100 * sum(sure) / max(1, len(sure)), 2)}
    return [{**error, "predicted": len(told)}, {**trusted, "predicted": len(sure)}]
