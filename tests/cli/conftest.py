"""The command line, run in this process as a user would: arguments in, status and both streams out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotes.cli import run


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Quotes = Callable[..., Result]

ARTICLE = """---
title: The bridge
outlet: The Paper
date: 2024-03-01
url: https://paper.example/bridge
---

“The bridge will stand,” Mayor Ines Okoro told Harbour Radio. “It has stood for a century.”

Engineer Tom Aske said that the bridge would fall within a year.
"""


@pytest.fixture
def quotes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> Quotes:
    """`quotes("list", "--kind", "direct")` in an empty folder, on each of the databases."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTES_DB", database_url)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("QUOTES_DEBUG", raising=False)

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        status = run(list(arguments))
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


@pytest.fixture
def asked(quotes: Quotes, tmp_path: Path) -> Quotes:
    """The same, with one article added."""
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    assert quotes("add", "bridge.txt").status == 0
    return quotes
