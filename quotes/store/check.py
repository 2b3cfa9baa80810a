"""A database → every stored invariant that does not hold, each as one sentence.

In: an engine. Out: problems found; none means that every quote is verbatim, whole and linked. It is a module so that
one place lists what the program promises of its data.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from sqlalchemy import Connection, Engine, RowMapping, select, text

from quotes.store.tables import METADATA

TABLES = METADATA.tables
JOINED = " […] "

LINKS = {
    "quote {id} names speaker {other}, of another kind": (
        "SELECT quote.id, speaker.id AS other FROM quote JOIN speaker ON speaker.id = quote.speaker_id "
        "WHERE speaker.kind <> quote.speaker_kind"
    ),
    "quote {id} belongs to document {other}, but its extraction read another": (
        "SELECT quote.id, quote.document_id AS other FROM quote JOIN extraction ON extraction.id = quote.extraction_id "
        "WHERE extraction.document_id <> quote.document_id"
    ),
    "speaker {id} has no name under which it can be found": (
        "SELECT id, 0 AS other FROM speaker WHERE id NOT IN (SELECT speaker_id FROM speaker_name)"
    ),
    "claim {id} has no quote": "SELECT id, 0 AS other FROM claim WHERE id NOT IN (SELECT claim_id FROM quote)",
    "document {id} follows document {other}, which is no earlier version of its URL": (
        "SELECT document.id, previous.id AS other FROM document JOIN document AS previous "
        "ON previous.id = document.previous_id WHERE previous.url <> document.url OR previous.id >= document.id"
    ),
}


def check(engine: Engine, claim_identity: Callable[[str], str]) -> Iterator[str]:
    """Everything that is wrong with the database; `claim_identity` gives the claim that a quote's words state."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            yield from _sqlite_problems(connection)
        for sentence, query in LINKS.items():
            for row in connection.execute(text(query)).mappings():
                yield sentence.format(**row)
        for document in list(connection.scalars(select(TABLES["document"].c.id))):
            yield from _document_problems(connection, document, claim_identity)


def _sqlite_problems(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds: damaged pages, dangling references, a full-text index out of step."""
    for line in connection.scalars(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"SQLite: {line}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"{row[0]} row {row[1]} refers to a {row[2]} that is not there"
    indexed = connection.scalar(text("SELECT count(*) FROM quote_fts_docsize"))
    quotes = connection.scalar(text("SELECT count(*) FROM quote"))
    if indexed != quotes:
        yield f"the full-text index holds {indexed} quotes, the table {quotes}"


def _document_problems(connection: Connection, document_id: int, claim_identity: Callable[[str], str]) -> Iterator[str]:
    columns = TABLES["document"].c
    document = connection.execute(select(columns.text, columns.sha256).where(columns.id == document_id)).one()
    if hashlib.sha256(document.text.encode()).hexdigest() != document.sha256:
        yield f"document {document_id} is not the text that was added: its SHA-256 differs"
    if not unicodedata.is_normalized("NFC", document.text) or "\r" in document.text:
        yield f"document {document_id} is not in Unicode NFC with \\n line ends"
    quote, claim, span = TABLES["quote"], TABLES["claim"], TABLES["quote_span"]
    quotes = connection.execute(
        select(quote.c.id, quote.c.text, claim.c.identity).join(claim).where(quote.c.document_id == document_id)
    ).all()
    spans: dict[int, list[RowMapping]] = {row.id: [] for row in quotes}
    found = select(span).join(quote).where(quote.c.document_id == document_id)
    for place in connection.execute(found.order_by(span.c.quote_id, span.c.part, span.c.start_offset)).mappings():
        spans[place["quote_id"]].append(place)
    for row in quotes:
        yield from (f"quote {row.id} {problem}" for problem in _span_problems(document.text, row.text, spans[row.id]))
        if claim_identity(row.text) != row.identity:
            yield f"quote {row.id} does not state its claim"


def _span_problems(text_: str, words: str, spans: list[RowMapping]) -> Iterator[str]:
    for span in spans:
        if text_[span["start_offset"] : span["end_offset"]] != span["text"]:
            yield f"is not verbatim: its {span['part']} at {span['start_offset']}–{span['end_offset']}"
    for one, next_ in pairwise(spans):
        if one["part"] == next_["part"] and one["end_offset"] > next_["start_offset"]:
            yield f"has {one['part']} spans that overlap at {next_['start_offset']}"
    content = [span["text"] for span in spans if span["part"] == "content"]
    if not content:
        yield "has no content"
    elif JOINED.join(content) != words:
        yield "does not read as its content spans do"
