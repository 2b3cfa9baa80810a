"""Which quotes are wanted → their numbers, in order, a page at a time.

Numbers first, rows later: a page of numbers is read from an index that is in the order of the list, and only the quotes
of that page are joined with all that is known about them. What is asked for by name (a speaker, an organisation, a
conduit, an outlet) leads to the index; the other conditions are checked on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, exists, func, or_, select, union

from quotes.errors import QuotesError
from quotes.query.names import any_of, places, said_by, said_for
from quotes.store.fulltext import found_by
from quotes.store.publications import is_statement
from quotes.store.tables import METADATA

TABLES = METADATA.tables
QUOTE = TABLES["quote"].c
PAGE = 500
"""Quotes that are read at once: a long answer must not lie in memory."""

MOST_BRANCHES = 8
"""So many indexed conditions are each read in order and merged; of more, all matches are sorted."""

SORTS = ("date", "speaker", "outlet", "confidence", "id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quotes: every condition that is given must hold; of several values of one condition any may.

    Without `polarity`, `everything` or `all_versions`, only what is listed as said: affirmed statements of the latest
    versions. `everything` adds attitudes, and what sources denied or questioned; `all_versions` adds earlier versions.
    """

    speaker: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    conduit: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    source_type: tuple[str, ...] = ()
    speaker_kind: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    about: str | None = None
    min_confidence: float = 0.0
    min_speaker_confidence: float = 0.0
    everything: bool = False
    all_versions: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes wanted: those for which one of the `branches` holds (all, if there are none) and every `condition`."""

    branches: tuple[ColumnElement[bool], ...]
    conditions: tuple[ColumnElement[bool], ...]

    @property
    def condition(self) -> ColumnElement[bool]:
        """The whole as one condition."""
        return and_(True, *([or_(*self.branches)] if self.branches else []), *self.conditions)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the day and number of its last quote."""

    published: date | None
    id: int


def selection(connection: Connection, wanted: Wanted) -> Selection:
    """The conditions that a question asks for. Raises `NameNotUnique` where a name fits several."""
    named: list[Sequence[ColumnElement[bool]]] = []
    if wanted.speaker:
        named.append(said_by(connection, wanted.speaker))
    if wanted.organisation:
        named.append(said_for(connection, wanted.organisation))
    for table, column in (("conduit", QUOTE.conduit_id), ("outlet", QUOTE.outlet_id)):
        if typed := getattr(wanted, table):
            named.append([column == id_ for name in typed for id_ in places(connection, table, name)])
    branches, *others = named or [()]
    conditions = [any_of(other) for other in others]
    if named and not branches:
        conditions.append(any_of(()))
    if len(branches) > MOST_BRANCHES:
        branches = (or_(*branches),)
    return Selection(tuple(branches), (*conditions, *_shown(wanted), *_properties(wanted), *_about(connection, wanted)))


def _shown(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """What may be listed at all."""
    said = set(wanted.polarity) <= {"affirmed"}
    if said and not (wanted.everything or wanted.all_versions):
        yield QUOTE.listed
        return
    if not wanted.all_versions:
        document = TABLES["document"].c
        yield exists().where(document.id == QUOTE.document_id, document.current)
    if not wanted.everything:
        yield is_statement(TABLES["quote"])
        yield QUOTE.polarity.in_(wanted.polarity or ("affirmed",))
    elif wanted.polarity:
        yield QUOTE.polarity.in_(wanted.polarity)


def _properties(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for name in ("kind", "act", "source_type", "speaker_kind"):
        if values := getattr(wanted, name):
            yield QUOTE[name].in_(values)
    if wanted.since:
        yield QUOTE.published >= wanted.since
    if wanted.until:
        yield QUOTE.published <= wanted.until
    if wanted.min_confidence:
        yield QUOTE.confidence >= wanted.min_confidence
    if wanted.min_speaker_confidence:
        yield QUOTE.speaker_confidence >= wanted.min_speaker_confidence


def _about(connection: Connection, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.about:
        yield QUOTE.id.in_(found_by(connection.dialect, wanted.about))


def numbers(
    engine: Engine, wanted: Wanted, *, sort: str = "-date", limit: int | None, offset: int = 0, after: int | None = None
) -> Iterator[list[int]]:
    """The numbers of the quotes wanted, `PAGE` at a time; `after` is the quote that the page before ended with."""
    if sort in ("-date", "id", "-id"):
        yield from _by_index(engine, wanted, sort, limit, offset, after)
        return
    with engine.connect() as connection:
        statement = _sorted(selection(connection, wanted), sort).limit(limit).offset(offset or None)
        found = list(connection.scalars(statement))
    yield from (found[start : start + PAGE] for start in range(0, len(found), PAGE))


def _sorted(chosen: Selection, sort: str) -> Select[Any]:
    """All that is chosen, sorted by what no index is in the order of."""
    speaker, outlet = TABLES["speaker"], TABLES["outlet"]
    joined: Any = TABLES["quote"]
    by: ColumnElement[Any] = {"date": QUOTE.published, "confidence": QUOTE.confidence}.get(
        sort.removeprefix("-"), QUOTE.id
    )
    if sort.endswith("speaker"):
        joined, by = joined.outerjoin(speaker, speaker.c.id == QUOTE.canonical_speaker_id), speaker.c.name
    if sort.endswith("outlet"):
        joined, by = joined.outerjoin(outlet, outlet.c.id == QUOTE.outlet_id), outlet.c.name
    order = (by.desc() if sort.startswith("-") else by.asc()).nulls_last()
    return select(QUOTE.id).select_from(joined).where(chosen.condition).order_by(order, QUOTE.id)


def _by_index(
    engine: Engine, wanted: Wanted, sort: str, limit: int | None, offset: int, after: int | None
) -> Iterator[list[int]]:
    """Pages that each begin where the one before ended (keyset pagination), a transaction each."""
    last: Place | None = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        with engine.connect() as connection:
            chosen = selection(connection, wanted)
            if after is not None and last is None:
                last = _place(connection, after, offset)
            pages = _by_date if sort == "-date" else _by_number
            found = pages(connection, chosen, size, offset, last, sort)
        if not found:
            return
        yield [place.id for place in found]
        if len(found) < size:
            return
        last, offset = found[-1], 0
        left = None if left is None else left - len(found)


def _place(connection: Connection, quote: int, offset: int) -> Place:
    """Where a list goes on. Raises `QuotesError` where there is no such quote, or rows are to be skipped as well."""
    if offset:
        raise QuotesError("Give --after or --offset, not both.")
    row = connection.execute(select(QUOTE.published, QUOTE.id).where(QUOTE.id == quote)).one_or_none()
    if row is None:
        raise QuotesError(f"There is no quote {quote} to go on after.")
    return Place(row.published, row.id)


def _by_number(
    connection: Connection, chosen: Selection, size: int, offset: int, last: Place | None, sort: str
) -> list[Place]:
    down = sort.startswith("-")
    statement = select(QUOTE.id).where(chosen.condition).order_by(QUOTE.id.desc() if down else QUOTE.id)
    if last:
        statement = statement.where(QUOTE.id < last.id if down else QUOTE.id > last.id)
    return [Place(None, id_) for id_ in connection.scalars(statement.limit(size).offset(offset or None))]


def _by_date(
    connection: Connection, chosen: Selection, size: int, offset: int, last: Place | None, _sort: str
) -> list[Place]:
    """Latest first, what has no day last."""
    if last is None:
        return _latest(connection, chosen, (), size, offset)
    undated = QUOTE.published.is_(None)
    if last.published is None:
        return _latest(connection, chosen, (undated, QUOTE.id > last.id), size, offset)
    older = or_(QUOTE.published < last.published, QUOTE.id > last.id)
    found = _latest(connection, chosen, (QUOTE.published <= last.published, older), size, offset)
    if len(found) < size:
        found += _latest(connection, chosen, (undated,), size - len(found), 0)
    return found


def _latest(
    connection: Connection, chosen: Selection, more: Sequence[ColumnElement[bool]], size: int, offset: int
) -> list[Place]:
    """Each branch is read from its own index, as far as the page needs it."""
    order = (QUOTE.published.desc().nulls_last(), QUOTE.id)
    columns = (QUOTE.published, QUOTE.id)
    parts = [
        select(*columns).where(branch, *chosen.conditions, *more).order_by(*order).limit(size + offset)
        for branch in chosen.branches or (and_(True),)
    ]
    if len(parts) == 1:
        statement: Any = parts[0].limit(size).offset(offset or None)
    else:
        merged = union(*(select(part.subquery()) for part in parts)).subquery()
        statement = select(merged).order_by(merged.c.published.desc().nulls_last(), merged.c.id)
        statement = statement.limit(size).offset(offset or None)
    return [Place(row.published, row.id) for row in connection.execute(statement)]


def count(engine: Engine, wanted: Wanted | None = None, *, most: int | None = None) -> int:
    """How many quotes fit; counting stops at `most`."""
    with engine.connect() as connection:
        chosen = selection(connection, wanted or Wanted())
        found = select(QUOTE.id).where(chosen.condition).limit(most).subquery()
        return connection.scalar(select(func.count()).select_from(found)) or 0
