"""How good what warns a reader is: polarity, source type, and whether an attribution is a statement.

In: gold and predicted documents by id. Out: a figure a row, over pairs of attributions with the same content, for the
keys that gold has. It is a module apart from `speakers` because these keys stand in other gold files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quotes.evaluate.attributions import calibration_error
from quotes.evaluate.speakers import Pair, Record, Row, f1_row, paired, share
from quotes.records import Polarity, SourceType

LIKELY = 0.5  # confidence from which lists take an attribution for a statement


def warning_figures(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> list[Row]:
    """Figures of polarity, source types and statements; none for what gold does not tell."""
    pairs = [
        pair
        for id_, document in gold.items()
        for pair in paired(document["text"], document["attributions"], predicted.get(id_, {}).get("attributions", []))
    ]
    polarities = [polarity.value for polarity in Polarity if polarity is not Polarity.AFFIRMED]
    return [
        *_classes("polarity", pairs, polarities),
        *_classes("source_type", pairs, [type_.value for type_ in SourceType]),
        *_statements(pairs),
    ]


def _classes(key: str, pairs: Sequence[Pair], classes: Sequence[str]) -> list[Row]:
    """Accuracy of a key, and precision and recall of each of its classes that gold has."""
    told = [(pair.gold[key], pair.predicted.get(key)) for pair in pairs if pair.gold.get(key)]
    if not told:
        return []
    rows = [share(f"{key}_accuracy", sum(a == b for a, b in told), len(told))]
    for name in classes:
        wanted, given = sum(a == name for a, _ in told), sum(b == name for _, b in told)
        hits = sum(a == b == name for a, b in told)
        if wanted:
            rows.append(f1_row(f"{key}_{name.replace(' ', '_')}", hits, given, hits, wanted))
    return rows


def _statements(pairs: Sequence[Pair]) -> list[Row]:
    """How well statements are told from attitudes and acts."""
    told = [_told(pair) for pair in pairs if "statement" in pair.gold and "statement_confidence" in pair.predicted]
    if not told:
        return []
    right = sum((sure >= LIKELY) == statement for sure, statement in told)
    wanted, given = sum(statement for _, statement in told), sum(sure >= LIKELY for sure, _ in told)
    hits = sum(statement and sure >= LIKELY for sure, statement in told)
    return [
        share("statement_accuracy", right, len(told)),
        f1_row("statement", hits, given, hits, wanted),
        {"figure": "statement_auc", "value": round(100 * area(told), 2), "gold": len(told)},
        {"figure": "statement_calibration_error", "value": round(100 * calibration_error(told), 2), "gold": len(told)},
    ]


def _told(pair: Pair) -> tuple[float, bool]:
    return float(pair.predicted["statement_confidence"]), bool(pair.gold["statement"])


def area(told: Sequence[tuple[float, bool]]) -> float:
    """Area under the ROC curve: how often a yes is given more than a no, ties counting half; 1 without either."""
    yeses, noes = (Counter(value for value, yes in told if yes is side) for side in (True, False))
    below, wins = 0, 0.0
    for value in sorted({*yeses, *noes}):
        wins += yeses[value] * (below + noes[value] / 2)
        below += noes[value]
    return wins / (yeses.total() * below) if yeses and below else 1.0
