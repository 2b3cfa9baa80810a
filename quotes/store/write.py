"""Documents with their quotes → rows: `save()`, idempotent, one transaction a document.

Core inserts of many rows at once, not the ORM's unit of work: storing must cost little beside detection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from quotes.errors import DatabaseError
from quotes.records import Claim, Document, Polarity, Quote, Span
from quotes.store import publications, summaries, tables
from quotes.store.engine import insert_missing, insert_rows, now, numbers, writing
from quotes.store.names import Names, Naming
from quotes.store.summaries import Counted

PARTS = ("content", "cue", "source")


class Outcome(StrEnum):
    """What `save` did with a document."""

    ADDED = "added"
    KNOWN = "already known"
    NEW_VERSION = "new version"
    PUBLISHED_AGAIN = "published again"


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome for a document, the name it is stored under, and how many quotes it brought."""

    outcome: Outcome
    name: str
    quotes: int = 0


def recognise(engine: Engine, document: Document, naming: Naming) -> Saved | None:
    """What becomes of a text that is stored already, or None for a new one: asked first, it saves detection.

    Where the text appears in another outlet or at another URL than before, that publication is stored.
    """
    sha256 = document.sha256
    with engine.connect() as connection:
        known = _known(connection, sha256)
        if known is None:
            return None
        document_id, name = known
        if not publications.is_new_publication(connection, document_id, document):
            return Saved(Outcome.KNOWN, name)
    with _storing(engine, document) as connection:
        return _publish_again(connection, document, *known, naming)


def save(
    engine: Engine,
    document: Document,
    quotes: Sequence[tuple[Quote, Claim]],
    *,
    model: str,
    version: str,
    naming: Naming,
) -> Saved:
    """Stores a document with its quotes, whole or not at all; a text that is stored already is left as it is.

    `model` and `version` name the detector that read it; `naming` knows names: how they are compared, and which of
    different documents are one. Raises `DatabaseError` where the database refuses.
    """
    sha256 = document.sha256
    with _storing(engine, document) as connection:
        known = _known(connection, sha256)
        if known is not None:
            if publications.is_new_publication(connection, known[0], document):
                return _publish_again(connection, document, *known, naming)
            return Saved(Outcome.KNOWN, known[1])
        previous = publications.replaced(connection, document.url)
        outlets = named_rows(connection, tables.Outlet, {document.outlet or ""}, naming)
        document_id = _insert_document(connection, document, sha256, previous)
        outlet_id = outlets.get(document.outlet or "")
        publications.insert_publication(connection, document_id, document, outlet_id, first=True)
        read = {"document_id": document_id, "model": model, "version": version, "extracted_at": now()}
        extraction_id = insert_rows(connection, tables.Extraction, [read])[0]
        owner = {
            "document_id": document_id,
            "extraction_id": extraction_id,
            "published": document.published,
            "outlet_id": outlet_id,
        }
        if quotes:
            _insert_quotes(connection, quotes, document, owner, previous, naming)
        outcome = Outcome.ADDED if previous is None else Outcome.NEW_VERSION
        return Saved(outcome, document.id, len(quotes))


def _publish_again(connection: Connection, document: Document, document_id: int, name: str, naming: Naming) -> Saved:
    outlets = named_rows(connection, tables.Outlet, {document.outlet or ""}, naming)
    publications.publish_again(connection, document_id, document, outlets.get(document.outlet or ""))
    return Saved(Outcome.PUBLISHED_AGAIN, name)


@contextmanager
def _storing(engine: Engine, document: Document) -> Iterator[Connection]:
    """A transaction that writes; what the database refuses is told as a `DatabaseError` that names the document."""
    try:
        with writing(engine) as connection:
            yield connection
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseError(f"Cannot store {document.id}: {reason}. Run: quotes db check.") from error


def _known(connection: Connection, sha256: str) -> tuple[int, str] | None:
    """Number and name of the stored document with this very text."""
    document, publication = tables.METADATA.tables["document"].c, tables.METADATA.tables["publication"]
    found = select(document.id, publication.c.name).join(publication, publication.c.document_id == document.id)
    row = connection.execute(found.where(document.sha256 == sha256, publication.c.first)).one_or_none()
    return (row.id, row.name) if row else None


def _insert_document(connection: Connection, document: Document, sha256: str, previous_id: int | None) -> int:
    row = {
        "language": document.language,
        "text": document.text,
        "sha256": sha256,
        "previous_id": previous_id,
        "current": True,
        "added_at": now(),
    }
    return insert_rows(connection, tables.Document, [row])[0]


def _insert_quotes(
    connection: Connection,
    quotes: Sequence[tuple[Quote, Claim]],
    document: Document,
    owner: dict[str, Any],
    previous: int | None,
    naming: Naming,
) -> None:
    found = [quote for quote, _ in quotes]
    names = Names(connection, document, owner["document_id"], naming)
    speakers, organisations = names.speakers(found), names.organisations(found)
    conduits = named_rows(connection, tables.Conduit, {quote.conduit or "" for quote in found}, naming)
    claims = _claim_ids(connection, [claim for _, claim in quotes])
    rows = [
        owner | _quote_row(quote, document) | {
            "claim_id": claims[claim.identity],
            **speakers.columns(quote.speaker),
            **organisations.columns(quote.organisation),
            "conduit_id": conduits.get(quote.conduit or ""),
        }
        for quote, claim in quotes
    ]  # fmt: skip
    said = [(row["claim_id"], row["canonical_speaker_id"]) for row in rows]
    for row, (repeats, listed) in zip(rows, publications.repeated(connection, previous, said), strict=True):
        row["repeats_id"] = repeats
        row["listed"] = is_listed(row) and not (repeats and listed)
    ids = insert_rows(connection, tables.Quote, rows)
    spans = [
        _span_row(quote_id, part, span, document)
        for quote_id, quote in zip(ids, found, strict=True)
        for part in PARTS
        for span in getattr(quote.attribution, part)
    ]
    connection.execute(insert(tables.METADATA.tables["quote_span"]), spans)
    listed_rows = [(row, quote) for row, quote in zip(rows, found, strict=True) if row["listed"]]
    counted = [
        Counted(row["canonical_speaker_id"], row["canonical_organisation_id"], row["role"], quote.conduit, row["kind"],
                row["claim_id"]) for row, quote in listed_rows
    ]  # fmt: skip
    summaries.add(connection, counted, document.published, document.outlet)
    speakers.add_forms([row["speaker_id"] for row, _ in listed_rows])
    organisations.add_forms([row["organisation_id"] for row, _ in listed_rows])


def _quote_row(quote: Quote, document: Document) -> dict[str, Any]:
    attribution = quote.attribution
    return {
        "speaker_kind": quote.speaker.kind.value,
        "role": quote.role,
        "kind": attribution.kind.value,
        "act": attribution.act.value,
        "polarity": attribution.polarity.value,
        "source_type": quote.source_type.value,
        "text": quote.text(document),
        "confidence": attribution.confidence,
        "speaker_confidence": quote.speaker_confidence,
        "statement_confidence": attribution.statement_confidence,
    }


def is_listed(row: dict[str, Any]) -> bool:
    """Whether lists show a quote of a current document: it is a statement, and its source stands behind it."""
    return bool(row["polarity"] == Polarity.AFFIRMED and row["statement_confidence"] >= publications.STATEMENT)


def _span_row(quote_id: int, part: str, span: Span, document: Document) -> dict[str, object]:
    if span.end > len(document.text):
        raise ValueError(f"{document.id}: span {span.start}–{span.end} runs past the text's {len(document.text)}")
    return {"quote_id": quote_id, "part": part, "start_offset": span.start, "end_offset": span.end}


def _claim_ids(connection: Connection, claims: Sequence[Claim]) -> dict[str, int]:
    identities = list(dict.fromkeys(claim.identity for claim in claims))
    insert_missing(connection, tables.Claim, [{"identity": identity, "quotes": 0} for identity in identities])
    return numbers(connection, tables.Claim, "identity", identities)


def named_rows(connection: Connection, table: type[tables.Row], names: set[str], naming: Naming) -> dict[str, int]:
    """name → row of an outlet or conduit; those that are new are made, and found by their words from now on."""
    names = names - {""}
    there = numbers(connection, table, "name", names) if names else {}
    new = sorted(names - there.keys())
    if new:
        made = dict(zip(new, insert_rows(connection, table, [{"name": name} for name in new]), strict=True))
        keys = {row: naming.key(name) for name, row in made.items()}
        summaries.insert_words(connection, str(table.__tablename__), keys)
        there |= made
    return there
