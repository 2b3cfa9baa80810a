"""The two readings of the labelled pairs agree as far as the README says, and where they do the label is theirs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.train.pairs import PAIRS

TWICE = PAIRS.with_name("pairs-twice.jsonl")
LABELS = ("same", "conflicting", "different")

Labels = list[tuple[str, str]]
"""The first and the second label of each pair."""


def rows(path: Path) -> dict[str, dict[str, Any]]:
    return {(row := json.loads(line))["id"]: row for line in path.read_text(encoding="utf-8").splitlines()}


@pytest.fixture(scope="module")
def pairs() -> dict[str, dict[str, Any]]:
    return rows(PAIRS)


@pytest.fixture(scope="module")
def twice() -> dict[str, dict[str, Any]]:
    return rows(TWICE)


@pytest.fixture(scope="module")
def told() -> str:
    return " ".join((PAIRS.parent / "README.md").read_text(encoding="utf-8").split())


def both(some: list[dict[str, Any]]) -> Labels:
    return [(row["first"], row["label"]) for row in some]


def agreed(labels: Labels) -> int:
    return sum(first == second for first, second in labels)


def kappa(labels: Labels) -> float:
    """Cohen's: the agreement beyond what chance gives two readers who use each label as often as these."""
    first, second = Counter(one for one, _ in labels), Counter(two for _, two in labels)
    chance = sum(first[label] * second[label] for label in first) / len(labels) ** 2
    return (agreed(labels) / len(labels) - chance) / (1 - chance)


def against_the_others(labels: Labels, label: str) -> Labels:
    return [tuple(label if one == label else "other" for one in pair) for pair in labels]  # type: ignore[misc]


def test_every_pair_was_read_twice_and_the_file_has_no_text(
    pairs: dict[str, dict[str, Any]], twice: dict[str, dict[str, Any]]
) -> None:
    assert list(twice) == list(pairs)
    assert len(twice) == TWICE.read_bytes().count(b"\n")
    for row in twice.values():
        assert list(row) in (["id", "label", "first"], ["id", "label", "first", "unsure"])
        assert {row["label"], row["first"]} <= set(LABELS)
        assert row.get("unsure", True) is True


def test_a_label_is_that_of_a_reader(pairs: dict[str, dict[str, Any]], twice: dict[str, dict[str, Any]]) -> None:
    assert all(pairs[key]["label"] in (row["first"], row["label"]) for key, row in twice.items())


def test_the_readme_says_how_far_they_agree(
    pairs: dict[str, dict[str, Any]], twice: dict[str, dict[str, Any]], told: str
) -> None:
    labels = both(list(twice.values()))
    share, whole = 100 * agreed(labels) / len(labels), f"{agreed(labels)} of {len(labels)} pairs"
    assert f"{whole}, {share:.1f} %, with a Cohen's kappa of {kappa(labels):.2f}" in told
    written, others = (
        both([row for key, row in twice.items() if ("written" in pairs[key]) is is_written])
        for is_written in (True, False)
    )
    assert f"on {agreed(written)} of the {len(written)} written pairs" in told
    assert f"on {agreed(others)} of the {len(others)} others" in told


@pytest.mark.parametrize("label", LABELS)
def test_the_readme_says_how_far_they_agree_on_a_label(label: str, twice: dict[str, dict[str, Any]], told: str) -> None:
    labels = both(list(twice.values()))
    first, second = (sum(pair[n] == label for pair in labels) for n in (0, 1))
    counts = f"{first} | {second} | {labels.count((label, label))}"
    assert f"| `{label}` | {counts} | {kappa(against_the_others(labels, label)):.2f} |" in told


def test_the_readme_says_what_a_third_reader_decided(
    pairs: dict[str, dict[str, Any]], twice: dict[str, dict[str, Any]], told: str
) -> None:
    differ = [row for row in twice.values() if row["first"] != row["label"]]
    for_the_first = sum(pairs[row["id"]]["label"] == row["first"] for row in differ)
    assert f"decided the {len(differ)} others: for the first in {for_the_first}, for the second" in told
    assert f"for the second in {len(differ) - for_the_first}." in told
    unsure, doubted = (sum("unsure" in row for row in some) for some in (twice.values(), differ))
    assert f"the {unsure} pairs that the second called doubtful, {doubted} of the {len(differ)} among them" in told


def test_kappa_of_a_known_table() -> None:
    """Cohen's own kind of example: 20 both yes, 15 both no, 5 and 10 otherwise; chance 0.5, agreement 0.7."""
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert kappa([pair for pair, times in table.items() for _ in range(times)]) == pytest.approx(0.4)


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1))
def test_kappa_is_at_most_one_and_whole_agreement_is_one(labels: Labels) -> None:
    labels = [*labels, *((label, label) for label in LABELS)]
    assert kappa([(first, first) for first, _ in labels]) == pytest.approx(1)
    assert -1 <= kappa(labels) <= 1
    assert kappa(labels) == pytest.approx(kappa([(second, first) for first, second in labels]))
