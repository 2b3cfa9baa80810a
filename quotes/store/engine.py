"""A database URL or path → an engine on a database of this version; the differences of the two dialects in one place.

In: what the user gave (`quotes.db`, `sqlite:///…`, `postgresql://…`). Out: a SQLAlchemy engine whose database stands at
`REVISION`, with transactions that hold on both dialects. It is a module so that no other has to ask which database it
talks to.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, insert, inspect, select, text
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from quotes.errors import DatabaseError
from quotes.store.trouble import first_line, trouble

REVISION = "0004"
"""The migration that this code is written for: the head of `alembic/versions`, as a test holds."""

NO_REVISION = "0000"
"""What a database is at whose record of the revision is empty: older than all."""

BUSY_SECONDS = 60
"""How long one writer waits for another one's transaction before it gives up."""

WRITER_LOCK = 7_102_024
"""PostgreSQL advisory lock of a writer: two `quotes add` take turns, as they do on SQLite, and cannot deadlock."""


def database_url(given: str) -> URL:
    """The URL of what `--db` or `QUOTES_DB` says: a path is SQLite, `postgresql://` gets its driver."""
    if given in ("", ":memory:", "sqlite://", "sqlite:///:memory:"):
        raise DatabaseError("A database is kept in a file or on a server. Give a path, or postgresql://user@host/name.")
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        # What was given may hold a password, so it is not repeated.
        raise DatabaseError("This is no database URL. Give a path, or postgresql://user@host/name.") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise DatabaseError(f"{url.drivername} is not supported. Use SQLite (a path) or PostgreSQL (postgresql://…).")
    return url


def shown(url: URL) -> str:
    """The database as messages name it: its path, or its URL without the password."""
    if url.drivername == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def connect(given: str) -> Engine:
    """An engine on the URL or path, whatever stands there; all but migrations and tests want `open_database`."""
    url = database_url(given)
    if url.drivername == "sqlite":
        engine = create_engine(_as_far_as_permitted(url), connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif find_spec("psycopg") is None:
        raise DatabaseError("PostgreSQL needs a driver: pip install 'quotes[postgres]'.")
    else:
        engine = create_engine(url)
    event.listen(engine, "handle_error", _tell)
    return engine


def _tell(context: ExceptionContext) -> None:
    """Raises `DatabaseError` in place of an error of the driver that is none of the statement."""
    if context.engine is None or not isinstance(context.original_exception, Exception):
        return
    if reason := trouble(context.original_exception, shown(context.engine.url), lost=context.is_disconnect):
        raise DatabaseError(reason) from context.original_exception


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Every connection: transactions are ours (DDL included), foreign keys hold."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _as_far_as_permitted(url: URL) -> URL:
    """The URL of a SQLite file; one that may only be read is opened as a file that nobody writes, without locks."""
    path = Path(str(url.database))
    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return url
    return url.set(database=path.absolute().as_uri(), query={"mode": "ro", "immutable": "1", "uri": "true"})


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that asks for it halfway may be refused, and its work lost.

    A migration rebuilds tables, and what refers to them must not go with the old ones.
    """
    options = connection.get_execution_options()
    if options.get("migrating"):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; on both dialects one at a time, so that two writers never meet in the middle."""
    with engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = {round(BUSY_SECONDS * 1000)}"))
            connection.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))
        yield connection


def open_database(given: str, *, create: bool = False) -> Engine:
    """An engine on a database that stands at `REVISION`; with `create`, one that is not there yet is made.

    Raises `DatabaseError` where there is none, where it is older or newer than this program, is something else, or
    cannot be reached.
    """
    url = database_url(given)
    if url.drivername == "sqlite" and not _file_is_there(url, create):
        raise DatabaseError(
            f"There is no database at {shown(url)}. Add articles first: quotes add PATH --db {shown(url)}."
        )
    engine = connect(given)
    try:
        if create and revision(engine) is None:
            upgrade(engine)
        _check_revision(revision(engine), shown(url))
        _check_complete(engine)
    except DBAPIError as error:
        engine.dispose()
        raise DatabaseError(f"Cannot open the database {shown(url)}: {first_line(error.orig)}.") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _file_is_there(url: URL, create: bool) -> bool:
    """Whether a SQLite file can be opened, or made where `create` says so."""
    if not url.database or url.database == ":memory:":
        return True
    path = Path(url.database)
    if create and not path.parent.is_dir():
        raise DatabaseError(
            f"There is no folder {path.parent} to put the database in. Make it first, or give another --db."
        )
    return create or (path.is_file() and path.stat().st_size > 0)


def _check_revision(found: str | None, name: str) -> None:
    """Refuses every revision but ours, saying what helps."""
    if found == REVISION:
        return
    if found is None:
        raise DatabaseError(f"{name} holds no quotes yet. Add articles first: quotes add PATH.")
    refuse_newer(found, name)
    raise DatabaseError(f"{name} is of an older version ({found}, now {REVISION}). Run: quotes db upgrade.")


def _check_complete(engine: Engine) -> None:
    """Refuses a database whose upgrade was stopped halfway."""
    with engine.connect() as connection:
        try:
            waiting = connection.scalar(text("SELECT document_id FROM pending_document LIMIT 1"))
        except DBAPIError:
            connection.rollback()
            if inspect(connection).has_table("pending_document"):
                raise
            return  # `db check` says what is missing, and must be able to open what it checks
        if waiting is not None:
            raise DatabaseError(f"The upgrade of {shown(engine.url)} is not complete. Go on with: quotes db upgrade.")


def refuse_newer(found: str | None, name: str) -> None:
    """Refuses a database that a newer version of this program has made; revisions are numbered in order."""
    if found is not None and found > REVISION:
        raise DatabaseError(f"{name} was made by a newer version of quotes ({found}). Upgrade: pip install -U quotes.")


def revision(engine: Engine) -> str | None:
    """The migration at which the database stands; None where it has no tables at all.

    Raises `DatabaseError` where the tables are somebody else's, or ours without a record of their revision.
    """
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        name = shown(engine.url)
        if "alembic_version" not in tables:
            if tables:
                raise DatabaseError(f"{name} is a database of something else ({tables[0]}, …). Give another --db.")
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if found is None and len(tables) > 1:
            raise DatabaseError(
                f"{name} has tables, but the record of their revision (alembic_version) is empty. Restore a backup; or "
                f"if this version of quotes made it, insert version_num {REVISION} there, and run: quotes db check."
            )
        return str(found or NO_REVISION)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Brings the database to a migration, all in one transaction."""
    if engine.dialect.name == "sqlite":
        # Readers do not wait for the writer, nor it for them. It is a property of the file, set once.
        with closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
    try:
        with writing(engine.execution_options(migrating=True)) as connection:
            migrate(connection, to)
    finally:
        engine.dispose()  # connections that migrated hold no foreign keys


def migrate(connection: Connection, to: str = "head", schema: str | None = None) -> None:
    """Runs the migrations in the transaction of a connection; on PostgreSQL in a `schema`, if the path leads there."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes.update(connection=connection, schema=schema)
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise DatabaseError(f"{shown(connection.engine.url)} cannot be upgraded: {error}") from error


def migrations() -> Path:
    """The folder of migrations: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "alembic"
    return installed if installed.is_dir() else package.parent / "alembic"


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Inserts rows; their numbers, in the same order."""
    if not rows:
        return []
    if connection.dialect.name == "postgresql":
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(connection.scalars(statement, rows))
    # SQLite would be asked row by row. The writer's lock is ours, so nobody else takes the numbers that come next.
    last = connection.scalar(select(func.max(table.c.id))) or 0
    ids = range(last + 1, last + 1 + len(rows))
    connection.execute(insert(table), [{**row, "id": id_} for row, id_ in zip(rows, ids, strict=True)])
    return list(ids)


def insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Inserts rows, passing over those that a unique constraint says are there already."""
    if rows:
        # One dialect alone: that of PostgreSQL brings asyncpg's with it, a tenth of the start of a command.
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def numbers(connection: Connection, table: Table, column: str, values: Iterable[str]) -> dict[str, int]:
    """value → number of the row whose unique `column` holds it, for those of the values that are there."""
    columns = table.columns
    rows = connection.execute(select(columns[column], columns["id"]).where(columns[column].in_(list(values))))
    return {value: id_ for value, id_ in rows}  # noqa: C416  (rows are not pairs to mypy)


def now() -> datetime:
    """This second (UTC), as the databases store it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
