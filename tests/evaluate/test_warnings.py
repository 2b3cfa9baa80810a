"""Figures of polarity, source type and statement confidence, on pairs that can be counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluate.warnings import area
from tests.evaluate.test_speakers import ANN, FUND, figures


def test_nothing_is_told_where_gold_does_not_tell() -> None:
    found = figures([ANN, FUND], [{**ANN, "polarity": "denied", "statement_confidence": 0.9}, FUND])
    assert not [name for name in found if name.startswith(("polarity", "source_type", "statement"))]


def test_polarity_is_counted_by_class() -> None:
    gold = [{**ANN, "polarity": "denied"}, {**FUND, "polarity": "affirmed"}]
    found = figures(gold, [{**ANN, "polarity": "denied"}, {**FUND, "polarity": "denied"}])
    assert found["polarity_accuracy"]["value"] == 50
    denied = found["polarity_denied"]
    assert (denied["precision"], denied["recall"], denied["predicted"], denied["gold"]) == (50, 100, 2, 1)
    assert "polarity_questioned" not in found


def test_source_types_are_counted_by_class() -> None:
    gold = [{**ANN, "source_type": "named person"}, {**FUND, "source_type": "document"}]
    found = figures(gold, [{**ANN, "source_type": "named person"}, {**FUND, "source_type": "named organisation"}])
    assert found["source_type_accuracy"]["value"] == 50
    assert found["source_type_named_person"]["f1"] == 100
    assert found["source_type_document"]["recall"] == 0


def test_statements_are_those_from_one_half() -> None:
    gold = [{**ANN, "statement": True}, {**FUND, "statement": False}]
    found = figures(gold, [{**ANN, "statement_confidence": 0.5}, {**FUND, "statement_confidence": 0.49}])
    assert found["statement_accuracy"]["value"] == found["statement"]["f1"] == found["statement_auc"]["value"] == 100
    assert found["statement_calibration_error"]["value"] == pytest.approx(49.5)


def test_an_equal_confidence_is_half_a_win() -> None:
    assert area([(0.5, True), (0.5, False)]) == 0.5
    assert area([(0.2, True), (0.5, False), (0.9, True)]) == 0.5
    assert area([(0.9, True)]) == 1


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.9]), st.booleans())))
def test_the_area_is_the_share_of_pairs_in_order(told: list[tuple[float, bool]]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a, yes in told if yes for b, other in told if not other]
    assert area(told) == pytest.approx(sum(pairs) / len(pairs) if pairs else 1)
