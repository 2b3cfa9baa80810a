"""Trains how likely an attribution is a statement: `python -m quotes.train.statements CORPORA`.

In: the folder with `press_train.jsonl` (every attribution carries `statement`) and `polnear_train.jsonl` (676 of its
attributions are labelled in `statements.csv`, and all of them tell how often contents under a verb are quoted). Out:
`quotes/detect/statements.json`. The press is also read by the detector, and what it finds is labelled by the annotated
attribution with the same content, so that the weights know its spans; what overlaps no annotated content is no
statement. Prints the figures of a cross-validation by article. Needs numpy; deterministic; takes half a minute.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.detect import analyse
from quotes.detect.acts import act_of
from quotes.detect.statements import _WORD, features, head_of, stem
from quotes.evaluate.attributions import calibration_error
from quotes.evaluate.speakers import paired
from quotes.evaluate.warnings import area
from quotes.records import Document, Kind, Span
from quotes.text.page import Page
from quotes.train.calibrate import as_json

Floats = NDArray[np.float64]
FOLDS = 10
RIDGE = 1.0  # by cross-validation, where 0.5 to 2 are alike
MISSED = 2.5  # a statement that lists leave out costs as much as so many attitudes that they show
LEAST_SEEN = 4  # articles in which a feature must be met to have a weight
LEAST_VERBS = 8  # attributions from which the share of a verb's contents in quotation marks is told
SMOOTH = 4.0  # attributions of the mean share that every verb is given
ROLES = ("cue", "source", "content")


@dataclass(frozen=True, slots=True)
class Example:
    """The features of an attribution, whether it is a statement, the article, and how much it counts."""

    features: dict[str, float]
    statement: bool
    article: str
    weight: float


def main(folder: Path) -> None:
    """Trains on the corpora in a folder, prints how good the weights are, and writes them."""
    press, polnear = (_read(folder / f"{name}_train.jsonl") for name in ("press", "polnear"))
    quoted = quoted_shares(polnear.values())
    examples = [*_of_press(press.values(), quoted), *_of_polnear(polnear, quoted)]
    for name, value in cross_validated(examples).items():
        print(f"{name}: {value}")  # noqa: T201
    names, weights = fitted(examples)
    kept = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.02}
    target = Path(__file__).parents[1] / "detect" / "statements.json"
    used = {verb: round(share, 2) for verb, share in sorted(quoted.items())}
    target.write_text(json.dumps({"features": kept, "quoted": used}, indent=0) + "\n", encoding="utf-8")


def quoted_shares(documents: Iterable[dict[str, Any]]) -> dict[str, float]:
    """By stem of the last verb of a cue, the logit of the share of its contents that hold quotation marks."""
    seen: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for document in documents:
        page = Page(document["text"])
        for item in document["attributions"]:
            if item["cue"] and item["content"]:
                cue, _, content = _spans(page, item)
                head = head_of([stem(word) for span in cue for word in _WORD.findall(span.of(page.text))])
                seen[head] += 1
                marked[head] += page.kind(content) is not Kind.INDIRECT
    mean = sum(marked.values()) / sum(seen.values())
    shares = {v: (marked[v] + SMOOTH * mean) / (n + SMOOTH) for v, n in seen.items() if v and n >= LEAST_VERBS}
    return {verb: float(np.log(share / (1 - share)) - np.log(mean / (1 - mean))) for verb, share in shares.items()}


def fitted(examples: list[Example]) -> tuple[list[str], Floats]:
    """Names and weights of the features met in enough articles, by ridge-penalised logistic regression."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        for name in example.features:
            articles[name].add(example.article)
    names = sorted(name for name, where in articles.items() if len(where) >= LEAST_SEEN)
    table = _table(examples, names)
    right = np.array([float(e.statement) for e in examples])
    counts = np.array([e.weight * (MISSED if e.statement else 1.0) for e in examples])
    penalty = np.full(len(names), RIDGE)
    penalty[names.index("always")] = 0.01
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (counts * (right - chance)) - penalty * weights
        curve = (table * (counts * chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return names, weights


def cross_validated(examples: list[Example]) -> dict[str, float]:
    """Figures on articles that the weights have not seen, in FOLDS folds."""
    order = sorted({e.article for e in examples})
    fold = {article: number % FOLDS for number, article in enumerate(order)}
    told: list[tuple[float, bool]] = []
    for number in range(FOLDS):
        names, weights = fitted([e for e in examples if fold[e.article] != number])
        held = [e for e in examples if fold[e.article] == number]
        scores = _table(held, names) @ weights
        told += [(float(1 / (1 + np.exp(-s))), e.statement) for s, e in zip(scores, held, strict=True)]
    return figures(told)


def figures(told: list[tuple[float, bool]]) -> dict[str, float]:
    """AUC, accuracy, recall and precision of statements at 0.5, and calibration error, in per cent."""
    wanted, given = sum(right for _, right in told), sum(sure >= 0.5 for sure, _ in told)
    hits = sum(right and sure >= 0.5 for sure, right in told)
    out = {
        "auc": area(told),
        "accuracy": sum((sure >= 0.5) == right for sure, right in told) / len(told),
        "recall": hits / max(1, wanted),
        "precision": hits / max(1, given),
        "calibration error": calibration_error(told),
    }
    return {"count": len(told), **{name: round(100 * value, 2) for name, value in out.items()}}


def _table(examples: list[Example], names: list[str]) -> Floats:
    index = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(examples), len(names)))
    for row, example in enumerate(examples):
        for name, value in example.features.items():
            if name in index:
                table[row, index[name]] = value
    return table


def _of_press(documents: Iterable[dict[str, Any]], quoted: dict[str, float]) -> Iterator[Example]:
    """Annotated attributions, and what the detector makes of the same articles; either counts half."""
    for document in documents:
        text, page = document["text"], Page(document["text"])
        gold = document["attributions"]
        for item in gold:
            yield Example(_features(page, item, quoted), item["statement"], document["id"], 0.5)
        found = as_json(list(analyse(Document(document["id"], text)).attributions))
        label = {id(pair.predicted): pair.gold["statement"] for pair in paired(text, gold, found)}
        for item in found:
            beside = any(s < end and start < e for s, e in item["content"] for g in gold for start, end in g["content"])
            if id(item) in label or not beside:
                right = label.get(id(item), False)
                yield Example(_features(page, item, quoted), right, document["id"], 0.5)


def _of_polnear(documents: dict[str, dict[str, Any]], quoted: dict[str, float]) -> Iterator[Example]:
    with Path(__file__).with_name("statements.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            document = documents[row["article"]]
            page = Page(document["text"])
            item = next(i for i in document["attributions"] if _at(i) == (row["content"], row["cue"]))
            yield Example(_features(page, item, quoted), row["statement"] == "1", row["article"], 1.0)


def _at(item: dict[str, Any]) -> tuple[str, str]:
    first = [str(item[role][0][0]) if item[role] else "" for role in ("content", "cue")]
    return first[0], first[1]


def _features(page: Page, item: dict[str, Any], quoted: dict[str, float]) -> dict[str, float]:
    cue, source, content = _spans(page, item)
    act = act_of(" ".join(span.of(page.text) for span in cue))
    return features(page.text, page.states, cue, source, content, page.kind(content), act, quoted)


def _spans(page: Page, item: dict[str, Any]) -> tuple[tuple[Span, ...], ...]:
    """Cue, source and content of an annotated attribution, on the page."""
    return tuple(tuple(page.inward(Span(s, e)) for s, e in item[role]) for role in ROLES)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return {document["id"]: document for document in map(json.loads, lines)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
