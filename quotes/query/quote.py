"""Which quotes → the rows of `attributed_quote` that fit, streamed.

In: an engine and the conditions. Out: rows as mappings, with the columns of the view, so that lists, exports and SQL
all speak of the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select

from quotes.errors import QuotesError
from quotes.query.names import other_names, said_by, said_for
from quotes.resolve.names import name_key
from quotes.store.fulltext import matches
from quotes.store.tables import METADATA
from quotes.store.views import attributed_quote

Row = Mapping[str, Any]
QUOTE = attributed_quote.c
FETCHED = 500  # rows a round trip: a long answer must not lie in memory
IN_TEXT_ORDER = (QUOTE.document_id, QUOTE.start_offset, QUOTE.quote_id)
SORTS: dict[str, ColumnElement[Any]] = {
    "date": QUOTE.published,
    "speaker": QUOTE.speaker,
    "outlet": QUOTE.outlet,
    "confidence": QUOTE.confidence,
    "id": QUOTE.quote_id,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quotes: every condition that is given must hold; of several names in one condition any may."""

    speaker: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    conduit: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    about: str | None = None
    min_confidence: float = 0.0
    source_type: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    speaker_kind: tuple[str, ...] = ()
    min_speaker_confidence: float = 0.0
    everything: bool = False
    all_versions: bool = False


def quotes(
    engine: Engine, wanted: Wanted | None = None, *, sort: str = "-date", limit: int | None = None, offset: int = 0
) -> Iterator[Row]:
    """The quotes that fit. `sort` is a key of `SORTS`, with `-` before it for the other direction.

    Raises `NameNotUnique` where a name fits several speakers or organisations.
    """
    with engine.connect() as connection:
        conditions = _conditions(connection, wanted or Wanted())
        by = SORTS[sort.removeprefix("-")]
        order = (by.desc() if sort.startswith("-") else by.asc()).nulls_last()
        statement = select(attributed_quote).where(*conditions).order_by(order, *IN_TEXT_ORDER)
        yield from streamed(connection, statement.limit(limit).offset(offset or None))


def quotes_by_speaker(engine: Engine, name: str, *, limit: int | None = None) -> Iterator[Row]:
    """Everything that one speaker said, latest first; `name` as people type it.

    >>> for quote in quotes_by_speaker(open_database("quotes.db"), "le drian"):
    ...     print(quote["published"], quote["text"])
    """
    return quotes(engine, Wanted(speaker=(name,)), limit=limit)


def count(engine: Engine, wanted: Wanted | None = None) -> int:
    """How many quotes fit."""
    with engine.connect() as connection:
        conditions = _conditions(connection, wanted or Wanted())
        return connection.scalar(select(func.count()).select_from(attributed_quote).where(*conditions)) or 0


def search(engine: Engine, words: str, *, limit: int | None = None) -> Iterator[Row]:
    """The quotes that hold all the words, best first; the column `match` has them marked (see `store.fulltext`)."""
    with engine.connect() as connection:
        found = matches(connection.dialect, words).subquery()
        statement = select(found.c.marked.label("match"), attributed_quote).join(found, found.c.id == QUOTE.quote_id)
        yield from streamed(connection, statement.order_by(found.c.rank, *IN_TEXT_ORDER).limit(limit))


NEAREST = 20
"""Claims that share any word with a text, of which the best are shown: after those, they have little in common."""


def sources_of_claim(
    engine: Engine, claim: int | str, *, any_word: bool = False, limit: int | None = None
) -> Iterator[Row]:
    """Who said it, earliest first: every quote of a claim by its number, or of the claims a text states.

    A text states the claims with a quote that holds all its words; with `any_word`, the `NEAREST` that hold any.

    >>> for quote in sources_of_claim(open_database("quotes.db"), "strike at the heart"):
    ...     print(quote["speaker"], quote["outlet"], quote["text"])
    """
    earliest = (QUOTE.published.asc().nulls_last(), *IN_TEXT_ORDER)
    with engine.connect() as connection:
        claims = [claim] if isinstance(claim, int) else _claims_stated(connection, claim, any_word)
        statement = select(attributed_quote).where(QUOTE.claim_id.in_(claims)).order_by(*earliest).limit(limit)
        yield from streamed(connection, statement)


def _claims_stated(connection: Connection, words: str, any_word: bool) -> Sequence[int]:
    quote = METADATA.tables["quote"].c
    found = matches(connection.dialect, words, any_word=any_word).subquery()
    statement = select(quote.claim_id).join(found, found.c.id == quote.id).order_by(found.c.rank, quote.id)
    return connection.scalars(statement.limit(NEAREST if any_word else None)).all()


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    """A quote's row, its spans (part, start, end) and the paragraphs it stands in (their text, where they start)."""

    row: Row
    spans: tuple[tuple[str, int, int], ...]
    paragraph: str
    paragraph_start: int


def quote_in_context(engine: Engine, quote_id: int) -> QuoteInContext:
    """One quote where it stands. Raises `QuotesError` where there is none of that number."""
    document, span = METADATA.tables["document"].c, METADATA.tables["quote_span"].c
    with engine.connect() as connection:
        row = connection.execute(select(attributed_quote).where(QUOTE.quote_id == quote_id)).mappings().one_or_none()
        if row is None:
            raise QuotesError(f"There is no quote {quote_id}. See their numbers with: quotes list.")
        text = connection.scalar(select(document.text).where(document.id == row["document_id"])) or ""
        found = select(span.part, span.start_offset, span.end_offset).where(span.quote_id == quote_id)
        spans = tuple(connection.execute(found.order_by(span.start_offset)))
    first, last = min(start for _, start, _ in spans), max(end for _, _, end in spans)
    start = max((m.end() for m in re.finditer(r"\n\s*\n", text[:first])), default=0)
    following = re.compile(r"\n\s*\n").search(text, last)
    return QuoteInContext(dict(row), spans, text[start : following.start() if following else len(text)], start)


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.speaker:
        conditions.append(said_by(connection, wanted.speaker))
    if wanted.organisation:
        conditions.append(said_for(connection, wanted.organisation))
    if wanted.outlet:
        fitting = [value for name in wanted.outlet for value in _like(connection, QUOTE.outlet, name)]
        conditions.append(QUOTE.outlet.in_(fitting))
    if wanted.conduit:
        fitting = [value for name in wanted.conduit for value in _like(connection, QUOTE.conduit, name)]
        conditions.append(QUOTE.conduit.in_(fitting))
    if wanted.about:
        found = matches(connection.dialect, wanted.about).subquery()
        conditions.append(QUOTE.quote_id.in_(select(found.c.id)))
    exact = {QUOTE.kind: wanted.kind, QUOTE.act: wanted.act}
    conditions += [column.in_(values) for column, values in exact.items() if values]
    if wanted.since:
        conditions.append(QUOTE.published >= wanted.since)
    if wanted.until:
        conditions.append(QUOTE.published <= wanted.until)
    if wanted.min_confidence:
        conditions.append(QUOTE.confidence >= wanted.min_confidence)
    return conditions


def _like(connection: Connection, column: ColumnElement[Any], typed: str) -> list[str]:
    """The values of a column that hold every word typed, compared as names are, or are that organisation's name too."""
    words, others = set((name_key(typed) or typed).split()), other_names(connection, typed)
    values = connection.scalars(select(column).distinct().where(column.is_not(None)))
    return [value for value in values if words <= set(name_key(value).split()) or name_key(value) in others]


def streamed(connection: Connection, statement: Select[Any]) -> Iterator[Row]:
    """Rows of a statement, some at a time."""
    with connection.execution_options(stream_results=True, yield_per=FETCHED).execute(statement) as result:
        for row in result.mappings():
            yield dict(row)
