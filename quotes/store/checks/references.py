"""References: that every row another refers to is there, and that those of one document refer to one document.

On SQLite references hold only on connections that ask for it, and judgements name the table of their rows in a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table

from quotes.store.checks.proof import SUBJECTS, Check, Rules, rows, told
from quotes.store.tables import METADATA

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
        yield f"{table.name} {shown_key(row[1:])} refers by {column} to {target} {row[0]}, which is not there"


def shown_key(key: Iterable[object]) -> str:
    """The primary key of a row, as sentences name it."""
    return " ".join(map(str, key))


REFERENCES = Check(
    "references", "every row that another refers to is there, and belongs to the same document", find_dangling
)
