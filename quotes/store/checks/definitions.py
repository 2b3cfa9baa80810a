"""A connection → what its tables, columns, constraints, indexes, views and triggers are, and what they should be.

In: a connection. Out: `Definition`s by kind and name, as the catalog of the database tells them and as the migrations
make them in an empty one: a file in a temporary folder, or a schema in a transaction that is rolled back.
"""

from __future__ import annotations

import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from quotes.store.checks.proof import NotProved, is_sqlite
from quotes.store.engine import connect, migrate, upgrade


@dataclass(frozen=True, slots=True)
class Definition:
    """Something the catalog lists; `sql` defines it, `owner` is the table it is on."""

    kind: str
    name: str
    owner: str
    sql: str

    @property
    def same(self) -> str:
        """The SQL without what means nothing: white space, quotation marks around names, the order of constraints.

        Alembic copies the constraints of a table that it changes on SQLite in any order.
        """
        plain = re.sub(r"\s*([(),])\s*", r"\1", " ".join(self.sql.replace('"', "").split()))
        if self.kind != "table":
            return plain
        return ",".join(sorted(re.split(r",(?=(?:CONSTRAINT|FOREIGN|UNIQUE|CHECK)\b)", plain.removesuffix(")"))))


Definitions = dict[tuple[str, str], Definition]
EXPECTED: dict[tuple[object, ...], Definitions] = {}
"""What the migrations make, by dialect and version of the server: it is the same for every database."""

SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRES = {
    "table": "SELECT relname, relname, '' FROM {classes} AND relkind = 'r'",
    "view": "SELECT relname, relname, pg_get_viewdef(c.oid) FROM {classes} AND relkind = 'v'",
    "column": (
        "SELECT relname || '.' || attname, relname, format_type(atttypid, atttypmod) || CASE WHEN attnotnull "
        "THEN ' NOT NULL' ELSE '' END || CASE WHEN attgenerated = 's' THEN ' GENERATED ALWAYS AS (' "
        "|| pg_get_expr(adbin, adrelid) || ') STORED' "
        "ELSE coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '') END "
        "FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum JOIN {classes} "
        "AND c.oid = attrelid AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
    ),
    "constraint": (
        "SELECT conname, relname, pg_get_constraintdef(con.oid) || CASE WHEN EXISTS (SELECT 1 FROM pg_trigger "
        "WHERE tgconstraint = con.oid AND tgenabled <> 'O') THEN ' DISABLED' ELSE '' END "
        "FROM pg_constraint AS con JOIN {classes} AND c.oid = conrelid AND contype IN ('p', 'u', 'f', 'c')"
    ),
    "index": (
        "SELECT index.relname, c.relname, pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' "
        "ELSE ' INVALID' END FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid JOIN {classes} "
        "AND c.oid = indrelid AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid "
        "AND contype IN ('p', 'u'))"
    ),
    "trigger": (
        "SELECT tgname, relname, pg_get_triggerdef(t.oid) FROM pg_trigger AS t JOIN {classes} AND c.oid = tgrelid "
        "AND NOT tgisinternal"
    ),
}
CLASSES = {
    "table": "pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE nspname = :schema",
    "column": "(pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace) ON nspname = :schema",
}


def definitions(connection: Connection) -> Definitions:
    """What the database has."""
    if is_sqlite(connection):
        return _sqlite(connection)
    with reading_schema(connection, home(connection)) as schema:
        return _postgres(connection, schema)


def expected(connection: Connection) -> Definitions:
    """What the migrations make. Raises `NotProved` where this user may not try them out."""
    kind = (connection.dialect.name, connection.dialect.server_version_info)
    if kind not in EXPECTED:
        EXPECTED[kind] = _made_in_file() if is_sqlite(connection) else _made_in_schema(connection)
    return EXPECTED[kind]


def home(connection: Connection) -> str:
    """The schema of PostgreSQL that the tables are in."""
    found = "SELECT nspname FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace WHERE pg_class.oid = "
    return str(connection.scalar(text(f"{found} to_regclass('alembic_version')")))


@contextmanager
def reading_schema(connection: Connection, schema: str) -> Iterator[str]:
    """A schema as the only one that names are looked up in: definitions are then told without its name."""
    before = connection.scalar(text("SELECT current_setting('search_path')"))
    set_path = text("SELECT set_config('search_path', :path, true)")
    connection.execute(set_path, {"path": '"' + schema.replace('"', '""') + '"'})
    yield schema
    connection.execute(set_path, {"path": before})


def _sqlite(connection: Connection) -> Definitions:
    found = (Definition(*row) for row in connection.execute(text(SQLITE)))
    return {(one.kind, one.name): one for one in found}


def _postgres(connection: Connection, schema: str) -> Definitions:
    found: Definitions = {}
    prefix = re.compile(rf'\b{re.escape(schema)}\.|"{re.escape(schema)}"\.')
    for kind, query in POSTGRES.items():
        classes = CLASSES["table" if kind in ("table", "view") else "column"]
        for name, owner, sql in connection.execute(text(query.format(classes=classes)), {"schema": schema}):
            found[kind, name] = Definition(kind, name, owner, prefix.sub("", sql))
    return found


def _made_in_file() -> Definitions:
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(str(Path(folder) / "fresh.db"))
        upgrade(engine)
        with engine.connect() as connection:
            made = _sqlite(connection)
        engine.dispose()
    return made


def _made_in_schema(connection: Connection) -> Definitions:
    schema = f"quotes_check_{uuid.uuid4().hex}"
    with connection.engine.connect() as other:
        try:
            other.execute(text(f"CREATE SCHEMA {schema}"))
        except ProgrammingError as error:
            reason = str(error.orig).strip().splitlines()[0]
            raise NotProved(f"not proved, since a temporary schema cannot be made: {reason}") from error
        with reading_schema(other, schema):
            migrate(other, schema=schema)
            made = _postgres(other, schema)
        other.rollback()
    return made
