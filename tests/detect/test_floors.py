"""The figures may not fall: floors by corpus, each with the digest of the file it was measured on.

To set them anew: `python -m tests.detect.test_floors` raises them to what the model reaches now, less a margin of 0.5.
With `--lower` those that it no longer reaches fall to that as well.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from quotes.detect import detect
from quotes.evaluate import calibration_error, outcomes, score
from quotes.records import Document

FLOORS = Path(__file__).with_name("floors.json")
ROOT = Path(__file__).parents[2]
MARGIN = 0.5
CALIBRATION_ERROR = 0.05
CORPORA = {
    "polnear_dev": "../shared/corpora/polnear_dev.jsonl",
    "ood_dev": "../shared/corpora/ood_dev.jsonl",
    "mali": "../shared/seeds/mali-france24.gold.jsonl",
    "seeds": "seeds/*.gold.jsonl",
}


def corpus(name: str) -> bytes:
    """The gold documents as JSON Lines."""
    paths = sorted(ROOT.glob(CORPORA[name])) if "*" in CORPORA[name] else [ROOT / CORPORA[name]]
    if not paths or not paths[0].exists():
        pytest.skip(f"{CORPORA[name]} is not on this machine")
    return b"".join(path.read_bytes() for path in paths)


def measured(gold_lines: bytes) -> tuple[dict[str, float], list[tuple[float, bool]]]:
    lines = gold_lines.decode().split("\n")
    gold = {d["id"]: d for d in map(json.loads, filter(str.strip, lines))}
    predicted = {
        id_: {"attributions": [as_json(a) for a in detect(Document(id_, d["text"]))]} for id_, d in gold.items()
    }
    return {name: figure.f1 for name, figure in score(gold, predicted).items()}, outcomes(gold, predicted)


def as_json(attribution: Any) -> dict[str, Any]:
    roles = {r: [[s.start, s.end] for s in getattr(attribution, r)] for r in ("source", "cue", "content")}
    return {**roles, "confidence": attribution.confidence}


def digest(gold_lines: bytes) -> str:
    return hashlib.sha256(gold_lines).hexdigest()


@pytest.mark.parametrize("name", CORPORA)
def test_figures_keep_their_floors(name: str) -> None:
    gold, floors = corpus(name), json.loads(FLOORS.read_text())[name]
    assert digest(gold) == floors["sha256"], "the corpus has changed: measure the floors anew"
    figures, results = measured(gold)
    fallen = {n: (figures[n], floor) for n, floor in floors["f1"].items() if figures[n] < floor}
    assert not fallen
    if name == "polnear_dev":
        assert calibration_error(results) <= CALIBRATION_ERROR


def write(lower: bool) -> None:
    """Set the floors to what the model reaches, less the margin."""
    old = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    new = {}
    for name in CORPORA:
        gold = corpus(name)
        before, floors = old.get(name, {}).get("f1", {}), {}
        for figure, f1 in measured(gold)[0].items():
            floor = before.get(figure, 0.0)
            floors[figure] = round(f1 - MARGIN, 2) if lower and f1 < floor else max(round(f1 - MARGIN, 2), floor)
        new[name] = {"sha256": digest(gold), "f1": floors}
    FLOORS.write_text(json.dumps(new, indent=1) + "\n")


if __name__ == "__main__":
    write("--lower" in sys.argv)
