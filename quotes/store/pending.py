"""What an upgrade leaves to the program's rules: completing the documents in `pending_document`, and all counts.

A migration must not know rules that go on changing after it. It lists the documents, and `complete` works through
them, some in each transaction, so that an upgrade that was stopped goes on where it was.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, func, select, update

from quotes.records import (
    Act,
    Attribution,
    Card,
    Document,
    Kind,
    Organisation,
    Quote,
    Span,
    Speaker,
    SpeakerKind,
)
from quotes.store import recounts, summaries
from quotes.store.engine import writing
from quotes.store.identities import Identities
from quotes.store.names import Naming
from quotes.store.publications import listing
from quotes.store.tables import METADATA

TABLES = METADATA.tables
PENDING, DOCUMENT, PUBLICATION, QUOTE, SPEAKER, SPAN = (
    TABLES[name] for name in ("pending_document", "document", "publication", "quote", "speaker", "quote_span")
)
BATCH = 100  # documents completed in one transaction
IDENTITIES = 1000  # canonical rows counted by one statement

Warned = Callable[[Document, Sequence[Quote]], Sequence[Quote]]
Told = Callable[[int, int], None]


def is_pending(engine: Engine) -> bool:
    """Whether an upgrade was stopped before it was complete."""
    with engine.connect() as connection:
        return connection.scalar(select(PENDING.c.document_id).limit(1)) is not None


def complete(engine: Engine, warned: Warned, naming: Naming, told: Told = lambda _, __: None) -> int:
    """Completes what an upgrade left open; how many documents that were.

    `warned` gives quotes their polarity, source type and statement confidence; `told` hears how many documents of how
    many are done.
    """
    with engine.connect() as connection:
        total = connection.scalar(select(func.count()).select_from(PENDING)) or 0
    done = 0
    while done < total:
        with writing(engine) as connection:
            batch = connection.execute(select(PENDING).order_by(PENDING.c.document_id).limit(BATCH)).all()
            _warn(connection, [row.document_id for row in batch], warned)
            for row in (row for row in batch if row.names):
                _compare(connection, row.document_id, naming)
            done += len(batch)
            if done >= total:
                count_all(connection, naming)
            connection.execute(delete(PENDING).where(PENDING.c.document_id.in_([row.document_id for row in batch])))
        told(done, total)
    return total


def _compare(connection: Connection, document: int, naming: Naming) -> None:
    """Compares the names of a document with those of all others, as if it had just come."""
    cards = {"speaker": _speaker_cards, "organisation": _organisation_cards}
    for subject, of_document in cards.items():
        Identities(connection, subject).arrived(dict(of_document(connection, document, naming)), naming)
        row = TABLES[subject].c
        place = select(row.canonical_id).where(row.id == QUOTE.c[f"{subject}_id"]).scalar_subquery()
        copied = update(QUOTE).where(QUOTE.c.document_id == document)
        connection.execute(copied.values({f"canonical_{subject}_id": place}))


def _warn(connection: Connection, documents: Sequence[int], warned: Warned) -> None:
    """Stores what the rules tell of the quotes of some documents."""
    rows: list[dict[str, Any]] = []
    for document, ids, quotes in stored(connection, documents):
        for id_, quote in zip(ids, warned(document, quotes), strict=True):
            attribution = quote.attribution
            rows.append({"row": id_, "new_polarity": attribution.polarity.value, "new_type": quote.source_type.value,
                         "new_confidence": attribution.statement_confidence})  # fmt: skip
    if rows:
        values: dict[str, Any] = {
            "polarity": bindparam("new_polarity"),
            "source_type": bindparam("new_type"),
            "statement_confidence": bindparam("new_confidence"),
        }
        connection.execute(update(QUOTE).where(QUOTE.c.id == bindparam("row")).values(**values), rows)
    connection.execute(update(QUOTE).where(QUOTE.c.document_id.in_(documents)).values(listed=listing()))


def stored(connection: Connection, documents: Sequence[int]) -> Iterator[tuple[Document, list[int], list[Quote]]]:
    """Stored documents with their quotes as records again: the document, the numbers of the quotes, the quotes."""
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    found = select(SPAN).join(QUOTE).where(QUOTE.c.document_id.in_(documents))
    for span in connection.execute(found.order_by(SPAN.c.quote_id, SPAN.c.start_offset)):
        spans[span.quote_id][span.part].append(Span(span.start_offset, span.end_offset))
    named = select(QUOTE, SPEAKER.c.name.label("speaker")).select_from(QUOTE).outerjoin(
        SPEAKER, SPEAKER.c.id == QUOTE.c.speaker_id
    )  # fmt: skip
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(named.where(QUOTE.c.document_id.in_(documents)).order_by(QUOTE.c.id)):
        rows[row.document_id].append(row)
    texts = select(DOCUMENT.c.id, DOCUMENT.c.text, PUBLICATION.c.name, PUBLICATION.c.published)
    joined = texts.join(PUBLICATION, PUBLICATION.c.document_id == DOCUMENT.c.id).where(PUBLICATION.c.first)
    for id_, text, name, published in connection.execute(joined.where(DOCUMENT.c.id.in_(documents))):
        quotes = [_record(row, spans[row.id]) for row in rows[id_]]
        yield Document(name, text, published=published), [row.id for row in rows[id_]], quotes


def _record(row: Any, spans: dict[str, list[Span]]) -> Quote:
    content, cue, source = (tuple(spans[part]) for part in ("content", "cue", "source"))
    attribution = Attribution(content, cue, source, Kind(row.kind), Act(row.act), row.confidence)
    return Quote(attribution, Speaker(row.speaker, SpeakerKind(row.speaker_kind)), role=row.role)


def count_all(connection: Connection, naming: Naming) -> None:
    """Counts everything that `summaries` keeps, and makes every name findable, from nothing."""
    for table in ("position", "summary", "speaker_name", "organisation_name", "name_word"):
        connection.execute(delete(TABLES[table]))
    for subject in summaries.SUBJECTS:
        columns = TABLES[subject].c
        for rows in _chunks(connection, select(columns.id).where(columns.canonical_id == columns.id), columns.id):
            recounts.recount(connection, subject, rows, naming.key)
    for subject in ("outlet", "conduit"):
        names = connection.execute(select(TABLES[subject].c.id, TABLES[subject].c.name)).all()
        summaries.insert_words(connection, subject, {id_: naming.key(name) for id_, name in names})
    for claims in _chunks(connection, select(TABLES["claim"].c.id), TABLES["claim"].c.id):
        recounts.recount_claims(connection, claims)


def _chunks(connection: Connection, rows: Any, column: Any) -> Iterator[list[int]]:
    """The numbers of rows, some at a time."""
    last = 0
    while found := list(connection.scalars(rows.where(column > last).order_by(column).limit(IDENTITIES))):
        yield found
        last = found[-1]


def _speaker_cards(connection: Connection, document: int, naming: Naming) -> Iterator[tuple[int, Card]]:
    columns = SPEAKER.c
    read = connection.execute(
        select(PUBLICATION.c.published, DOCUMENT.c.text)
        .join(DOCUMENT, DOCUMENT.c.id == PUBLICATION.c.document_id)
        .where(DOCUMENT.c.id == document, PUBLICATION.c.first)
    ).one()
    own = (columns.document_id == document, columns.likeness_id.is_(None), columns.canonical_id == columns.id)
    for row in connection.execute(select(SPEAKER).where(*own).order_by(columns.id)).all():
        roles = select(QUOTE.c.role).distinct().where(QUOTE.c.speaker_id == row.id, QUOTE.c.role.is_not(None))
        known = Speaker(row.name, SpeakerKind(row.kind), tuple(json.loads(row.aliases or "[]")))
        yield row.id, naming.speaker_card(known, list(connection.scalars(roles)), read.published, read.text)


def _organisation_cards(connection: Connection, document: int, naming: Naming) -> Iterator[tuple[int, Card]]:
    columns = TABLES["organisation"].c
    own = (columns.document_id == document, columns.likeness_id.is_(None), columns.canonical_id == columns.id)
    for row in connection.execute(select(TABLES["organisation"]).where(*own).order_by(columns.id)).all():
        short = min(json.loads(row.aliases or "[]"), key=len, default=None)
        yield row.id, naming.organisation_card(Organisation(row.name, short))
