"""What is in the database → its speakers, organisations, documents and claims, each with counts.

Counts of what lists show are kept by the store (`store.summaries`); what is not kept is computed for the rows of the
answer alone. With `about`, the quotes that hold its words are counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, Subquery, and_, distinct, func, select

from quotes.query.quote import Row
from quotes.store.engine import revision, shown
from quotes.store.fulltext import found_by
from quotes.store.tables import METADATA

TABLES = METADATA.tables
QUOTE, CLAIM, DOCUMENT, POSITION = (TABLES[name].c for name in ("quote", "claim", "document", "position"))
PUBLICATION, OUTLET = TABLES["publication"].c, TABLES["outlet"].c
Columns = Mapping[str, ColumnElement[Any]]
PERIOD: Columns = {"first": func.min(QUOTE.published), "last": func.max(QUOTE.published)}
COUNTS: Columns = {
    "quotes": func.count(),
    "speakers": func.count(distinct(QUOTE.canonical_speaker_id)),
    "documents": func.count(distinct(QUOTE.document_id)),
    **PERIOD,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing to list: columns that name it and count, the column of a quote that refers to it, the usual order."""

    names: tuple[str, ...]
    counts: tuple[str, ...]
    refers: ColumnElement[Any]
    sort: str


COUNTED = {
    "speakers": Counted(
        ("speaker_id", "speaker", "kind", "external_id"),
        ("quotes", "documents", "first", "last"),
        QUOTE.canonical_speaker_id,
        "-quotes",
    ),
    "organisations": Counted(
        ("organisation_id", "organisation", "external_id"),
        ("quotes", "speakers", "documents", "first", "last"),
        QUOTE.canonical_organisation_id,
        "-quotes",
    ),
    "claims": Counted(
        ("claim_id", "claim"), ("quotes", "speakers", "documents", "first", "last"), QUOTE.claim_id, "-quotes"
    ),
    "documents": Counted(
        ("document_id", "published", "outlet", "title", "document", "url", "publications", "previous_id"),
        ("quotes", "speakers"),
        QUOTE.document_id,
        "-published",
    ),
}


def counted(
    engine: Engine,
    what: str,
    *,
    about: str | None = None,
    sort: str | None = None,
    limit: int | None = None,
    all_versions: bool = False,
    everything: bool = False,
) -> Iterator[Row]:
    """The rows of `COUNTED[what]`; with `about`, only quotes that hold its words are counted.

    `sort` is one of the columns, with `-` before it for the other direction. Of documents, the latest versions are
    listed, or all. Quotes that lists show are counted, or `everything` that is attributed to anybody.
    """
    with engine.connect() as connection:
        columns, tables = _columns(what), _tables(what)
        if about is not None or everything:
            some = _counts_anew(connection, what, about, everything)
            columns |= {name: some.c[name] for name in COUNTED[what].counts}
            tables = tables.join(some, some.c.row == next(iter(columns.values())))
        order = sort or COUNTED[what].sort
        by = columns[order.removeprefix("-")]
        by = (by.desc() if order.startswith("-") else by.asc()).nulls_last()
        statement = select(*(column.label(name) for name, column in columns.items())).select_from(tables)
        statement = statement.where(*_listed(what, columns, all_versions))
        found = connection.execute(statement.order_by(by, next(iter(columns.values()))).limit(limit))
        rows = [dict(row) for row in found.mappings()]
    yield from rows


def _columns(what: str) -> dict[str, ColumnElement[Any]]:
    """Each column as the store keeps it, or as it is computed for one row."""
    columns = _names(what)
    own = and_(COUNTED[what].refers == next(iter(columns.values())), QUOTE.listed)
    columns |= {name: select(COUNTS[name]).where(own).scalar_subquery() for name in COUNTED[what].counts}
    if what == "claims":
        columns["quotes"] = CLAIM.quotes
    if what in ("speakers", "organisations"):
        row = TABLES[what.removesuffix("s")].c
        columns |= {"quotes": row.quotes, "documents": row.documents, "first": row.first_published,
                    "last": row.last_published}  # fmt: skip
    if what == "organisations":
        speakers = select(func.count(distinct(POSITION.speaker_id)))
        columns["speakers"] = speakers.where(POSITION.organisation_id == columns["organisation_id"]).scalar_subquery()
    return columns


def _tables(what: str) -> FromClause:
    """Where the columns that name a row come from."""
    if what != "documents":
        return TABLES[what.removesuffix("s")]
    joined = TABLES["publication"].join(TABLES["document"], DOCUMENT.id == PUBLICATION.document_id)
    return joined.outerjoin(TABLES["outlet"], OUTLET.id == PUBLICATION.outlet_id)


def _listed(what: str, columns: Columns, all_versions: bool) -> Iterator[ColumnElement[bool]]:
    """Which rows are listed: what has quotes; every document, of its versions the latest."""
    if what != "documents":
        yield columns["quotes"] > 0
        return
    yield PUBLICATION.first
    if not all_versions:
        yield DOCUMENT.current


def _counts_anew(connection: Connection, what: str, about: str | None, everything: bool) -> Subquery:
    """The counts of those quotes that hold some words, or of all, listed or not."""
    thing = COUNTED[what]
    counts = (COUNTS[name].label(name) for name in thing.counts)
    grouped = select(thing.refers.label("row"), *counts).group_by(thing.refers)
    if about is not None:
        grouped = grouped.where(QUOTE.id.in_(found_by(connection.dialect, about)))
    if not everything:
        grouped = grouped.where(QUOTE.listed)
    return grouped.subquery()


def _names(what: str) -> dict[str, ColumnElement[Any]]:
    """The columns that say what a row is."""
    if what == "claims":
        wording = select(QUOTE.text).where(QUOTE.claim_id == CLAIM.id).order_by(QUOTE.id).limit(1)
        return {"claim_id": CLAIM.id, "claim": wording.scalar_subquery()}
    if what == "documents":
        publications = TABLES["publication"].alias("any_publication")
        count = select(func.count()).where(publications.c.document_id == DOCUMENT.id)
        return {
            "document_id": DOCUMENT.id,
            "published": PUBLICATION.published,
            "outlet": OUTLET.name,
            "title": PUBLICATION.title,
            "document": PUBLICATION.name,
            "url": PUBLICATION.url,
            "publications": count.select_from(publications).scalar_subquery(),
            "previous_id": DOCUMENT.previous_id,
        }
    subject = what.removesuffix("s")
    row = TABLES[subject].c
    return {
        f"{subject}_id": row.id,
        subject: row.name,
        **({"kind": row.kind} if subject == "speaker" else {}),
        "external_id": row.external_id,
    }


def inventory(engine: Engine) -> Iterator[Row]:
    """What the database is, by name and value: versions, then the number of rows of each table."""
    with engine.connect() as connection:
        yield {"name": "database", "value": shown(engine.url)}
        yield {"name": "schema", "value": revision(engine)}
        server = ".".join(str(part) for part in connection.dialect.server_version_info or ())
        yield {"name": connection.dialect.name, "value": server}
        for name, table in TABLES.items():
            yield {"name": name, "value": connection.scalar(select(func.count()).select_from(table))}


def sorts(what: str) -> list[str]:
    """The columns by which a list can be sorted."""
    thing = COUNTED[what]
    return [*thing.names, *thing.counts]
