"""What a user types to look for → the quotes whose words match, best first, on either dialect.

In: a few words, with "double quotes" around words that must stand together. Out: a selection of quote number, rank and
the text with the matched words marked. FTS5 and PostgreSQL's text search differ in everything but the result, which is
why this is a module.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Select,
    String,
    bindparam,
    column,
    false,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from quotes.store.tables import METADATA

MARK_START, MARK_END = "\x02", "\x03"
"""Around a matched word; characters that no stored text holds."""

ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
PLAIN = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy"
"""Letters that PostgreSQL is to take for others, in what is looked for as in the generated column `quote.search`."""

ENGLISH: ColumnElement[Any] = literal_column("'english'::regconfig")

TERMS = re.compile(r'"([^"]+)"|(\S+)')


def terms(words: str) -> list[str]:
    """The single words and the quoted phrases of a search, those without a letter or digit left out."""
    found = (phrase or word for phrase, word in TERMS.findall(words.replace("“", '"').replace("”", '"')))
    return [term.replace('"', " ") for term in found if re.search(r"\w", term)]


def matches(dialect: Dialect, words: str, *, any_word: bool = False) -> Select[Any]:
    """Selects `id`, `rank` (lower is better) and `marked` of the quotes that hold all terms, or any of them.

    Words are compared by their English stem, without case and accents. No terms, no matches.
    """
    found = terms(words)
    if not found:
        quote = METADATA.tables["quote"].c
        return select(quote.id, quote.confidence.label("rank"), quote.text.label("marked")).where(false())
    return _postgres(found, any_word) if dialect.name == "postgresql" else _sqlite(found, any_word)


def _sqlite(found: list[str], any_word: bool) -> Select[Any]:
    wanted = (" OR " if any_word else " ").join(f'"{term}"' for term in found)
    fts = table("quote_fts")
    own = literal_column("quote_fts", String)
    return (
        select(
            literal_column("quote_fts.rowid").label("id"),
            func.bm25(own).label("rank"),
            func.highlight(own, 0, MARK_START, MARK_END).label("marked"),
        )
        .select_from(fts)
        .where(own.op("MATCH")(bindparam(None, wanted, unique=True)))
    )


def _postgres(found: list[str], any_word: bool) -> Select[Any]:
    wanted: ColumnElement[Any] = _postgres_phrase(found[0])
    for term in found[1:]:
        wanted = wanted.op("||" if any_word else "&&", return_type=TSQUERY())(_postgres_phrase(term))
    quote = table("quote", column("id"), column("text"), column("search"))
    marks = f"StartSel={MARK_START}, StopSel={MARK_END}, HighlightAll=true"
    return select(
        quote.c.id.label("id"),
        (-func.ts_rank_cd(quote.c.search, wanted)).label("rank"),
        func.ts_headline(ENGLISH, quote.c.text, wanted, marks).label("marked"),
    ).where(quote.c.search.op("@@")(wanted))


def _postgres_phrase(term: str) -> ColumnElement[Any]:
    plain = term.translate(str.maketrans(ACCENTED, PLAIN))
    return func.phraseto_tsquery(ENGLISH, plain, type_=TSQUERY)
