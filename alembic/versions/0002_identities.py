"""Speakers and organisations are rows of one document each, which judgements join.

Revision: 0002, after 0001. Going up, a row that stood for a name in several documents becomes one row for each; `quotes
db upgrade` then compares them by the rules of the program. Going down, rows of one name become one again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

SPAN_TEXT = {
    "sqlite": """(SELECT group_concat(text, ' […] ') FROM (
        SELECT text FROM quote_span WHERE quote_id = quote.id AND part = '{part}' ORDER BY start_offset))""",
    "postgresql": """(SELECT string_agg(text, ' […] ' ORDER BY start_offset)
        FROM quote_span WHERE quote_id = quote.id AND part = '{part}')""",
}
CONTENT = """
    (SELECT min(start_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS start_offset,
    (SELECT max(end_offset) FROM quote_span WHERE quote_id = quote.id AND part = 'content') AS end_offset"""
ATTRIBUTED_QUOTE = f"""
CREATE VIEW attributed_quote AS SELECT
    quote.id AS quote_id, quote.text, quote.kind, quote.act,
    speaker.name AS speaker, quote.speaker_kind, quote.role, organisation.name AS organisation, quote.conduit,
    outlet.name AS outlet, document.published, document.title, document.url, document.name AS document,
    {{source}} AS source, {{cue}} AS cue, {CONTENT},
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
AFFILIATION = """
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
OLD_ATTRIBUTED_QUOTE = f"""
CREATE VIEW attributed_quote AS SELECT
    quote.id AS quote_id, quote.text, quote.kind, quote.act,
    speaker.name AS speaker, quote.speaker_kind, quote.role, organisation.name AS organisation, quote.conduit,
    outlet.name AS outlet, document.published, document.title, document.url, document.name AS document,
    {{source}} AS source, {{cue}} AS cue, {CONTENT},
    quote.confidence, quote.document_id, quote.speaker_id, quote.organisation_id, quote.claim_id
FROM quote
JOIN document ON document.id = quote.document_id
LEFT JOIN outlet ON outlet.id = document.outlet_id
LEFT JOIN speaker ON speaker.id = quote.speaker_id
LEFT JOIN organisation ON organisation.id = quote.organisation_id
"""
OLD_AFFILIATION = """
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
COMMENTS = {
    "speaker": "A person, organisation or group as one document names it.",
    "organisation": "A body as one document names it.",
}
OLD_COMMENTS = {
    "speaker": "The identity behind one or more sources: a person, organisation or group.",
    "organisation": "A body that speaks, or that a speaker belongs to or speaks for.",
}
IDENTITY = {
    "speaker": "What makes it one row (SHA-256): kind, name and document.",
    "organisation": "What makes it one row (SHA-256): name and document.",
}
OLD_IDENTITY = {
    "speaker": "What makes it one speaker (SHA-256): kind and name; for a single name or a group, the document as well.",
    "organisation": "What makes it one organisation (SHA-256 of the comparable name).",
}

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    drop_views()
    op.create_table(
        "likeness",
        sa.Column("id", sa.Integer(), nullable=False, comment="Number of the row."),
        sa.Column("subject", sa.Text(), nullable=False, comment="speaker or organisation: the table of the rows."),
        sa.Column("block", sa.Text(), nullable=False, comment="Kind and comparable name, which all of them share."),
        sa.Column(
            "variant",
            sa.Text(),
            nullable=False,
            comment="What else their documents say: middle name, gender, country, era, standing, abbreviation.",
        ),
        sa.Column(
            "kin",
            sa.Text(),
            nullable=False,
            comment="What similar names share: the family name; the initials of a body.",
        ),
        sa.Column(
            "short",
            sa.Text(),
            nullable=False,
            comment="The short form that its documents explain by it: an abbreviation, an office with the family name.",
        ),
        sa.Column("head_id", sa.Integer(), nullable=True, comment="The first of the rows."),
        sa.Column("size", sa.Integer(), nullable=False, comment="How many rows: one a document."),
        sa.CheckConstraint("subject IN ('speaker', 'organisation')", name=op.f("ck_likeness_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness")),
        sa.UniqueConstraint("subject", "block", "variant", name=op.f("uq_likeness_subject_block_variant")),
        comment="Speakers or organisations of several documents that nothing known tells apart.",
    )
    op.create_index("ix_likeness_subject_short", "likeness", ["subject", "short"])
    op.create_index("ix_likeness_subject_kin", "likeness", ["subject", "kin"])
    for table in ("speaker", "organisation"):
        add_identity(table)
    with op.batch_alter_table("judgement") as batch:
        batch.alter_column("right_id", existing_type=sa.Integer(), nullable=True, existing_comment="The other.",
                           comment="The other; empty where `external_id` is the other.")  # fmt: skip
        batch.alter_column("verdict", existing_type=sa.Text(), existing_nullable=False,
                           existing_comment="same or different.",
                           comment="same, different, or unsure: a suggestion that waits for a person.")  # fmt: skip
        for name, type_, comment in JUDGED:
            batch.add_column(sa.Column(name, type_, nullable=True, comment=comment))
        batch.drop_constraint(op.f("ck_judgement_verdict"), type_="check")
        batch.create_check_constraint(op.f("ck_judgement_verdict"), "verdict IN ('same', 'different', 'unsure')")
        batch.create_check_constraint(op.f("ck_judgement_other"), "(right_id IS NULL) <> (external_id IS NULL)")
        batch.create_index("ix_judgement_subject_right_id", ["subject", "right_id"])
    split("speaker", ("kind", "name"))
    split("organisation", ("name",))
    create_views(ATTRIBUTED_QUOTE, AFFILIATION)


JUDGED = [
    ("external_id", sa.Text(), "An identity elsewhere, such as wikidata:Q42."),
    ("score", sa.Float(), "How sure the program is, 0 to 1; empty where a person decided."),
    ("withdrawn_at", sa.DateTime(), "Until when it stood (UTC); empty while it stands."),
    ("withdrawn_by", sa.Text(), "Who took it back."),
    ("withdrawn_reason", sa.Text(), "Why it was taken back."),
]


def identity_columns(table: str) -> list[tuple[str, str, str]]:
    return [
        (
            "identity_id",
            f"INTEGER CONSTRAINT fk_{table}_identity_id REFERENCES {table} (id)",
            f"The {table} that this one is, by the judgements that stand.",
        ),
        (
            "likeness_id",
            f"INTEGER CONSTRAINT fk_{table}_likeness_id REFERENCES likeness (id)",
            "By what it is compared with other documents' names; empty where its name holds in its document only.",
        ),
        (
            "apart",
            "BOOLEAN DEFAULT FALSE NOT NULL",
            "Whether a person took it out of what the program had joined.",
        ),
        ("external_id", "TEXT", "Who it is elsewhere, such as wikidata:Q42: of all that it is one with."),
    ]


def add_identity(table: str) -> None:
    """Adds the columns in place: SQLite would have to drop the table to rebuild it, and what refers to it with it."""
    postgres = op.get_bind().dialect.name == "postgresql"
    for name, definition, comment in identity_columns(table):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {definition}")
        if postgres:
            op.alter_column(table, name, comment=comment)
    if postgres:
        op.create_table_comment(table, COMMENTS[table], existing_comment=OLD_COMMENTS[table])
        op.alter_column(table, "identity", comment=IDENTITY[table], existing_comment=OLD_IDENTITY[table])
    op.create_index(f"ix_{table}_identity_id", table, ["identity_id"])
    op.create_index(f"ix_{table}_likeness_id", table, ["likeness_id"])


def split(table: str, parts: tuple[str, ...]) -> None:
    """One row for each document in which a speaker or organisation is; the first keeps its number."""
    bind = op.get_bind()
    columns = ", ".join(f"{table}.{part}" for part in parts)
    pairs = bind.execute(
        sa.text(
            f"SELECT DISTINCT {table}.id, quote.document_id, document.sha256, {columns} FROM {table} "
            f"JOIN quote ON quote.{table}_id = {table}.id JOIN document ON document.id = quote.document_id "
            f"ORDER BY {table}.id, quote.document_id"
        )
    ).all()
    seen: set[int] = set()
    for id_, document_id, sha256, *values in pairs:
        identity = digest(*values[:-1], values[-1].casefold(), sha256)
        if id_ not in seen:
            seen.add(id_)
            bind.execute(sa.text(f"UPDATE {table} SET identity = :i WHERE id = :id"), {"i": identity, "id": id_})
            continue
        given = {"identity": identity, **dict(zip(parts, values, strict=True))}
        names, marks = ", ".join(given), ", ".join(f":{name}" for name in given)
        new = bind.execute(sa.text(f"INSERT INTO {table} ({names}, apart) VALUES ({marks}, FALSE) RETURNING id"), given)
        ids = {"new": new.scalar_one(), "old": id_, "document": document_id}
        bind.execute(
            sa.text(
                f"INSERT INTO {table}_name ({table}_id, name, key) "
                f"SELECT :new, name, key FROM {table}_name WHERE {table}_id = :old"
            ),
            ids,
        )
        bind.execute(
            sa.text(f"UPDATE quote SET {table}_id = :new WHERE {table}_id = :old AND document_id = :document"), ids
        )
    bind.execute(sa.text(f"UPDATE {table} SET identity_id = id"))


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def drop_views() -> None:
    op.execute("DROP VIEW affiliation")
    op.execute("DROP VIEW attributed_quote")


def create_views(attributed_quote: str, affiliation: str) -> None:
    text = SPAN_TEXT[op.get_bind().dialect.name]
    op.execute(attributed_quote.format(**{part: text.format(part=part) for part in ("source", "cue")}))
    op.execute(affiliation)


def downgrade() -> None:
    drop_views()
    op.execute("DELETE FROM judgement WHERE verdict = 'unsure' OR right_id IS NULL OR withdrawn_at IS NOT NULL")
    merge("speaker")
    merge("organisation")
    with op.batch_alter_table("judgement") as batch:
        batch.drop_index("ix_judgement_subject_right_id")
        batch.drop_constraint(op.f("ck_judgement_other"), type_="check")
        batch.drop_constraint(op.f("ck_judgement_verdict"), type_="check")
        batch.create_check_constraint(op.f("ck_judgement_verdict"), "verdict IN ('same', 'different')")
        for name, _, _ in JUDGED:
            batch.drop_column(name)
        batch.alter_column("right_id", existing_type=sa.Integer(), nullable=False, comment="The other.")
        batch.alter_column("verdict", existing_type=sa.Text(), existing_nullable=False, comment="same or different.")
    for table in ("speaker", "organisation"):
        op.drop_index(f"ix_{table}_likeness_id", table_name=table)
        op.drop_index(f"ix_{table}_identity_id", table_name=table)
        with op.batch_alter_table(table) as batch:
            for name, _, _ in identity_columns(table):
                batch.drop_column(name)
        if op.get_bind().dialect.name == "postgresql":
            op.create_table_comment(table, OLD_COMMENTS[table], existing_comment=COMMENTS[table])
            op.alter_column(table, "identity", comment=OLD_IDENTITY[table], existing_comment=IDENTITY[table])
    op.drop_table("likeness")
    create_views(OLD_ATTRIBUTED_QUOTE, OLD_AFFILIATION)


def merge(table: str) -> None:
    """One row for each name, as 0001 had it: single names and groups stay rows of their document."""
    bind = op.get_bind()
    kind = "speaker.kind" if table == "speaker" else "'organisation'"
    rows = bind.execute(
        sa.text(
            f"SELECT {table}.id, {kind} AS kind, {table}.name, {table}_name.key, (SELECT min(document.sha256) FROM quote "
            f"JOIN document ON document.id = quote.document_id WHERE quote.{table}_id = {table}.id) AS sha256 "
            f"FROM {table} JOIN {table}_name ON {table}_name.{table}_id = {table}.id "
            f"AND {table}_name.name = {table}.name ORDER BY {table}.id"
        )
    ).all()
    groups: dict[str, list[int]] = defaultdict(list)
    for id_, kind_, name, key, sha256 in rows:
        words = key.strip() or name
        everywhere = kind_ == "organisation" or (kind_ == "person" and " " in words)
        parts = [words] if table == "organisation" else [kind_, words]
        groups[digest(*parts, *([] if everywhere else [sha256 or ""]))].append(id_)
    for identity, (keep, *others) in groups.items():
        for other in others:
            absorb(table, keep, other)
        bind.execute(
            sa.text(f"UPDATE {table} SET identity = :identity, identity_id = NULL, likeness_id = NULL WHERE id = :id"),
            {"identity": identity, "id": keep},
        )


def absorb(table: str, keep: int, other: int) -> None:
    """Gives all that refers to one row to another, and removes it."""
    ids = {"keep": keep, "other": other}
    for statement in (
        f"UPDATE quote SET {table}_id = :keep WHERE {table}_id = :other",
        f"UPDATE {table} SET identity_id = NULL WHERE identity_id = :other",
        f"UPDATE judgement SET left_id = :keep WHERE left_id = :other AND subject = '{table}'",
        f"UPDATE judgement SET right_id = :keep WHERE right_id = :other AND subject = '{table}'",
        f"DELETE FROM judgement WHERE left_id = right_id AND subject = '{table}'",
        f"INSERT INTO {table}_name ({table}_id, name, key) SELECT :keep, name, key FROM {table}_name AS form "
        f"WHERE {table}_id = :other AND NOT EXISTS (SELECT 1 FROM {table}_name "
        f"WHERE {table}_id = :keep AND name = form.name)",
        f"DELETE FROM {table}_name WHERE {table}_id = :other",
        f"DELETE FROM {table} WHERE id = :other",
    ):
        used = {name: value for name, value in ids.items() if f":{name}" in statement}
        op.get_bind().execute(sa.text(statement), used)
