"""What a check is: a name, what it proves, how it finds what is wrong, and how that is repaired where it is derived.

In: nothing. Out: the records that the modules of checks are written with, and `rows`, which reads a query's answer
without filling memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Executable, Row, text

from quotes.records import Span
from quotes.store.names import Naming

SUBJECTS = ("speaker", "organisation")
Parts = Mapping[str, Sequence[Span]]
"""The spans of a quote by their part: content, cue, source."""
Read = Callable[[str, Sequence[Parts]], Iterable[str]]
"""A text and the spans of its quotes → what each quote is read to be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, or (without `damage`) that could not be proved here, and the check that says so."""

    check: str
    sentence: str
    damage: bool = True

    def __str__(self) -> str:
        return f"{self.check}: {self.sentence}"


class NotProved(Exception):
    """A check cannot be made on this database, by this user; its text says why."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the other stages know and the store does not: how claims are told, words are read and names are compared."""

    claim: Callable[[str], str]
    kinds: Read
    acts: Read
    polarities: Read
    naming: Naming


@dataclass(slots=True)
class StoredQuote:
    """A quote as it is stored, with the identity of its claim, its spans, and the fields that a reviewer corrected."""

    id: int
    text: str
    identity: str
    kind: str
    act: str
    polarity: str
    spans: dict[str, list[Span]] = field(default_factory=dict)
    corrected: set[str] = field(default_factory=set)


@dataclass(slots=True)
class StoredDocument:
    """A document as it is stored, with its quotes."""

    id: int
    text: str
    sha256: str
    quotes: list[StoredQuote] = field(default_factory=list)


Repair = Callable[[Connection, Rules], str]
"""Repairs what a check has found, as far as it is derived; says what was done."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is proved of the whole database."""

    name: str
    proves: str
    find: Callable[[Connection, Rules], Iterator[str]]
    repair: Repair | None = None


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """Something that is proved of each document by itself, with the quotes of it."""

    name: str
    proves: str
    find: Callable[[StoredDocument, Rules], Iterator[str]]
    repair: Repair | None = None


def rows(connection: Connection, statement: Executable | str) -> Iterator[Row[Any]]:
    """The rows of a query, a thousand at a time: tables are larger than memory."""
    query = text(statement) if isinstance(statement, str) else statement
    options = {"stream_results": True, "yield_per": 1000}
    with connection.execute(query, execution_options=options) as result:
        yield from result


def told(connection: Connection, queries: Mapping[str, str], **words: str) -> Iterator[str]:
    """Each row that a query finds, in the sentence that is the query's key; `{differs}` is SQL for "not the same"."""
    words = {"differs": differs(connection), **words}
    for sentence, query in queries.items():
        for row in rows(connection, query.format(**words)):
            yield sentence.format(**words, **row._mapping)


def differs(connection: Connection) -> str:
    """The operator for "not the same, and empty is a value too"; SQLite before 3.39 has no IS DISTINCT FROM."""
    return "IS NOT" if is_sqlite(connection) else "IS DISTINCT FROM"


def is_sqlite(connection: Connection) -> bool:
    """Whether the database is SQLite."""
    return connection.dialect.name == "sqlite"
