"""A database that is full, locked, lost or without its record of the revision: one line, exit status 1."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from quotes.store.engine import connect, open_database, writing
from tests.cli.conftest import ARTICLE, Quotes

LIMITED = """
import resource, sys
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from quotes.cli import main
main()
"""
LIMIT = 40_000  # bytes: less than the log of one document, more than SQLite's index of the log


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_limit_on_file_sizes_while_storing_is_an_error_of_the_database(asked: Quotes, tmp_path: Path) -> None:
    for number in range(3):
        article = ARTICLE.replace("/bridge", f"/{number}") + f"\n“Number {number} is the last,” Okoro said.\n"
        (tmp_path / f"{number}.txt").write_text(article, encoding="utf-8")
    program = [sys.executable, "-c", LIMITED, str(LIMIT), "add", "0.txt", "1.txt", "2.txt", "--language", "en"]
    done = subprocess.run(program, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "cannot be read or written (disk I/O error)" in done.stderr
    assert "Refused" not in done.stderr
    assert asked("add", "0.txt", "1.txt", "2.txt").err.startswith("Documents: 3 added.")
    assert asked("db", "check").status == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_room_to_unpack_a_model_is_not_told_of_the_article(quotes: Quotes, tmp_path: Path) -> None:
    words = "“We will rebuild,” said Mayor Ines Okoro. Engineers measured twelve broken pillars, Harrow council wrote."
    (tmp_path / "short.txt").write_text(words, encoding="utf-8")
    program = [sys.executable, "-c", LIMITED, "1000", "extract", "short.txt"]
    done = subprocess.run(program, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "TMPDIR" in done.stderr
    assert "Refused" not in done.stderr


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("command", [["add", "bridge.txt"], ["db", "upgrade"]])
def test_a_locked_database_names_who_may_hold_it(
    asked: Quotes, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr("quotes.store.engine.BUSY_SECONDS", 0.1)
    (tmp_path / "bridge.txt").write_text(ARTICLE + "\n“Wait,” Okoro said.\n", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "quotes.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = asked(*command)
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert "is locked (database is locked): another program" in result.err
    assert "--debug" not in result.err


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_second_writer_waits_no_longer_on_postgresql(
    asked: Quotes, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bridge.txt").write_text(ARTICLE + "\n“Wait,” Okoro said.\n", encoding="utf-8")
    other = connect(database_url)
    with writing(other):
        monkeypatch.setattr("quotes.store.engine.BUSY_SECONDS", 0.1)
        result = asked("add", "bridge.txt")
    other.dispose()
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "is locked" in result.err


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lost_server_is_one_line(asked: Quotes, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import quotes.query

    counting = quotes.query.count

    def ended(engine: object, *arguments: object, **options: object) -> int:
        other = connect(database_url)
        with writing(other) as connection:
            own = text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(own)
        other.dispose()
        return counting(engine, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(quotes.query, "count", ended)
    monkeypatch.setattr("quotes.cli.asking.TABLE_ROWS", 1)
    result = asked("list", "-t")
    assert (result.status, result.err.count("\n")) == (1, 1), result.err
    assert "does not answer any more" in result.err


@pytest.mark.parametrize("command", [["db", "upgrade"], ["list"], ["add", "bridge.txt"]])
def test_an_empty_record_of_the_revision_is_named(asked: Quotes, database_url: str, command: list[str]) -> None:
    engine = open_database(database_url)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()
    result = asked(*command)
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "the record of their revision (alembic_version) is empty" in result.err
    assert "already exists" not in result.err
