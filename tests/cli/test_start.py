"""What a command does not need, it does not import: half of the time of a question is its start."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import Quotes

HEAVY = {
    "alembic", "babel", "charset_normalizer", "courlan", "dateparser", "frontmatter", "lxml", "markdown_it",
    "multiprocessing", "numpy", "onnxruntime", "psycopg", "py3langid", "tokenizers", "trafilatura", "urllib3", "yaml",
    "quotes.detect", "quotes.pipeline", "quotes.read", "quotes.resolve.quotes", "quotes.store.check",
    "quotes.store.write",
}  # fmt: skip
FOR_TABLES = {"rich", "rich.table", "rich.console"}
PROGRAM = """
import json, sys
from quotes.cli import run
status = run(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "arguments",
    [["list", "--json"], ["list", "-t"], ["list", "--speaker", "okoro"], ["search", "bridge"], ["sources", "1"],
     ["sql", "SELECT 1"], ["claims"], ["speakers"], ["export"], ["--help"]],
    ids=" ".join,
)  # fmt: skip
def test_a_question_imports_nothing_heavy(asked: Quotes, arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    status, modules = json.loads(done.stderr.splitlines()[-1])
    assert status == 0
    assert "quotes.cli" in modules
    unwanted = HEAVY if "-t" in arguments else HEAVY | FOR_TABLES
    assert unwanted & set(modules) == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_help_imports_no_database(asked: Quotes) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, "--help"], capture_output=True, text=True, check=True)
    assert "sqlalchemy" not in json.loads(done.stderr.splitlines()[-1])[1]
