"""Annotated documents for training: JSON Lines in, `Example` out.

Form of a line: {"id", "text", "attributions": [{"source": [[start, end], ...], "cue": [...], "content": [...]}]},
offsets in code points; attributions marked "nested" are left out. An optional second file (gzip allowed) gives
"entities": [[start, end, type], ...] by id. A module because a user who trains on their own files meets exactly this.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quotes.detect.analysis import analyse
from quotes.parallel import in_order
from quotes.records import Document, Span
from quotes.text.page import Page

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
    """A text, as it is read, with its gold attributions and, where known, its entities.

    One that nobody `labelled` has no attributions, and its entities are only what the shipped model makes of it.
    """

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
    """The texts of a file of documents, {"id", "text"} a line, whatever else a line says.

    The shipped model finds the names in them, well enough to print other names in their place.
    """
    documents = (Document(line["id"], line["text"]) for line in _lines(path))
    return list(in_order(_unlabelled, documents, os.cpu_count() or 1))


def _unlabelled(document: Document) -> Example:
    page = Page(document.text)
    return Example(document.id, page.text, entities=_names(document, page), labelled=False)


def with_own_names(examples: Iterable[Example]) -> list[Example]:
    """Examples of which those without entities have the names that the shipped model finds in them."""
    return list(in_order(_named, examples, os.cpu_count() or 1))


def _named(example: Example) -> Example:
    if example.entities is not None:
        return example
    return replace(example, entities=_names(Document(example.id, example.text), Page.of_read(example.text)))


def _names(document: Document, page: Page) -> tuple[tuple[int, int, str], ...]:
    spans = ((page.inward(name.span), name.kind) for name in analyse(document, page=page).names)
    return tuple((span.start, span.end, kind) for span, kind in spans)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in content.decode("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _example(line: dict[str, Any], entities: list[list[Any]] | None) -> Example:
    page = Page(line["text"])
    relations = [
        Relation(*(joined(page.text, _read(page, item.get(role) or [])) for role in ROLES))
        for item in line["attributions"]
        if not item.get("nested")
    ]
    named = None
    if entities is not None:
        named = tuple((*_read(page, [(s, e)])[0], t) for s, e, t in entities if t in ENTITIES)
    return Example(line["id"], page.text, tuple(relations), named)


def _read(page: Page, fragments: Iterable[Sequence[int]]) -> tuple[Fragment, ...]:
    """Fragments of a text where they stand on its page."""
    return tuple((span.start, span.end) for span in (page.inward(Span(s, e)) for s, e in fragments))


def joined(text: str, fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """Merge neighbours that only white space within a paragraph parts: annotators split at sentence ends."""
    out: list[Fragment] = []
    for start, end in sorted(fragments):
        if out and not text[out[-1][1] : start].strip() and "\n" not in text[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
