"""Where documents appeared, what quotes copy of that and of their speakers, and which of them lists show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select, text, update

from quotes.store.checks.proof import SUBJECTS, Check, Rules, differs, rows, told
from quotes.store.publications import earliest, listing
from quotes.store.tables import METADATA

PUBLICATION, QUOTE = METADATA.tables["publication"], METADATA.tables["quote"]
NEWEST = (
    "(url IS NULL OR NOT EXISTS (SELECT 1 FROM publication AS later WHERE later.url = publication.url "
    "AND later.id > publication.id AND later.document_id <> publication.document_id))"
)
CARRIED = "EXISTS (SELECT 1 FROM publication WHERE document_id = document.id AND publication.current)"
APPEARED = {
    "document {id} has no publication": (
        "SELECT id FROM document WHERE id NOT IN (SELECT document_id FROM publication)"
    ),
    "publication {id} is marked wrongly as current or not": f"SELECT id FROM publication WHERE current <> {NEWEST}",
    "document {id} is marked wrongly as current or not": f"SELECT id FROM document WHERE current <> {CARRIED}",
    "document {id} does not follow the version before it at its URL": (
        "SELECT document.id FROM document JOIN publication AS one ON one.id = (SELECT min(id) FROM publication "
        "WHERE document_id = document.id) WHERE previous_id {differs} (SELECT before.document_id "
        "FROM publication AS before WHERE before.url = one.url AND before.id < one.id ORDER BY before.id DESC LIMIT 1)"
    ),
}


def find_misplaced(connection: Connection, _: Rules) -> Iterator[str]:
    """Publications and versions that are not marked as what they are."""
    yield from told(connection, APPEARED)
    for document, first in _firsts(connection):
        yield f"document {document} has not publication {first}, its earliest, as the one that is first"


def _firsts(connection: Connection) -> Iterator[tuple[int, int]]:
    """Documents not exactly the earliest publication of which is marked as the first, and that publication."""
    columns = PUBLICATION.c
    found = select(columns.id, columns.document_id, columns.first, columns.published_at, columns.published)
    ordered = rows(connection, found.order_by(columns.document_id, columns.id))
    for document, group in groupby(ordered, lambda row: row.document_id):
        appeared: list[Row[Any]] = list(group)
        first = min(appeared, key=lambda row: earliest(row.published_at, row.published, row.id))
        if [row.id for row in appeared if row.first] != [first.id]:
            yield document, first.id


def repair_marks(connection: Connection, _: Rules) -> str:
    """Marks the first publication of each document and what is current; the chain of versions stays as it is."""
    columns = PUBLICATION.c
    for document, first in list(_firsts(connection)):
        own = update(PUBLICATION).where(columns.document_id == document)
        connection.execute(own.values(first=columns.id == first))
    for table, condition in (("publication", NEWEST), ("document", CARRIED)):
        connection.execute(text(f"UPDATE {table} SET current = {condition} WHERE current <> {condition}"))
    return "first and current publications marked again"


COPIED = {
    "quote {id} has not the day and outlet of the first publication of its document": (
        "SELECT quote.id FROM quote JOIN publication ON publication.document_id = quote.document_id "
        "AND publication.first WHERE quote.published {differs} publication.published "
        "OR quote.outlet_id {differs} publication.outlet_id"
    ),
    "quote {id} repeats quote {other}, which states another claim or is of no earlier version": (
        "SELECT quote.id, repeated.id AS other FROM quote JOIN quote AS repeated ON repeated.id = quote.repeats_id "
        "JOIN document ON document.id = quote.document_id WHERE repeated.claim_id <> quote.claim_id "
        "OR repeated.document_id >= quote.document_id OR document.previous_id IS NULL "
        "OR repeated.repeats_id IS NOT NULL"
    ),
    "quotes {id} and {other} of one document both repeat quote {root}": (
        "SELECT min(id) AS id, max(id) AS other, repeats_id AS root FROM quote WHERE repeats_id IS NOT NULL "
        "GROUP BY document_id, repeats_id HAVING count(*) > 1"
    ),
}
CANONICAL = {
    "quote {id} is not told to be by the {subject} that its judgements make it": (
        "SELECT quote.id FROM quote LEFT JOIN {subject} ON {subject}.id = quote.{subject}_id "
        "WHERE quote.canonical_{subject}_id {differs} {subject}.canonical_id"
    )
}


def find_stale(connection: Connection, _: Rules) -> Iterator[str]:
    """Quotes that hold other than what they copy."""
    yield from told(connection, COPIED)
    for subject in SUBJECTS:
        yield from told(connection, CANONICAL, subject=subject)


def repair_copies(connection: Connection, _: Rules) -> str:
    """Copies days, outlets and canonical rows to the quotes again; what repeats what stays as it is."""
    first = "(SELECT {0} FROM publication WHERE document_id = quote.document_id AND first)"
    copies = {name: first.format(name) for name in ("published", "outlet_id")}
    for subject in SUBJECTS:
        copies[f"canonical_{subject}_id"] = f"(SELECT canonical_id FROM {subject} WHERE id = quote.{subject}_id)"
    for name, value in copies.items():
        changed = f"quote.{name} {differs(connection)} {value}"
        connection.execute(text(f"UPDATE quote SET {name} = {value} WHERE {changed}"))
    return "days, outlets and canonical rows copied to the quotes again"


def find_unlisted(connection: Connection, _: Rules) -> Iterator[str]:
    """Quotes that lists show and should not, or the other way round."""
    for row in rows(connection, select(QUOTE.c.id, QUOTE.c.listed).where(QUOTE.c.listed != listing())):
        yield f"quote {row.id} is {'listed, and should not be' if row.listed else 'not listed, and should be'}"


def repair_listed(connection: Connection, _: Rules) -> str:
    """Says of every quote again whether lists show it: first of those that others repeat."""
    for root in (QUOTE.c.repeats_id.is_(None), QUOTE.c.repeats_id.is_not(None)):
        wrong = QUOTE.c.listed != listing()
        connection.execute(update(QUOTE).where(root, wrong).values(listed=~QUOTE.c.listed))
    return "what lists show set again"


PUBLICATIONS = Check(
    "publications",
    "the earliest publication is the first, and what is current, and what follows what, is marked",
    find_misplaced,
    repair_marks,
)
COPIES = Check(
    "copies",
    "quotes have the day and outlet of the first publication and the canonical rows of their names; repetitions repeat",
    find_stale,
    repair_copies,
)
LISTED = Check("listed", "lists show affirmed statements of current documents, each once", find_unlisted, repair_listed)
