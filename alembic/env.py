"""Runs the migrations on the connection that `quotes` hands over or, for the alembic command, on QUOTES_DB."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from quotes.store.engine import connect, writing
from quotes.store.tables import METADATA


def is_made_by_hand(name: str, type_: str) -> bool:
    """What each dialect makes in its own way, and no table of the models has: full text, indexes in order of lists."""
    if type_ == "table":
        return name.startswith("quote_fts")
    return name in ("search", "words", "ix_quote_search") or name.startswith("ix_quote_list_")


def migrate(connection: Connection) -> None:
    # SQLite can roll back DDL too once the transaction is ours (see quotes.store.engine), so one flag serves both.
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        version_table_schema=context.config.attributes.get("schema"),
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        include_name=lambda name, type_, _: not is_made_by_hand(name or "", type_),
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection") or connect(os.environ.get("QUOTES_DB", "quotes.db"))
if isinstance(given, Connection):
    migrate(given)
else:
    with writing(given) as connection:
        migrate(connection)
