from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from quotes.errors import DatabaseError
from quotes.store.engine import (
    REVISION,
    connect,
    database_url,
    insert_missing,
    migrations,
    numbers,
    open_database,
    revision,
    shown,
    writing,
)
from quotes.store.tables import outlet


def test_a_path_is_sqlite_and_postgresql_gets_its_driver() -> None:
    assert database_url("a b%20.db").database == "a b%20.db"
    assert database_url("postgresql://me@host/news").drivername == "postgresql+psycopg"
    assert database_url("postgres://me@host/news").drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "given", ["mysql://me@host/news", "https://news.example/", "postgresql://me:secret@host:port/x", "", ":memory:"]
)
def test_other_urls_are_refused_in_one_line(given: str) -> None:
    with pytest.raises(DatabaseError, match=r"Give|Use") as caught:
        database_url(given)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in shown(database_url("postgresql://me:secret@host/news"))


def test_a_new_database_is_brought_to_head_by_itself(engine: Engine, database_url: str) -> None:
    assert revision(engine) == REVISION
    again = open_database(database_url)
    assert revision(again) == REVISION
    again.dispose()


def test_the_head_of_the_migrations_is_the_revision_of_the_code() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(migrations())).get_heads() == [REVISION]


def test_a_missing_file_is_not_made_by_a_question(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(DatabaseError, match="quotes add"):
        open_database(str(path))
    assert not path.exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no folder"):
        open_database(str(tmp_path / "none" / "quotes.db"), create=True)


@pytest.mark.parametrize(("found", "help_"), [("0000", "quotes db upgrade"), ("9999", "pip install -U")])
def test_older_and_newer_databases_are_refused(engine: Engine, database_url: str, found: str, help_: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": found})
    with pytest.raises(DatabaseError, match=help_):
        open_database(database_url, create=True)


def test_a_database_of_something_else_is_left_alone(database_url: str) -> None:
    engine = connect(database_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE recipe (id INTEGER)"))
    engine.dispose()
    with pytest.raises(DatabaseError, match="something else"):
        open_database(database_url, create=True)


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    path.write_text("This is a letter, not a database. " * 100)
    with pytest.raises(DatabaseError, match="Cannot open") as caught:
        open_database(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    open_database(str(path), create=True).dispose()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    engine = open_database(str(path))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM quote")) == 0
    engine.dispose()
    tmp_path.chmod(0o755)


def test_a_server_that_is_not_there_is_refused_in_one_line() -> None:
    with pytest.raises(DatabaseError, match="Cannot open") as caught:
        open_database("postgresql://me@127.0.0.1:1/news")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_holds_foreign_keys_and_keeps_a_write_ahead_log(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_an_interrupted_creation_leaves_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import command

    upgrade = command.upgrade

    def interrupted(*args: object) -> None:
        upgrade(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", interrupted)
    with pytest.raises(KeyboardInterrupt):
        open_database(database_url, create=True)
    engine = connect(database_url)
    assert revision(engine) is None
    engine.dispose()


def test_missing_rows_are_inserted_once(engine: Engine) -> None:
    for _ in range(2):
        with writing(engine) as connection:
            insert_missing(connection, outlet, [{"name": "A"}, {"name": "B"}, {"name": "A"}])
            insert_missing(connection, outlet, [])
    with engine.connect() as connection:
        assert sorted(numbers(connection, outlet, "name", ["A", "B", "C"])) == ["A", "B"]
        assert connection.scalar(text("SELECT count(*) FROM outlet")) == 2


def test_the_driver_is_asked_for_by_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.store.engine.find_spec", lambda name: None)
    with pytest.raises(DatabaseError, match=r"quotes\[postgres\]"):
        connect("postgresql://me@host/news")


def test_the_library_of_sqlite_is_new_enough() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35), "RETURNING needs SQLite 3.35"
