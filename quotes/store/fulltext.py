"""Words to look for → the quotes that hold them, on either dialect: FTS5 and PostgreSQL's text search.

Words may be given in any form; "double quotes" stand around words that must stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    bindparam,
    column,
    false,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from quotes.store.tables import METADATA
from quotes.text.lines import HIDDEN, visible

MARK_START, MARK_END = "\x02", "\x03"
"""Around a matched word; characters that no stored text holds."""

ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
PLAIN = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy"
"""Letters that PostgreSQL is to take for others, in what is looked for as in the generated column `quote.search`."""

MOST_RANKED = 10_000
"""PostgreSQL reads the words of every quote that it ranks, so of more matches than this some are not looked at."""

QUOTE = METADATA.tables["quote"]
FTS = table("quote_fts")
ROWID: ColumnElement[int] = literal_column("quote_fts.rowid", Integer)
POSTGRES = table("quote", column("id"), column("text"), column("search"), column("listed", Boolean))
ENGLISH: ColumnElement[Any] = literal_column("'english'::regconfig")

TERMS = re.compile(r'"([^"]+)"|(\S+)')


def terms(words: str) -> list[str]:
    """The single words and the quoted phrases of a search, those without a letter or digit left out."""
    straight = visible(words).replace("“", '"').replace("”", '"')
    found = (phrase or word for phrase, word in TERMS.findall(straight))
    return [term.replace('"', " ") for term in found if re.search(r"\w", term)]


def found_by(dialect: Dialect, words: str, *, any_word: bool = False) -> Select[Any]:
    """Selects the numbers of the quotes that hold all terms, or any of them. No terms, no matches.

    Words are compared by their English stem, without case and accents.
    """
    found = terms(words)
    if not found:
        return select(QUOTE.c.id).where(false())
    if dialect.name == "postgresql":
        return select(POSTGRES.c.id).where(_holds(found, any_word))
    return select(ROWID).select_from(FTS).where(_matches(found, any_word))


def ranked(dialect: Dialect, words: str, *, any_word: bool = False, listed: bool = True) -> Select[Any]:
    """Selects the numbers of the quotes that match, best first; with `listed`, only of those that lists show."""
    found = terms(words)
    if not found:
        return select(QUOTE.c.id).where(false())
    if dialect.name == "postgresql":
        wanted = _wanted(found, any_word)
        some = select(POSTGRES.c.id, POSTGRES.c.search).where(_holds(found, any_word))
        few = (some.where(POSTGRES.c.listed) if listed else some).limit(MOST_RANKED).subquery()
        return select(few.c.id).order_by(func.ts_rank_cd(few.c.search, wanted).desc(), few.c.id)
    # CROSS JOIN keeps the order of FTS5, which sorts by rank itself: quotes are looked up until enough are found.
    source = text("quote_fts CROSS JOIN quote ON quote.id = quote_fts.rowid") if listed else FTS
    statement = select(ROWID).select_from(source).where(_matches(found, any_word))
    return (statement.where(literal_column("quote.listed")) if listed else statement).order_by(literal_column("rank"))


def marked(dialect: Dialect, words: str, ids: Sequence[int]) -> Select[Any]:
    """Selects number and text of these quotes, the words found between `MARK_START` and `MARK_END`.

    What nobody sees is left out of the text.
    """
    found = terms(words)
    if dialect.name == "postgresql":
        marks = f"StartSel={MARK_START}, StopSel={MARK_END}, HighlightAll=true"
        shown = func.ts_headline(
            ENGLISH, func.translate(POSTGRES.c.text, HIDDEN, ""), _wanted(found, any_word=False), marks
        )
        return select(POSTGRES.c.id, shown).where(_holds(found, any_word=False), POSTGRES.c.id.in_(ids))
    shown = func.highlight(literal_column("quote_fts", String), 0, MARK_START, MARK_END)
    return select(ROWID, shown).select_from(FTS).where(_matches(found, any_word=False), ROWID.in_(ids))


def _matches(found: list[str], any_word: bool) -> ColumnElement[bool]:
    wanted = (" OR " if any_word else " ").join(f'"{term}"' for term in found)
    return literal_column("quote_fts", String).op("MATCH", return_type=Boolean())(bindparam(None, wanted, unique=True))


def _holds(found: list[str], any_word: bool) -> ColumnElement[bool]:
    return POSTGRES.c.search.op("@@", return_type=Boolean())(_wanted(found, any_word))


def _wanted(found: list[str], any_word: bool) -> ColumnElement[Any]:
    wanted = _phrase(found[0])
    for term in found[1:]:
        wanted = wanted.op("||" if any_word else "&&", return_type=TSQUERY())(_phrase(term))
    return wanted


def _phrase(term: str) -> ColumnElement[Any]:
    plain = term.translate(str.maketrans(ACCENTED, PLAIN))
    return func.phraseto_tsquery(ENGLISH, plain, type_=TSQUERY)
