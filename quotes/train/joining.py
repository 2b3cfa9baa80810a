"""Learns which short names of bodies stand for longer ones: `python -m quotes.train.joining --corpus FILE ...`.

In: annotated articles in JSON Lines whose attributions have speakers, and pairs of names that somebody judged by hand.
Out: `quotes/resolve/data/joining.json`. Annotators give the fullest name: where the source of an attribution is a short
name and its speaker a longer one, they are the same body; what is a speaker or organisation itself stands for none.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

import quotes.resolve
from quotes.detect import analyse
from quotes.records import Document, Span, SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.joining import Form, Options, all_evidence
from quotes.text.names import name_key
from quotes.text.page import Page
from quotes.train.softmax import Choice, Features, fitted

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = Path(quotes.resolve.__file__).with_name("data") / "joining.json"
LEAST_WEIGHT = 0.03
"""Smaller weights are left out of the file."""
BODY = SpeakerKind.ORGANISATION
INITIALS = ("initials", "initials with small words")
Judged = Mapping[str, str | None]
"""Short name -> the longer one, or none, by their keys."""


@click.command(context_settings={"show_default": True})
@click.option("--corpus", type=FILE, multiple=True, required=True, help="Repeatable.")
@click.option("--judged", type=FILE, multiple=True, help="By article, what short names are short for; repeatable.")
@click.option("--penalty", default=1.0, help="L2 penalty of the weights.")
@click.option("--folds", default=0, help="Write nothing: answer each of so many parts by weights fitted on the others.")
def main(corpus: tuple[Path, ...], judged: tuple[Path, ...], penalty: float, folds: int) -> None:
    """Learn which names of bodies are short for others and write the weights."""
    pairs = {item["id"]: item["short_for"] for item in _lines(judged)}
    articles = list(_lines(corpus))
    with ProcessPoolExecutor() as pool:
        given = [pairs.get(article["id"], {}) for article in articles]
        choices = list(pool.map(choices_of, articles, given, chunksize=8))
    if folds:
        click.echo(_told([_answers(choices, fold, folds, penalty) for fold in range(folds)]))
        return
    weights = fitted([choice for article in choices for choice in article], penalty=penalty)
    kept = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}
    text = json.dumps(kept, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(f"{text}\n", encoding="utf-8")


def _lines(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))


def choices_of(article: Mapping[str, Any], judged: Judged) -> list[Choice]:
    """For each short name of which it is known: which longer name it stands for, the last candidate being none."""
    page = Page(article["text"])
    read = analyse(Document(article["id"], article["text"]), page=page).names
    names = [replace(name, span=page.inward(name.span)) for name in read]
    cast = Cast(page, names)
    known = Told(page, cast, article["attributions"], judged)
    out = []
    for short, options, none in all_evidence(page, cast.found, names):
        answer = known.of(short, options)
        keys = [" ".join(long.words) for long, _ in options]
        if answer is None or answer in keys:
            right = [key == answer for key in keys]
            out.append(Choice([*(told for _, told in options), none], [*right, answer is None]))
    return out


class Told:
    """What is known of the names of bodies of one article."""

    def __init__(self, page: Page, cast: Cast, attributions: Sequence[Mapping[str, Any]], judged: Judged) -> None:
        self.judged = judged
        bodies = [a for a in attributions if a.get("speaker") and a.get("speaker_kind") == BODY]
        employers = [a["organisation"] for a in attributions if a.get("organisation")]
        self.full = {name_key(name) for name in [*(a["speaker"] for a in bodies), *employers]}
        self.stands_for: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for attribution in bodies:
            for start, end in attribution["source"]:
                span = page.inward(Span(start, end))
                names = [m.name for m, _ in cast.between(span.start, span.end) if m.kind in (BODY, None)]
                if len(names) == 1:
                    self.stands_for[name_key(names[0])][name_key(attribution["speaker"])] += 1

    def of(self, short: Form, options: Options) -> str | None:
        """The key of the longer name that a short one stands for; none for none, "?" where it is not known."""
        key = " ".join(short.words)
        if key in self.judged:
            return self.judged[key]
        if key in self.full:  # beside its initials, the annotators gave now the one and now the other
            return next((" ".join(long.words) for long, told in options if any(map(told.get, INITIALS))), None)
        return self.stands_for[key].most_common(1)[0][0] if self.stands_for[key] else "?"


def _answers(choices: Sequence[list[Choice]], fold: int, folds: int, penalty: float) -> Counter[str]:
    """How weights fitted on the other parts answer one part of the articles."""
    weights = fitted([c for n, article in enumerate(choices) if n % folds != fold for c in article], penalty=penalty)
    counts: Counter[str] = Counter()
    for choice in (choice for article in choices[fold::folds] for choice in article):
        best = max(range(len(choice.candidates)), key=partial(_score, weights, choice.candidates))
        joined, right = best + 1 < len(choice.candidates), choice.right[best]
        counts.update(asked=1, right=right, joined=joined, well=joined and right, joinable=not choice.right[-1])
    return counts


def _score(weights: Features, candidates: Sequence[Features], i: int) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in candidates[i].items())


def _told(parts: Sequence[Counter[str]]) -> str:
    whole = sum(parts, Counter[str]())
    precision, recall = 100 * whole["well"] / whole["joined"], 100 * whole["well"] / whole["joinable"]
    return f"{whole['right']} of {whole['asked']} right; joined: precision {precision:.1f}, recall {recall:.1f}"


if __name__ == "__main__":
    main()
