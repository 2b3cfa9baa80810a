"""Documents with their quotes → rows: `save()`, idempotent, one transaction a document.

In: a document, the quotes found in it and the claim of each. Out: what became of it. It is the only module that writes
rows. Core inserts of many rows at once, not the ORM's unit of work: storing must cost little beside detection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import DBAPIError

from quotes.errors import DatabaseError
from quotes.records import Claim, Document, Quote, Span
from quotes.store import tables
from quotes.store.engine import insert_missing, insert_rows, numbers, writing
from quotes.store.names import Names

PARTS = ("content", "cue", "source")


class Outcome(StrEnum):
    """What `save` did with a document."""

    ADDED = "added"
    KNOWN = "already known"
    NEW_VERSION = "new version"


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome for a document, the name it is stored under, and how many quotes it brought."""

    outcome: Outcome
    name: str
    quotes: int = 0


def known(engine: Engine, document: Document) -> str | None:
    """The name under which this very text is stored, or None: asked first, it saves detection."""
    with engine.connect() as connection:
        return _stored_name(connection, document)


def save(
    engine: Engine,
    document: Document,
    quotes: Sequence[tuple[Quote, Claim]],
    *,
    model: str,
    version: str,
    name_key: Callable[[str], str],
) -> Saved:
    """Stores a document with its quotes, whole or not at all; a text that is stored already is left as it is.

    `model` and `version` name the detector that read it; `name_key` gives the form in which
    names are compared. Raises `DatabaseError` where the database refuses.
    """
    try:
        with writing(engine) as connection:
            there = _stored_name(connection, document)
            if there is not None:
                return Saved(Outcome.KNOWN, there)
            previous = _latest_version(connection, document.url)
            document_id = _insert_document(connection, document, previous)
            extraction_id = _insert_extraction(connection, document_id, model, version)
            owner = {"document_id": document_id, "extraction_id": extraction_id}
            _insert_quotes(connection, quotes, document, owner, Names(document, name_key))
            outcome = Outcome.ADDED if previous is None else Outcome.NEW_VERSION
            return Saved(outcome, document.id, len(quotes))
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseError(f"Cannot store {document.id}: {reason}. Run: quotes db check.") from error


def _stored_name(connection: Connection, document: Document) -> str | None:
    columns = tables.METADATA.tables["document"].c
    name: str | None = connection.scalar(select(columns.name).where(columns.sha256 == document.sha256))
    return name


def _latest_version(connection: Connection, url: str | None) -> int | None:
    if url is None:
        return None
    documents = tables.METADATA.tables["document"].c
    newest: int | None = connection.scalar(select(func.max(documents.id)).where(documents.url == url))
    return newest


def _insert_document(connection: Connection, document: Document, previous_id: int | None) -> int:
    outlet_id = None
    if document.outlet:
        insert_missing(connection, tables.Outlet, [{"name": document.outlet}])
        outlet_id = numbers(connection, tables.Outlet, "name", [document.outlet])[document.outlet]
    row = {
        "name": document.id,
        "url": document.url,
        "outlet_id": outlet_id,
        "title": document.title,
        "byline": document.byline,
        "published": document.published,
        "language": document.language,
        "text": document.text,
        "sha256": document.sha256,
        "previous_id": previous_id,
        "added_at": _now(),
    }
    return insert_rows(connection, tables.Document, [row])[0]


def _insert_extraction(connection: Connection, document_id: int, model: str, version: str) -> int:
    row = {"document_id": document_id, "model": model, "version": version, "extracted_at": _now()}
    return insert_rows(connection, tables.Extraction, [row])[0]


def _insert_quotes(
    connection: Connection,
    quotes: Sequence[tuple[Quote, Claim]],
    document: Document,
    owner: dict[str, int],
    names: Names,
) -> None:
    if not quotes:
        return
    claim_ids = _claim_ids(connection, [claim for _, claim in quotes])
    speaker_ids = names.speaker_ids(connection, [quote.speaker for quote, _ in quotes])
    organisation_ids = names.organisation_ids(connection, [q.organisation for q, _ in quotes if q.organisation])
    rows = [
        owner
        | {
            "claim_id": claim_ids[claim.identity],
            "speaker_id": speaker_ids.get(quote.speaker),
            "speaker_kind": quote.speaker.kind.value,
            "organisation_id": organisation_ids[quote.organisation] if quote.organisation else None,
            "role": quote.role,
            "conduit": quote.conduit,
            "kind": quote.attribution.kind.value,
            "act": quote.attribution.act.value,
            "text": quote.text(document),
            "confidence": quote.attribution.confidence,
        }
        for quote, claim in quotes
    ]
    ids = insert_rows(connection, tables.Quote, rows)
    spans = [
        _span_row(quote_id, part, span, document)
        for quote_id, (quote, _) in zip(ids, quotes, strict=True)
        for part in PARTS
        for span in getattr(quote.attribution, part)
    ]
    connection.execute(insert(tables.METADATA.tables["quote_span"]), spans)


def _span_row(quote_id: int | None, part: str, span: Span, document: Document) -> dict[str, object]:
    if span.end > len(document.text):
        raise ValueError(f"{document.id}: span {span.start}–{span.end} runs past the text's {len(document.text)}")
    return {
        "quote_id": quote_id,
        "part": part,
        "start_offset": span.start,
        "end_offset": span.end,
        "text": span.of(document.text),
    }


def _claim_ids(connection: Connection, claims: Sequence[Claim]) -> dict[str, int]:
    insert_missing(connection, tables.Claim, [{"identity": claim.identity, "text": claim.text} for claim in claims])
    return numbers(connection, tables.Claim, "identity", [claim.identity for claim in claims])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
