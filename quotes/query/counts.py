"""What is in the database → its speakers, organisations, documents and claims, each with counts.

In: an engine, perhaps words that the counted quotes must hold. Out: rows as mappings, streamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, FromClause, distinct, func, select

from quotes.query.quote import Row, streamed
from quotes.store.engine import revision, shown
from quotes.store.fulltext import matches
from quotes.store.tables import METADATA

QUOTE, DOCUMENT, OUTLET, SPEAKER, ORGANISATION, CLAIM = (
    METADATA.tables[name] for name in ("quote", "document", "outlet", "speaker", "organisation", "claim")
)
NAMED, BODY = SPEAKER.alias("named"), ORGANISATION.alias("body")  # as a document names them; the others are identities
SPEAKING = SPEAKER.join(NAMED, NAMED.c.identity_id == SPEAKER.c.id).join(QUOTE, QUOTE.c.speaker_id == NAMED.c.id)
BELONGING = ORGANISATION.join(BODY, BODY.c.identity_id == ORGANISATION.c.id).join(
    QUOTE, QUOTE.c.organisation_id == BODY.c.id
)
Columns = Mapping[str, ColumnElement[Any]]
QUOTES: Columns = {"quotes": func.count(distinct(QUOTE.c.id))}
DOCUMENTS: Columns = {"documents": func.count(distinct(QUOTE.c.document_id))}
SPEAKERS: Columns = {"speakers": func.count(distinct(NAMED.c.identity_id))}
PERIOD: Columns = {"first": func.min(DOCUMENT.c.published), "last": func.max(DOCUMENT.c.published)}


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing to list: the tables to join, the columns that name it, what is counted, and the usual order."""

    tables: FromClause
    columns: Columns
    counts: Columns
    sort: str


COUNTED = {
    "speakers": Counted(
        SPEAKING.join(DOCUMENT, DOCUMENT.c.id == QUOTE.c.document_id),
        {
            "speaker_id": SPEAKER.c.id,
            "speaker": SPEAKER.c.name,
            "kind": SPEAKER.c.kind,
            "external_id": SPEAKER.c.external_id,
        },
        {**QUOTES, **DOCUMENTS, **PERIOD},
        "-quotes",
    ),
    "organisations": Counted(
        BELONGING.join(DOCUMENT, DOCUMENT.c.id == QUOTE.c.document_id).outerjoin(
            NAMED, NAMED.c.id == QUOTE.c.speaker_id
        ),
        {
            "organisation_id": ORGANISATION.c.id,
            "organisation": ORGANISATION.c.name,
            "external_id": ORGANISATION.c.external_id,
        },
        {**QUOTES, **SPEAKERS, **DOCUMENTS, **PERIOD},
        "-quotes",
    ),
    "claims": Counted(
        CLAIM.join(QUOTE).join(DOCUMENT).outerjoin(NAMED, NAMED.c.id == QUOTE.c.speaker_id),
        {"claim_id": CLAIM.c.id, "claim": CLAIM.c.text},
        {**QUOTES, **SPEAKERS, **DOCUMENTS, **PERIOD},
        "-quotes",
    ),
    "documents": Counted(
        DOCUMENT.outerjoin(OUTLET)
        .outerjoin(QUOTE, QUOTE.c.document_id == DOCUMENT.c.id)
        .outerjoin(NAMED, NAMED.c.id == QUOTE.c.speaker_id),
        {
            "document_id": DOCUMENT.c.id,
            "published": DOCUMENT.c.published,
            "outlet": OUTLET.c.name,
            "title": DOCUMENT.c.title,
            "document": DOCUMENT.c.name,
            "url": DOCUMENT.c.url,
            "previous_id": DOCUMENT.c.previous_id,
        },
        {**QUOTES, **SPEAKERS},
        "-published",
    ),
}


def counted(
    engine: Engine, what: str, *, about: str | None = None, sort: str | None = None, limit: int | None = None
) -> Iterator[Row]:
    """The rows of `COUNTED[what]`; with `about`, only quotes that hold its words are counted.

    `sort` is one of the columns, with `-` before it for the other direction.
    """
    thing = COUNTED[what]
    columns = {**thing.columns, **thing.counts}
    sort = sort or thing.sort
    by = columns[sort.removeprefix("-")]
    order = (by.desc() if sort.startswith("-") else by.asc()).nulls_last()
    first_column = next(iter(thing.columns.values()))
    statement = select(*(column.label(name) for name, column in columns.items())).select_from(thing.tables)
    with engine.connect() as connection:
        if about:
            found = matches(connection.dialect, about).subquery()
            statement = statement.where(QUOTE.c.id.in_(select(found.c.id)))
        grouped = statement.group_by(*thing.columns.values()).order_by(order, first_column)
        yield from streamed(connection, grouped.limit(limit))


def inventory(engine: Engine) -> Iterator[Row]:
    """What the database is, by name and value: versions, then the number of rows of each table."""
    with engine.connect() as connection:
        yield {"name": "database", "value": shown(engine.url)}
        yield {"name": "schema", "value": revision(engine)}
        server = ".".join(str(part) for part in connection.dialect.server_version_info or ())
        yield {"name": connection.dialect.name, "value": server}
        for name, table in METADATA.tables.items():
            yield {"name": name, "value": connection.scalar(select(func.count()).select_from(table))}


def sorts(what: str) -> list[str]:
    """The columns by which a list can be sorted."""
    thing = COUNTED[what]
    return [*thing.columns, *thing.counts]
