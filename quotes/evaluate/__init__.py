"""How good extracted quotes are, measured against a gold file: every figure that the project publishes.

In: gold and predicted documents as records of the corpora (`quotes.pipeline.as_record`). Out: a row a figure.
`attributions` measures what was found, `speakers` who it was said to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotes.evaluate.attributions import calibration_error, intervals, outcomes, score
from quotes.evaluate.speakers import speaker_figures

__all__ = ["calibration_error", "evaluate", "intervals", "outcomes", "score"]


def evaluate(gold: Iterable[dict[str, Any]], predicted: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a figure: its name, precision, recall and F1 in per cent, or one value; and how many it counts."""
    wanted = {document["id"]: document for document in gold}
    given = {document["id"]: document for document in predicted}
    rows: list[dict[str, Any]] = [{"figure": name, **figure._asdict()} for name, figure in score(wanted, given).items()]
    told = outcomes(wanted, given)
    error = round(100 * calibration_error(told), 2)
    rows.append({"figure": "confidence_calibration_error", "value": error, "gold": len(told)})
    return rows + speaker_figures(wanted, given)
