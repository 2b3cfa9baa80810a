"""Learns what the names of an article name: `python -m quotes.train.kinds --corpus FILE WEIGHT ...`.

In: annotated articles in JSON Lines whose attributions have speakers, articles with entities that a machine read, and
how much a name of each file counts.
Out: `quotes/resolve/data/kinds.json`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

import quotes.resolve
from quotes.detect import analyse
from quotes.evaluate.speakers import same_name
from quotes.records import Document, SpeakerKind
from quotes.resolve.kinds import KINDS, all_evidence
from quotes.resolve.proposals import proposals
from quotes.text.page import Page
from quotes.train.corpus import read_examples
from quotes.train.softmax import Choice, Features, fitted

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = Path(quotes.resolve.__file__).with_name("data") / "kinds.json"
LEAST_WEIGHT = 0.03
"""Smaller weights are left out of the file."""
OF_TYPE = {"PERSON": SpeakerKind.PERSON, "ORGANIZATION": SpeakerKind.ORGANISATION}
Gold = Mapping[str, Any]
Entities = Sequence[tuple[int, int, str]]
Known = set[tuple[str, SpeakerKind]]


@click.command(context_settings={"show_default": True})
@click.option("--corpus", type=(FILE, float), multiple=True, required=True, metavar="FILE WEIGHT", help="Repeatable.")
@click.option(
    "--entities",
    type=(FILE, FILE, float),
    multiple=True,
    metavar="FILE ENTITIES WEIGHT",
    help="Articles, and their entities by a machine by id, .gz allowed; repeatable.",
)
@click.option("--penalty", default=2.0, help="L2 penalty of the weights.")
@click.option("--folds", default=0, help="Write nothing: answer each of so many parts by weights fitted on the others.")
def main(
    corpus: tuple[tuple[Path, float], ...], entities: tuple[tuple[Path, Path, float], ...], penalty: float, folds: int
) -> None:
    """Learn what names name from annotated articles and write the weights."""
    articles = [(text, told_by_speakers(attributions), weight) for text, attributions, weight in _annotated(corpus)]
    articles += [(text, told_by_entities(text, found), weight) for text, found, weight in _read_by_machine(entities)]
    with ProcessPoolExecutor() as pool:
        choices = list(pool.map(kind_choices, *zip(*articles, strict=True), chunksize=8))
    if folds:
        parts = [_right(choices, fold, folds, penalty) for fold in range(folds)]
        right, whole = (sum(column) for column in zip(*parts, strict=True))
        click.echo(f"{right} of {whole} names right, {100 * right / whole:.1f} per cent")
        return
    _write(_by_kind(fitted([choice for article in choices for choice in article], penalty=penalty)))


def _right(choices: Sequence[list[Choice]], fold: int, folds: int, penalty: float) -> tuple[int, int]:
    """How many names of one part of the articles weights fitted on the others answer right, and how many it has."""
    known = [choice for n, article in enumerate(choices) if n % folds != fold for choice in article]
    asked = [choice for article in choices[fold::folds] for choice in article]
    weights = fitted(known, penalty=penalty)

    def score(evidence: Features) -> float:
        return sum(weights.get(name, 0.0) * value for name, value in evidence.items())

    return sum(c.right[max(range(len(KINDS)), key=lambda i: score(c.candidates[i]))] for c in asked), len(asked)


def _annotated(corpus: Sequence[tuple[Path, float]]) -> Iterator[tuple[str, list[Gold], float]]:
    for path, weight in corpus:
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
            gold = json.loads(line)
            yield gold["text"], gold["attributions"], weight


def _read_by_machine(given: Sequence[tuple[Path, Path, float]]) -> Iterator[tuple[str, Entities, float]]:
    for path, entities, weight in given:
        for example in read_examples(path, entities):
            yield example.text, example.entities or (), weight


def told_by_speakers(attributions: Sequence[Gold]) -> Known:
    """Names whose kind annotated attributions tell: speakers, and the bodies that they speak for."""
    known = set()
    for item in attributions:
        if item.get("speaker") and item.get("speaker_kind") in KINDS:
            known.add((item["speaker"], SpeakerKind(item["speaker_kind"])))
        if item.get("organisation"):
            known.add((item["organisation"], SpeakerKind.ORGANISATION))
    return known


def told_by_entities(text: str, entities: Entities) -> Known:
    """Names that a machine took for persons and bodies."""
    return {(" ".join(text[start:end].split()), OF_TYPE[type_]) for start, end, type_ in entities if type_ in OF_TYPE}


def kind_choices(text: str, known: Known, weight: float = 1.0) -> list[Choice]:
    """For each name of an article whose kind is known: which of KINDS it is."""
    page = Page(text)
    read = analyse(Document("article", text), page=page).names
    names = [replace(name, span=page.inward(name.span)) for name in read]
    found, _ = proposals(page, names)
    out = []
    for words, _, told in all_evidence(page, found, names):
        kinds = {kind for name, kind in known if _is_form(" ".join(words), name, kind)}
        if len(kinds) == 1:
            each = [{f"{kind}|{key}": value for key, value in told.items()} for kind in KINDS]
            out.append(Choice(each, [kind in kinds for kind in KINDS], weight))
    return out


def _is_form(written: str, name: str, kind: SpeakerKind) -> bool:
    """Whether what is written is a name, or the surname of a person's."""
    if written == name:
        return True
    if kind is SpeakerKind.GROUP:
        return False
    person = kind is SpeakerKind.PERSON
    return same_name(name, written, person) or (person and " " not in written and name.split()[-1] == written)


def _by_kind(weights: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Weights by kind, without those that are next to nothing."""
    out: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for key, weight in weights.items():
        kind, _, name = key.partition("|")
        if abs(weight) >= LEAST_WEIGHT:
            out[kind][name] = round(weight, 3)
    return dict(out)


def _write(weights: Mapping[str, Mapping[str, float]]) -> None:
    text = json.dumps(weights, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
