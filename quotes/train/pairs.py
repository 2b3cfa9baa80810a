"""Pairs of quotes labelled same, conflicting or different: `seeds/annotated/pairs.jsonl` in, `Pair` with its texts out.

The file has corpora, ids of documents and offsets, but no text of others: that stands in the corpora, whose files are
given. A module because whoever measures or fits `quotes.claims` meets exactly this.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from quotes.errors import QuotesError
from quotes.records import Polarity, Span

SEEDS = Path(__file__).parents[2] / "seeds"
PAIRS = SEEDS / "annotated" / "pairs.jsonl"
OWN = ("seeds", "training")
"""Corpora that are in the repository: the sample articles, and those for training."""
SHOWN = 3
"""Documents named where some are missing."""

Label = Literal["same", "conflicting", "different"]
Split = Literal["train", "test"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two quotes: its words, and where they stand; a sentence `written` for its pair stands nowhere."""

    words: str
    corpus: str | None = None
    document: str | None = None
    span: Span | None = None
    text: str = ""
    """The whole article: what a pronoun stands for is told around the quote."""
    polarity: Polarity = Polarity.AFFIRMED
    """How its source stands to it, where a cue outside of the words tells."""

    @property
    def written(self) -> bool:
        """Whether it was written for its pair."""
        return self.document is None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotes, what they are to each other, and why the pair is in the set."""

    id: str
    a: Side
    b: Side
    label: Label
    type: str
    split: Split


def read_pairs(corpora: Iterable[Path], pairs: Path = PAIRS) -> list[Pair]:
    """All pairs of a file, with their texts from `corpora`: JSON Lines files of documents, or folders of them.

    The articles of the repository itself need not be given. `QuotesError` names the corpora that are missing.
    """
    lines = _lines(pairs)
    own = _own() if any(side.get("corpus") in OWN for side in _sides(lines)) else []
    texts = {line["id"]: line["text"] for path in [*corpora, *own] for line in _documents(path)}
    _check(lines, texts)
    return [_pair(line, texts) for line in lines]


def needs(pairs: Path = PAIRS) -> dict[str, set[str]]:
    """Ids of the documents that a file of pairs takes from corpora outside of the repository, by corpus."""
    named: dict[str, set[str]] = defaultdict(set)
    for side in _sides(_lines(pairs)):
        if side.get("corpus", OWN[0]) not in OWN:
            named[side["corpus"]].add(side["document"])
    return dict(named)


def _sides(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (line[key] for line in lines for key in "ab")


def _own() -> list[Path]:
    return [*sorted(SEEDS.glob("*.gold.jsonl")), SEEDS / "training"]


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    """Documents of a file, or of every JSON Lines file in a folder; lines without a text are none."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    for file in files:
        if not file.is_file():
            raise QuotesError(f"{file} is no file: give a corpus in JSON Lines, or a folder of them.")
        yield from (line for line in _lines(file) if "text" in line)


def _check(lines: list[dict[str, Any]], texts: dict[str, str]) -> None:
    """Refuse pairs whose documents are not all there."""
    missing: dict[str, set[str]] = defaultdict(set)
    for side in _sides(lines):
        if "document" in side and side["document"] not in texts:
            missing[side["corpus"]].add(side["document"])
    if missing:
        named = "; ".join(
            f"{corpus} ({len(ids)}: {', '.join(sorted(ids)[:SHOWN])}{', ...' if len(ids) > SHOWN else ''})"
            for corpus, ids in sorted(missing.items())
        )
        raise QuotesError(f"Documents are missing from these corpora: {named}. Give their files.")


def _pair(line: dict[str, Any], texts: dict[str, str]) -> Pair:
    a, b = (_side(line[key], texts) for key in "ab")
    return Pair(line["id"], a, b, line["label"], line["type"], line["split"])


def _side(side: dict[str, Any], texts: dict[str, str]) -> Side:
    if "text" in side:
        return Side(side["text"])
    text, span = texts[side["document"]], Span(side["start"], side["end"])
    if not 0 <= span.start < span.end <= len(text):
        raise QuotesError(f"{side['document']} has no characters {span.start} to {span.end}: its text is another one.")
    polarity = Polarity(side.get("polarity", Polarity.AFFIRMED))
    return Side(span.of(text), side["corpus"], side["document"], span, text, polarity)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
