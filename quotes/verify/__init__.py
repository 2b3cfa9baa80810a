"""A draft's quotations against the database: verbatim, altered, another speaker's, merged from two, or not found.

In: an engine, a draft and the quotes found in it. Out: a `Finding` for each quotation and each statement without marks,
in the order of the text. It stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Engine

from quotes.query.passages import publications
from quotes.records import Document, Quote
from quotes.verify.findings import EXPLAINED, Finding, Verdict, rows
from quotes.verify.library import Library
from quotes.verify.passages import passages
from quotes.verify.quotations import Quotations
from quotes.verify.speakers import Speakers
from quotes.verify.statements import Statements

__all__ = ["EXPLAINED", "Finding", "Verdict", "as_rows", "check"]


def check(engine: Engine, draft: Document, quotes: Sequence[Quote]) -> list[Finding]:
    """What the database says of each passage of a draft.

    >>> draft = Document("draft", "“We will never sell,” Ines Okoro said.")
    >>> [finding.verdict for finding in check(open_database("quotes.db"), draft, extract(draft))]
    """
    with engine.connect() as connection:
        speakers = Speakers(connection)
        library = Library(connection, speakers)
        quotations, statements = Quotations(library, speakers), Statements(library, speakers)
        found: list[Finding] = []
        for passage in passages(draft, quotes):
            found += quotations.findings(passage) if passage.quoted else [statements.finding(passage)]
    return found


def as_rows(engine: Engine, draft: Document, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as rows, with who published the words, and when."""
    found = list(findings)
    with engine.connect() as connection:
        published = publications(connection, {one.place.source.document.id for one in found if one.place})
    return list(rows(draft, found, published))
