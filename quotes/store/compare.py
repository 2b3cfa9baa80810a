"""A database whose names were never compared by this version's rule → compared, as if its documents had just come.

In: an engine that migrations have brought from 0001, where equal names were one row. Out: cards and judgements for
every row. It is a module because a migration must not know the rules of names, which go on changing after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select

from quotes.records import Card, Organisation, Speaker, SpeakerKind
from quotes.store.engine import writing
from quotes.store.identities import Identities
from quotes.store.names import Naming
from quotes.store.tables import METADATA

QUOTE, DOCUMENT = METADATA.tables["quote"].c, METADATA.tables["document"].c


def compare(engine: Engine, naming: Naming) -> int:
    """Compares all rows that have no card yet, a transaction a document; how many documents there are."""
    with engine.connect() as connection:
        documents = list(connection.scalars(select(DOCUMENT.id).order_by(DOCUMENT.id)))
    for document in documents:
        with writing(engine) as connection:
            Identities(connection, "speaker").arrived(dict(_speakers(connection, document, naming)), naming)
            Identities(connection, "organisation").arrived(dict(_organisations(connection, document, naming)), naming)
    return len(documents)


def _speakers(connection: Connection, document: int, naming: Naming) -> Iterator[tuple[int, Card]]:
    speaker = METADATA.tables["speaker"]
    read = connection.execute(select(DOCUMENT.published, DOCUMENT.text).where(DOCUMENT.id == document)).one()
    found = select(speaker.c.id, speaker.c.name, speaker.c.kind).distinct().join(METADATA.tables["quote"])
    own = (QUOTE.document_id == document, speaker.c.likeness_id.is_(None), speaker.c.identity_id == speaker.c.id)
    for row in connection.execute(found.where(*own)).all():
        roles = select(QUOTE.role).distinct().where(QUOTE.speaker_id == row.id, QUOTE.role.is_not(None))
        aliases = tuple(form for form in _forms(connection, "speaker", row.id) if form != row.name)
        known = Speaker(row.name, SpeakerKind(row.kind), aliases)
        yield row.id, naming.speaker_card(known, list(connection.scalars(roles)), read.published, read.text)


def _organisations(connection: Connection, document: int, naming: Naming) -> Iterator[tuple[int, Card]]:
    body = METADATA.tables["organisation"]
    found = select(body.c.id, body.c.name).distinct().join(METADATA.tables["quote"])
    own = (QUOTE.document_id == document, body.c.likeness_id.is_(None), body.c.identity_id == body.c.id)
    for row in connection.execute(found.where(*own)).all():
        short = min((f for f in _forms(connection, "organisation", row.id) if f != row.name), key=len, default=None)
        yield row.id, naming.organisation_card(Organisation(row.name, short))


def _forms(connection: Connection, table: str, row: int) -> list[str]:
    form = METADATA.tables[f"{table}_name"].c
    return list(connection.scalars(select(form.name).where(form[f"{table}_id"] == row).order_by(form.id)))
