"""Values: that each can stand in its column. On SQLite any value can stand in any.

In: the types, CHECK constraints and lists of the tables. Out: the rows with a value that is none of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Connection, Date, DateTime, Float, Integer, Table

from quotes.records import SourceType
from quotes.store.checks.proof import SUBJECTS, Check, Rules, is_sqlite, rows
from quotes.store.checks.references import shown_key
from quotes.store.tables import METADATA

LISTS = {
    ("quote", "source_type"): [value.value for value in SourceType],
    ("speaker", "gender"): ["f", "m"],
}
"""Values of columns that hold one of a few and have no CHECK constraint."""
FORMS = {
    ("document", "sha256"): "length({0}) = 64 AND {0} = lower({0})",
    ("claim", "identity"): "length({0}) = 32 AND {0} = lower({0})",
    ("quote", "speaker_confidence"): "{0} BETWEEN 0 AND 1",
    ("quote", "statement_confidence"): "{0} BETWEEN 0 AND 1",
    ("judgement", "score"): "{0} BETWEEN 0 AND 1",
    ("judgement", "withdrawn_at"): "withdrawn_by IS NOT NULL",
    ("judgement", "withdrawn_by"): "withdrawn_at IS NOT NULL",
    ("publication", "utc_offset"): "abs({0}) < 1440 AND published_at IS NOT NULL",
    ("correction", "field"): "{0} <> ''",
    **{(table, "name"): "{0} <> ''" for table in ("outlet", "conduit", "speaker", "organisation")},
}
"""What the value of a column must be, where it is there."""
DAY = "date({0}, '+0 days') = {0}"
MOMENT = "datetime(substr({0}, 1, 19), '+0 days') = substr({0}, 1, 19) AND substr({0}, 20) GLOB {1}"
FRACTION = "CASE WHEN length({0}) > 19 THEN '.[0-9][0-9][0-9][0-9][0-9][0-9]' ELSE '' END"


def find_values(connection: Connection, _: Rules) -> Iterator[str]:
    """Values that are no days, no numbers, none of those a column may have."""
    for table in METADATA.tables.values():
        wrong = {column.name: _wrong(column, is_sqlite(connection)) for column in table.columns}
        wrong |= {f"({name})": f"NOT ({sql})" for name, sql in _promised(table)}
        wrong = {name: condition for name, condition in wrong.items() if condition}
        if not wrong:
            continue
        keys = [f"{table.name}.{key.name}" for key in table.primary_key]
        named = " || ".join(f"CASE WHEN {condition} THEN '{name} ' ELSE '' END" for name, condition in wrong.items())
        query = f"SELECT {named}, {', '.join(keys)} FROM {table.name} WHERE {' OR '.join(wrong.values())}"
        for row in rows(connection, query.replace(":", r"\:")):
            yield f"{table.name} {shown_key(row[1:])} has a value that cannot be in {', '.join(row[0].split())}"

    for subject in SUBJECTS:
        yield from bad_aliases(connection, subject)


def bad_aliases(connection: Connection, subject: str) -> Iterator[str]:
    """Rows the other names of which are no list of names."""
    for row in rows(connection, f"SELECT id, aliases FROM {subject} WHERE aliases IS NOT NULL"):
        try:
            names = json.loads(row.aliases)
        except ValueError:
            names = None
        if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
            yield f"{subject} {row.id} has aliases that are no list of names"


def _promised(table: Table) -> Iterator[tuple[str, str]]:
    """The CHECK constraints of a table, which an edited schema may have let pass."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            yield str(constraint.name).removeprefix(f"ck_{table.name}_"), str(constraint.sqltext)


def _wrong(column: Column[Any], sqlite: bool) -> str:
    """The SQL condition of a value that cannot be in a column; empty where any can."""
    name = f"{column.table.name}.{column.name}"
    allowed = LISTS.get((column.table.name, column.name))
    listed = ", ".join(f"'{value}'" for value in allowed or ())
    holds = [
        *([f"{name} IN ({listed})"] if allowed else []),
        *([FORMS[column.table.name, column.name].format(name)] if (column.table.name, column.name) in FORMS else []),
        *([_of_type(column, name)] if sqlite else []),
    ]
    empty = [f"{name} IS NULL"] if sqlite and not column.nullable else []
    wrong = (
        [f"({name} IS NOT NULL AND NOT coalesce({' AND '.join(holds)}, {'0' if sqlite else 'FALSE'}))"] if holds else []
    )
    return f"({' OR '.join([*empty, *wrong])})" if empty or wrong else ""


def _of_type(column: Column[Any], name: str) -> str:
    """The SQL condition that a value of SQLite has the type of its column."""
    types: list[tuple[type[Any], str]] = [
        (Boolean, "typeof({0}) = 'integer' AND {0} IN (0, 1)"),
        (Integer, "typeof({0}) = 'integer'"),
        (Float, "typeof({0}) = 'real'"),
        (DateTime, f"typeof({{0}}) = 'text' AND {MOMENT}"),
        (Date, f"typeof({{0}}) = 'text' AND {DAY}"),
    ]
    condition = next((sql for type_, sql in types if isinstance(column.type, type_)), "typeof({0}) = 'text'")
    return condition.format(name, FRACTION.format(name))


VALUES = Check("values", "days are days, numbers numbers, and listed values those of their list", find_values)
