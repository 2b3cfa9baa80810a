"""Standard output that is full, closed or read no further: run as a shell would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.cli.streams import BROKEN_PIPE
from tests.cli.conftest import Quotes

PROGRAM = f"{sys.executable} -m quotes"
COMMANDS = ["list --json", "list -t", "show 1 -t", "sql 'SELECT 1 AS a'", "export", "extract bridge.txt"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def shell(line: str, *, unbuffered: bool = False) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1" if unbuffered else ""}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("place", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_nobody_takes_is_one_line(asked: Quotes, command: str, place: str) -> None:
    done = shell(f"{PROGRAM} {command} {place}")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert done.stderr.startswith("Error: Standard output cannot be written (")


def test_output_that_is_written_at_once(asked: Quotes) -> None:
    done = shell(f"{PROGRAM} list --json > /dev/full", unbuffered=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Error: Standard output cannot be written (")


def test_what_writes_nothing_needs_no_output(asked: Quotes) -> None:
    done = shell(f"{PROGRAM} add bridge.txt >&-")
    assert (done.returncode, done.stderr) == (0, "Documents: 1 already known. Quotes added: 0.\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_leaves_is_no_error(asked: Quotes, command: str) -> None:
    done = shell(f"{PROGRAM} {command} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == (f"{BROKEN_PIPE}\n", "")


def test_a_limit_on_file_sizes_is_one_line(quotes: Quotes, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"text": "“Yes, we are open,” Ann Bell said."}\n' * 100)
    done = shell(f"ulimit -f 4; {PROGRAM} extract many.jsonl > out.jsonl")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Error: Standard output cannot be written (File too large)")
