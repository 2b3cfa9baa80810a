"""Full text without the characters that nobody sees: soft hyphens, zero-width spaces and joiners.

Revision: 0004, after 0003. `quote.text` stays as it is; what is searched is computed from it.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
PLAIN = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        search_postgres(ACCENTED + HIDDEN)
        return
    drop_sqlite_search()
    visible = "text"
    for character in HIDDEN:
        visible = f"replace({visible}, char({ord(character)}), '')"
    op.execute(f"ALTER TABLE quote ADD COLUMN words TEXT GENERATED ALWAYS AS ({visible}) VIRTUAL")
    search_sqlite("words")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        search_postgres(ACCENTED)
        return
    drop_sqlite_search()
    op.execute("ALTER TABLE quote DROP COLUMN words")
    search_sqlite("text")


def search_postgres(changed: str) -> None:
    """The generated column and its index, with some letters changed and others left out."""
    op.execute("ALTER TABLE quote DROP COLUMN search")
    op.execute(f"""ALTER TABLE quote ADD COLUMN search tsvector GENERATED ALWAYS AS
        (to_tsvector('english', translate(left(text, 100000), '{changed}', '{PLAIN}'))) STORED""")
    op.execute("CREATE INDEX ix_quote_search ON quote USING gin (search)")
    op.execute("COMMENT ON COLUMN quote.search IS 'The words of the text, stemmed, for full-text search.'")


def drop_sqlite_search() -> None:
    for event in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER quote_fts_{event}")
    op.execute("DROP TABLE quote_fts")


def search_sqlite(column: str) -> None:
    """The index over a column, and the triggers that fill it."""
    op.execute(f"""CREATE VIRTUAL TABLE quote_fts USING fts5(
        {column}, content="quote", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2")""")
    forget = f"INSERT INTO quote_fts (quote_fts, rowid, {column}) VALUES ('delete', old.id, old.{column});"
    learn = f"INSERT INTO quote_fts (rowid, {column}) VALUES (new.id, new.{column});"
    op.execute(f"CREATE TRIGGER quote_fts_insert AFTER INSERT ON quote BEGIN {learn} END")
    op.execute(f"CREATE TRIGGER quote_fts_delete AFTER DELETE ON quote BEGIN {forget} END")
    op.execute(f"CREATE TRIGGER quote_fts_update AFTER UPDATE OF text ON quote BEGIN {forget} {learn} END")
    op.execute("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')")
