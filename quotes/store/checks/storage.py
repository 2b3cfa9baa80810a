"""What a database must keep on its own: pages, references, types and lists of values, the full-text index.

On SQLite any value can stand in any column, and references hold only on connections that ask for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    Table,
    text,
)
from sqlalchemy.exc import DatabaseError as DriverDatabaseError
from sqlalchemy.exc import OperationalError

from quotes.records import SourceType
from quotes.store.checks.proof import SUBJECTS, Check, NotProved, Rules, is_sqlite, rows, told
from quotes.store.fulltext import ACCENTED, PLAIN
from quotes.store.tables import METADATA

IN_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry|differ from index")
CONSTRAINT = re.compile(
    r"^(?:NULL value in|CHECK constraint failed in|NUMERIC value in|TEXT value in|non-\w+ value in)"
)
"""What `PRAGMA integrity_check` finds in rows, not in pages: the check of values names it."""

NUMBERED = "the next number of"
BEHIND = (
    "SELECT count(*) FROM {table} HAVING coalesce(max(id), 0) > (SELECT CASE WHEN is_called THEN last_value "
    "ELSE last_value - 1 END FROM {sequence})"
)


def find_damage(connection: Connection, _: Rules) -> Iterator[str]:
    """What SQLite finds in its pages and indexes; on PostgreSQL, numbers that would be given out twice."""
    if is_sqlite(connection):
        lines = connection.execute(text("PRAGMA integrity_check")).scalars()
        yield from (f"SQLite: {line}" for line in lines if line != "ok" and not CONSTRAINT.match(line))
    else:
        yield from (f"{NUMBERED} {table} is taken" for table, _ in _behind(connection))


def is_in_pages(sentence: str) -> bool:
    """Whether a problem of storage is more than an index that is out of step: it cannot be repaired."""
    return not IN_INDEX.search(sentence) and not sentence.startswith(NUMBERED)


def repair_damage(connection: Connection, _: Rules) -> str:
    """Builds the indexes again; sets the numbers that come next."""
    if is_sqlite(connection):
        connection.exec_driver_sql("REINDEX")
        return "indexes built again"
    behind = list(_behind(connection))
    for table, sequence in behind:
        connection.execute(text(f"SELECT setval('{sequence}', max(id)) FROM {table}"))
    return f"next numbers set: {', '.join(table for table, _ in behind)}"


def _behind(connection: Connection) -> Iterator[tuple[str, str]]:
    for table in METADATA.tables.values():
        if "id" in table.c:
            sequence = connection.scalar(text(f"SELECT pg_get_serial_sequence('{table.name}', 'id')"))
            if sequence and connection.execute(text(BEHIND.format(table=table.name, sequence=sequence))).first():
                yield table.name, sequence


LINKS = {
    "quote {id} belongs to document {other}, but its extraction read another": (
        "SELECT quote.id, quote.document_id AS other FROM quote JOIN extraction ON extraction.id = quote.extraction_id "
        "WHERE extraction.document_id <> quote.document_id"
    ),
    "document {id} was read by no extraction": (
        "SELECT id FROM document WHERE id NOT IN (SELECT document_id FROM extraction)"
    ),
    "quote {id} names speaker {other}, of another kind": (
        "SELECT quote.id, speaker.id AS other FROM quote JOIN speaker ON speaker.id = quote.speaker_id "
        "WHERE speaker.kind <> quote.speaker_kind"
    ),
    "group {id} and its member {other} are no group and person of one document": (
        "SELECT one.id, other.id AS other FROM group_member JOIN speaker AS one ON one.id = group_id "
        "JOIN speaker AS other ON other.id = member_id WHERE one.kind <> 'group' OR other.kind <> 'person' "
        "OR one.document_id <> other.document_id"
    ),
    "likeness {id} begins with a {subject} that is not there": (
        "SELECT id, subject FROM likeness WHERE head_id IS NOT NULL AND (subject = 'speaker' "
        "AND head_id NOT IN (SELECT id FROM speaker) OR subject = 'organisation' "
        "AND head_id NOT IN (SELECT id FROM organisation))"
    ),
}
OF_SUBJECT = {
    "quote {id} names {subject} {other}, which is another document's": (
        "SELECT quote.id, {subject}.id AS other FROM quote JOIN {subject} ON {subject}.id = quote.{subject}_id "
        "WHERE {subject}.document_id <> quote.document_id"
    ),
    "{subject} {id} has a card of another table": (
        "SELECT {subject}.id FROM {subject} JOIN likeness ON likeness.id = likeness_id WHERE subject <> '{subject}'"
    ),
}
JUDGED = {
    "judgement {id} is about a {subject} that is not there": (
        "SELECT judgement.id FROM judgement LEFT JOIN {subject} AS one ON one.id = left_id "
        "LEFT JOIN {subject} AS other ON other.id = right_id WHERE subject = '{subject}' "
        "AND (one.id IS NULL OR right_id IS NOT NULL AND other.id IS NULL)"
    ),
    "judgement {id} compares a {subject} with itself": (
        "SELECT id FROM judgement WHERE subject = '{subject}' AND left_id = right_id"
    ),
}


def find_dangling(connection: Connection, _: Rules) -> Iterator[str]:
    """Rows that refer to what is not there, or not to what they should."""
    for table in METADATA.tables.values():
        for foreign in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            yield from _dangling(connection, table, foreign.parent.name, foreign.column.table.name)
    yield from told(connection, LINKS)
    for subject in (*SUBJECTS, "claim"):
        yield from told(connection, JUDGED | (OF_SUBJECT if subject in SUBJECTS else {}), subject=subject)


def _dangling(connection: Connection, table: Table, column: str, target: str) -> Iterator[str]:
    names = [name.name for name in table.primary_key]
    number = ", ".join(f"one.{name}" for name in names)
    query = (
        f"SELECT one.{column}, {number} FROM {table.name} AS one LEFT JOIN {target} AS other "
        f"ON other.id = one.{column} WHERE one.{column} IS NOT NULL AND other.id IS NULL"
    )
    for row in rows(connection, query):
        yield f"{table.name} {_shown(row[1:])} refers by {column} to {target} {row[0]}, which is not there"


def _shown(key: Iterable[object]) -> str:
    return " ".join(map(str, key))


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
            yield f"{table.name} {_shown(row[1:])} has a value that cannot be in {', '.join(row[0].split())}"

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


def find_unsearchable(connection: Connection, _: Rules) -> Iterator[str]:
    """Quotes whose words are not those of the full-text index."""
    if not is_sqlite(connection):
        words = f"to_tsvector('english', translate(left(text, 100000), '{ACCENTED}', '{PLAIN}'))"
        query = f"SELECT id FROM quote WHERE search IS DISTINCT FROM {words}"
        yield from (f"quote {row.id} is indexed by other words than its own" for row in rows(connection, query))
        return
    # The command counts as a change, though it makes none: it needs a transaction that may write.
    engine = connection.engine
    try:
        if connection.get_execution_options().get("writing"):
            _compare_index(connection)
        else:
            with engine.execution_options(writing=True).connect() as other:
                _compare_index(other)
                other.rollback()
    except OperationalError as error:
        if "readonly" in str(error.orig):
            raise NotProved("not proved, since the file may only be read") from error
        yield f"the full-text index cannot be read: {error.orig}"
    except DriverDatabaseError:
        yield "the full-text index does not hold the words of the quotes"


def _compare_index(connection: Connection) -> None:
    """Fails where the index differs from the texts (rank 1: from the table, not only within itself)."""
    connection.exec_driver_sql("INSERT INTO quote_fts (quote_fts, rank) VALUES ('integrity-check', 1)")


def repair_search(connection: Connection, _: Rules) -> str:
    """Builds the full-text index again."""
    if is_sqlite(connection):
        connection.exec_driver_sql("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')")
    else:
        connection.execute(text("UPDATE quote SET text = text"))
    return "full-text index built again"


STORAGE = Check("storage", "pages and indexes are whole, and no number is given out twice", find_damage, repair_damage)
REFERENCES = Check(
    "references", "every row that another refers to is there, and belongs to the same document", find_dangling
)
VALUES = Check("values", "days are days, numbers numbers, and listed values those of their list", find_values)
FULL_TEXT = Check("full-text", "the full-text index holds the words of every quote", find_unsearchable, repair_search)
