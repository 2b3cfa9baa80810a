"""Trains the weights by which pronouns find whom they stand for: `python -m quotes.train.resolver CORPORA`.

In: the folder with `polnear_train.jsonl` and `polnear_train_silver.jsonl.gz` (coreference chains by a machine, noisy).
Out: `quotes/resolve/data/references.json`. For every source that is a pronoun, the entity that its chain names is the
right one and the other candidates are wrong; where the chain names none of them, "none" is. One document in ten is held
out, and its figures are printed. Needs numpy, takes a minute or two.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.records import Act, Attribution, Document, Kind, Span
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.resolve.phrases import Sort
from quotes.resolve.references import FEATURES, INDEX, candidates, features
from quotes.resolve.speakers import Speakers
from quotes.text.page import Page

PRONOUNS = {Sort.HE: "he", Sort.SHE: "he", Sort.IT: "it"}
HELD_OUT = 10  # every tenth document
STEPS, RATE = 3000, 0.5
PRIOR = 60.0  # examples that the weights set by hand count for: the chains are noisy, and hardly know "it"
# What one would guess: the weights start here, and stay near where the chains say little.
BY_HAND = {
    "he": {
        "none": -1.0, "same sentence": 1.5, "1 back": 1.2, "2 back": 0.6, "5-8 back": -0.6, "farther": -1.2,
        "ahead": -1.5, "same paragraph": 0.4, "subject": 0.5, "in quotes": -0.8, "owner": -0.6,
        "last speaker": 1.8, "last speaker here": 0.7, "speaker before": 0.3, "often named": 0.5,
        "often spoke": 0.4, "gender fits": 1.0, "nearest": 0.6, "second": 0.1, "only one": 0.6,
        "first of article": 0.3, "unsure kind": -0.8,
    },
    "it": {
        "none": 1.0, "same sentence": 1.0, "1 back": 0.8, "2 back": 0.2, "3-4 back": -0.4, "5-8 back": -1.0,
        "farther": -1.6, "ahead": -2.0, "same paragraph": 0.4, "subject": 0.8, "in quotes": -0.5, "owner": -0.6,
        "last speaker": 2.2, "last speaker here": 0.7, "speaker before": 0.3, "often named": 0.3,
        "often spoke": 0.3, "nearest": 0.5, "second": 0.1, "only one": 0.3, "first of article": 0.3,
        "unsure kind": -0.5,
    },
}  # fmt: skip
Example = tuple[list[list[int]], int]  # features of the candidates and "none" behind them; which is right


def main(folder: Path) -> None:
    """Trains on the corpora in a folder, prints how good the weights are, and writes them."""
    trained: dict[str, list[float]] = {}
    known, held = _examples(folder)
    for pronoun in ("he", "it"):
        weights = fit(known[pronoun], np.array([BY_HAND[pronoun].get(name, 0.0) for name in FEATURES]))
        figures = f"{accuracy(known[pronoun], weights)}, held out {accuracy(held[pronoun], weights)}"
        print(f"{pronoun}: {len(known[pronoun])} examples, right {figures}")  # noqa: T201
        trained[pronoun] = [round(float(weight), 3) for weight in weights]
    target = Path(__file__).parents[1] / "resolve" / "data" / "references.json"
    target.write_text(json.dumps({"features": FEATURES, "weights": trained}) + "\n", encoding="utf-8")


def fit(examples: list[Example], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the softmax that makes the right candidates likeliest, by gradient descent from the prior."""
    widest = max(len(rows) for rows, _ in examples)
    table = np.zeros((len(examples), widest, len(FEATURES)), dtype=np.float32)
    there = np.zeros((len(examples), widest), dtype=bool)
    right = np.array([label for _, label in examples])
    for i, (rows, _) in enumerate(examples):
        for j, row in enumerate(rows):
            table[i, j, row] += 1
            there[i, j] = True
    weights = prior.copy()
    wanted = table[np.arange(len(examples)), right].mean(axis=0)
    for _ in range(STEPS):
        scores = np.where(there, table @ weights, -1e9)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        expected = np.einsum("ij,ijk->k", shares, table) / len(examples)
        weights += RATE * (wanted - expected - PRIOR / len(examples) * (weights - prior))
    return weights


def accuracy(examples: list[Example], weights: NDArray[np.float64]) -> float:
    """Share of the examples whose likeliest candidate is the right one."""
    best = [int(np.argmax([weights[row].sum() for row in rows])) for rows, _ in examples]
    return round(float(np.mean([b == label for b, (_, label) in zip(best, examples, strict=True)])), 3)


def _examples(folder: Path) -> tuple[dict[str, list[Example]], dict[str, list[Example]]]:
    with gzip.open(folder / "polnear_train_silver.jsonl.gz", "rt", encoding="utf-8") as lines:
        silver = {d["id"]: d["coreference"] for d in map(json.loads, lines)}
    known: dict[str, list[Example]] = {"he": [], "it": []}
    held: dict[str, list[Example]] = {"he": [], "it": []}
    with (folder / "polnear_train.jsonl").open(encoding="utf-8") as lines:
        for number, document in enumerate(map(json.loads, lines)):
            side = held if number % HELD_OUT == 0 else known
            for pronoun, example in _of_document(document, silver.get(document["id"], [])):
                side[pronoun].append(example)
    return known, held


def _of_document(document: dict[str, Any], chains: list[list[list[int]]]) -> Iterator[tuple[str, Example]]:
    page = Page(document["text"])
    speakers = Speakers(Document(document["id"], document["text"]), page=page)
    chains = [[_place(page, *mention) for mention in chain] for chain in chains]
    named = {start: chain for chain in chains for start, _ in chain}
    attributions = [page.read(_attribution(item)) for item in document["attributions"] if item["content"]]
    for attribution in sorted(attributions, key=lambda a: (a.source or a.cue or a.content)[0].start):
        before = speakers.spoken.copy()
        found = speakers.of(attribution)
        sort, at = found.source.sort, found.source.start
        if sort in PRONOUNS and at in named:
            options = candidates(speakers.cast, at, sort.value)
            label = _right(speakers.cast, named[at], options)
            if options and label is not None:
                rows = [*features(speakers.cast, at, sort.value, options, before), [INDEX["none"]]]
                yield PRONOUNS[sort], (rows, label)


def _place(page: Page, start: int, end: int) -> list[int]:
    span = page.inward(Span(start, end))
    return [span.start, span.end]


def _right(cast: Cast, chain: list[list[int]], options: list[Entity]) -> int | None:
    """The number of the candidate that the chain names oftenest; that of "none" where it names another."""
    votes: Counter[Entity] = Counter()
    for start, end in chain:
        if end - start < 60:
            votes.update(entity for mention, entity in cast.between(start, end) if abs(mention.end - end) <= 2)
    if not votes:
        return None
    best = votes.most_common(1)[0][0]
    return options.index(best) if best in options else len(options)


def _attribution(item: dict[str, Any]) -> Attribution:
    content, cue, source = (tuple(Span(s, e) for s, e in item[part]) for part in ("content", "cue", "source"))
    return Attribution(content, cue, source, kind=Kind.INDIRECT, act=Act.SPEECH, confidence=1.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
