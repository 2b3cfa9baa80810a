"""Counts that lists need at once, kept up to date with every change: the names, positions and summaries of identities.

Everything counted here is of quotes that lists show (`quote.listed`), and can be computed again from the quotes
(`store.recounts`). `add` counts the quotes of new documents without looking at others, and `move` gives the counts of
one identity to another, so that a name with ten thousand quotes costs no more than a rare one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    bindparam,
    case,
    delete,
    distinct,
    exists,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from quotes.store.engine import insert_rows
from quotes.store.tables import METADATA

TABLES = METADATA.tables
QUOTE, CLAIM = TABLES["quote"].c, TABLES["claim"]
SUBJECTS = ("speaker", "organisation")
PERIOD = ("first_published", "last_published")
NOTHING: dict[str, Any] = {"quotes": 0, "documents": 0, "first_published": None, "last_published": None}
Key = tuple[Any, ...]


@dataclass(slots=True)
class Count:
    """How many quotes, and from which day to which."""

    quotes: int = 0
    first: date | None = None
    last: date | None = None

    def add(self, quotes: int, first: date | None, last: date | None) -> None:
        """Counts some more."""
        self.quotes += quotes
        self.first = min(filter(None, (self.first, first)), default=None)
        self.last = max(filter(None, (self.last, last)), default=None)

    @property
    def row(self) -> dict[str, Any]:
        """The columns of a table that counts."""
        return {"quotes": self.quotes, "first_published": self.first, "last_published": self.last}


@dataclass(frozen=True, slots=True)
class Counted:
    """A listed quote as it is counted: who is behind it after all judgements, and what it is counted by."""

    document: int
    published: date | None
    outlet: str | None
    speaker: int | None
    organisation: int | None
    role: str | None
    conduit: str | None
    kind: str
    claim: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a name that a document uses for a canonical row, and how many of its quotes lists show."""

    canonical: int
    name: str
    key: str
    quotes: int
    published: date | None


def add(connection: Connection, quotes: Sequence[Counted]) -> None:
    """Counts the listed quotes of documents that are new."""
    positions: dict[Key, Count] = defaultdict(Count)
    summaries: dict[Key, Count] = defaultdict(Count)
    for quote in quotes:
        one = (1, quote.published, quote.published)
        if quote.speaker and (quote.role or quote.organisation):
            positions[quote.speaker, quote.organisation or 0, quote.role or ""].add(*one)
        for subject, canonical in (("speaker", quote.speaker), ("organisation", quote.organisation)):
            for facet, value in (("outlet", quote.outlet), ("conduit", quote.conduit), ("kind", quote.kind)):
                if canonical and value:
                    summaries[subject, canonical, facet, value].add(*one)
    _upsert(connection, TABLES["position"], positions)
    _upsert(connection, TABLES["summary"], summaries)
    for subject in SUBJECTS:
        _add_bearers(connection, subject, quotes)
    claims = Counter(quote.claim for quote in quotes)
    if claims:
        more = update(CLAIM).where(CLAIM.c.id == bindparam("row"))
        rows = [{"row": claim, "n": n} for claim, n in claims.items()]
        connection.execute(more.values(quotes=CLAIM.c.quotes + bindparam("n")), rows)


def _add_bearers(connection: Connection, subject: str, quotes: Sequence[Counted]) -> None:
    """Counts quotes and documents of the speakers or organisations behind some new quotes."""
    totals: dict[int, Count] = defaultdict(Count)
    documents: dict[int, set[int]] = defaultdict(set)
    for quote in quotes:
        if canonical := getattr(quote, subject):
            totals[canonical].add(1, quote.published, quote.published)
            documents[canonical].add(quote.document)
    _add_totals(connection, TABLES[subject], totals, {row: len(found) for row, found in documents.items()})


def add_forms(connection: Connection, subject: str, forms: Iterable[Form]) -> None:
    """Counts the names that new documents use; those that are new can be found by their words."""
    table, owner = name_table(subject)
    counts: dict[Key, Count] = defaultdict(Count)
    keys: dict[Key, str] = {}
    for form in forms:
        day = form.published if form.quotes else None
        counts[form.canonical, form.name].add(form.quotes, day, day)
        keys[form.canonical, form.name] = form.key
    if not counts:
        return
    rows, names = {row for row, _ in counts}, {name for _, name in counts}
    there = connection.execute(
        select(table.c.id, table.c[owner], table.c.name).where(table.c[owner].in_(rows), table.c.name.in_(names))
    )
    ids = {(row, name): id_ for id_, row, name in there}
    known = {key: count for key, count in counts.items() if key in ids and count.quotes}
    _add_totals(connection, table, {ids[key]: count for key, count in known.items()})
    insert_names(connection, subject, {key: (keys[key], counts[key]) for key in counts if key not in ids})


def move(connection: Connection, subject: str, keep: int, drop: int) -> None:
    """Gives all counts of the identity `drop` to `keep`: their rows, and the quotes, are one from now on."""
    quote = QUOTE[f"canonical_{subject}_id"]
    one, other = TABLES["quote"].alias("one"), TABLES["quote"].alias("other")
    canonical = f"canonical_{subject}_id"
    both = exists().where(other.c.document_id == one.c.document_id, other.c[canonical] == keep, other.c.listed)
    shared = select(func.count(distinct(one.c.document_id))).where(one.c[canonical] == drop, one.c.listed, both)
    in_both = connection.scalar(shared) or 0
    table = TABLES[subject]
    columns = (table.c.quotes, table.c.documents, *(table.c[name] for name in PERIOD))
    given = connection.execute(select(*columns).where(table.c.id == drop)).one()
    totals = {keep: Count(given.quotes, given.first_published, given.last_published)}
    _add_totals(connection, table, totals, {keep: given.documents - in_both})
    connection.execute(update(table).where(table.c.id == drop).values(**NOTHING))
    connection.execute(update(TABLES["quote"]).where(quote == drop).values({canonical: keep}))
    names, owner = name_table(subject)
    _join_rows(connection, names, owner, ("name",), keep, drop, words_of=subject)
    position = ("organisation_id", "role") if subject == "speaker" else ("speaker_id", "role")
    _join_rows(connection, TABLES["position"], f"{subject}_id", position, keep, drop)
    _join_rows(connection, TABLES["summary"], "canonical_id", ("facet", "value"), keep, drop,
               TABLES["summary"].c.subject == subject)  # fmt: skip


def _join_rows(
    connection: Connection,
    table: Table,
    owner: str,
    by: Sequence[str],
    keep: int,
    drop: int,
    condition: ColumnElement[bool] | None = None,
    words_of: str | None = None,
) -> None:
    """Adds the rows of `drop` to those of `keep` with the same `by`, and gives it the others."""
    only = true() if condition is None else condition
    columns = [table.c[name] for name in by]
    rows = connection.execute(select(table).where(table.c[owner] == drop, only)).mappings().all()
    mine = select(*columns).where(table.c[owner] == keep, only)
    if len(by) == 1:
        mine = mine.where(columns[0].in_([row[by[0]] for row in rows]))
    there = set(map(tuple, connection.execute(mine)))
    same = [row for row in rows if tuple(row[name] for name in by) in there]
    if words_of:
        forget_words(connection, words_of, same)
    for row in same:
        own = [table.c[name] == row[name] for name in by]
        connection.execute(delete(table).where(table.c[owner] == drop, only, *own))
        more = Count(row["quotes"], row["first_published"], row["last_published"])
        connection.execute(update(table).where(table.c[owner] == keep, only, *own).values(**_more(table, more.row)))
    connection.execute(update(table).where(table.c[owner] == drop, only).values({owner: keep}))


def insert_words(connection: Connection, subject: str, keys: Mapping[int, str]) -> None:
    """Makes names findable by the words of their comparable forms: row → key."""
    words = [
        {"subject": subject, "word": word, "name_id": row} for row, key in keys.items() for word in set(key.split())
    ]
    if words:
        connection.execute(insert(TABLES["name_word"]), words)


def forget_words(connection: Connection, subject: str, names: Iterable[RowMapping]) -> None:
    """Takes names out of the index of words."""
    table = TABLES["name_word"]
    words = [{"of": subject, "w": word, "n": row["id"]} for row in names for word in set(row["key"].split())]
    if words:
        own = (table.c.subject == bindparam("of"), table.c.word == bindparam("w"), table.c.name_id == bindparam("n"))
        connection.execute(delete(table).where(*own), words)


def insert_names(connection: Connection, subject: str, forms: Mapping[Key, tuple[str, Count]]) -> None:
    """Adds forms of names, each (canonical row, name) → comparable form and count, and makes them findable."""
    table, owner = name_table(subject)
    rows = [{owner: row, "name": name, "key": key, **count.row} for (row, name), (key, count) in forms.items()]
    if rows:
        ids = insert_rows(connection, table, rows)
        insert_words(connection, subject, dict(zip(ids, (row["key"] for row in rows), strict=True)))


def name_table(subject: str) -> tuple[Table, str]:
    """The table of the names of speakers or organisations, and its column that says whose a name is."""
    return TABLES[f"{subject}_name"], f"{subject}_id"


def _upsert(connection: Connection, table: Table, counts: Mapping[Key, Count]) -> None:
    """Adds counts to the rows of a table with these primary keys, or makes the rows."""
    if not counts:
        return
    keys = [column.name for column in table.primary_key]
    rows = [dict(zip(keys, key, strict=True)) | count.row for key, count in counts.items()]
    made: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    more = _more(table, {name: made.excluded[name] for name in ("quotes", *PERIOD)})
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_=more), rows)


def _add_totals(
    connection: Connection, table: Table, counts: Mapping[int, Count], documents: Mapping[int, int] | None = None
) -> None:
    """Adds counts to rows by their number, and to how many documents they are in, where the table counts those."""
    if not counts:
        return
    more = _more(table, {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in ("quotes", *PERIOD)})
    rows = [{"row": row, **{f"new_{name}": value for name, value in n.row.items()}} for row, n in counts.items()]
    if documents is not None:
        more["documents"] = table.c.documents + bindparam("new_documents")
        rows = [row | {"new_documents": documents[row["row"]]} for row in rows]
    connection.execute(update(table).where(table.c.id == bindparam("row")).values(**more), rows)


def _more(table: Table, new: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row after some more quotes."""
    first, last = (table.c[name] for name in PERIOD)
    added_first, added_last = (new[name] for name in PERIOD)
    return {
        "quotes": table.c.quotes + new["quotes"],
        "first_published": _better(first, added_first, lambda one, other: one <= other),
        "last_published": _better(last, added_last, lambda one, other: one >= other),
    }


def _better(
    one: ColumnElement[Any], other: Any, holds: Callable[[ColumnElement[Any], Any], ColumnElement[bool]]
) -> ColumnElement[Any]:
    """Of two days, either of which may be unknown, the one that `holds` prefers."""
    if other is None:
        return one
    return case((one.is_(None), other), (holds(one, other), one), else_=func.coalesce(other, one))
