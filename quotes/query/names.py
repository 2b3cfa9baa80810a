"""A name as people type it → the speakers or organisations it fits.

In: "le drian", "hollande", a number. Out: conditions on `attributed_quote`. Without case, accents and titles; every
word typed must be a word of one of the names that somebody goes by. A name that fits several is refused with the list,
never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, false, or_, select

from quotes.errors import NameNotUnique
from quotes.resolve.names import name_key
from quotes.store.tables import METADATA
from quotes.store.views import attributed_quote


@dataclass(frozen=True, slots=True)
class Named:
    """A row of `table` that a name fits."""

    table: str
    id: int
    name: str


def number(typed: str) -> int | None:
    """What a user typed as the number of a row, or None: larger ones than a database holds are words."""
    return int(typed) if typed.isdecimal() and len(typed) <= 9 else None


def said_by(connection: Connection, names: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a quote is by one of these speakers."""
    return _any_of([one for name in names for one in _unique(name, named(connection, "speaker", name))])


def said_for(connection: Connection, names: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a quote is by one of these organisations, or by somebody who belongs to it."""
    found: list[Named] = []
    for name in names:
        fitting = named(connection, "organisation", name)
        if number(name) is None:
            fitting += named(connection, "speaker", name, kind="organisation")
        found += _unique(name, fitting)
    return _any_of(found)


def named(connection: Connection, table: str, name: str, *, kind: str | None = None) -> list[Named]:
    """The speakers or organisations (`table`) that a name or number fits, by name; only those of a kind, if given."""
    row, form = METADATA.tables[table].c, METADATA.tables[f"{table}_name"].c
    statement = select(row.id, row.name).distinct().order_by(row.name, row.id)
    if kind:
        statement = statement.where(row.kind == kind)
    if (id_ := number(name)) is not None:
        statement = statement.where(row.id == id_)
    else:
        words = name_key(name).split() or [name.strip()]
        fits = [form.key.contains(f" {word} ", autoescape=True) for word in words]
        statement = statement.where(row.id.in_(select(form[f"{table}_id"]).where(*fits)))
    return [Named(table, *found) for found in connection.execute(statement)]


def _unique(name: str, fitting: list[Named]) -> list[Named]:
    """Those that bear one and the same name; a full name typed in full wins over longer ones that hold its words."""
    key = name_key(name)
    exact = [one for one in fitting if " " in key and name_key(one.name) == key]
    chosen = exact or fitting
    speakers = [one for one in chosen if one.table == "speaker"]
    if len({name_key(one.name) for one in chosen}) > 1 or len(speakers) > 1:
        raise NameNotUnique(name, [(one.id, one.name) for one in chosen])
    return chosen


def _any_of(found: Sequence[Named]) -> ColumnElement[bool]:
    columns = {"speaker": attributed_quote.c.speaker_id, "organisation": attributed_quote.c.organisation_id}
    return or_(false(), *(columns[one.table] == one.id for one in found))
