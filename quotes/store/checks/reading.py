"""Documents read again: the text is the one that was added, and what is read off it is what is stored.

In: a connection. Out: `documents`, each with its quotes and spans, some at a time; and a check for each thing read.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from quotes.records import Span
from quotes.store.checks.proof import DocumentCheck, Read, Rules, StoredDocument, StoredQuote
from quotes.store.tables import METADATA

DOCUMENT, QUOTE, CLAIM, SPAN, CORRECTION = (
    METADATA.tables[name] for name in ("document", "quote", "claim", "quote_span", "correction")
)
BATCH = 200
"""So many documents are read at once."""
JOINED = " […] "


def documents(connection: Connection) -> Iterator[StoredDocument]:
    """Every document, in order of its number."""
    columns, last = DOCUMENT.c, 0
    texts = select(columns.id, columns.text, columns.sha256).order_by(columns.id).limit(BATCH)
    while found := connection.execute(texts.where(columns.id > last)).all():
        batch = {row.id: StoredDocument(row.id, row.text, row.sha256) for row in found}
        _add_quotes(connection, batch, last, found[-1].id)
        yield from batch.values()
        last = found[-1].id


def _add_quotes(connection: Connection, batch: dict[int, StoredDocument], after: int, last: int) -> None:
    own = (QUOTE.c.document_id > after, QUOTE.c.document_id <= last)
    columns = (
        QUOTE.c.document_id,
        QUOTE.c.id,
        QUOTE.c.text,
        CLAIM.c.identity,
        QUOTE.c.kind,
        QUOTE.c.act,
        QUOTE.c.polarity,
    )
    quotes: dict[int, StoredQuote] = {}
    found: Any = select(*columns).outerjoin(CLAIM, CLAIM.c.id == QUOTE.c.claim_id)
    for document, id_, *values in connection.execute(found.where(*own).order_by(QUOTE.c.id)):
        quotes[id_] = StoredQuote(id_, *values)
        if document in batch:
            batch[document].quotes.append(quotes[id_])
    spans = select(SPAN).join(QUOTE, QUOTE.c.id == SPAN.c.quote_id).where(*own)
    for span in connection.execute(spans.order_by(SPAN.c.quote_id, SPAN.c.start_offset)):
        if 0 <= span.start_offset < span.end_offset:
            parts = quotes[span.quote_id].spans
            parts.setdefault(span.part, []).append(Span(span.start_offset, span.end_offset))
    corrected = select(CORRECTION.c.quote_id, CORRECTION.c.field).join(QUOTE, QUOTE.c.id == CORRECTION.c.quote_id)
    for id_, field in connection.execute(corrected.where(*own)):
        quotes[id_].corrected.add(field)


def find_changed(document: StoredDocument, _: Rules) -> Iterator[str]:
    """A text that is another than the one that was added."""
    if hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest() != document.sha256:
        yield f"document {document.id} is not the text that was added: its SHA-256 differs"
    if not unicodedata.is_normalized("NFC", document.text) or "\r" in document.text:
        yield f"document {document.id} is not in Unicode NFC with \\n line ends"


def find_unquoted(document: StoredDocument, _: Rules) -> Iterator[str]:
    """Quotes that are not what stands at their spans."""
    for quote in document.quotes:
        yield from (f"quote {quote.id} {problem}" for problem in _span_problems(document.text, quote))


def _span_problems(text: str, quote: StoredQuote) -> Iterator[str]:
    for part, spans in quote.spans.items():
        for span in spans:
            if span.end > len(text):
                yield f"has a {part} span at {span.start}–{span.end}, beyond the text"
        for one, next_ in pairwise(spans):
            if one.end > next_.start:
                yield f"has {part} spans that overlap at {next_.start}"
    content = [span.of(text) for span in quote.spans.get("content", ())]
    if not content:
        yield "has no content"
    elif JOINED.join(content) != quote.text:
        yield "is not verbatim: its text is not what stands at its content spans"


def find_other_claims(document: StoredDocument, rules: Rules) -> Iterator[str]:
    """Quotes that state another claim than the one they are counted with."""
    for quote in document.quotes:
        if rules.claim(quote.text) != quote.identity:
            yield f"quote {quote.id} does not state its claim"


def find_other_kinds(document: StoredDocument, rules: Rules) -> Iterator[str]:
    """Quotes whose kind is not that of the quotation marks around their words."""
    return _misread(document, "kind", rules.kinds)


def find_other_acts(document: StoredDocument, rules: Rules) -> Iterator[str]:
    """Quotes whose act is not the one that their cue names."""
    return _misread(document, "act", rules.acts)


def find_other_polarities(document: StoredDocument, rules: Rules) -> Iterator[str]:
    """Quotes that the words around them affirm, deny or ask otherwise than is stored."""
    return _misread(document, "polarity", rules.polarities)


def _misread(document: StoredDocument, field: str, read: Read) -> Iterator[str]:
    end = len(document.text)
    whole = [
        quote for quote in document.quotes
        if quote.spans.get("content") and field not in quote.corrected
        and all(span.end <= end for spans in quote.spans.values() for span in spans)
    ]  # fmt: skip
    for quote, value in zip(whole, read(document.text, [quote.spans for quote in whole]), strict=True):
        if value != getattr(quote, field):
            yield f"quote {quote.id} is stored as {getattr(quote, field)}, and its text is {value}"


TEXTS = DocumentCheck("texts", "every document is the text that was added, by its SHA-256", find_changed)
VERBATIM = DocumentCheck("verbatim", "every quote is, letter for letter, what stands at its spans", find_unquoted)
CLAIMS = DocumentCheck("claims", "every quote states the claim it is counted with", find_other_claims)
KINDS = DocumentCheck(
    "kinds", "direct, mixed and indirect follow from the quotation marks around the words", find_other_kinds
)
ACTS = DocumentCheck("acts", "speech, writing and thought follow from the words of the cue", find_other_acts)
POLARITIES = DocumentCheck(
    "polarities", "affirmed, denied and questioned follow from the words around the quote", find_other_polarities
)
