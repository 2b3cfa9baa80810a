"""One thing to read: a file, standard input or a fetched page, not yet opened.

In: what `targets` and `urls` know about it. Out: a `Source` for `contents`. It is a module because the ways to find
something to read and the ways to make documents of it do not know each other.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

FORMAT_OF_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is, how to open it, and what is known before it is opened."""

    location: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    input_format: str | None = None
    size: int | None = None
    charset: str | None = None
    url: str | None = None


def format_of_name(name: str) -> str | None:
    """The format that goes with the extension of a file name."""
    return FORMAT_OF_SUFFIX.get(PurePath(name).suffix.lower())
