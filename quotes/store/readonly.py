"""A user's SQL in, rows out, and nothing else can happen: guarded read-only queries for both databases.

One module, because the promise is one: whatever the text of the query, no data change, no file appears, and an answer
or a refusal comes before the deadline. `readonly_sqlite` keeps it with a process of its own that may not write at all,
`readonly_postgres` with a read-only transaction that is always rolled back. What a query may be is the same in both:
one statement that reads, with named parameters written `:name`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from quotes.errors import DatabaseError, QueryRefused
from quotes.store.readonly_limits import (
    DEFAULT_MAX_LENGTH,
    DEFAULT_MAX_ROWS,
    DEFAULT_TIMEOUT,
    MAX_QUERY_LENGTH,
    Limits,
    Rows,
)
from quotes.store.readonly_postgres import ROLE_SQL, query_postgres
from quotes.store.readonly_sqlite import query_sqlite
from quotes.store.sql_words import name_parameters

__all__ = ["DEFAULT_MAX_LENGTH", "DEFAULT_MAX_ROWS", "DEFAULT_TIMEOUT", "ROLE_SQL", "Rows", "query"]


def query(
    url: str,
    sql: str,
    parameters: Mapping[str, object] | None = None,
    *,
    timeout: float = DEFAULT_TIMEOUT,
    max_rows: int | None = DEFAULT_MAX_ROWS,
    max_length: int = DEFAULT_MAX_LENGTH,
) -> Rows:
    """Run one SELECT (or VALUES, WITH, EXPLAIN, a PRAGMA or SHOW that only tells) and return its rows.

    `url` is the SQLAlchemy URL of a SQLite file or a PostgreSQL database. `parameters` fill each `:name` of the query:
    text, numbers, None; a number given as text is a number too, as it is where it is compared with a column.
    `timeout` is in seconds, `max_length` in bytes of one value. Raises `QueryRefused` for a query that is not allowed,
    wrong, or beyond a limit, and `DatabaseError` for a database that cannot be opened.
    """
    if len(sql) > MAX_QUERY_LENGTH:
        raise QueryRefused(f"The query has {len(sql):,} characters; shorten it to {MAX_QUERY_LENGTH:,}.")
    if "\0" in sql:
        raise QueryRefused("The query contains a NUL character; remove it.")
    try:
        parsed = make_url(url)
    except ArgumentError:  # its text would print the password
        raise DatabaseError("This is no database URL; give sqlite:///PATH or postgresql://USER@HOST/NAME.") from None
    limits = Limits(timeout, max_rows, max_length)
    if unused := sorted(set(parameters or {}) - set(name_parameters(sql)[1])):
        raise QueryRefused(f"The query has no :{unused[0]} to fill; write it there, or leave out the parameter.")
    match parsed.get_backend_name():
        case "sqlite":
            return query_sqlite(parsed, sql, parameters or {}, limits)
        case "postgresql":
            return query_postgres(parsed, sql, parameters or {}, limits)
        case other:
            raise DatabaseError(f"A database of {other} cannot be asked; give a sqlite:/// or postgresql:// URL.")
