"""What a database keeps by itself: its pages, its indexes, the numbers it gives out, the full-text index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError as DriverDatabaseError
from sqlalchemy.exc import OperationalError

from quotes.store.checks.proof import Check, NotProved, Rules, is_sqlite, rows
from quotes.store.fulltext import ACCENTED, PLAIN
from quotes.store.tables import METADATA
from quotes.text.lines import HIDDEN

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


def find_unsearchable(connection: Connection, _: Rules) -> Iterator[str]:
    """Quotes whose words are not those of the full-text index."""
    if not is_sqlite(connection):
        words = f"to_tsvector('english', translate(left(text, 100000), '{ACCENTED}{HIDDEN}', '{PLAIN}'))"
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
FULL_TEXT = Check("full-text", "the full-text index holds the words of every quote", find_unsearchable, repair_search)
