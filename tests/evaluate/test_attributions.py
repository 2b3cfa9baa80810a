import textwrap
from typing import Any

import pytest

from quotes.evaluate import calibration_error, evaluate, intervals, outcomes, score

TEXT = "“We will rebuild,” Ines Okoro said on Monday. The union said that pay would rise."


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def attribution(source: str, cue: str, content: str, confidence: float | None = None) -> dict[str, Any]:
    roles = {"source": [span(source)], "cue": [span(cue)], "content": [span(content)]}
    return roles if confidence is None else {**roles, "confidence": confidence}


DIRECT = attribution("Ines Okoro", "said", "“We will rebuild,”")
INDIRECT = attribution("The union", "said that", "pay would rise")
GOLD = {"a": {"text": TEXT, "attributions": [DIRECT, INDIRECT]}}


def test_a_perfect_prediction_has_100_everywhere() -> None:
    got = score(GOLD, GOLD)
    assert {name: f.f1 for name, f in got.items() if f.gold} == dict.fromkeys(
        [n for n, f in got.items() if f.gold], 100.0
    )
    assert (got["attribution_direct"].gold, got["attribution_indirect"].gold, got["attribution_mixed"].gold) == (
        1,
        1,
        0,
    )


def test_marks_and_punctuation_at_an_edge_never_count() -> None:
    bare = attribution("Ines Okoro", "said", "We will rebuild")
    assert score(GOLD, {"a": {"attributions": [bare, INDIRECT]}})["content_exact"].f1 == 100


def test_a_wrong_source_is_a_wrong_attribution_with_the_right_content() -> None:
    wrong = attribution("The union", "said", "“We will rebuild,”")
    got = score(GOLD, {"a": {"attributions": [wrong, INDIRECT]}})
    assert (got["attribution"].f1, got["content_exact"].f1) == (50, 100)


def test_a_missing_document_counts_as_empty() -> None:
    got = score(GOLD, {})["attribution"]
    assert (got.precision, got.recall, got.gold, got.predicted) == (0, 0, 2, 0)


def test_intervals_hold_the_figure() -> None:
    gold = {str(i): GOLD["a"] for i in range(6)}
    predicted = {str(i): {"attributions": [DIRECT] if i % 2 else [DIRECT, INDIRECT]} for i in range(6)}
    low, high = intervals(gold, predicted, samples=200)["attribution"]
    assert low < score(gold, predicted)["attribution"].f1 < high


def test_lengths_are_counted_apart() -> None:
    long = {"a": {"text": "Ann said " + "so " * 31, "attributions": [{"source": [[0, 3]], "content": [[9, 101]]}]}}
    got = score(GOLD | {"b": long["a"]}, GOLD)
    assert (got["attribution_1_to_5"].f1, got["attribution_1_to_5"].gold) == (100, 2)
    assert (got["attribution_from_31"].f1, got["attribution_from_31"].gold) == (0, 1)


def test_trust_is_measured_among_the_sure() -> None:
    right = attribution("Ines Okoro", "said", "We will rebuild", 0.9)
    wrong = attribution("Ines Okoro", "said that", "pay would rise", 0.95)
    unsure = attribution("The union", "said that", "pay would rise", 0.2)
    gold, predicted = ({"id": "a", "text": TEXT, "attributions": a} for a in ([DIRECT, INDIRECT], [right, wrong]))
    rows = {row["figure"]: row for row in evaluate([gold], [predicted])}
    assert (rows["right_at_confidence_0.9"]["value"], rows["right_at_confidence_0.9"]["predicted"]) == (50, 2)
    assert rows["attribution"]["low"] <= rows["attribution"]["f1"] <= rows["attribution"]["high"]
    rows = {row["figure"]: row for row in evaluate([gold], [{**predicted, "attributions": [right, unsure]}])}
    assert (rows["right_at_confidence_0.9"]["value"], rows["right_at_confidence_0.9"]["predicted"]) == (100, 1)


def test_outcomes_go_with_confidence() -> None:
    right = attribution("Ines Okoro", "said", "We will rebuild", 0.9)
    wrong = attribution("Ines Okoro", "said that", "pay would rise", 0.3)
    assert sorted(outcomes(GOLD, {"a": {"attributions": [right, wrong]}})) == [(0.3, False), (0.9, True)]


def test_calibration_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(0.95, False), (0.95, True)]) == pytest.approx(0.45)
    assert calibration_error([]) == 0


def test_a_wrapped_text_has_the_figures_of_the_same_text_unwrapped() -> None:
    words = (
        "“We will not risk a single life on the old bridge over the river,” said Ines Okoro, who has been mayor since "
        "the flood, and “We shall not open it before the summer, whatever anybody says,” said Helga Strand."
    )
    second = words.index("“We shall"), words.index(",” said Helga") + 2, words.index("Helga"), len(words) - 1
    spots = ((0, words.index(",”") + 2, words.index("Ines"), words.index(", who")), second)

    def document(text: str) -> dict[str, Any]:
        items = [{"content": [[a, b]], "cue": [], "source": [[c, d]]} for a, b, c, d in spots]
        return {"id": "bridge", "text": text, "attributions": items}

    wrapped = textwrap.fill(words, 60)
    assert len(wrapped) == len(words)
    figures = [evaluate([document(text)], [document(text)]) for text in (words, wrapped)]
    assert figures[0] == figures[1]
    assert next(row for row in figures[1] if row["figure"] == "attribution_direct")["gold"] == 2
