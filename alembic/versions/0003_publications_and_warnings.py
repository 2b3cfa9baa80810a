"""Publications apart from documents, polarity and confidences on quotes, canonical rows copied to where lists look.

Revision: 0003, after 0002. `pending_document` holds the documents whose quotes wait for what only the program's rules
can tell of them; `quotes db upgrade` works through it, and goes on where it was stopped.

Going down, further publications of a document are lost, and so is what 0002 had no column for.
"""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMED = ("speaker", "organisation")


def column(name: str, type_: sa.types.TypeEngine, comment: str, nullable: bool = True, **more: object) -> sa.Column:
    return sa.Column(name, type_, nullable=nullable, comment=comment, **more)


def number(comment: str = "Number of the row.") -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False, comment=comment)


def counters(quotes: str) -> list[sa.Column]:
    return [
        column("quotes", sa.Integer(), quotes, nullable=False, server_default="0"),
        column("first_published", sa.Date(), "Day of the earliest of them."),
        column("last_published", sa.Date(), "Day of the latest of them."),
    ]


def run(statement: str, **values: object) -> None:
    op.get_bind().execute(sa.text(statement), values)


def is_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    op.execute("DROP VIEW affiliation")
    op.execute("DROP VIEW attributed_quote")
    tell_variants(VARIANT, OLD_VARIANT)
    create_publications()
    create_conduits()
    reshape_names()
    reshape_quotes()
    create_summaries()
    create_search()
    create_views()
    op.create_table(
        "pending_document",
        column("document_id", sa.Integer(), "The document.", nullable=False),
        column("names", sa.Boolean(), "Whether its names have still to be compared with others.", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_pending_document_document_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_pending_document"),
        comment="Documents that an upgrade has still to complete: `quotes db upgrade` goes on with them.",
    )
    compared = "EXISTS (SELECT 1 FROM likeness)"
    run(f"INSERT INTO pending_document (document_id, names) SELECT id, NOT ({compared}) FROM document")


def create_publications() -> None:
    op.create_table(
        "publication",
        number(),
        column("document_id", sa.Integer(), "The text that appeared.", nullable=False),
        column("first", sa.Boolean(), "Whether it is the earliest publication of the document.", nullable=False),
        column("current", sa.Boolean(), "Whether no newer version has appeared at its URL.", nullable=False),
        column(
            "name",
            sa.Text(),
            'Name in the outside world: the "id" of a JSON Lines record, else path or URL.',
            nullable=False,
        ),
        column("url", sa.Text(), "Canonical address, where known."),
        column("outlet_id", sa.Integer(), "Who published it."),
        column("title", sa.Text(), "Headline."),
        column("byline", sa.Text(), "Who wrote it, as printed."),
        column("published", sa.Date(), "Day of publication, as printed."),
        column("published_at", sa.DateTime(), "Moment of publication (UTC where the zone is told)."),
        column("utc_offset", sa.Integer(), "Minutes that the told zone is ahead of UTC; empty where none is told."),
        column("added_at", sa.DateTime(), "When it was added (UTC).", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_publication_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlet.id"], name=op.f("fk_publication_outlet_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        comment="One appearance of a document: outlet, address, time. The same text in three papers has three.",
    )
    run(
        "INSERT INTO publication (id, document_id, first, current, name, url, outlet_id, title, byline, published, "
        "added_at) SELECT id, id, TRUE, id NOT IN (SELECT previous_id FROM document WHERE previous_id IS NOT NULL), "
        "name, url, outlet_id, title, byline, published, added_at FROM document ORDER BY id"
    )
    if is_postgres():
        run("SELECT setval(pg_get_serial_sequence('publication', 'id'), max(id)) FROM publication HAVING count(*) > 0")
    for index, columns in PUBLICATION_INDEXES.items():
        op.create_index(index, "publication", columns)
    for index in ("outlet_id", "published", "url"):
        op.drop_index(f"ix_document_{index}", table_name="document")
    with op.batch_alter_table("document") as batch:
        batch.drop_constraint("fk_document_outlet_id", type_="foreignkey")
        for name in ("name", "url", "outlet_id", "title", "byline", "published"):
            batch.drop_column(name)
        batch.add_column(
            column(
                "current",
                sa.Boolean(),
                "Whether some publication of it has no newer version.",
                nullable=False,
                server_default=sa.true(),
            )
        )
    if is_postgres():
        op.create_table_comment("document", DOCUMENT, existing_comment=OLD_DOCUMENT)
    run("UPDATE document SET current = FALSE WHERE id IN (SELECT document_id FROM publication WHERE NOT current)")


DOCUMENT = "One text, word for word; where it appeared, table publication says."
OLD_DOCUMENT = "One article: its text, word for word, and what is known about it."
PUBLICATION_INDEXES = {
    "ix_publication_document_id": ["document_id"],
    "ix_publication_outlet_id": ["outlet_id"],
    "ix_publication_url": ["url"],
    "ix_publication_published_id": ["published", "id"],
}


def tell_variants(comment: str, old: str) -> None:
    """What cards compare has changed."""
    if is_postgres():
        op.alter_column("likeness", "variant", comment=comment, existing_comment=old, existing_type=sa.Text(),
                        existing_nullable=False)  # fmt: skip


VARIANT = "What else their documents say: middle name, gender, country, profession, birth, decade, abbreviation."
OLD_VARIANT = "What else their documents say: middle name, gender, country, era, standing, abbreviation."


def create_conduits() -> None:
    op.create_table(
        "conduit",
        number(),
        column("name", sa.Text(), "The words of the document.", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduit")),
        sa.UniqueConstraint("name", name=op.f("uq_conduit_name")),
        comment="To or through whom statements were made, as written.",
    )
    run("INSERT INTO conduit (name) SELECT DISTINCT conduit FROM quote WHERE conduit IS NOT NULL ORDER BY 1")


def reshape_names() -> None:
    """Speakers and organisations belong to a document by a column, and keep their other names themselves."""
    for table in NAMED:
        forget_unused(table)
        aliases = (
            f"(SELECT {'json_agg(name ORDER BY id)::text' if is_postgres() else 'json_group_array(name)'} "
            f"FROM {table}_name WHERE {table}_id = {table}.id AND name <> {table}.name)"
        )
        op.add_column(table, column("document_id", sa.Integer(), "The document that names it."))
        op.add_column(
            table, column("aliases", sa.Text(), "The other forms of the name that the document uses: a JSON list.")
        )
        run(
            f"UPDATE {table} SET document_id = (SELECT min(document_id) FROM quote WHERE {table}_id = {table}.id), "
            f"aliases = {aliases}"
        )
        run(f"UPDATE {table} SET aliases = NULL WHERE aliases = '[]'")
        op.drop_table(f"{table}_name")
        op.drop_index(f"ix_{table}_identity_id", table_name=table)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"uq_{table}_identity", type_="unique")
            batch.drop_column("identity")
            batch.alter_column("identity_id", new_column_name="canonical_id", existing_type=sa.Integer())
            batch.alter_column("document_id", nullable=False, existing_type=sa.Integer())
            batch.create_foreign_key(f"fk_{table}_document_id", "document", ["document_id"], ["id"], ondelete="CASCADE")
            key = ["document_id", "kind", "name"] if table == "speaker" else ["document_id", "name"]
            batch.create_unique_constraint(f"uq_{table}_{'_'.join(key)}", key)
            if table == "speaker":
                batch.add_column(column("gender", sa.Text(), "f or m, where the document tells it."))
            batch.add_column(column("documents", sa.Integer(), f"{LISTED} In how many documents.", nullable=False,
                                    server_default="0"))  # fmt: skip
            for one in counters(LISTED):
                batch.add_column(one)
        for index, columns in name_indexes(table).items():
            op.create_index(index, table, columns)
        create_name_table(table)
    op.create_table(
        "group_member",
        column("group_id", sa.Integer(), "The group, a speaker of kind group.", nullable=False),
        column("member_id", sa.Integer(), "The person, a speaker of the same document.", nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["speaker.id"], name="fk_group_member_group_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["speaker.id"], name="fk_group_member_member_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "member_id", name="pk_group_member"),
        comment="Who the persons of a group are: A and B of 'A and B said'.",
    )
    op.create_index("ix_group_member_member_id", "group_member", ["member_id"])


def forget_unused(table: str) -> None:
    """Rows that no quote names: the program makes none, but somebody may have deleted quotes by hand."""
    unused = f"(SELECT id FROM {table} WHERE id NOT IN (SELECT {table}_id FROM quote WHERE {table}_id IS NOT NULL))"
    run(f"DELETE FROM judgement WHERE subject = '{table}' AND (left_id IN {unused} OR right_id IN {unused})")
    run(
        f"UPDATE {table} SET identity_id = (SELECT min(member.id) FROM {table} AS member "
        f"WHERE member.identity_id = {table}.identity_id AND member.id NOT IN {unused}) "
        f"WHERE identity_id IN {unused} AND id NOT IN {unused}"
    )
    run(f"UPDATE {table} SET identity_id = NULL, likeness_id = NULL WHERE id IN {unused}")
    run(f"DELETE FROM {table}_name WHERE {table}_id IN {unused}")
    run(f"DELETE FROM {table} WHERE id IN {unused}")


LISTED = "Number of its quotes that lists show, for a canonical row; else 0."


def name_indexes(table: str) -> dict[str, list[str]]:
    return {
        f"ix_{table}_canonical_id": ["canonical_id"],
        f"ix_{table}_name": ["name"],
        f"ix_{table}_quotes": ["quotes"],
    }


def create_name_table(table: str) -> None:
    """The forms of the names of canonical rows, which the program fills: it knows their keys."""
    more = {
        "speaker": "no case, accents, titles or punctuation",
        "organisation": "no case, accents or punctuation",
    }
    owner = {"speaker": "speaker whose", "organisation": "organisation whose"}
    comment = {
        "speaker": "Every form of a canonical speaker's name that documents use, with the quotes of those documents.",
        "organisation": "Every form of a canonical organisation's name, abbreviations included.",
    }
    op.create_table(
        f"{table}_name",
        number(),
        column(f"{table}_id", sa.Integer(), f"The canonical {owner[table]} name it is.", nullable=False),
        column("name", sa.Text(), "The form as written.", nullable=False),
        column("key", sa.Text(), f"The form that names are compared in: {more[table]}.", nullable=False),
        *counters("Number of quotes that lists show, in documents with this form."),
        sa.ForeignKeyConstraint(
            [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_{table}_name_{table}_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}_name")),
        sa.UniqueConstraint(f"{table}_id", "name", name=op.f(f"uq_{table}_name_{table}_id_name")),
        comment=comment[table],
    )
    op.create_index(f"ix_{table}_name_{table}_id", f"{table}_name", [f"{table}_id"])


def reshape_quotes() -> None:
    if not is_postgres():
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER quote_fts_{event}")
        op.execute("DROP TABLE quote_fts")
    for index in ("claim_id", "document_id", "extraction_id", "organisation_id", "speaker_id_document_id"):
        op.drop_index(f"ix_quote_{index}", table_name="quote")
    with op.batch_alter_table("quote") as batch:
        for one in QUOTE_COLUMNS:
            batch.add_column(one._copy())
        batch.create_check_constraint(op.f("ck_quote_polarity"), "polarity IN ('affirmed', 'denied', 'questioned')")
        batch.create_foreign_key("fk_quote_conduit_id", "conduit", ["conduit_id"], ["id"])
        batch.create_foreign_key("fk_quote_outlet_id", "outlet", ["outlet_id"], ["id"])
        batch.create_foreign_key("fk_quote_repeats_id", "quote", ["repeats_id"], ["id"])
    run(
        "UPDATE quote SET canonical_speaker_id = (SELECT canonical_id FROM speaker WHERE id = quote.speaker_id), "
        "canonical_organisation_id = (SELECT canonical_id FROM organisation WHERE id = quote.organisation_id), "
        "conduit_id = (SELECT id FROM conduit WHERE name = quote.conduit), "
        "published = (SELECT published FROM publication WHERE document_id = quote.document_id), "
        "outlet_id = (SELECT outlet_id FROM publication WHERE document_id = quote.document_id), "
        "listed = (SELECT current FROM document WHERE id = quote.document_id)"
    )
    with op.batch_alter_table("quote") as batch:
        batch.drop_column("conduit")
    run("CREATE TABLE kept_span AS SELECT quote_id, part, start_offset, end_offset FROM quote_span")
    op.drop_table("quote_span")
    op.create_table(
        "quote_span",
        column("quote_id", sa.Integer(), "The quote it is part of.", nullable=False),
        column("part", sa.Text(), "content, cue or source.", nullable=False),
        column("start_offset", sa.Integer(), "First code point of the span in document.text.", nullable=False),
        column("end_offset", sa.Integer(), "One past its last code point.", nullable=False),
        sa.CheckConstraint("part IN ('source', 'cue', 'content')", name="ck_quote_span_part"),
        sa.CheckConstraint("0 <= start_offset AND start_offset < end_offset", name="ck_quote_span_offsets"),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name="fk_quote_span_quote_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("quote_id", "part", "start_offset", name="pk_quote_span"),
        comment="Where the content, cue and source of a quote stand in the document.",
        sqlite_with_rowid=False,
    )
    run("INSERT INTO quote_span SELECT * FROM kept_span ORDER BY quote_id, part, start_offset")
    op.drop_table("kept_span")
    with op.batch_alter_table("claim") as batch:
        batch.drop_column("text")
        batch.alter_column("identity", existing_type=sa.Text(), existing_nullable=False, comment=CLAIM_IDENTITY,
                           existing_comment="SHA-256 of the words without case, punctuation and quote marks.")  # fmt: skip
        batch.add_column(column("quotes", sa.Integer(), LISTED, nullable=False, server_default="0"))
    run("UPDATE claim SET identity = substr(identity, 1, 32)")


CLAIM_IDENTITY = (
    "First 32 hexadecimal digits of the SHA-256 of the words without case, punctuation and quotation marks."
)
QUOTE_COLUMNS = [
    column("canonical_speaker_id", sa.Integer(), "Copy of speaker.canonical_id."),
    column("canonical_organisation_id", sa.Integer(), "Copy of organisation.canonical_id."),
    column(
        "conduit_id",
        sa.Integer(),
        "To or through whom it was said: an agency, a broadcaster, a press conference.",
    ),
    column(
        "polarity",
        sa.Text(),
        "affirmed, denied or questioned: how the source stands to the content.",
        nullable=False,
        server_default="affirmed",
    ),
    column(
        "source_type",
        sa.Text(),
        "named person, named organisation, document, anonymous, unnamed person or unnamed group; empty: unknown.",
    ),
    column("speaker_confidence", sa.Float(), "How sure it is that the name is right, 0 to 1; empty: unknown."),
    column(
        "statement_confidence",
        sa.Float(),
        "How sure it is that something was said or written, not thought, felt or done, 0 to 1; empty: unknown.",
    ),
    column("published", sa.Date(), "Copy of the day of the document's first publication."),
    column("outlet_id", sa.Integer(), "Copy of the outlet of the document's first publication."),
    column("repeats_id", sa.Integer(), "The quote of the previous version that it repeats word for word."),
    column(
        "listed",
        sa.Boolean(),
        "Whether lists show it: affirmed, a statement, of a current version, and no repetition of one that is listed.",
        nullable=False,
        server_default=sa.true(),
    ),
]


def create_summaries() -> None:
    op.create_table(
        "name_word",
        column("subject", sa.Text(), "speaker, organisation, outlet or conduit.", nullable=False),
        column("word", sa.Text(), "A word of the comparable form of the name.", nullable=False),
        column("name_id", sa.Integer(), "Row of speaker_name, organisation_name, outlet or conduit.", nullable=False),
        sa.CheckConstraint(
            "subject IN ('speaker', 'organisation', 'outlet', 'conduit')", name=op.f("ck_name_word_subject")
        ),
        sa.PrimaryKeyConstraint("subject", "word", "name_id", name="pk_name_word"),
        comment="Index of the words of names: which names have a word.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "position",
        column("speaker_id", sa.Integer(), "The canonical speaker.", nullable=False),
        column("organisation_id", sa.Integer(), "The canonical organisation; 0 for none.", nullable=False),
        column("role", sa.Text(), "The role; empty for none.", nullable=False),
        *counters("Number of quotes that lists show and that say so."),
        sa.PrimaryKeyConstraint("speaker_id", "organisation_id", "role", name="pk_position"),
        comment="Roles and organisations of canonical speakers, counted; the view affiliation adds names.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_position_organisation_id", "position", ["organisation_id"])
    op.create_table(
        "summary",
        column("subject", sa.Text(), "speaker or organisation.", nullable=False),
        column("canonical_id", sa.Integer(), "The canonical speaker or organisation.", nullable=False),
        column("facet", sa.Text(), "outlet, conduit or kind: what the quotes are counted by.", nullable=False),
        column("value", sa.Text(), "Its value.", nullable=False),
        *counters("Number of quotes with this value."),
        sa.CheckConstraint("subject IN ('speaker', 'organisation')", name=op.f("ck_summary_subject")),
        sa.CheckConstraint("facet IN ('outlet', 'conduit', 'kind')", name=op.f("ck_summary_facet")),
        sa.PrimaryKeyConstraint("subject", "canonical_id", "facet", "value", name="pk_summary"),
        comment="Quotes that lists show, counted for each canonical speaker and organisation.",
        sqlite_with_rowid=False,
    )


LISTS = {
    "published": "",
    "canonical_speaker_id": "canonical_speaker_id, ",
    "canonical_organisation_id": "canonical_organisation_id, ",
    "outlet_id": "outlet_id, ",
    "conduit_id": "conduit_id, ",
}
PARTIAL = ("canonical_organisation_id", "conduit_id")


def create_search() -> None:
    """Indexes in the order of lists, latest first, and full text. SQLite puts what has no day last by itself."""
    for name in ("claim_id", "document_id", "extraction_id", "organisation_id", "speaker_id"):
        op.create_index(f"ix_quote_{name}", "quote", [name])
    op.create_index("ix_claim_quotes", "claim", ["quotes"])
    nulls = "DESC NULLS LAST" if is_postgres() else "DESC"
    for name, first in LISTS.items():
        where = f" WHERE {name} IS NOT NULL" if name in PARTIAL else ""
        op.execute(f"CREATE INDEX ix_quote_list_{name} ON quote ({first}published {nulls}, id, listed){where}")
    op.execute("CREATE INDEX ix_quote_list_claim ON quote (canonical_speaker_id, claim_id, listed)")
    op.execute("CREATE INDEX ix_quote_list_repeats ON quote (repeats_id) WHERE repeats_id IS NOT NULL")
    if not is_postgres():
        for statement in SQLITE_SEARCH:
            op.execute(statement)
        op.execute("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')")


# Datasette and sqlite-utils look for the content table's name in double quotes.
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE quote_fts USING fts5(
        text, content="quote", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2")""",
    """CREATE TRIGGER quote_fts_insert AFTER INSERT ON quote BEGIN
        INSERT INTO quote_fts (rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER quote_fts_delete AFTER DELETE ON quote BEGIN
        INSERT INTO quote_fts (quote_fts, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
    """CREATE TRIGGER quote_fts_update AFTER UPDATE OF text ON quote BEGIN
        INSERT INTO quote_fts (quote_fts, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO quote_fts (rowid, text) VALUES (new.id, new.text);
    END""",
)
OLD_SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE quote_fts USING fts5(
        text, content='quote', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    *SQLITE_SEARCH[1:],
)
PIECE = "substr(document.text, start_offset + 1, end_offset - start_offset)"
SPAN_TEXT = {
    "sqlite": f"""(SELECT group_concat(piece, ' […] ') FROM (SELECT {PIECE} AS piece FROM quote_span
        WHERE quote_id = quote.id AND part = '{{part}}' ORDER BY start_offset))""",
    "postgresql": f"""(SELECT string_agg({PIECE}, ' […] ' ORDER BY start_offset)
        FROM quote_span WHERE quote_id = quote.id AND part = '{{part}}')""",
}
ATTRIBUTED_QUOTE = """
CREATE VIEW attributed_quote AS SELECT
    quote.id AS quote_id, quote.text, quote.kind, quote.act, quote.polarity,
    speaker.name AS speaker, quote.speaker_kind, quote.source_type, quote.role, organisation.name AS organisation,
    conduit.name AS conduit, outlet.name AS outlet, quote.published, publication.published_at, publication.title,
    publication.url, publication.name AS document,
    (SELECT count(*) FROM publication WHERE document_id = quote.document_id) AS publications,
    {source} AS source, {cue} AS cue,
    (SELECT min(start_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS start_offset,
    (SELECT max(end_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS end_offset,
    quote.confidence, quote.speaker_confidence, quote.statement_confidence, quote.listed,
    quote.document_id, quote.canonical_speaker_id AS speaker_id,
    quote.canonical_organisation_id AS organisation_id, quote.claim_id, quote.repeats_id,
    speaker.external_id AS speaker_external_id, organisation.external_id AS organisation_external_id
FROM quote
JOIN document ON document.id = quote.document_id
JOIN publication ON publication.document_id = quote.document_id AND publication.first
LEFT JOIN outlet ON outlet.id = quote.outlet_id
LEFT JOIN speaker ON speaker.id = quote.canonical_speaker_id
LEFT JOIN organisation ON organisation.id = quote.canonical_organisation_id
LEFT JOIN conduit ON conduit.id = quote.conduit_id
"""
AFFILIATION = """
CREATE VIEW affiliation AS SELECT
    position.speaker_id, speaker.name AS speaker, nullif(position.role, '') AS role,
    organisation.name AS organisation, nullif(position.organisation_id, 0) AS organisation_id,
    position.first_published, position.last_published, position.quotes
FROM position
JOIN speaker ON speaker.id = position.speaker_id
LEFT JOIN organisation ON organisation.id = position.organisation_id
WHERE position.role <> '' OR speaker.kind <> 'organisation'
"""


def create_views() -> None:
    text = SPAN_TEXT[op.get_bind().dialect.name]
    op.execute(ATTRIBUTED_QUOTE.format(**{part: text.format(part=part) for part in ("source", "cue")}))
    op.execute(AFFILIATION)


OLD_SPAN_TEXT = {
    "sqlite": """(SELECT group_concat(text, ' […] ') FROM (
        SELECT text FROM quote_span WHERE quote_id = quote.id AND part = '{part}' ORDER BY start_offset))""",
    "postgresql": """(SELECT string_agg(text, ' […] ' ORDER BY start_offset)
        FROM quote_span WHERE quote_id = quote.id AND part = '{part}')""",
}
OLD_ATTRIBUTED_QUOTE = """
CREATE VIEW attributed_quote AS SELECT
    quote.id AS quote_id, quote.text, quote.kind, quote.act,
    speaker.name AS speaker, quote.speaker_kind, quote.role, organisation.name AS organisation, quote.conduit,
    outlet.name AS outlet, document.published, document.title, document.url, document.name AS document,
    {source} AS source, {cue} AS cue,
    (SELECT min(start_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS start_offset,
    (SELECT max(end_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS end_offset,
    quote.confidence, quote.document_id, speaker.id AS speaker_id, organisation.id AS organisation_id, quote.claim_id,
    speaker.external_id AS speaker_external_id, organisation.external_id AS organisation_external_id
FROM quote
JOIN document ON document.id = quote.document_id
LEFT JOIN outlet ON outlet.id = document.outlet_id
LEFT JOIN speaker AS named ON named.id = quote.speaker_id
LEFT JOIN speaker ON speaker.id = named.identity_id
LEFT JOIN organisation AS body ON body.id = quote.organisation_id
LEFT JOIN organisation ON organisation.id = body.identity_id
"""
OLD_AFFILIATION = """
CREATE VIEW affiliation AS SELECT
    speaker.id AS speaker_id, speaker.name AS speaker, quote.role, organisation.name AS organisation,
    min(document.published) AS first_published, max(document.published) AS last_published, count(*) AS quotes
FROM quote
JOIN speaker AS named ON named.id = quote.speaker_id
JOIN speaker ON speaker.id = named.identity_id
JOIN document ON document.id = quote.document_id
LEFT JOIN organisation AS body ON body.id = quote.organisation_id
LEFT JOIN organisation ON organisation.id = body.identity_id
WHERE quote.role IS NOT NULL OR (quote.organisation_id IS NOT NULL AND quote.speaker_kind <> 'organisation')
GROUP BY speaker.id, speaker.name, quote.role, organisation.name
"""


def downgrade() -> None:
    op.execute("DROP VIEW affiliation")
    op.execute("DROP VIEW attributed_quote")
    if not is_postgres():
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER quote_fts_{event}")
        op.execute("DROP TABLE quote_fts")
    for table in ("pending_document", "summary", "position", "name_word", "group_member"):
        op.drop_table(table)
    unshape_quotes()
    unshape_names()
    unshape_documents()
    tell_variants(OLD_VARIANT, VARIANT)
    text = OLD_SPAN_TEXT[op.get_bind().dialect.name]
    op.execute(OLD_ATTRIBUTED_QUOTE.format(**{part: text.format(part=part) for part in ("source", "cue")}))
    op.execute(OLD_AFFILIATION)
    if not is_postgres():
        for statement in OLD_SQLITE_SEARCH:
            op.execute(statement)
        op.execute("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')")


def unshape_quotes() -> None:
    for name in LISTS:
        op.execute(f"DROP INDEX ix_quote_list_{name}")
    op.execute("DROP INDEX ix_quote_list_claim")
    op.execute("DROP INDEX ix_quote_list_repeats")
    op.drop_index("ix_quote_speaker_id", table_name="quote")
    op.drop_index("ix_claim_quotes", table_name="claim")
    with op.batch_alter_table("claim") as batch:
        batch.drop_column("quotes")
        batch.add_column(column("text", sa.Text(), "Its first wording.", nullable=False, server_default=""))
        batch.alter_column("identity", existing_type=sa.Text(), existing_nullable=False, existing_comment=CLAIM_IDENTITY,
                           comment="SHA-256 of the words without case, punctuation and quote marks.")  # fmt: skip
    run("UPDATE claim SET text = (SELECT text FROM quote WHERE claim_id = claim.id ORDER BY id LIMIT 1)")
    with op.batch_alter_table("claim") as batch:
        batch.alter_column("text", server_default=None, existing_type=sa.Text(), existing_nullable=False)
    run(
        "CREATE TABLE kept_span AS SELECT quote_id, part, start_offset, end_offset, "
        "substr(document.text, start_offset + 1, end_offset - start_offset) AS text FROM quote_span "
        "JOIN quote ON quote.id = quote_id JOIN document ON document.id = quote.document_id"
    )
    op.drop_table("quote_span")
    with op.batch_alter_table("quote") as batch:
        batch.add_column(
            column(
                "conduit", sa.Text(), "To or through whom it was said: an agency, a broadcaster, a press conference."
            )
        )
    run("UPDATE quote SET conduit = (SELECT name FROM conduit WHERE id = quote.conduit_id)")
    with op.batch_alter_table("quote") as batch:
        for name in ("conduit_id", "outlet_id", "repeats_id"):
            batch.drop_constraint(f"fk_quote_{name}", type_="foreignkey")
        batch.drop_constraint(op.f("ck_quote_polarity"), type_="check")
        for one in QUOTE_COLUMNS:
            batch.drop_column(one.name)
    op.drop_table("conduit")
    op.create_index("ix_quote_speaker_id_document_id", "quote", ["speaker_id", "document_id"])
    op.create_table(
        "quote_span",
        number(),
        column("quote_id", sa.Integer(), "The quote it is part of.", nullable=False),
        column("part", sa.Text(), "content, cue or source.", nullable=False),
        column("start_offset", sa.Integer(), "First code point of the span in document.text.", nullable=False),
        column("end_offset", sa.Integer(), "One past its last code point.", nullable=False),
        column("text", sa.Text(), "Exactly document.text[start_offset:end_offset].", nullable=False),
        sa.CheckConstraint("part IN ('source', 'cue', 'content')", name="ck_quote_span_part"),
        sa.CheckConstraint("0 <= start_offset AND start_offset < end_offset", name="ck_quote_span_offsets"),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name="fk_quote_span_quote_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_quote_span"),
        sa.UniqueConstraint("quote_id", "part", "start_offset", name="uq_quote_span_quote_id_part_start_offset"),
        comment="Where the content, cue and source of a quote stand in the document, word for word.",
    )
    run(
        "INSERT INTO quote_span (quote_id, part, start_offset, end_offset, text) "
        "SELECT * FROM kept_span ORDER BY quote_id, part, start_offset"
    )
    op.drop_table("kept_span")


def unshape_names() -> None:
    for table in NAMED:
        for index in name_indexes(table):
            op.drop_index(index, table_name=table)
        op.drop_table(f"{table}_name")
        op.add_column(table, sa.Column("identity", sa.Text()))
        restore_identities(table)
        key = ["document_id", "kind", "name"] if table == "speaker" else ["document_id", "name"]
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"uq_{table}_{'_'.join(key)}", type_="unique")
            batch.drop_constraint(f"fk_{table}_document_id", type_="foreignkey")
            for name in ("document_id", "aliases", "documents", "quotes", "first_published", "last_published",
                         *(["gender"] if table == "speaker" else [])):  # fmt: skip
                batch.drop_column(name)
            batch.alter_column("canonical_id", new_column_name="identity_id", existing_type=sa.Integer())
            batch.alter_column("identity", nullable=False, existing_type=sa.Text(), comment=OLD_IDENTITY[table])
            batch.create_unique_constraint(f"uq_{table}_identity", ["identity"])
        op.create_index(f"ix_{table}_identity_id", table, ["identity_id"])


OLD_IDENTITY = {
    "speaker": "What makes it one row (SHA-256): kind, name and document.",
    "organisation": "What makes it one row (SHA-256): name and document.",
}


def restore_identities(table: str) -> None:
    """The hash that told rows apart, and the forms of names as rows of their own; their keys are plain lower case."""
    noun = {"speaker": "speaker's", "organisation": "organisation's"}[table]
    tail = {"speaker": "that a document used.", "organisation": "abbreviations included."}[table]
    comment = "Every form of a speaker's name that a document used." if table == "speaker" else (
        f"Every form of an {noun} name, {tail}"
    )  # fmt: skip
    keyed = {
        "speaker": "The form that names are searched in: no case, accents, titles or punctuation, a space around.",
        "organisation": "The form that names are searched in: no case, accents or punctuation, a space around.",
    }
    op.create_table(
        f"{table}_name",
        number(),
        column(f"{table}_id", sa.Integer(), "Whose name it is.", nullable=False),
        column("name", sa.Text(), "The form as written.", nullable=False),
        column("key", sa.Text(), keyed[table], nullable=False),
        sa.ForeignKeyConstraint(
            [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_{table}_name_{table}_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}_name")),
        sa.UniqueConstraint(f"{table}_id", "name", name=op.f(f"uq_{table}_name_{table}_id_name")),
        comment=comment,
    )
    op.create_index(f"ix_{table}_name_{table}_id", f"{table}_name", [f"{table}_id"])
    kind = "kind" if table == "speaker" else "NULL"
    rows = op.get_bind().execute(
        sa.text(
            f"SELECT {table}.id, {kind} AS kind, name, aliases, sha256 FROM {table} "
            f"JOIN document ON document.id = {table}.document_id ORDER BY {table}.id"
        )
    )
    for row in rows.all():
        parts = [*([row.kind] if row.kind else []), row.name.casefold(), row.sha256]
        identity = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        run(f"UPDATE {table} SET identity = :identity WHERE id = :id", identity=identity, id=row.id)
        for form in dict.fromkeys((row.name, *json.loads(row.aliases or "[]"))):
            run(
                f"INSERT INTO {table}_name ({table}_id, name, key) VALUES (:id, :name, :key)",
                id=row.id, name=form, key=f" {form.casefold()} ",
            )  # fmt: skip


def unshape_documents() -> None:
    if is_postgres():
        op.create_table_comment("document", OLD_DOCUMENT, existing_comment=DOCUMENT)
    with op.batch_alter_table("document") as batch:
        batch.drop_column("current")
        for one in DOCUMENT_COLUMNS:
            batch.add_column(one._copy())
        batch.create_foreign_key("fk_document_outlet_id", "outlet", ["outlet_id"], ["id"], ondelete="RESTRICT")
    for name in ("name", "url", "outlet_id", "title", "byline", "published"):
        run(f"UPDATE document SET {name} = (SELECT {name} FROM publication WHERE document_id = document.id AND first)")
    with op.batch_alter_table("document") as batch:
        batch.alter_column("name", server_default=None, existing_type=sa.Text(), existing_nullable=False)
    for name in ("outlet_id", "published", "url"):
        op.create_index(f"ix_document_{name}", "document", [name])
    op.drop_table("publication")


DOCUMENT_COLUMNS = [
    column(
        "name",
        sa.Text(),
        'Name in the outside world: the "id" of a JSON Lines record, else path or URL.',
        nullable=False,
        server_default="",
    ),
    column("url", sa.Text(), "Canonical address, where known."),
    column("outlet_id", sa.Integer(), "Who published it."),
    column("title", sa.Text(), "Headline."),
    column("byline", sa.Text(), "Who wrote it, as printed."),
    column("published", sa.Date(), "Day of publication."),
]
