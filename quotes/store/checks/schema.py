"""The schema: that tables, columns, constraints, indexes, views and triggers are those that the migrations make.

Tables and views of a user's own are left alone; what hangs on a table of ours is not. Missing or changed indexes, views
and triggers are made again, and so are tables that hold nothing but what is computed from others.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from quotes.store.checks.definitions import Definition, Definitions, definitions, expected, home, reading_schema
from quotes.store.checks.proof import Check, Rules, is_sqlite
from quotes.store.tables import METADATA

COMPUTED = ("speaker_name", "organisation_name", "name_word", "position", "summary", "pending_document")
"""Tables that can be filled from others, or are empty."""
FULL_TEXT = "quote_fts"
ORDER = ("table", "column", "constraint", "index", "view", "trigger")
"""What is made first: what follows stands on it."""


def find(connection: Connection, _: Rules) -> Iterator[str]:
    """What is missing, changed, or hangs on our tables without belonging there."""
    wanted, there = expected(connection), definitions(connection)
    for key, definition in wanted.items():
        name = f"{definition.kind} {definition.name}"
        if key not in there:
            yield f"{name} is missing"
        elif there[key].same != definition.same:
            yield f"{name} is not what the migrations make"
    ours = {definition.name for definition in wanted.values() if definition.kind == "table"}
    for key, definition in there.items():
        if key not in wanted and definition.owner in ours:
            yield f"{definition.kind} {definition.name} on {definition.owner} is none of the migrations'"


def repair(connection: Connection, _: Rules) -> str:
    """Makes again what can be made without touching what is stored."""
    wanted, made = expected(connection), []
    for kind in ORDER:
        there = definitions(connection)
        broken = [d for key, d in wanted.items() if key[0] == kind and _differs(there, d)]
        made += [one.name for one in broken if _may_be_made(one) and _is_made(connection, one, there)]
    return f"made again: {', '.join(made)}" if made else "nothing in it can be made again from here"


def _differs(there: Definitions, wanted: Definition) -> bool:
    found = there.get((wanted.kind, wanted.name))
    return found is None or found.same != wanted.same


def _may_be_made(one: Definition) -> bool:
    if one.kind == "table":
        return one.name in COMPUTED or one.name.startswith(FULL_TEXT)
    return one.kind != "column" or "GENERATED" in one.sql


def _is_made(connection: Connection, one: Definition, there: Definitions) -> bool:
    """Makes it; False where the database refuses, since what is stored or a user's own view stands against it."""
    try:
        with connection.begin_nested():
            if is_sqlite(connection):
                _make_on_sqlite(connection, one, there)
            else:
                _make_on_postgres(connection, one, there)
    except DBAPIError:
        return False
    return True


def _make_on_sqlite(connection: Connection, one: Definition, there: Definitions) -> None:
    if one.kind == "table" and one.name.startswith(FULL_TEXT):
        if one.name != FULL_TEXT and _is_made_with(connection):
            return
        wanted = expected(connection)
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {FULL_TEXT}")
        connection.exec_driver_sql(wanted["table", FULL_TEXT].sql)
        connection.exec_driver_sql(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('rebuild')")
        return
    if (one.kind, one.name) in there:
        connection.exec_driver_sql(f"DROP {one.kind} {one.name}")
    connection.exec_driver_sql(one.sql)


def _is_made_with(connection: Connection) -> bool:
    """Whether the tables behind the full-text index came back with it."""
    there, wanted = definitions(connection), expected(connection)
    return not any(
        _differs(there, d) for (kind, name), d in wanted.items() if kind == "table" and name.startswith(FULL_TEXT)
    )


def _make_on_postgres(connection: Connection, one: Definition, there: Definitions) -> None:
    is_there = (one.kind, one.name) in there
    with reading_schema(connection, home(connection)):
        if one.kind == "table":
            METADATA.tables[one.name].create(connection)
        elif one.kind == "column":
            table, name = one.name.split(".")
            drop = "DROP COLUMN IF EXISTS"
            connection.execute(text(f"ALTER TABLE {table} {drop} {name}, ADD COLUMN {name} {one.sql}"))
        elif one.kind == "constraint":
            drop = f"ALTER TABLE {one.owner} DROP CONSTRAINT {one.name}" if is_there else ""
            _run(connection, drop, f"ALTER TABLE {one.owner} ADD CONSTRAINT {one.name} {one.sql}")
        elif one.kind == "view":
            _run(connection, f"DROP VIEW {one.name}" if is_there else "", f"CREATE VIEW {one.name} AS {one.sql}")
        else:
            _run(connection, f"DROP {one.kind} {one.name}" if is_there else "", one.sql)


def _run(connection: Connection, *statements: str) -> None:
    for statement in filter(None, statements):
        connection.exec_driver_sql(statement)


SCHEMA = Check(
    "schema", "tables, columns, constraints, indexes, views and triggers are those the migrations make", find, repair
)
