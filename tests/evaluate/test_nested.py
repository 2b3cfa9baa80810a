"""Statements within statements count towards no figure but their own, as the reference scorer has it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluate import evaluate
from quotes.pipeline import as_record, extract
from quotes.records import Document

SHARED = Path(__file__).parents[3] / "shared"
SCORER, CORPUS = SHARED / "tools" / "score.py", SHARED / "corpora" / "press_train.jsonl"
TEXT = "Ann Lee said Bo Ash told her that “the fees are theft”. The union said that pay will rise. “Yes,” Di Orr said."

Row = dict[str, Any]


def said(source: str, content: str, speaker: str | None, kind: str, **more: object) -> dict[str, Any]:
    spans = {part: [[TEXT.index(words), TEXT.index(words) + len(words)]] for part, words in
             (("source", source), ("content", content))}  # fmt: skip
    return {**spans, "cue": [], "speaker": speaker, "speaker_kind": kind, **more}


ANN = said("Ann Lee", "Bo Ash told her that “the fees are theft”", "Ann Lee", "person", polarity="denied")
BO = said("Bo Ash", "that “the fees are theft”", "Bo Ash", "person", role="poet", polarity="denied", nested=True)
UNION = said("The union", "that pay will rise", None, "group")
DI = said("Di Orr", "Yes", "Di Orr", "person")
GOLD = [ANN, BO, UNION, DI]
# What the reference scorer makes of GOLD and of a prediction of the inner and the last two: precision, recall, F1.
MARKED = {"confidence": 0.95, "speaker_confidence": 0.95, "statement_confidence": 0.9}
PREDICTED = [{**BO, "speaker": "Ann Lee", **MARKED}, {**UNION, **MARKED}, {**DI, **MARKED}]
EXPECTED = {
    "attribution": (100, 66.67, 80),
    "attribution_direct": (100, 100, 100),
    "attribution_mixed": (0, 0, 0),
    "attribution_indirect": (100, 100, 100),
    "content_exact": (100, 66.67, 80),
    "source_token": (100, 66.67, 80),
    "content_token": (100, 35.71, 52.63),
    "nested_recall": 100,
    "speaker_end_to_end": (100, 50, 66.67),
    "speaker_accuracy": 100,
    "speaker_kind_accuracy": 100,
}


def figures(gold: list[Row], predicted: list[Row]) -> dict[str, Row]:
    rows = evaluate(*([{"id": "d", "text": TEXT, "attributions": side}] for side in (gold, predicted)))
    return {row["figure"]: row for row in rows}


def told(row: Row) -> Any:
    """What the scorer calls a figure: its value, or precision, recall and F1."""
    return row["value"] if "value" in row else tuple(row[name] for name in ("precision", "recall", "f1"))


def test_the_figures_of_a_small_document_are_those_of_the_scorer() -> None:
    found = figures(GOLD, PREDICTED)
    assert {name: told(found[name]) for name in EXPECTED} == EXPECTED


def test_no_figure_but_its_own_knows_of_a_nested_attribution() -> None:
    found, without = figures(GOLD, PREDICTED), figures([ANN, UNION, DI], PREDICTED[1:])
    assert found.pop("nested_recall") == {"figure": "nested_recall", "value": 100.0, "gold": 1}
    assert found == without
    assert {row for row in found if "polarity" in row} == set()  # Ann's statement was not found, and Bo's is left out


def test_a_prediction_closer_to_the_outer_statement_is_the_outer_one() -> None:
    found = figures(GOLD, [ANN])
    assert (found["nested_recall"]["value"], found["attribution"]["precision"]) == (0, 100)
    assert found["polarity_accuracy"]["gold"] == 1


def test_gold_without_nested_ones_has_no_such_figure() -> None:
    assert "nested_recall" not in figures([ANN, UNION], [ANN])


def test_content_without_a_word_counts_nowhere() -> None:
    mark = {**DI, "content": [[TEXT.index("“Yes"), TEXT.index("“Yes") + 1]]}
    assert figures([ANN, mark], [ANN, mark]) == figures([ANN], [ANN])


def test_every_figure_the_scorer_has_too_is_the_same_on_the_press() -> None:
    if not (SCORER.exists() and CORPUS.exists()):
        pytest.skip(f"{SCORER.name} or {CORPUS.name} is not on this machine")
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    lines = CORPUS.read_text(encoding="utf-8").split("\n")
    gold = {d["id"]: d for d in map(json.loads, filter(str.strip, lines))}
    documents = [Document(id_, record["text"]) for id_, record in gold.items()]
    predicted = {d.id: as_record(d, extract(d)) for d in documents}
    ours = {row["figure"]: told(row) for row in evaluate(gold.values(), predicted.values())}
    theirs = {
        name: (figure["p"], figure["r"], figure["f1"]) if isinstance(figure, dict) else figure
        for name, figure in scorer.score(gold, predicted).items()
    }
    both = {*ours} & {*theirs}
    assert {*EXPECTED, "cue_token", "content_exact_direct"} <= both
    assert {name: ours[name] for name in both} == {name: theirs[name] for name in both}
