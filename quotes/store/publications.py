"""Where and when a text appeared: publications of a document, versions of a URL, and which quotes lists show for that.

The same text in a second paper is one more publication of its document; new text at a known URL is a new version. A
document is current while one of its publications is: lists show the quotes of current documents, and of two versions
that are both current, since one paper still carries the older, the words they share only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, or_, select, update

from quotes.records import Document
from quotes.store import recounts, summaries
from quotes.store.engine import insert_rows, now
from quotes.store.tables import METADATA

PUBLICATION, DOCUMENT, QUOTE = (METADATA.tables[name] for name in ("publication", "document", "quote"))
STATEMENT = 0.5
"""A statement is what is more likely one than not; of what is unknown, lists show all."""


Appearance = tuple[int, Document, int | None]
"""The number of a stored text, the document as it appeared, and the number of its outlet."""


def insert_publications(connection: Connection, appearances: Iterable[Appearance], *, first: bool) -> None:
    """Adds appearances of stored texts."""
    rows = []
    for document_id, document, outlet_id in appearances:
        moment, offset = _moment(document)
        rows.append({"document_id": document_id, "first": first, "current": True, "name": document.id,
                     "url": document.url, "outlet_id": outlet_id, "title": document.title, "byline": document.byline,
                     "published": document.published, "published_at": moment, "utc_offset": offset,
                     "added_at": now()})  # fmt: skip
    insert_rows(connection, PUBLICATION, rows)


def _moment(document: Document) -> tuple[datetime | None, int | None]:
    """The moment of publication as stored, and its zone: UTC where the zone is told, else as told."""
    told = document.published_at
    offset = told.utcoffset() if told else None
    if told is None or offset is None:
        return told, None
    return told.astimezone(UTC).replace(tzinfo=None), int(offset.total_seconds() // 60)


def is_new_publication(connection: Connection, document_id: int, document: Document) -> bool:
    """Whether a stored text has appeared somewhere it was not known to appear: in another outlet, or at another URL."""
    if not document.outlet and not document.url:
        return False
    columns, outlet = PUBLICATION.c, METADATA.tables["outlet"].c
    found = select(columns.url, outlet.name).select_from(PUBLICATION).outerjoin(METADATA.tables["outlet"])
    known = connection.execute(found.where(columns.document_id == document_id)).all()
    same_url = document.url is None or document.url in [row.url for row in known]
    same_outlet = document.outlet is None or document.outlet in [row.name for row in known]
    return not (same_url and same_outlet)


def replaced(connection: Connection, url: str | None, document_id: int | None = None) -> int | None:
    """The other document that was current at a URL, which from now on is an earlier version there; None if none was."""
    if url is None:
        return None
    columns = PUBLICATION.c
    here = and_(columns.url == url, columns.current, columns.document_id != (document_id or 0))
    older: int | None = connection.scalar(select(func.max(columns.document_id)).where(here))
    if older is not None:
        connection.execute(update(PUBLICATION).where(here).values(current=False))
        carried = exists().where(columns.document_id == DOCUMENT.c.id, columns.current)
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == older).values(current=carried))
        relist(connection, older)
    return older


def publish_again(connection: Connection, document_id: int, document: Document, outlet_id: int | None) -> None:
    """Adds an appearance of a text that is stored, and sets right which of its publications is the first."""
    replaced(connection, document.url, document_id)
    insert_publications(connection, [(document_id, document, outlet_id)], first=False)
    connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document_id).values(current=True))
    _choose_first(connection, document_id)
    relist(connection, document_id)


def _choose_first(connection: Connection, document_id: int) -> None:
    """Marks the earliest publication of a document, and copies its day and outlet to the quotes."""
    columns = PUBLICATION.c
    rows = connection.execute(select(PUBLICATION).where(columns.document_id == document_id)).all()
    first = min(rows, key=lambda row: earliest(row.published_at, row.published, row.id))
    if first.first:
        return
    for id_, value in [*((row.id, False) for row in rows if row.first), (first.id, True)]:
        connection.execute(update(PUBLICATION).where(columns.id == id_).values(first=value))
    own = QUOTE.c.document_id == document_id
    connection.execute(update(QUOTE).where(own).values(published=first.published, outlet_id=first.outlet_id))
    _recount(connection, own)


def earliest(moment: datetime | None, day: Any, number: int) -> tuple[datetime, int]:
    """By what publications are put in order: moment, else the end of the day, else last; then their numbers."""
    if moment is None:
        moment = datetime.combine(day, time()) + timedelta(days=1) if day else datetime.max
    return moment, number


def relist(connection: Connection, document_id: int) -> None:
    """Sets which quotes of a document, and of those that repeat them, lists show; counts again what changes."""
    columns = QUOTE.c
    roots = select(func.coalesce(columns.repeats_id, columns.id)).where(columns.document_id == document_id)
    alike = or_(columns.id.in_(roots), columns.repeats_id.in_(roots))
    changed = list(connection.scalars(select(columns.id).where(alike, columns.listed != listing())))
    if changed:
        these = columns.id.in_(changed)
        connection.execute(update(QUOTE).where(these).values(listed=~columns.listed))
        _recount(connection, these)


def listing() -> ColumnElement[bool]:
    """The condition that `quote.listed` holds the result of.

    Of the quotes of several versions that repeat each other, the first that may be listed is.
    """
    earlier, columns = QUOTE.alias("earlier"), QUOTE.c
    root = func.coalesce(columns.repeats_id, columns.id)
    same = or_(earlier.c.id == root, earlier.c.repeats_id == root)
    said_before = exists().where(earlier.c.id < columns.id, same, may_be_listed(earlier))
    return and_(may_be_listed(QUOTE), ~said_before)


def may_be_listed(quote: FromClause) -> ColumnElement[bool]:
    """Whether a quote is an affirmed statement of a current document."""
    current = exists().where(DOCUMENT.c.id == quote.c.document_id, DOCUMENT.c.current)
    return and_(quote.c.polarity == "affirmed", is_statement(quote), current)


def is_statement(quote: FromClause) -> ColumnElement[bool]:
    """Whether a quote is more likely a statement than not; what is unknown is taken for one."""
    return func.coalesce(quote.c.statement_confidence, 1.0) >= STATEMENT


def _recount(connection: Connection, condition: ColumnElement[bool]) -> None:
    columns = QUOTE.c
    touched = connection.execute(
        select(columns.canonical_speaker_id, columns.canonical_organisation_id, columns.claim_id).where(condition)
    ).all()
    for place, subject in enumerate(summaries.SUBJECTS):
        recounts.recount(connection, subject, {row[place] for row in touched if row[place]})
    recounts.recount_claims(connection, {row.claim_id for row in touched})


Said = tuple[int, int | None, str, bool]
"""By what a quote is the same in a new version: claim, canonical speaker, polarity, whether it is a statement."""


def repeated(connection: Connection, previous_id: int | None, said: Sequence[Said]) -> list[tuple[int | None, bool]]:
    """For the quotes of a new version: the first quote that each repeats, and whether an earlier one is listed.

    The previous version and all before it are looked at. A wording that one speaker repeats is matched in order.
    """
    if previous_id is None:
        return [(None, False) for _ in said]
    columns = QUOTE.c
    root = func.coalesce(columns.repeats_id, columns.id).label("root")
    key = (columns.claim_id, columns.canonical_speaker_id, columns.polarity, is_statement(QUOTE))
    found = select(root, *key).where(columns.document_id.in_(_versions(previous_id))).order_by(columns.id)
    roots: dict[Said, list[int]] = {}
    for first, claim, speaker, polarity, statement in connection.execute(found):
        there = roots.setdefault((claim, speaker, polarity, bool(statement)), [])
        if first not in there:
            there.append(first)
    repeats = [roots[one].pop(0) if roots.get(one) else None for one in said]
    these = [first for first in repeats if first is not None]
    alike = or_(columns.id.in_(these), columns.repeats_id.in_(these))
    listed = set(connection.scalars(select(root).where(alike, may_be_listed(QUOTE))))
    return [(first, first in listed) for first in repeats]


def _versions(document_id: int) -> Any:
    """Selects a document and all that it follows."""
    chain = select(DOCUMENT.c.id, DOCUMENT.c.previous_id).where(DOCUMENT.c.id == document_id).cte(recursive=True)
    chain = chain.union(select(DOCUMENT.c.id, DOCUMENT.c.previous_id).where(DOCUMENT.c.id == chain.c.previous_id))
    return select(chain.c.id)
