"""Annotated documents for training: JSON Lines in, `Example` out.

Form of a line: {"id", "text", "attributions": [{"source": [[start, end], ...], "cue": [...], "content": [...]}]},
offsets in code points; an optional second file (gzip allowed) gives "entities": [[start, end, type], ...] by id. A
module because a user who trains on their own files meets exactly this.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLES = ("source", "cue", "content")
ENTITIES = ("PERSON", "ORGANIZATION", "LOCATION", "MISC")

Fragment = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """One gold attribution: fragments of its three roles."""

    source: tuple[Fragment, ...]
    cue: tuple[Fragment, ...]
    content: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its gold attributions and, where known, its entities; one that nobody `labelled` has neither."""

    id: str
    text: str
    relations: tuple[Relation, ...] = ()
    entities: tuple[tuple[int, int, str], ...] | None = None
    labelled: bool = True


def read_examples(path: Path, entities: Path | None = None) -> list[Example]:
    """All documents of a corpus file, with silver entities where a file of them is given."""
    named = {line["id"]: line["entities"] for line in _lines(entities)} if entities else {}
    return [_example(line, named.get(line["id"])) for line in _lines(path)]


def read_unlabelled(path: Path) -> list[Example]:
    """The texts of a file of documents, {"id", "text"} a line, whatever else a line says."""
    return [Example(line["id"], line["text"], labelled=False) for line in _lines(path)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in content.decode("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _example(line: dict[str, Any], entities: list[list[Any]] | None) -> Example:
    text = line["text"]
    relations = [
        Relation(*(joined(text, tuple((s, e) for s, e in item.get(role) or [])) for role in ROLES))
        for item in line["attributions"]
    ]
    named = None if entities is None else tuple((s, e, t) for s, e, t in entities if t in ENTITIES)
    return Example(line["id"], text, tuple(relations), named)


def joined(text: str, fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """Merge neighbours that only white space within a paragraph parts: annotators split at sentence ends."""
    out: list[Fragment] = []
    for start, end in sorted(fragments):
        if out and not text[out[-1][1] : start].strip() and "\n" not in text[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
