"""A name as people type it → the speakers or organisations it fits.

In: "le drian", "hollande", a number. Out: conditions on `attributed_quote`. Without case, accents and titles; every
word typed must be a word of one of the names that somebody goes by. A name that fits several is refused with the list,
never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, false, or_, select

from quotes.errors import NameNotUnique, QuotesError
from quotes.resolve.names import name_key
from quotes.store.tables import METADATA
from quotes.store.views import attributed_quote


@dataclass(frozen=True, slots=True)
class Named:
    """An identity of `table` that a name fits, by its number and name; `keys` are the forms of it that fit."""

    table: str
    id: int
    name: str
    keys: frozenset[str]


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


def one_named(connection: Connection, table: str, name: str) -> Named:
    """The one speaker or organisation that a name or number fits. Raises `NameNotUnique`, or says that none does."""
    found = _unique(name, named(connection, table, name))
    if not found:
        raise QuotesError(f"No {table} is called {name!r}. See them with: quotes {table}s.")
    return found[0]


def named(connection: Connection, table: str, name: str, *, kind: str | None = None) -> list[Named]:
    """The speakers or organisations (`table`) that a name or number fits, by name; only those of a kind, if given."""
    row, form = METADATA.tables[table], METADATA.tables[f"{table}_name"]
    one = row.alias("one")
    statement = select(one.c.id, one.c.name, form.c.key).distinct().order_by(one.c.name, one.c.id)
    joined = row.join(one, one.c.id == row.c.identity_id).join(form, form.c[f"{table}_id"] == row.c.id)
    statement = statement.select_from(joined)
    if kind:
        statement = statement.where(one.c.kind == kind)
    if (id_ := number(name)) is not None:
        statement = statement.where(row.c.id == id_)
    else:
        words = name_key(name).split() or [name.strip()]
        statement = statement.where(*(form.c.key.contains(f" {word} ", autoescape=True) for word in words))
    keys: dict[tuple[int, str], set[str]] = {}
    for found, full, key in connection.execute(statement):
        keys.setdefault((found, full), set()).add(key.strip())
    return [Named(table, *who, frozenset(forms)) for who, forms in keys.items()]


def other_names(connection: Connection, name: str) -> set[str]:
    """The keys of all names of the organisations with this very name: of "AFP" that of "Agence France-Presse" too."""
    row, form = METADATA.tables["organisation"], METADATA.tables["organisation_name"]
    bears = select(row.c.identity_id).join(form).where(form.c.key == f" {name_key(name)} ")
    found = select(form.c.key).distinct().join(row).where(row.c.identity_id.in_(bears))
    return {key.strip() for key in connection.scalars(found)}


def _unique(name: str, fitting: list[Named]) -> list[Named]:
    """The one that fits, or one of each table with a name in common; a full name wins over longer ones."""
    key = name_key(name)
    exact = [one for one in fitting if " " in key and key in one.keys]
    chosen = exact or fitting
    tables = [one.table for one in chosen]
    strangers = len(chosen) == 2 and not chosen[0].keys & chosen[1].keys
    if len(tables) > len(set(tables)) or strangers:
        raise NameNotUnique(name, [(one.id, one.name) for one in chosen])
    return chosen


def _any_of(found: Sequence[Named]) -> ColumnElement[bool]:
    columns = {"speaker": attributed_quote.c.speaker_id, "organisation": attributed_quote.c.organisation_id}
    return or_(false(), *(columns[one.table] == one.id for one in found))
