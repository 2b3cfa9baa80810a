"""What the tests of reading share: an article of ours, and one word for reading everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.errors import InputRefused
from quotes.read import ReadOptions, read
from quotes.records import Document

ARTICLE = (
    "The harbour council voted on Tuesday to close the old pier, which has been empty for two years.\n\n"
    "“We had no choice,” said Mary Ann Moss, the leader of the council. “The money is not there, and it would "
    "have been wrong to promise it.”\n\n"
    "Fishermen said that they had not been asked. “It’s a disgrace,” said Tom Hale, who has worked from the pier "
    "for 30 years – and from the beach before that.\n"
)

Write = Callable[[str, str | bytes], str]


@pytest.fixture
def article() -> str:
    """An English article with typographic marks, certain to pass for English."""
    return ARTICLE


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file, return its path as a user would give it."""

    def _write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path.as_posix()

    return _write


def one(target: str, options: ReadOptions | None = None) -> Document:
    """The single document that a target must give."""
    (found,) = read(target, options or ReadOptions())
    assert isinstance(found, Document), found
    return found


def refusal(target: str, options: ReadOptions | None = None) -> InputRefused:
    """The single refusal that a target must give."""
    (found,) = read(target, options or ReadOptions())
    assert isinstance(found, InputRefused), found
    return found
