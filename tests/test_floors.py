"""The figures may not fall: floors by corpus, each with the digest of what it was measured on; errors have ceilings.

To set them anew: `python -m tests.test_floors` raises floors and lowers ceilings to what the program reaches now, with
a margin of 0.5. With `--lower` those that it no longer keeps give way as well.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluate import evaluate
from quotes.evaluate.attributions import FIGURES
from quotes.pipeline import as_record, extract
from quotes.records import Document

FLOORS = Path(__file__).with_name("floors.json")
ROOT = Path(__file__).parents[1]
MARGIN = 0.5
TRAINING = "seeds/training/{}.jsonl"
FITTED = (
    *("britain", "africa", "asia", "antipodes", "science", "business", "features", "politics", "conflict", "longform"),
    *("society", "agency", "statements"),
)  # fmt: skip
LATER = (
    *("abroad", "american", "campaign", "environment", "foreign", "isles", "justice", "life", "magazine", "money"),
    *("policy", "research", "technology", "washington", "works"),
)  # fmt: skip
CORPORA = {
    "polnear_dev": ("../shared/corpora/polnear_dev.jsonl",),
    "speakers_dev": ("../shared/corpora/speakers_dev.jsonl",),
    "ood_dev": ("../shared/corpora/ood_dev.jsonl",),
    "modern_dev": ("../shared/corpora/modern_dev.jsonl",),
    "mali": ("../shared/seeds/mali-france24.gold.jsonl",),
    "seeds": ("seeds/*.gold.jsonl",),
    "training_fitted": tuple(map(TRAINING.format, FITTED)),
    "training_later": tuple(map(TRAINING.format, LATER)),
}
EVERY = {"training_fitted": 3}
"""Only each so-manieth document of a corpus is read, where all would take too long."""
SPEAKERS = (
    *("speaker_accuracy", "speaker_end_to_end", "speaker_kind_accuracy", "speaker_sure_right"),
    *("role", "organisation", "conduit"),
)
PINNED = {"floors": (*FIGURES, *SPEAKERS), "ceilings": ("calibration_error", "speaker_calibration_error")}

Figures = dict[str, float]


def corpus(name: str) -> list[str]:
    """The gold documents, as lines of JSON."""
    paths = [path for pattern in CORPORA[name] for path in sorted(ROOT.glob(pattern))]
    if len(paths) < len(CORPORA[name]):
        pytest.skip(f"{', '.join(CORPORA[name])}: not all are on this machine")
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").split("\n"))
    return list(filter(str.strip, lines))[:: EVERY.get(name, 1)]


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@cache
def extracted(id_: str, text: str) -> dict[str, Any]:
    """What the program makes of a text: read once, though two corpora have it."""
    document = Document(id_, text)
    return as_record(document, extract(document))


def measured(lines: list[str]) -> Figures:
    """Every figure of `quotes evaluate` that gold tells something of: F1, or its value."""
    gold = [json.loads(line) for line in lines]
    rows = evaluate(gold, [extracted(record["id"], record["text"]) for record in gold])
    return {row["figure"]: row.get("f1", row.get("value")) for row in rows if row.get("gold", row.get("predicted"))}


def broken(limits: dict[str, Figures], figures: Figures) -> list[str]:
    """One sentence for each floor and ceiling that is not kept."""
    low = [(n, floor, figures.get(n, 0.0)) for n, floor in limits["floors"].items()]
    high = [(n, ceiling, figures.get(n, 100.0)) for n, ceiling in limits["ceilings"].items()]
    return [f"{n} is {value}, below its floor of {floor}" for n, floor, value in low if value < floor] + [
        f"{n} is {value}, above its ceiling of {ceiling}" for n, ceiling, value in high if value > ceiling
    ]


@pytest.mark.parametrize("name", CORPORA)
def test_figures_keep_their_floors(name: str) -> None:
    lines, limits = corpus(name), json.loads(FLOORS.read_text())[name]
    assert digest(lines) == limits["sha256"], "the corpus has changed: measure the floors anew"
    problems = broken(limits, measured(lines))
    assert not problems, "\n".join([f"{name}:", *problems])


def test_every_limit_that_is_not_kept_is_named() -> None:
    limits = {"floors": {"role": 60.0, "conduit": 40.0}, "ceilings": {"calibration_error": 5.0}}
    assert broken(limits, {"role": 60.0, "conduit": 41.0, "calibration_error": 5.0}) == []
    assert broken(limits, {"role": 59.5, "calibration_error": 5.1}) == [
        "role is 59.5, below its floor of 60.0",
        "conduit is 0.0, below its floor of 40.0",
        "calibration_error is 5.1, above its ceiling of 5.0",
    ]


def test_every_training_article_is_of_one_part() -> None:
    assert sorted(FITTED + LATER) == sorted(path.stem for path in ROOT.glob(TRAINING.format("*")))


def limit(side: str, figure: float, before: float | None, lower: bool) -> float:
    """A floor or ceiling for a figure; the old one, where it is stricter and kept."""
    floors = side == "floors"
    new = round(figure - MARGIN if floors else figure + MARGIN, 2)
    if before is None or (lower and (figure < before if floors else figure > before)):
        return new
    return max(new, before) if floors else min(new, before)


@pytest.mark.parametrize(
    ("side", "figure", "lower", "new"),
    [
        ("floors", 60.2, False, 60.0),
        ("floors", 61.0, False, 60.5),
        ("floors", 50.0, False, 60.0),
        ("floors", 50.0, True, 49.5),
        ("floors", 60.2, True, 60.0),
        ("ceilings", 50.0, False, 50.5),
        ("ceilings", 59.8, False, 60.0),
        ("ceilings", 61.0, False, 60.0),
        ("ceilings", 61.0, True, 61.5),
    ],
)
def test_limits_only_give_way_where_asked(side: str, figure: float, lower: bool, new: float) -> None:
    assert limit(side, figure, 60.0, lower) == new


def write(lower: bool) -> None:
    """Set floors and ceilings to what the program reaches, with the margin."""
    old = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    new: dict[str, dict[str, Any]] = {}
    for name in CORPORA:
        lines = corpus(name)
        figures, before = measured(lines), old.get(name, {})
        new[name] = {"sha256": digest(lines)}
        for side, pinned in PINNED.items():
            was = before.get(side, {})
            limits = {n: limit(side, figures[n], was.get(n), lower) for n in pinned if n in figures}
            new[name][side] = {n: value for n, value in limits.items() if value > 0}
    FLOORS.write_text(json.dumps(new, indent=1) + "\n")


if __name__ == "__main__":
    write("--lower" in sys.argv)
