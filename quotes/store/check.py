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

from quotes.store.identities import Parts
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
        "SELECT id, 0 AS other FROM speaker WHERE canonical_id = id AND id NOT IN (SELECT speaker_id FROM speaker_name)"
    ),
    "claim {id} has no quote": "SELECT id, 0 AS other FROM claim WHERE id NOT IN (SELECT claim_id FROM quote)",
    "document {id} follows document {other}, which is no earlier version of its URL": (
        "SELECT document.id, previous.id AS other FROM document JOIN document AS previous "
        "ON previous.id = document.previous_id WHERE previous.id >= document.id OR NOT EXISTS (SELECT 1 "
        "FROM publication AS one JOIN publication AS other ON other.url = one.url "
        "WHERE one.document_id = document.id AND other.document_id = previous.id)"
    ),
}

IDENTITIES = {
    "{subject} {id} is named in several documents": (
        "SELECT {subject}_id AS id, 0 AS other FROM quote WHERE {subject}_id IS NOT NULL "
        "GROUP BY {subject}_id HAVING count(DISTINCT document_id) > 1"
    ),
    "{subject} {id} is held to differ from {other} by a person, and is one with it": (
        "SELECT one.id, other.id AS other FROM judgement JOIN {subject} AS one ON one.id = left_id "
        "JOIN {subject} AS other ON other.id = right_id WHERE subject = '{subject}' AND verdict = 'different' "
        "AND withdrawn_at IS NULL AND one.canonical_id = other.canonical_id"
    ),
    "{subject} {id} was set apart by nobody": (
        "SELECT id, 0 AS other FROM {subject} WHERE apart AND id NOT IN (SELECT right_id FROM judgement "
        "WHERE subject = '{subject}' AND verdict = 'different' AND withdrawn_at IS NULL AND score IS NULL)"
    ),
    "likeness {id} does not count the {subject}s that share it": (
        "SELECT likeness.id, 0 AS other FROM likeness LEFT JOIN {subject} AS row_ ON row_.likeness_id = likeness.id "
        "AND NOT row_.apart WHERE subject = '{subject}' GROUP BY likeness.id, size, head_id "
        "HAVING count(row_.id) <> size OR coalesce(min(row_.id), 0) <> coalesce(head_id, 0)"
    ),
    "{subject} {id} is numbered elsewhere, and no judgement says so": (
        "SELECT id, 0 AS other FROM {subject} AS row_ WHERE external_id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        "FROM judgement JOIN {subject} AS member ON member.id = left_id WHERE subject = '{subject}' "
        "AND withdrawn_at IS NULL AND judgement.external_id = row_.external_id AND member.canonical_id = row_.id)"
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
        for subject in ("speaker", "organisation"):
            yield from _identity_problems(connection, subject)
        for document in list(connection.scalars(select(TABLES["document"].c.id))):
            yield from _document_problems(connection, document, claim_identity)


def _identity_problems(connection: Connection, subject: str) -> Iterator[str]:
    """Identities that are not what the standing judgements make one."""
    for sentence, query in IDENTITIES.items():
        for found in connection.execute(text(query.format(subject=subject))).mappings():
            yield sentence.format(subject=subject, **found)
    table, judgement = TABLES[subject].c, TABLES["judgement"].c
    places = {row.id: row.canonical_id for row in connection.execute(select(table.id, table.canonical_id))}
    parts = Parts(places)
    same = (judgement.subject == subject, judgement.verdict == "same", judgement.withdrawn_at.is_(None))
    for row in connection.execute(select(judgement.id, judgement.left_id, judgement.right_id).where(*same)):
        if not {row.left_id, row.right_id or row.left_id} <= places.keys():
            yield f"judgement {row.id} is about a {subject} that is not there"
        elif row.right_id:
            parts.unite(row.left_id, row.right_id)
    for row_id, place in places.items():
        if parts.of(row_id) != place:
            yield f"{subject} {row_id} belongs to {place}, but its judgements make it one with {parts.of(row_id)}"


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
        if span["end_offset"] > len(text_):
            yield f"has a {span['part']} span at {span['start_offset']}–{span['end_offset']}, beyond the text"
    for one, next_ in pairwise(spans):
        if one["part"] == next_["part"] and one["end_offset"] > next_["start_offset"]:
            yield f"has {one['part']} spans that overlap at {next_['start_offset']}"
    content = [text_[span["start_offset"] : span["end_offset"]] for span in spans if span["part"] == "content"]
    if not content:
        yield "has no content"
    elif JOINED.join(content) != words:
        yield "is not verbatim: its text is not what stands at its content spans"
