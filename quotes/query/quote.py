"""Which quotes → the rows of `attributed_quote` that fit, a page at a time.

Rows are mappings with the columns of the view, so that lists, exports and SQL all speak of the same things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select

from quotes.errors import QuotesError
from quotes.query.selection import PAGE, Wanted, numbers
from quotes.records import Span
from quotes.store.fulltext import found_by, marked, ranked
from quotes.store.publications import earliest, is_statement
from quotes.store.tables import METADATA
from quotes.store.views import attributed_quote
from quotes.text.page import Page

TABLES = METADATA.tables
Row = Mapping[str, Any]
VIEW = attributed_quote.c
QUOTE = TABLES["quote"].c


def quotes(
    engine: Engine,
    wanted: Wanted | None = None,
    *,
    sort: str = "-date",
    limit: int | None = None,
    offset: int = 0,
    after: int | None = None,
) -> Iterator[Row]:
    """The quotes that fit. `sort` is one of `SORTS`, with `-` before it for the other direction.

    `after` is the number of a quote: the list, latest first or by number, goes on behind it, however long it is, in
    the time of a first page. Raises `NameNotUnique` where a name fits several speakers or organisations.
    """
    for page in numbers(engine, wanted or Wanted(), sort=sort, limit=limit, offset=offset, after=after):
        with engine.connect() as connection:
            found = rows(connection, page)
        yield from found


def rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """The rows of quotes, in the order of their numbers as given; numbers without a quote are passed over."""
    found = connection.execute(select(attributed_quote).where(VIEW.quote_id.in_(ids))).mappings()
    there = {row["quote_id"]: dict(row) for row in found}
    return [there[id_] for id_ in ids if id_ in there]


def quotes_by_speaker(engine: Engine, name: str, *, limit: int | None = None) -> Iterator[Row]:
    """Everything that one speaker said, latest first; `name` as people type it.

    >>> for quote in quotes_by_speaker(open_database("quotes.db"), "le drian"):
    ...     print(quote["published"], quote["text"])
    """
    return quotes(engine, Wanted(speaker=(name,)), limit=limit)


def search(engine: Engine, words: str, *, limit: int | None = None) -> Iterator[Row]:
    """The quotes that hold all the words, best first; the column `match` has them marked (see `store.fulltext`)."""
    with engine.connect() as connection:
        statement = ranked(connection.dialect, words)
        ids = list(connection.scalars(statement.limit(limit)))
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        with engine.connect() as connection:
            matches = {row[0]: row[1] for row in connection.execute(marked(connection.dialect, words, page))}
            found = [{"match": matches.get(row["quote_id"], row["text"]), **row} for row in rows(connection, page)]
        yield from found


NEAREST = 3
"""Claims that share any word with a text, of which the best are shown: after those, they have little in common."""


def sources_of_claim(
    engine: Engine, claim: int | str, *, any_word: bool = False, everything: bool = False, limit: int | None = None
) -> Iterator[Row]:
    """Who said it, earliest first: every quote of a claim by its number, or of the claims a text states.

    A text states the claims with a quote that holds all its words; with `any_word`, the `NEAREST` that hold any. A
    quote that later versions of an article repeat comes once. Only affirmed statements are sources, unless `everything`
    attributed is asked for: who denied it, who asked. `carried_by` is the number of publications of its text,
    and `carriers` says where and when.

    >>> for quote in sources_of_claim(open_database("quotes.db"), "strike at the heart"):
    ...     print(quote["speaker"], quote["carriers"], quote["text"])
    """
    with engine.connect() as connection:
        claims = [claim] if isinstance(claim, int) else _claims_stated(connection, claim, any_word)
        earliest_first = (QUOTE.published.asc().nulls_last(), QUOTE.id)
        statement = select(QUOTE.id).where(QUOTE.claim_id.in_(claims), QUOTE.repeats_id.is_(None))
        if not everything:
            statement = statement.where(QUOTE.polarity == "affirmed", is_statement(TABLES["quote"]))
        ids = list(connection.scalars(statement.order_by(*earliest_first).limit(limit)))
    for start in range(0, len(ids), PAGE):
        with engine.connect() as connection:
            page = ids[start : start + PAGE]
            carriers = _carriers(connection, page)
            found = [_carried(row, carriers[row["quote_id"]]) for row in rows(connection, page)]
        yield from sorted(found, key=lambda row: earliest(row["published_at"], row["published"], row["quote_id"]))


def _claims_stated(connection: Connection, words: str, any_word: bool) -> Any:
    """The claims of quotes with all these words, as a selection; with any of them, the numbers of the nearest."""
    if not any_word:
        return select(QUOTE.claim_id).where(QUOTE.id.in_(found_by(connection.dialect, words)))
    best = list(connection.scalars(ranked(connection.dialect, words, any_word=True).limit(NEAREST)))
    return list(connection.scalars(select(QUOTE.claim_id).where(QUOTE.id.in_(best))))


def _carriers(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    """quote → the publications of its document and of the later versions that repeat it, earliest first."""
    publication, outlet = TABLES["publication"], TABLES["outlet"].c.name
    repeated = func.coalesce(QUOTE.repeats_id, QUOTE.id)
    columns = (publication.c.id, publication.c.published_at, publication.c.published, publication.c.name)
    found = (
        select(repeated.label("quote_id"), outlet.label("outlet"), *columns)
        .select_from(TABLES["quote"])
        .join(publication, publication.c.document_id == QUOTE.document_id)
        .outerjoin(TABLES["outlet"], TABLES["outlet"].c.id == publication.c.outlet_id)
        .where(or_(QUOTE.id.in_(ids), QUOTE.repeats_id.in_(ids)))
    )
    carried: dict[int, list[Any]] = {id_: [] for id_ in ids}
    for row in connection.execute(found):
        carried[row.quote_id].append(row)
    for publications in carried.values():
        publications.sort(key=lambda row: earliest(row.published_at, row.published, row.id))
    return carried


def _carried(row: Row, publications: Sequence[Any]) -> Row:
    """A row with its carriers: each outlet once, with the day it first had it."""
    days: dict[str, date | None] = {}
    for one in publications:
        days.setdefault(one.outlet or one.name, one.published)
    carriers = [f"{who} {day}" if day else who for who, day in days.items()]
    return {**row, "carried_by": len(carriers), "carriers": "; ".join(carriers)}


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    """A quote's row, its spans (part, start, end) and the paragraphs it stands in (their text, where they start)."""

    row: Row
    spans: tuple[tuple[str, int, int], ...]
    paragraph: str
    paragraph_start: int


def quote_in_context(engine: Engine, quote_id: int) -> QuoteInContext:
    """One quote where it stands. Raises `QuotesError` where there is none of that number."""
    document, span = TABLES["document"].c, TABLES["quote_span"].c
    with engine.connect() as connection:
        found = rows(connection, [quote_id])
        if not found:
            raise QuotesError(f"There is no quote {quote_id}. See their numbers with: quotes list.")
        row = _carried(found[0], _carriers(connection, [quote_id])[quote_id])
        text = connection.scalar(select(document.text).where(document.id == row["document_id"])) or ""
        places = select(span.part, span.start_offset, span.end_offset).where(span.quote_id == quote_id)
        spans = tuple((part, start, end) for part, start, end in connection.execute(places.order_by(span.start_offset)))
    first, last = min(start for _, start, _ in spans), max(end for _, _, end in spans)
    around = Page(text).around(Span(first, last))
    return QuoteInContext(row, spans, around.of(text), around.start)
