"""How good extracted quotes are, measured against a gold file: every figure that the project publishes.

In: gold and predicted documents as records of the corpora (`quotes.pipeline.as_record`). Out: a row a figure.
`outer` says what counts, `pairs` which prediction found what; `attributions` measures what was found, `speakers` who it
was said to be, `warnings` what a reader is warned of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotes.evaluate.attributions import ROLES, SURE, calibration_error, intervals, outcomes, score
from quotes.evaluate.outer import outer
from quotes.evaluate.speakers import share, speaker_figures
from quotes.evaluate.warnings import warning_figures
from quotes.records import Span
from quotes.text.page import Page

__all__ = ["calibration_error", "evaluate", "intervals", "outcomes", "score"]


def evaluate(gold: Iterable[dict[str, Any]], predicted: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a figure: its name, precision, recall and F1 in per cent, or one value; and how many it counts.

    Nested gold attributions count towards none but `nested_recall`, the share of them that was found; nor do the
    predictions that find them. `low` and `high` bound the F1 of 95 % of 1,000 draws of the documents with replacement.
    """
    gold_by_id = {document["id"]: document for document in gold}
    pages = {id_: Page(document["text"]) for id_, document in gold_by_id.items()}
    counted = outer(
        {id_: _read(document, pages[id_]) for id_, document in gold_by_id.items()},
        {document["id"]: _read(document, pages.get(document["id"])) for document in predicted},
    )
    wanted, given = counted.gold, counted.predicted
    bounds = intervals(wanted, given)
    rows: list[dict[str, Any]] = [
        {"figure": name, **figure._asdict(), "low": bounds[name][0], "high": bounds[name][1]}
        for name, figure in score(wanted, given).items()
    ]
    rows += [share("nested_recall", counted.found, counted.nested)] if counted.nested else []
    return rows + _trust(outcomes(wanted, given)) + speaker_figures(wanted, given) + warning_figures(wanted, given)


def _read(document: dict[str, Any], page: Page | None) -> dict[str, Any]:
    """A document with its spans on the page of the gold text: how lines were wrapped changes no figure."""
    if page is None or page.text is page.stored:
        return document
    attributions = [
        {**one, **{role: [_place(page, *span) for span in one.get(role) or []] for role in ROLES}}
        for one in document["attributions"]
    ]
    return {**document, "text": page.text, "attributions": attributions}


def _place(page: Page, start: int, end: int) -> list[int]:
    span = page.inward(Span(start, end))
    return [span.start, span.end]


def _trust(told: list[tuple[float, bool]]) -> list[dict[str, Any]]:
    """How far confidence can be believed."""
    sure = [right for confidence, right in told if confidence >= SURE]
    error = {"figure": "calibration_error", "value": round(100 * calibration_error(told), 2)}
    trusted = {"figure": f"right_at_confidence_{SURE}", "value": round(100 * sum(sure) / max(1, len(sure)), 2)}
    return [{**error, "predicted": len(told)}, {**trusted, "predicted": len(sure)}]
