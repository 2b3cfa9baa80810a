"""The first schema.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
PLAIN = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy"
# PostgreSQL has no accent-free English of its own, and a tsvector holds at most 1 MB: FTS5 does both by itself.
POSTGRES_SEARCH = f"""
ALTER TABLE quote ADD COLUMN search tsvector
GENERATED ALWAYS AS (to_tsvector('english', translate(left(text, 100000), '{ACCENTED}', '{PLAIN}'))) STORED;
CREATE INDEX ix_quote_search ON quote USING gin (search);
COMMENT ON COLUMN quote.search IS 'The words of the text, stemmed, for full-text search.'
"""
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE quote_fts USING fts5(
        text, content='quote', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
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
SPAN_TEXT = {
    "sqlite": """(SELECT group_concat(text, ' […] ') FROM (
        SELECT text FROM quote_span WHERE quote_id = quote.id AND part = '{part}' ORDER BY start_offset))""",
    "postgresql": """(SELECT string_agg(text, ' […] ' ORDER BY start_offset)
        FROM quote_span WHERE quote_id = quote.id AND part = '{part}')""",
}
ATTRIBUTED_QUOTE = """
CREATE VIEW attributed_quote AS SELECT
    quote.id AS quote_id, quote.text, quote.kind, quote.act,
    speaker.name AS speaker, quote.speaker_kind, quote.role, organisation.name AS organisation, quote.conduit,
    outlet.name AS outlet, document.published, document.title, document.url, document.name AS document,
    {source} AS source, {cue} AS cue,
    (SELECT min(start_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS start_offset,
    (SELECT max(end_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS end_offset,
    quote.confidence, quote.document_id, quote.speaker_id, quote.organisation_id, quote.claim_id
FROM quote
JOIN document ON document.id = quote.document_id
LEFT JOIN outlet ON outlet.id = document.outlet_id
LEFT JOIN speaker ON speaker.id = quote.speaker_id
LEFT JOIN organisation ON organisation.id = quote.organisation_id
"""
AFFILIATION = """
CREATE VIEW affiliation AS SELECT
    quote.speaker_id, speaker.name AS speaker, quote.role, organisation.name AS organisation,
    min(document.published) AS first_published, max(document.published) AS last_published, count(*) AS quotes
FROM quote
JOIN speaker ON speaker.id = quote.speaker_id
JOIN document ON document.id = quote.document_id
LEFT JOIN organisation ON organisation.id = quote.organisation_id
WHERE quote.role IS NOT NULL OR (quote.organisation_id IS NOT NULL AND quote.speaker_kind <> 'organisation')
GROUP BY quote.speaker_id, speaker.name, quote.role, organisation.name
"""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("text", sa.Text(), nullable=False, comment="Its first wording."),
        sa.Column(
            "identity",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the words without case, punctuation and quote marks.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("identity", name=op.f("uq_claim_identity")),
        comment="One proposition, however many quotes, speakers, documents and dates it appears in.",
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column(
            "subject", sa.Text(), nullable=False, comment="speaker, organisation or claim: the table of both numbers."
        ),
        sa.Column("left_id", sa.Integer(), nullable=False, comment="One of the two."),
        sa.Column("right_id", sa.Integer(), nullable=False, comment="The other."),
        sa.Column("verdict", sa.Text(), nullable=False, comment="same or different."),
        sa.Column(
            "judged_by",
            sa.Text(),
            nullable=False,
            comment="Who decided: a person's name, or the program and its version.",
        ),
        sa.Column("judged_at", sa.DateTime(), nullable=False, comment="When (UTC)."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why."),
        sa.CheckConstraint("subject IN ('speaker', 'organisation', 'claim')", name=op.f("ck_judgement_subject")),
        sa.CheckConstraint("verdict IN ('same', 'different')", name=op.f("ck_judgement_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        comment="Somebody's or the program's decision that two speakers, organisations or claims are one, or not.",
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index("ix_judgement_subject_left_id_right_id", ["subject", "left_id", "right_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("name", sa.Text(), nullable=False, comment="Fullest form of the name."),
        sa.Column(
            "identity",
            sa.Text(),
            nullable=False,
            comment="What makes it one organisation (SHA-256 of the comparable name).",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("identity", name=op.f("uq_organisation_identity")),
        comment="A body that speaks, or that a speaker belongs to or speaks for.",
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as the first document gave it."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("name", name=op.f("uq_outlet_name")),
        comment="Who published documents: a newspaper, agency, broadcaster or site.",
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("name", sa.Text(), nullable=False, comment="Fullest form of the name, without titles."),
        sa.Column("kind", sa.Text(), nullable=False, comment="person, organisation, group, unnamed or author."),
        sa.Column(
            "identity",
            sa.Text(),
            nullable=False,
            comment="What makes it one speaker (SHA-256): kind and name; for a single name or a group, the document as well.",
        ),
        sa.CheckConstraint(
            "kind IN ('person', 'organisation', 'group', 'unnamed', 'author')", name=op.f("ck_speaker_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("identity", name=op.f("uq_speaker_identity")),
        comment="The identity behind one or more sources: a person, organisation or group.",
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment='Name in the outside world: the "id" of a JSON Lines record, else path or URL.',
        ),
        sa.Column("url", sa.Text(), nullable=True, comment="Canonical address, where known."),
        sa.Column("outlet_id", sa.Integer(), nullable=True, comment="Who published it."),
        sa.Column("title", sa.Text(), nullable=True, comment="Headline."),
        sa.Column("byline", sa.Text(), nullable=True, comment="Who wrote it, as printed."),
        sa.Column("published", sa.Date(), nullable=True, comment="Day of publication."),
        sa.Column("language", sa.Text(), nullable=True, comment="Language of the text, ISO 639-1."),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="The text that all offsets count in: Unicode NFC, line ends \\n."
        ),
        sa.Column(
            "sha256", sa.Text(), nullable=False, comment="SHA-256 of the text in UTF-8: the same text is stored once."
        ),
        sa.Column(
            "previous_id", sa.Integer(), nullable=True, comment="The version of the same URL that this one follows."
        ),
        sa.Column("added_at", sa.DateTime(), nullable=False, comment="When it was added (UTC)."),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_document_outlet_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["document.id"], name=op.f("fk_document_previous_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_sha256")),
        comment="One article: its text, word for word, and what is known about it.",
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_outlet_id"), ["outlet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_previous_id"), ["previous_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_published"), ["published"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_url"), ["url"], unique=False)

    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("organisation_id", sa.Integer(), nullable=False, comment="Whose name it is."),
        sa.Column("name", sa.Text(), nullable=False, comment="The form as written."),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="The form that names are searched in: no case, accents or punctuation, a space around.",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_organisation_name_organisation_id_name")),
        comment="Every form of an organisation's name, abbreviations included.",
    )
    with op.batch_alter_table("organisation_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_name_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "speaker_name",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("speaker_id", sa.Integer(), nullable=False, comment="Whose name it is."),
        sa.Column("name", sa.Text(), nullable=False, comment="The form as written."),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="The form that names are searched in: no case, accents, titles or punctuation, a space around.",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_speaker_name_speaker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_name")),
        sa.UniqueConstraint("speaker_id", "name", name=op.f("uq_speaker_name_speaker_id_name")),
        comment="Every form of a speaker's name that a document used.",
    )
    with op.batch_alter_table("speaker_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_name_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "extraction",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("document_id", sa.Integer(), nullable=False, comment="The document that was read."),
        sa.Column("model", sa.Text(), nullable=False, comment="Name of the detector."),
        sa.Column("version", sa.Text(), nullable=False, comment="Its version."),
        sa.Column("extracted_at", sa.DateTime(), nullable=False, comment="When (UTC)."),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_extraction_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extraction")),
        comment="Which model and version read which document, and when.",
    )
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extraction_document_id"), ["document_id"], unique=False)

    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("document_id", sa.Integer(), nullable=False, comment="Where it stands."),
        sa.Column("extraction_id", sa.Integer(), nullable=False, comment="The reading that found it."),
        sa.Column("claim_id", sa.Integer(), nullable=False, comment="The proposition it states."),
        sa.Column("speaker_id", sa.Integer(), nullable=True, comment="Who said it; empty where nobody is named."),
        sa.Column("speaker_kind", sa.Text(), nullable=False, comment="person, organisation, group, unnamed or author."),
        sa.Column(
            "organisation_id",
            sa.Integer(),
            nullable=True,
            comment="The body that the speaker belongs to or speaks for.",
        ),
        sa.Column("role", sa.Text(), nullable=True, comment="Office or description the document gives the speaker."),
        sa.Column(
            "conduit",
            sa.Text(),
            nullable=True,
            comment="To or through whom it was said: an agency, a broadcaster, a press conference.",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="direct (all in quotation marks), mixed (part) or indirect (none).",
        ),
        sa.Column("act", sa.Text(), nullable=False, comment="speech, writing or thought."),
        sa.Column(
            "text",
            sa.Text(),
            nullable=False,
            comment="The words of the content; fragments of a broken quote are joined by ' […] '.",
        ),
        sa.Column("confidence", sa.Float(), nullable=False, comment="How sure the detector is, 0 to 1."),
        sa.CheckConstraint("act IN ('speech', 'writing', 'thought')", name=op.f("ck_quote_act")),
        sa.CheckConstraint("kind IN ('direct', 'mixed', 'indirect')", name=op.f("ck_quote_kind")),
        sa.CheckConstraint(
            "speaker_kind IN ('person', 'organisation', 'group', 'unnamed', 'author')",
            name=op.f("ck_quote_speaker_kind"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_quote_confidence")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_quote_claim_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_quote_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extraction.id"], name=op.f("fk_quote_extraction_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_quote_organisation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_quote_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        comment="One statement attributed to one source (an attribution relation).",
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_extraction_id"), ["extraction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_quote_speaker_id_document_id", ["speaker_id", "document_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="The quote that was changed."),
        sa.Column("field", sa.Text(), nullable=False, comment="The column that was changed."),
        sa.Column("before", sa.Text(), nullable=True, comment="What stood there."),
        sa.Column("after", sa.Text(), nullable=True, comment="What stands there now."),
        sa.Column("corrected_by", sa.Text(), nullable=False, comment="Who changed it."),
        sa.Column("corrected_at", sa.DateTime(), nullable=False, comment="When (UTC)."),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_correction_quote_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        comment="What a reviewer changed in a quote.",
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "quote_span",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="The quote it is part of."),
        sa.Column("part", sa.Text(), nullable=False, comment="content, cue or source."),
        sa.Column(
            "start_offset", sa.Integer(), nullable=False, comment="First code point of the span in document.text."
        ),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="One past its last code point."),
        sa.Column("text", sa.Text(), nullable=False, comment="Exactly document.text[start_offset:end_offset]."),
        sa.CheckConstraint("part IN ('source', 'cue', 'content')", name=op.f("ck_quote_span_part")),
        sa.CheckConstraint("0 <= start_offset AND start_offset < end_offset", name=op.f("ck_quote_span_offsets")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_quote_span_quote_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_span")),
        sa.UniqueConstraint("quote_id", "part", "start_offset", name=op.f("uq_quote_span_quote_id_part_start_offset")),
        comment="Where the content, cue and source of a quote stand in the document, word for word.",
    )

    dialect = op.get_bind().dialect.name
    for statement in SQLITE_SEARCH if dialect == "sqlite" else POSTGRES_SEARCH.split(";"):
        op.execute(statement)
    spans = {part: SPAN_TEXT[dialect].format(part=part) for part in ("source", "cue")}
    op.execute(ATTRIBUTED_QUOTE.format(**spans))
    op.execute(AFFILIATION)


def downgrade() -> None:
    op.execute("DROP VIEW affiliation")
    op.execute("DROP VIEW attributed_quote")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE quote_fts")

    op.drop_table("quote_span")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_quote_id"))

    op.drop_table("correction")
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index("ix_quote_speaker_id_document_id")
        batch_op.drop_index(batch_op.f("ix_quote_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_quote_extraction_id"))
        batch_op.drop_index(batch_op.f("ix_quote_document_id"))
        batch_op.drop_index(batch_op.f("ix_quote_claim_id"))

    op.drop_table("quote")
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extraction_document_id"))

    op.drop_table("extraction")
    with op.batch_alter_table("speaker_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_name_speaker_id"))

    op.drop_table("speaker_name")
    with op.batch_alter_table("organisation_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_name_organisation_id"))

    op.drop_table("organisation_name")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_url"))
        batch_op.drop_index(batch_op.f("ix_document_published"))
        batch_op.drop_index(batch_op.f("ix_document_previous_id"))
        batch_op.drop_index(batch_op.f("ix_document_outlet_id"))

    op.drop_table("document")
    op.drop_table("speaker")
    op.drop_table("outlet")
    op.drop_table("organisation")
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_index("ix_judgement_subject_left_id_right_id")

    op.drop_table("judgement")
    op.drop_table("claim")
