"""Single damages, each done by hand: every one is found, what is computed is repaired, and nothing else is touched."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

from quotes.errors import DatabaseError
from quotes.pipeline import problems, repaired
from quotes.store.checks import CHECKS
from quotes.store.engine import connect, open_database
from quotes.store.tables import METADATA
from tests.conftest import NewDatabase, administer, connect_postgres
from tests.store import damages
from tests.store.damages import fill_richly

DERIVED = {
    "speaker": {"canonical_id", "external_id", "quotes", "documents", "first_published", "last_published"},
    "organisation": {"canonical_id", "external_id", "quotes", "documents", "first_published", "last_published"},
    "quote": {"canonical_speaker_id", "canonical_organisation_id", "published", "outlet_id", "listed"},
    "publication": {"first", "current"},
    "document": {"current"},
    "claim": {"quotes"},
    "likeness": {"size", "head_id"},
    "speaker_name": {"id"},
    "organisation_name": {"id"},
}
COMPUTED_TABLES = {"speaker_name", "organisation_name", "name_word", "position", "summary"}
Cases = list[Any]


def cases(kind: str) -> Cases:
    """Each damage of a kind, on each database it can be done on."""
    found: Cases = []
    for dialect, only in (("sqlite", damages.ONLY_SQLITE), ("postgresql", damages.ONLY_POSTGRES)):
        for name, (check, sql) in (getattr(damages, kind) | only[kind]).items():
            found.append(pytest.param(dialect, check, sql, id=f"{dialect}: {name}"))
    return found


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "quotes.db"
    engine = open_database(str(path), create=True)
    fill_richly(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_template(new_postgres_database: NewDatabase) -> str:
    url = new_postgres_database()
    engine = open_database(url, create=True)
    fill_richly(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: URL, postgres_template: str) -> Iterator[str]:
    """A database that tests fill again rather than copy, since copying one takes half a second; `kept` has its rows."""
    name = f"quotes_test_{uuid.uuid4().hex}"
    administer(postgres_server, f'CREATE DATABASE "{name}" TEMPLATE "{make_url(postgres_template).database}"')
    url = postgres_server.set(database=name).render_as_string(hide_password=False)
    with connect_postgres(url) as connection:
        connection.execute("CREATE SCHEMA kept")
        for table in METADATA.tables:
            connection.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}".encode())
    yield url
    administer(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)')


def fill_again(url: str) -> None:
    """Gives a shared database the rows that it had at first."""
    with connect_postgres(url) as connection, connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in METADATA.tables.values():
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            connection.execute(f"DELETE FROM {table.name}".encode())
            rows = f"SELECT {columns} FROM kept.{table.name}"
            connection.execute(f"INSERT INTO {table.name} ({columns}) {rows}".encode())


Filled = Callable[..., Engine]


@pytest.fixture
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Filled]:
    """A function: dialect and what is to be done → a filled database, one's own where that changes the schema."""
    engines: list[Engine] = []
    made: list[str] = []

    def copy(dialect: str, sql: str = "") -> Engine:
        if dialect == "sqlite":
            path = tmp_path / "copy.db"
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
            engines.append(connect(str(path)))
        elif any(word in sql for word in ("ALTER", "CREATE", "DROP", "setval")):
            server: URL = request.getfixturevalue("postgres_server")
            template = make_url(request.getfixturevalue("postgres_template")).database
            made.append(f"quotes_test_{uuid.uuid4().hex}")
            administer(server, f'CREATE DATABASE "{made[-1]}" TEMPLATE "{template}"')
            engines.append(connect(server.set(database=made[-1]).render_as_string(hide_password=False)))
        else:
            url = request.getfixturevalue("postgres_shared")
            fill_again(url)
            engines.append(connect(url))
        return engines[-1]

    yield copy
    for engine in engines:
        engine.dispose()
    for name in made:
        administer(request.getfixturevalue("postgres_server"), f'DROP DATABASE "{name}" WITH (FORCE)')


def damage(engine: Engine, sql: str) -> None:
    """Runs statements past everything that would refuse them."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as connection:
            for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "writable_schema = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.executescript(sql)
    else:
        with connect_postgres(engine.url) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(sql.encode())


def facts(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables, without what is computed; a table that is not there has none."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with engine.connect() as connection:
        for table in METADATA.tables.values():
            if table.name in COMPUTED_TABLES:
                continue
            names = [column.name for column in table.columns if column.name not in DERIVED.get(table.name, ())]
            query = text(f"SELECT {', '.join(names)} FROM {table.name}")
            with connection.begin_nested() as attempt:
                try:
                    found[table.name] = sorted(map(tuple, connection.execute(query)), key=repr)
                except Exception:  # the damage took the table, or a column of it
                    attempt.rollback()
    return found


def found(engine: Engine, check: str) -> list[str]:
    """What a check finds, not that it could not be made."""
    told = [problem.sentence for problem in problems(engine, [check]) if problem.check == check and problem.damage]
    return [sentence for sentence in told if not sentence.startswith("cannot be made")]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_sound_database_has_no_problems(filled: Filled, dialect: str) -> None:
    engine = filled(dialect)
    assert list(problems(engine)) == []
    assert list(repaired(engine)) == []


@pytest.mark.parametrize(("dialect", "check", "sql"), cases("FACTS"))
def test_what_is_told_is_proved_and_never_touched(filled: Filled, dialect: str, check: str, sql: str) -> None:
    engine = filled(dialect, sql)
    damage(engine, sql)
    assert found(engine, check)
    before = facts(engine)
    list(repaired(engine))
    assert facts(engine) == before
    assert found(engine, check)


@pytest.mark.parametrize(("dialect", "check", "sql"), cases("COMPUTED"))
def test_what_is_computed_is_proved_and_repaired(filled: Filled, dialect: str, check: str, sql: str) -> None:
    engine = filled(dialect, sql)
    before = facts(engine)
    damage(engine, sql)
    assert found(engine, check)
    done = list(repaired(engine))
    assert done
    assert list(map(str, problems(engine))) == []
    assert facts(engine) == before


def test_damaged_pages_are_found_and_nothing_is_repaired(filled: Filled) -> None:
    engine = filled("sqlite")
    path = Path(str(engine.url.database))
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'speaker'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    damage(engine, "UPDATE summary SET quotes = 99")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    assert any(problem.check == "storage" for problem in problems(engine, ["storage"]))
    with pytest.raises(DatabaseError, match="pages of the file are damaged"):
        list(repaired(engine))


def test_no_more_than_ten_of_a_kind_are_told(filled: Filled) -> None:
    engine = filled("sqlite")
    damage(engine, "UPDATE quote SET text = text || '!'")
    told = [str(problem) for problem in problems(engine, ["verbatim"])]
    with engine.connect() as connection:
        quotes = connection.scalar(text("SELECT count(*) FROM quote")) or 0
    assert len(told) == min(quotes, 11)
    assert told[-1] == f"verbatim: and {quotes - 10} more"


def test_a_correction_by_a_person_is_no_damage(filled: Filled) -> None:
    engine = filled("sqlite")
    damage(
        engine,
        "UPDATE quote SET act = 'writing' WHERE id = 1; INSERT INTO correction (quote_id, field, corrected_by, "
        "corrected_at) VALUES (1, 'act', 'ann', '2024-01-01 00:00:00')",
    )
    assert list(problems(engine)) == []


def test_a_file_that_may_only_be_read_is_checked_but_for_its_full_text(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(str(filled("sqlite").url.database)).absolute()
    engine = create_engine(f"sqlite:///{path.as_uri()}?mode=ro&immutable=1&uri=true")
    told = list(problems(engine))
    assert [(problem.check, problem.damage) for problem in told] == [("full-text", False)]
    engine.dispose()


def test_where_no_schema_can_be_made_it_is_said_not_to_be_proved(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = filled("postgresql")
    monkeypatch.setattr("quotes.store.checks.definitions.EXPECTED", {})
    role = f"reader_{uuid.uuid4().hex}"
    with connect_postgres(owner.url) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}".encode())
        connection.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}".encode())
    engine = connect(owner.url.set(username=role).render_as_string(hide_password=False))
    try:
        told = list(problems(engine))
        assert [(problem.check, problem.damage) for problem in told] == [("schema", False)]
    finally:
        engine.dispose()
        with connect_postgres(owner.url) as connection:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_every_check_has_a_name_of_its_own() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.proves for check in CHECKS)
