"""What `add` and `extract` say of what was not read, and their exit status."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "quotes", *arguments]
        if arguments[0] == "add":
            command += ["--db", str(tmp_path / "quotes.db")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return _run


@pytest.mark.parametrize("command", ["add", "extract"])
def test_messages_of_one_kind_are_counted_after_the_tenth(command: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n" + ",\n" * 30_000 + "x\n")
    done = run(command, str(path), "--jobs", "2")
    lines = done.stderr.splitlines()
    empty = "empty: it holds no text; check that it was saved completely"
    assert done.returncode == 3
    assert lines[:10] == [f"Refused: {path}:{n}: {empty}" for n in range(2, 12)]
    assert lines[10] == f"Refused: {path}:30002: has 1 fields where the header has 2; put texts in quotation marks"
    assert lines[11] == f"… and 29,990 more: {empty}"


@pytest.mark.parametrize("command", ["add", "extract"])
def test_dates_that_cannot_be_read_are_named(command: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    days = ["2024-03-15T23:30:00-05:00", "2999-01-01", "", "2024-02-30", "03/04/2024"]
    rows = [f'{n},{day},"“We will wait {n} days,” said Cato Blix."' for n, day in enumerate(days, start=1)]
    path.write_text("\n".join(["id,published,text", *rows]))
    done = run(command, str(path))
    assert done.returncode == 3
    assert done.stderr.splitlines()[:3] == [
        'Warning: 2: published in the future: "2999-01-01"; correct it if that is wrong',
        'Warning: 4: no day of publication: "2024-02-30" is not clearly a date; write YYYY-MM-DD',
        'Warning: 5: no day of publication: "03/04/2024" is not clearly a date; write YYYY-MM-DD',
    ]
    if command == "add":
        assert done.stderr.splitlines()[3] == "Documents: 5 added. Quotes added: 5. Warnings: 3."
    else:
        assert '"published": "2024-03-15", "published_at": "2024-03-15T23:30:00-05:00"' in done.stdout
        assert len(done.stdout.splitlines()) == 5


def test_a_folder_of_all_sorts(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "a.txt").write_text("“We will,” said Ann Lee.")
    for n in range(12):
        (folder / f"b{n:02}.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".DS_Store").write_bytes(b"\0")
    done = run("extract", str(folder))
    reason = "a PDF; turn it into text first (pdftotext does it)"
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        *(f"Refused: {folder}/b{n:02}.pdf: {reason}" for n in range(10)),
        f"… and 2 more: {reason}",
    ]
    assert len(done.stdout.splitlines()) == 1


def test_an_array_on_standard_input_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quotes", "extract", "-", "--input-format", "json"]
    text = '[\n {"id": "a", "text": "“We will,” said Ann Lee."}\n]'
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith('{"id": "a"')


def test_a_limit_on_time_refuses_by_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("“We will,” said Ann Lee, the mayor of Sark. He had no choice, she said. " * 5_000)
    done = run("add", str(path), "--max-seconds", "2")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"Refused: {path}: took longer than 2 s; split it, or raise --max-seconds",
        "Documents: 1 refused. Quotes added: 0.",
    ]
