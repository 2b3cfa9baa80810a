"""Learns which small words belong to an office in front of a name: `python -m quotes.train.descriptions FILE ...`.

In: annotated articles in JSON Lines whose attributions have speakers and roles.
Out: `quotes/resolve/data/descriptions.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import takewhile
from pathlib import Path
from typing import Any

import click

import quotes.resolve
from quotes.resolve.roles import LINKS, beside
from quotes.text.names import plain
from quotes.text.page import Page
from quotes.train.softmax import Choice, fitted

SMALL = LINKS | {"and", "the"}  # inside the names of bodies
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = Path(quotes.resolve.__file__).with_name("data") / "descriptions.json"
LEAST_WEIGHT = 0.05
"""Smaller weights are left out of the file."""


@click.command(context_settings={"show_default": True})
@click.argument("corpus", type=FILE, nargs=-1, required=True)
@click.option("--penalty", default=0.5, help="L2 penalty of the weights.")
@click.option("--folds", default=0, help="Write nothing: answer each of so many parts by weights fitted on the others.")
def main(corpus: tuple[Path, ...], penalty: float, folds: int) -> None:
    """Learn from annotated articles and write the weights."""
    lines = [line for path in corpus for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    articles = [list(choices(article["text"], article["attributions"])) for article in map(json.loads, lines)]
    if folds:
        right = [hit for fold in range(folds) for hit in _hits(articles, fold, folds, penalty)]
        click.echo(f"{sum(right)} of {len(right)} words right, {100 * sum(right) / len(right):.1f} per cent")
        return
    weights = fitted([choice for article in articles for choice in article], penalty=penalty)
    kept = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}
    text = json.dumps(kept, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(f"{text}\n", encoding="utf-8")


def _hits(articles: Sequence[Sequence[Choice]], fold: int, folds: int, penalty: float) -> Iterator[bool]:
    """Whether weights fitted on the other articles answer each word of one part of them right."""
    known = [choice for n, article in enumerate(articles) if n % folds != fold for choice in article]
    weights = fitted(known, penalty=penalty)
    for choice in (choice for article in articles[fold::folds] for choice in article):
        yield (sum(weights.get(name, 0.0) for name in choice.candidates[0]) > 0) == choice.right[0]


def choices(text: str, attributions: Sequence[Mapping[str, Any]]) -> Iterator[Choice]:
    """For each small word that stands before an office and a speaker's name: whether the office has it."""
    page = Page(text)
    told = {one["speaker"]: one for one in attributions if one.get("speaker_kind") == "person" and one.get("role")}
    for name, one in told.items():
        body = set(map(plain, (one.get("organisation") or "").split()))
        for found in re.finditer(re.escape(name), text) if name else ():
            yield from _choices(page, page.word_at(found.start()) - 1, one["role"].split(), body)


def _choices(page: Page, noun: int, role: Sequence[str], body: Set[str]) -> Iterator[Choice]:
    """Those in front of the noun of one office, to the first word that the office lacks."""
    office = [plain(word) for word in takewhile(lambda word: word.casefold() not in LINKS, role)]
    if not office or noun < 1 or plain(page.words[noun].text) != office[-1]:
        return
    for i in range(noun - 1, -1, -1):
        word, told = page.words[i], office[: i - noun]
        if page.text[word.end : page.words[i + 1].start] != " ":
            return
        low = plain(word.text)
        own = low == told[-1] if told else low in body
        if not own and told and told[-1] in role:
            return  # the article calls the office differently here
        if word.text.islower() and not (own and low in SMALL):
            yield Choice([beside(page, i), {}], [own, not own])
        if not own:
            return


if __name__ == "__main__":
    main()
