"""Words of a draft → the stored documents that may hold them, each with its quotes; and whom a draft's name fits.

Candidates come from the full-text index and from the indexes by speaker; no question reads a whole table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from quotes.query.names import named
from quotes.records import Span
from quotes.store.fulltext import found_by, ranked
from quotes.store.publications import is_statement
from quotes.store.tables import METADATA
from quotes.text.names import name_key

TABLES = METADATA.tables
QUOTE, DOCUMENT, SPEAKER, SPAN = (TABLES[name].c for name in ("quote", "document", "speaker", "quote_span"))


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote as far as a draft is compared with it; `content` are spans of its document's text."""

    id: int
    content: tuple[Span, ...]
    source: str
    kind: str
    polarity: str
    statement: bool
    speaker: str | None
    speaker_id: int | None
    organisation_id: int | None
    speaker_kind: str
    speaker_confidence: float
    source_type: str | None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its quotes; `current` says whether it is the latest version of its article."""

    id: int
    text: str
    current: bool
    published: date | None
    quotes: tuple[StoredQuote, ...]


@dataclass(frozen=True, slots=True)
class Bearers:
    """The canonical speakers, those who speak in a group with them included, and organisations that a name fits.

    `body` says that it is the name of a body, and of no person.
    """

    speakers: frozenset[int]
    organisations: frozenset[int]
    body: bool = False


def candidates(connection: Connection, terms: Sequence[str], limit: int) -> list[tuple[int, int, str]]:
    """Quotes with any of some terms, the best first: number, document and words of each.

    A term is a word, or several that must stand side by side. What lists leave out is looked at too: a quote may be
    denied, or of an earlier version.
    """
    if not terms:
        return []
    quoted = " ".join(f'"{term}"' for term in terms)
    ids = list(connection.scalars(ranked(connection.dialect, quoted, any_word=True, listed=False).limit(limit)))
    found = connection.execute(select(QUOTE.id, QUOTE.document_id, QUOTE.text).where(QUOTE.id.in_(ids)))
    rows = {id_: (id_, document, text) for id_, document, text in found}
    return [rows[id_] for id_ in ids if id_ in rows]


def said_by_them(
    connection: Connection, bearers: Bearers, words: str | None = None, *, limit: int
) -> list[tuple[int, int, str]]:
    """The latest quotes of some speakers, with `words` those that hold them all: number, document and words of each."""
    if not bearers.speakers:
        return []
    columns = (QUOTE.id, QUOTE.document_id, QUOTE.text)
    statement = select(*columns).where(QUOTE.canonical_speaker_id.in_(sorted(bearers.speakers)))
    if words is not None:
        statement = statement.where(QUOTE.id.in_(found_by(connection.dialect, words)))
    latest = statement.order_by(QUOTE.published.desc().nulls_last(), QUOTE.id).limit(limit)
    return [(id_, document, text) for id_, document, text in connection.execute(latest)]


def stored(connection: Connection, ids: Iterable[int]) -> list[StoredDocument]:
    """Documents with their quotes, in the order of their numbers as given."""
    order = list(ids)
    texts = connection.execute(select(DOCUMENT.id, DOCUMENT.text, DOCUMENT.current).where(DOCUMENT.id.in_(order))).all()
    publication = TABLES["publication"].c
    first = select(publication.document_id, publication.published)
    published = connection.execute(first.where(publication.document_id.in_(order), publication.first))
    days = {id_: day for id_, day in published}  # noqa: C416  (rows are not pairs to mypy)
    quotes = _quotes(connection, {id_: text for id_, text, _ in texts})
    there = {
        id_: StoredDocument(id_, text, current, days.get(id_), tuple(quotes.get(id_, ())))
        for id_, text, current in texts
    }
    return [there[id_] for id_ in order if id_ in there]


def _quotes(connection: Connection, texts: Mapping[int, str]) -> dict[int, list[StoredQuote]]:
    """document → its quotes; `texts` are those of the documents."""
    columns = (QUOTE.id, QUOTE.document_id, QUOTE.kind, QUOTE.polarity, QUOTE.speaker_kind, QUOTE.source_type,
               QUOTE.canonical_speaker_id, QUOTE.canonical_organisation_id, SPEAKER.name,
               func.coalesce(QUOTE.speaker_confidence, 1.0).label("sure"),
               is_statement(TABLES["quote"]).label("statement"))  # fmt: skip
    joined = TABLES["quote"].outerjoin(TABLES["speaker"], SPEAKER.id == QUOTE.canonical_speaker_id)
    own = select(*columns).select_from(joined).where(QUOTE.document_id.in_(list(texts)))
    rows = connection.execute(own.order_by(QUOTE.id)).all()
    spans: dict[tuple[int, str], list[Span]] = {}
    parts = and_(SPAN.quote_id.in_([row.id for row in rows]), SPAN.part.in_(("content", "source")))
    places = select(SPAN.quote_id, SPAN.part, SPAN.start_offset, SPAN.end_offset).where(parts)
    for quote, part, start, end in connection.execute(places.order_by(SPAN.start_offset)):
        spans.setdefault((quote, part), []).append(Span(start, end))
    found: dict[int, list[StoredQuote]] = {}
    for row in rows:
        source = " ".join(span.of(texts[row.document_id]) for span in spans.get((row.id, "source"), ()))
        content = tuple(spans.get((row.id, "content"), ()))
        quote = StoredQuote(row.id, content, source, row.kind, row.polarity, bool(row.statement), row.name,
                            row.canonical_speaker_id, row.canonical_organisation_id, row.speaker_kind, row.sure,
                            row.source_type)  # fmt: skip
        found.setdefault(row.document_id, []).append(quote)
    return found


def bearers(connection: Connection, names: Iterable[str]) -> Bearers:
    """Whom names fit, as people type them: any part of a name, in any case, without titles."""
    speakers: set[int] = set()
    organisations: set[int] = set()
    people: set[int] = set()
    for name in names:
        speakers |= _fitting(connection, "speaker", name)
        organisations |= _fitting(connection, "organisation", name)
        people |= {one.id for one in named(connection, "speaker", name, kind="person")}
    body = bool(organisations or speakers) and not people
    return Bearers(frozenset(speakers | _groups(connection, speakers)), frozenset(organisations), body)


def _fitting(connection: Connection, table: str, name: str) -> set[int]:
    """The rows that a name fits; where it is the full name of some, only these: "Bo Vane" is no "Bo Vane Jr."."""
    found, key = named(connection, table, name), name_key(name)
    exact = {one.id for one in found if " " in key and key in one.keys}
    return exact or {one.id for one in found}


def _groups(connection: Connection, speakers: Iterable[int]) -> set[int]:
    """The canonical speakers that are groups with one of these persons in them."""
    member, group = TABLES["group_member"].c, TABLES["speaker"].alias("joint").c
    joined = TABLES["group_member"].join(TABLES["speaker"], SPEAKER.id == member.member_id)
    groups = select(member.group_id).select_from(joined).where(SPEAKER.canonical_id.in_(sorted(speakers)))
    return set(connection.scalars(select(group.canonical_id).where(group.id.in_(list(connection.scalars(groups))))))


def publications(connection: Connection, documents: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """document → outlet, day, title, address and name of its first publication."""
    publication, outlet = TABLES["publication"].c, TABLES["outlet"].c
    joined = TABLES["publication"].outerjoin(TABLES["outlet"], outlet.id == publication.outlet_id)
    columns = (publication.document_id, outlet.name.label("outlet"), publication.published, publication.title,
               publication.url, publication.name.label("document"))  # fmt: skip
    statement = select(*columns).select_from(joined)
    statement = statement.where(publication.document_id.in_(list(documents)), publication.first)
    return {row["document_id"]: dict(row) for row in connection.execute(statement).mappings()}
