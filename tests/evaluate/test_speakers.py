"""Figures of speakers, roles, bodies and conduits, on documents small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluate import evaluate
from quotes.evaluate.speakers import same_head, same_name

TEXT = "Ann Lee said that it was over. The fund said that it was late."
ANN = {"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 29]], "speaker": "Ann Lee", "speaker_kind": "person"}
FUND = {
    "source": [[31, 39]],
    "cue": [[40, 44]],
    "content": [[45, 61]],
    "speaker": "Relief Fund",
    "speaker_kind": "organisation",
}


def figures(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    rows = evaluate(
        [{"id": "d", "text": TEXT, "attributions": gold}], [{"id": "d", "text": TEXT, "attributions": predicted}]
    )
    return {row["figure"]: row for row in rows}


def test_gold_against_itself_is_right() -> None:
    found = figures([ANN, FUND], [ANN, FUND])
    assert found["attribution"]["f1"] == found["speaker_end_to_end"]["f1"] == 100
    assert found["speaker_accuracy"] == {"figure": "speaker_accuracy", "value": 100.0, "gold": 2}


def test_a_wrong_name_counts_against_both_sides_and_a_missing_one_against_recall() -> None:
    wrong = figures([ANN, FUND], [{**ANN, "speaker": "Lee"}, FUND])["speaker_end_to_end"]
    assert (wrong["precision"], wrong["recall"]) == (50, 50)
    unnamed = figures([ANN, FUND], [{**ANN, "speaker": None, "speaker_kind": "unnamed"}, FUND])["speaker_end_to_end"]
    assert (unnamed["precision"], unnamed["recall"]) == (100, 50)


def test_a_name_where_nobody_is_named_is_wrong_among_the_sure_answers() -> None:
    nobody = {**ANN, "speaker": None, "speaker_kind": "unnamed"}
    sure = figures([nobody, FUND], [{**ANN, "speaker_confidence": 0.95}, {**FUND, "speaker_confidence": 0.9}])
    assert sure["speaker_sure_right"] == {"figure": "speaker_sure_right", "value": 50.0, "gold": 2}


def test_a_confidence_as_often_right_as_it_says_has_no_error() -> None:
    answers = [{**ANN, "speaker_confidence": 0.5}, {**FUND, "speaker": "Fund Two", "speaker_confidence": 0.5}]
    assert figures([ANN, FUND], answers)["speaker_calibration_error"]["value"] == 0
    answers = [{**ANN, "speaker_confidence": 1.0}, {**FUND, "speaker": "Fund Two", "speaker_confidence": 1.0}]
    assert figures([ANN, FUND], answers)["speaker_calibration_error"]["value"] == 50


def test_acts_are_compared_where_gold_has_them() -> None:
    gold = [{**ANN, "act": "speech"}, {**FUND, "act": "writing"}]
    found = figures(gold, [{**ANN, "act": "speech"}, {**FUND, "act": "speech"}])
    assert found["act_accuracy"] == {"figure": "act_accuracy", "value": 50.0, "gold": 2}
    assert "act_accuracy" not in figures([ANN, FUND], [ANN, FUND])


def test_roles_and_bodies_are_compared_by_their_noun() -> None:
    gold = {**ANN, "role": "executive director of the fund", "organisation": "Relief Fund", "conduit": "AFP"}
    found = figures([gold, FUND], [{**ANN, "role": "director", "organisation": "Fund", "conduit": None}, FUND])
    assert found["role"]["f1"] == found["organisation"]["f1"] == 100
    assert found["conduit"]["recall"] == 0


def test_content_decides_what_is_compared() -> None:
    assert figures([ANN], [{**FUND, "speaker": "Ann Lee"}])["speaker_accuracy"]["gold"] == 0


@pytest.mark.parametrize(
    ("gold", "predicted", "person", "same"),
    [
        ("Ann Lee", "Dr. Ánn B. Lee", True, True),
        ("Ann Lee", "Lee", True, False),
        ("Lee", "Ann Lee", True, True),
        ("Relief Fund", "the Sark Relief Fund", False, True),
        ("Fund", "Sark Relief Fund", False, False),
        ("Ann Lee", None, True, False),
    ],
)
def test_same_name(gold: str, predicted: str | None, person: bool, same: bool) -> None:
    assert same_name(gold, predicted, person) is same


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("Gov.", "governor", True),
        ("director", "mayor of the town", False),
        ("Union of Dock Workers", "UDW", True),
        ("", "UDW", False),
    ],
)
def test_same_head(gold: str, predicted: str, same: bool) -> None:
    assert same_head(gold, predicted) is same


@given(st.text(), st.text())
def test_any_phrases_compare(a: str, b: str) -> None:
    assert same_head(a, b) in (True, False)
    assert same_name(a, b, person=True) in (True, False)
