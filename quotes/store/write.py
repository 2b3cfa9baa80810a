"""Documents with their quotes → rows: `save_all()`, idempotent, some documents in each transaction.

Core inserts of many rows at once, not the ORM's unit of work: storing must cost little beside detection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from quotes.errors import DatabaseError
from quotes.records import Claim, Document, Polarity, Quote, Span
from quotes.store import publications, summaries
from quotes.store.engine import insert_missing, insert_rows, now, numbers, writing
from quotes.store.names import Article, Naming, insert_organisations, insert_speakers
from quotes.store.publications import STATEMENT
from quotes.store.summaries import Counted
from quotes.store.tables import METADATA

TABLES = METADATA.tables
PARTS = ("content", "cue", "source")
Found = tuple[Document, Sequence[tuple[Quote, Claim]]]
"""A document with the quotes found in it, each with the claim that it states."""


class Outcome(StrEnum):
    """What became of a document that was to be stored."""

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


@dataclass(frozen=True, slots=True)
class Reader:
    """What read the documents: name and version of the detector, and the stage that knows names."""

    model: str
    version: str
    naming: Naming


def recognise(engine: Engine, document: Document, naming: Naming) -> Saved | None:
    """What becomes of a text that is stored already, or None for a new one: asked first, it saves detection.

    Where the text appears in another outlet or at another URL than before, that publication is stored.
    """
    with engine.connect() as connection:
        known = _known(connection, [document]).get(document.sha256)
        if known is None:
            return None
        if not publications.is_new_publication(connection, known[0], document):
            return Saved(Outcome.KNOWN, known[1])
    with _storing(engine, document) as connection:
        return _publish_again(connection, document, known, naming)


def save(engine: Engine, found: Found, reader: Reader) -> Saved:
    """Stores one document with its quotes, whole or not at all; a text that is stored already is left as it is.

    Raises `DatabaseError` where the database refuses.
    """
    document = found[0]
    with _storing(engine, document) as connection:
        return _save(connection, found, reader)


def save_all(engine: Engine, batch: Sequence[Found], reader: Reader) -> list[Saved]:
    """Stores some documents in one transaction: much faster than one by one, with the same outcome.

    Where one of them is refused, they are stored one by one: the others are kept, and the first refusal is raised.
    """
    try:
        with writing(engine) as connection:
            return list(_save_runs(connection, batch, reader))
    except (DBAPIError, ValueError):
        return _save_each(engine, batch, reader)


def _save_each(engine: Engine, batch: Sequence[Found], reader: Reader) -> list[Saved]:
    saved, refused = [], []
    for found in batch:
        try:
            saved.append(save(engine, found, reader))
        except (DatabaseError, ValueError) as error:
            refused.append(error)
    if refused:
        raise refused[0]
    return saved


def _save_runs(connection: Connection, batch: Sequence[Found], reader: Reader) -> Iterator[Saved]:
    """Documents that are new in every respect are stored together, those that are not between them, in order."""
    documents = [document for document, _ in batch]
    texts, urls = set(_known(connection, documents)), _known_urls(connection, documents)
    run: list[Found] = []
    for found in batch:
        document = found[0]
        if document.sha256 in texts or document.url in urls:
            yield from _save_new(connection, run, reader)
            run = []
            yield _save(connection, found, reader)
        else:
            run.append(found)
        texts.add(document.sha256)
        urls |= {document.url} - {None}
    yield from _save_new(connection, run, reader)


def _save(connection: Connection, found: Found, reader: Reader) -> Saved:
    """Stores a document that may be known, or be a new version of one."""
    document = found[0]
    known = _known(connection, [document]).get(document.sha256)
    if known is None:
        previous = publications.replaced(connection, document.url)
        return _save_new(connection, [found], reader, previous)[0]
    if publications.is_new_publication(connection, known[0], document):
        return _publish_again(connection, document, known, reader.naming)
    return Saved(Outcome.KNOWN, known[1])


def _save_new(
    connection: Connection, batch: Sequence[Found], reader: Reader, previous: int | None = None
) -> list[Saved]:
    """Stores texts that are not there yet; the one, if it is one, may follow a `previous` version."""
    if not batch:
        return []
    documents = [document for document, _ in batch]
    outlets = named_rows(connection, "outlet", {document.outlet for document in documents}, reader.naming)
    ids = insert_rows(connection, TABLES["document"], [_document_row(document, previous) for document in documents])
    outlet_ids = [outlets.get(document.outlet or "") for document in documents]
    appeared = zip(ids, documents, outlet_ids, strict=True)
    publications.insert_publications(connection, appeared, first=True)
    read = {"model": reader.model, "version": reader.version, "extracted_at": now()}
    extractions = insert_rows(connection, TABLES["extraction"], [{"document_id": id_, **read} for id_ in ids])
    owners = [
        {"document_id": id_, "extraction_id": extraction, "published": document.published, "outlet_id": outlet}
        for id_, extraction, document, outlet in zip(ids, extractions, documents, outlet_ids, strict=True)
    ]
    if any(quotes for _, quotes in batch):
        _insert_quotes(connection, batch, owners, previous, reader.naming)
    outcome = Outcome.ADDED if previous is None else Outcome.NEW_VERSION
    return [Saved(outcome, document.id, len(quotes)) for document, quotes in batch]


def _publish_again(connection: Connection, document: Document, known: tuple[int, str], naming: Naming) -> Saved:
    outlets = named_rows(connection, "outlet", {document.outlet}, naming)
    publications.publish_again(connection, known[0], document, outlets.get(document.outlet or ""))
    return Saved(Outcome.PUBLISHED_AGAIN, known[1])


@contextmanager
def _storing(engine: Engine, document: Document) -> Iterator[Connection]:
    """A transaction that writes; what the database refuses is told as a `DatabaseError` that names the document."""
    try:
        with writing(engine) as connection:
            yield connection
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseError(f"Cannot store {document.id}: {reason}. Run: quotes db check.") from error


def _known(connection: Connection, documents: Sequence[Document]) -> dict[str, tuple[int, str]]:
    """SHA-256 → number and name of the stored document with this very text, for those that are there."""
    document, publication = TABLES["document"].c, TABLES["publication"]
    found = select(document.sha256, document.id, publication.c.name)
    found = found.join(publication, publication.c.document_id == document.id).where(publication.c.first)
    rows = connection.execute(found.where(document.sha256.in_([one.sha256 for one in documents])))
    return {sha256: (id_, name) for sha256, id_, name in rows}


def _known_urls(connection: Connection, documents: Sequence[Document]) -> set[str | None]:
    """Those of the documents' URLs at which something has been published."""
    url = TABLES["publication"].c.url
    given = [document.url for document in documents if document.url]
    return set(connection.scalars(select(url).where(url.in_(given)))) if given else set()


def _document_row(document: Document, previous_id: int | None) -> dict[str, Any]:
    return {
        "language": document.language,
        "text": document.text,
        "sha256": document.sha256,
        "previous_id": previous_id,
        "current": True,
        "added_at": now(),
    }


def _insert_quotes(
    connection: Connection,
    batch: Sequence[Found],
    owners: Sequence[Mapping[str, Any]],
    previous: int | None,
    naming: Naming,
) -> None:
    articles = [
        Article(owner["document_id"], document, [quote for quote, _ in quotes])
        for owner, (document, quotes) in zip(owners, batch, strict=True)
    ]
    speakers = insert_speakers(connection, articles, naming)
    organisations = insert_organisations(connection, articles, naming)
    heard = {quote.conduit for article in articles for quote in article.quotes}
    conduits = named_rows(connection, "conduit", heard, naming)
    claims = _claim_ids(connection, [claim for _, quotes in batch for _, claim in quotes])
    said = [
        (article, quote, owner, claims[claim.identity])
        for article, owner, (_, quotes) in zip(articles, owners, batch, strict=True)
        for quote, claim in quotes
    ]
    rows = [
        {**owner, **_quote_row(quote, article.document), **speakers.columns(article, quote.speaker),
         **organisations.columns(article, quote.organisation), "claim_id": claim,
         "conduit_id": conduits.get(quote.conduit or "")}
        for article, quote, owner, claim in said
    ]  # fmt: skip
    _list(connection, rows, previous)
    ids = insert_rows(connection, TABLES["quote"], rows)
    spans = [
        _span_row(id_, part, span, article.document)
        for id_, (article, quote, *_) in zip(ids, said, strict=True)
        for part in PARTS
        for span in getattr(quote.attribution, part)
    ]
    connection.execute(insert(TABLES["quote_span"]), spans)
    listed = [(row, one[1], one[0].document.outlet) for row, one in zip(rows, said, strict=True) if row["listed"]]
    summaries.add(connection, [_counted(*one) for one in listed])
    speakers.count_forms(connection, naming, [row["speaker_id"] for row, *_ in listed])
    organisations.count_forms(connection, naming, [row["organisation_id"] for row, *_ in listed])


def _list(connection: Connection, rows: Sequence[dict[str, Any]], previous: int | None) -> None:
    """Says of each row what it repeats of the previous version, and whether lists show it."""
    said = [
        (row["claim_id"], row["canonical_speaker_id"], row["polarity"], row["statement_confidence"] >= STATEMENT)
        for row in rows
    ]
    for row, (repeats, listed) in zip(rows, publications.repeated(connection, previous, said), strict=True):
        row["repeats_id"] = repeats
        row["listed"] = is_listed(row) and not (repeats and listed)


def _counted(row: Mapping[str, Any], quote: Quote, outlet: str | None) -> Counted:
    canonical = row["canonical_speaker_id"], row["canonical_organisation_id"]
    return Counted(row["document_id"], row["published"], outlet, *canonical, quote.role, quote.conduit, row["kind"],
                   row["claim_id"])  # fmt: skip


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


def is_listed(row: Mapping[str, Any]) -> bool:
    """Whether lists show a quote of a current document: it is a statement, and its source stands behind it."""
    return bool(row["polarity"] == Polarity.AFFIRMED and row["statement_confidence"] >= STATEMENT)


def _span_row(quote_id: int, part: str, span: Span, document: Document) -> dict[str, object]:
    if span.end > len(document.text):
        raise ValueError(f"{document.id}: span {span.start}–{span.end} runs past the text's {len(document.text)}")
    return {"quote_id": quote_id, "part": part, "start_offset": span.start, "end_offset": span.end}


def _claim_ids(connection: Connection, claims: Sequence[Claim]) -> dict[str, int]:
    table, identities = TABLES["claim"], list(dict.fromkeys(claim.identity for claim in claims))
    insert_missing(connection, table, [{"identity": identity, "quotes": 0} for identity in identities])
    return numbers(connection, table, "identity", identities)


def named_rows(connection: Connection, table: str, names: set[str | None], naming: Naming) -> dict[str, int]:
    """name → row of an outlet or conduit; those that are new are made, and found by their words from now on."""
    given = {name for name in names if name}
    there = numbers(connection, TABLES[table], "name", given) if given else {}
    if new := sorted(given - there.keys()):
        made = insert_rows(connection, TABLES[table], [{"name": name} for name in new])
        summaries.insert_words(connection, table, {id_: naming.key(name) for id_, name in zip(made, new, strict=True)})
        there |= zip(new, made, strict=True)
    return there
