"""A name as people type it → the speakers, organisations, outlets or conduits it fits, found by the words of names.

Case, accents and titles do not matter; every word typed must be a word of one form of the name. A name that fits
several speakers or organisations is refused with the list, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, intersect, or_, select

from quotes.errors import NameNotUnique, QuotesError
from quotes.store.tables import METADATA
from quotes.text.names import name_key, without_suffix

TABLES = METADATA.tables
QUOTE = TABLES["quote"].c
MOST = 200
"""Forms of names that are looked at where a name fits many, those with most quotes first: it is refused anyway."""


@dataclass(frozen=True, slots=True)
class Named:
    """A canonical row of `table` that a name fits; `keys` are the comparable forms of it that fit."""

    table: str
    id: int
    name: str
    keys: frozenset[str]


def number(typed: str) -> int | None:
    """What a user typed as the number of a row, or None: larger ones than a database holds are words."""
    return int(typed) if typed.isdecimal() and len(typed) <= 9 else None


def said_by(connection: Connection, names: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions of which one holds for a quote by one of these speakers, alone or as a member of a group."""
    conditions: list[ColumnElement[bool]] = []
    for name in names:
        for one in _unique(name, named(connection, "speaker", name)):
            conditions.append(QUOTE.canonical_speaker_id == one.id)
            if groups := _groups(connection, one.id):
                conditions.append(QUOTE.speaker_id.in_(groups))
    return conditions


def _groups(connection: Connection, speaker: int) -> list[int]:
    """The groups that a person speaks in, as documents name them: what they are merged with others say, too."""
    member, speakers = TABLES["group_member"], TABLES["speaker"].c
    found = select(member.c.group_id).join(TABLES["speaker"], speakers.id == member.c.member_id)
    return list(connection.scalars(found.where(speakers.canonical_id == speaker)))


def said_for(connection: Connection, names: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions of which one holds for a quote by one of these organisations, or by somebody who belongs to it."""
    columns = {"speaker": QUOTE.canonical_speaker_id, "organisation": QUOTE.canonical_organisation_id}
    conditions: list[ColumnElement[bool]] = []
    for name in names:
        fitting = named(connection, "organisation", name)
        if number(name) is None:
            fitting += named(connection, "speaker", name, kind="organisation")
        conditions += [columns[one.table] == one.id for one in _unique(name, fitting)]
    return conditions


def places(connection: Connection, table: str, typed: str) -> list[int]:
    """The outlets or conduits (`table`) whose name has all words typed, or is another name of that organisation."""
    found = with_words(table, name_key(typed))
    ids = set(connection.scalars(found)) if found is not None else set()
    for key in _other_names(connection, typed):
        other = with_words(table, key)
        rows = select(TABLES[table].c.id, TABLES[table].c.name)
        if other is not None:
            exact = connection.execute(rows.where(TABLES[table].c.id.in_(other)))
            ids |= {id_ for id_, name in exact if name_key(name) == key}
    return sorted(ids)


def with_words(subject: str, key: str) -> Any:
    """Selects the names that have all words of a comparable form; None where it has no words."""
    word = TABLES["name_word"].c
    found = [
        select(word.name_id).where(word.subject == subject, word.word == one) for one in dict.fromkeys(key.split())
    ]
    return intersect(*found) if len(found) > 1 else found[0] if found else None


def one_named(connection: Connection, table: str, name: str) -> Named:
    """The one speaker or organisation that a name or number fits. Raises `NameNotUnique`, or says that none does."""
    found = _unique(name, named(connection, table, name))
    if not found:
        raise QuotesError(f"No {table} is called {name!r}. See them with: quotes {table}s.")
    return found[0]


def named(connection: Connection, table: str, name: str, *, kind: str | None = None) -> list[Named]:
    """The speakers or organisations (`table`) that a name or number fits, by name; only those of a kind, if given."""
    one, form = TABLES[table], TABLES[f"{table}_name"]
    statement: Select[Any] = select(one.c.id, one.c.name, form.c.key).join(form, form.c[f"{table}_id"] == one.c.id)
    if kind:
        statement = statement.where(one.c.kind == kind)
    if (id_ := number(name)) is not None:
        canonical = select(one.c.canonical_id).where(one.c.id == id_).scalar_subquery()
        statement = statement.where(one.c.id == canonical)
    else:
        key = name_key(name)
        found = with_words(table, key)
        if found is None:
            return []
        best = ((form.c.key == key).desc(), one.c.quotes.desc(), one.c.id)
        statement = statement.where(form.c.id.in_(found)).order_by(*best).limit(MOST)
    keys: dict[tuple[int, str], set[str]] = {}
    for found_id, full, key in connection.execute(statement):
        keys.setdefault((found_id, full), set()).add(key)
    fitting = [Named(table, *who, frozenset(forms)) for who, forms in sorted(keys.items(), key=lambda k: k[0][1:])]
    return _without_groups(connection, fitting) if table == "speaker" and len(fitting) > 1 else fitting


def _without_groups(connection: Connection, fitting: list[Named]) -> list[Named]:
    """Those of some speakers who are no group, if there are any: who speaks in a group is found by membership."""
    speaker = TABLES["speaker"].c
    found = select(speaker.id).where(speaker.id.in_([one.id for one in fitting]), speaker.kind == "group")
    groups = set(connection.scalars(found))
    return [one for one in fitting if one.id not in groups] or fitting


def _other_names(connection: Connection, name: str) -> set[str]:
    """The keys of all names of the organisations with this very name: of "AFP" that of "Agence France-Presse" too."""
    form = TABLES["organisation_name"]
    key = name_key(name)
    found = with_words("organisation", key)
    if found is None:
        return set()
    bears = select(form.c.organisation_id).where(form.c.id.in_(found), form.c.key == key)
    return set(connection.scalars(select(form.c.key).distinct().where(form.c.organisation_id.in_(bears))))


def _unique(name: str, fitting: list[Named]) -> list[Named]:
    """The one that fits, or one of each table with a name in common.

    Whose own name is the one typed, in full, wins over those who are called so in passing ("Donald Trump" over "Donald
    Trump Jr."), and these over those whose names are longer.
    """
    key = name_key(name)
    full = " " in key
    own = [one for one in fitting if full and _whole(one.name) == _whole(name)]
    exact = [one for one in fitting if full and key in one.keys]
    chosen = own or exact or fitting
    tables = [one.table for one in chosen]
    strangers = len(chosen) == 2 and not chosen[0].keys & chosen[1].keys
    if len(tables) > len(set(tables)) or strangers:
        raise NameNotUnique(name, [(one.id, one.name) for one in chosen], tables[0] if len(set(tables)) == 1 else None)
    return chosen


def _whole(name: str) -> tuple[str, str]:
    """A name as it is compared, and the generation that it tells."""
    bare, suffix = without_suffix(name)
    return name_key(bare), suffix


def any_of(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The condition that one of several holds; of none, that nothing does."""
    return or_(*conditions) if conditions else QUOTE.id.is_(None)
