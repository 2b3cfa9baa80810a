"""The tables: the one definition of the schema, each table and column with the comment that documents it.

Migrations create what stands here; a test compares the two. Names are singular, the same noun as the record; foreign
keys are `<table>_id`. Offsets count Unicode code points of `document.text`, end exclusive. These are SQLAlchemy Core
tables, not models: rows are written and read many at a time, and models would cost a quarter of a command's start-up.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(name: str, values: str) -> CheckConstraint:
    """A column may hold only these space-separated words."""
    listed = ", ".join(f"'{value}'" for value in values.split())
    return CheckConstraint(f"{name} IN ({listed})", name=name)


def key() -> Column[int]:
    """The primary key of a table whose rows are numbered."""
    return Column("id", Integer, primary_key=True, comment="Number of the row.")


def column(name: str, type_: Any, comment: str, *, nullable: bool = False, **options: Any) -> Column[Any]:
    """A column with its comment."""
    return Column(name, type_, nullable=nullable, comment=comment, **options)


def link(
    name: str, target: str, comment: str, *, ondelete: str | None = "RESTRICT", nullable: bool = False,
    index: bool = True, primary_key: bool = False,
) -> Column[int]:  # fmt: skip
    """A foreign key to `target`; with `ondelete` CASCADE the row goes when its owner goes."""
    reference = ForeignKey(f"{target}.id", ondelete=ondelete)
    return Column(name, reference, nullable=nullable, index=index, primary_key=primary_key, comment=comment)


def counter(name: str, comment: str) -> Column[int]:
    """A number that the store keeps up to date."""
    return Column(name, Integer, nullable=False, default=0, server_default="0", comment=comment)


LISTED = "Number of its quotes that lists show, for a canonical row; else 0."
COMPARED = "By what it is compared with other documents' names; empty where its name holds in its document only."

outlet = Table(
    "outlet",
    METADATA,
    key(),
    column("name", Text, "Name as the first document gave it.", unique=True),
    comment="Who published documents: a newspaper, agency, broadcaster or site.",
)

document = Table(
    "document",
    METADATA,
    key(),
    column("language", Text, "Language of the text, ISO 639-1.", nullable=True),
    column("text", Text, "The text that all offsets count in: Unicode NFC, line ends \\n."),
    column("sha256", Text, "SHA-256 of the text in UTF-8: the same text is stored once.", unique=True),
    link("previous_id", "document", "The version of the same URL that this one follows.", nullable=True),
    column("current", Boolean, "Whether some publication of it has no newer version.", default=True),
    column("added_at", DateTime, "When it was added (UTC)."),
    comment="One text, word for word; where it appeared, table publication says.",
)

publication = Table(
    "publication",
    METADATA,
    key(),
    link("document_id", "document", "The text that appeared.", ondelete="CASCADE"),
    column("first", Boolean, "Whether it is the earliest publication of the document."),
    column("current", Boolean, "Whether no newer version has appeared at its URL.", default=True),
    column("name", Text, 'Name in the outside world: the "id" of a JSON Lines record, else path or URL.'),
    column("url", Text, "Canonical address, where known.", nullable=True, index=True),
    link("outlet_id", "outlet", "Who published it.", nullable=True),
    column("title", Text, "Headline.", nullable=True),
    column("byline", Text, "Who wrote it, as printed.", nullable=True),
    column("published", Date, "Day of publication, as printed.", nullable=True),
    column("published_at", DateTime, "Moment of publication (UTC where the zone is told).", nullable=True),
    column(
        "utc_offset", Integer, "Minutes that the told zone is ahead of UTC; empty where none is told.", nullable=True
    ),
    column("added_at", DateTime, "When it was added (UTC)."),
    Index("ix_publication_published_id", "published", "id"),
    comment="One appearance of a document: outlet, address, time. The same text in three papers has three.",
)

extraction = Table(
    "extraction",
    METADATA,
    key(),
    link("document_id", "document", "The document that was read.", ondelete="CASCADE"),
    column("model", Text, "Name of the detector."),
    column("version", Text, "Its version."),
    column("extracted_at", DateTime, "When (UTC)."),
    comment="Which model and version read which document, and when.",
)

likeness = Table(
    "likeness",
    METADATA,
    key(),
    column("subject", Text, "speaker or organisation: the table of the rows."),
    column("block", Text, "Kind and comparable name, which all of them share."),
    column(
        "variant",
        Text,
        "What else their documents say: middle name, gender, country, profession, birth, decade, abbreviation.",
    ),
    column("kin", Text, "What similar names share: the family name; the initials of a body."),
    column(
        "short",
        Text,
        "The short form that its documents explain by it: an abbreviation, an office with the family name.",
    ),
    column("head_id", Integer, "The first of the rows.", nullable=True),
    column("size", Integer, "How many rows: one a document."),
    one_of("subject", "speaker organisation"),
    UniqueConstraint("subject", "block", "variant"),
    Index("ix_likeness_subject_kin", "subject", "kin"),
    Index("ix_likeness_subject_short", "subject", "short"),
    comment="Speakers or organisations of several documents that nothing known tells apart.",
)

speaker = Table(
    "speaker",
    METADATA,
    key(),
    link("document_id", "document", "The document that names it.", ondelete="CASCADE", index=False),
    column("name", Text, "Fullest form of the name, without titles.", index=True),
    column("kind", Text, "person, organisation, group, unnamed or author."),
    column("aliases", Text, "The other forms of the name that the document uses: a JSON list.", nullable=True),
    column("gender", Text, "f or m, where the document tells it.", nullable=True),
    link(
        "canonical_id",
        "speaker",
        "The speaker that this one is, by the judgements that stand.",
        ondelete=None,
        nullable=True,
    ),
    link("likeness_id", "likeness", COMPARED, ondelete=None, nullable=True),
    column("apart", Boolean, "Whether a person took it out of what the program had joined.", default=False),
    column(
        "external_id", Text, "Who it is elsewhere, such as wikidata:Q42: of all that it is one with.", nullable=True
    ),
    counter("quotes", LISTED),
    counter("documents", f"{LISTED} In how many documents."),
    column("first_published", Date, "Day of the earliest of them.", nullable=True),
    column("last_published", Date, "Day of the latest of them.", nullable=True),
    one_of("kind", "person organisation group unnamed author"),
    UniqueConstraint("document_id", "kind", "name"),
    Index("ix_speaker_quotes", "quotes"),
    comment="A person, organisation or group as one document names it.",
)

speaker_name = Table(
    "speaker_name",
    METADATA,
    key(),
    link("speaker_id", "speaker", "The canonical speaker whose name it is.", ondelete="CASCADE"),
    column("name", Text, "The form as written."),
    column("key", Text, "The form that names are compared in: no case, accents, titles or punctuation."),
    counter("quotes", "Number of quotes that lists show, in documents with this form."),
    column("first_published", Date, "Day of the earliest of them.", nullable=True),
    column("last_published", Date, "Day of the latest of them.", nullable=True),
    UniqueConstraint("speaker_id", "name"),
    comment="Every form of a canonical speaker's name that documents use, with the quotes of those documents.",
)

group_member = Table(
    "group_member",
    METADATA,
    link(
        "group_id", "speaker", "The group, a speaker of kind group.", ondelete="CASCADE", index=False, primary_key=True
    ),
    link("member_id", "speaker", "The person, a speaker of the same document.", ondelete="CASCADE", primary_key=True),
    comment="Who the persons of a group are: A and B of 'A and B said'.",
)

organisation = Table(
    "organisation",
    METADATA,
    key(),
    link("document_id", "document", "The document that names it.", ondelete="CASCADE", index=False),
    column("name", Text, "Fullest form of the name.", index=True),
    column("aliases", Text, "The other forms of the name that the document uses: a JSON list.", nullable=True),
    link(
        "canonical_id",
        "organisation",
        "The organisation that this one is, by the judgements that stand.",
        ondelete=None,
        nullable=True,
    ),
    link("likeness_id", "likeness", COMPARED, ondelete=None, nullable=True),
    column("apart", Boolean, "Whether a person took it out of what the program had joined.", default=False),
    column(
        "external_id", Text, "Who it is elsewhere, such as wikidata:Q42: of all that it is one with.", nullable=True
    ),
    counter("quotes", LISTED),
    counter("documents", f"{LISTED} In how many documents."),
    column("first_published", Date, "Day of the earliest of them.", nullable=True),
    column("last_published", Date, "Day of the latest of them.", nullable=True),
    UniqueConstraint("document_id", "name"),
    Index("ix_organisation_quotes", "quotes"),
    comment="A body as one document names it.",
)

organisation_name = Table(
    "organisation_name",
    METADATA,
    key(),
    link("organisation_id", "organisation", "The canonical organisation whose name it is.", ondelete="CASCADE"),
    column("name", Text, "The form as written."),
    column("key", Text, "The form that names are compared in: no case, accents or punctuation."),
    counter("quotes", "Number of quotes that lists show, in documents with this form."),
    column("first_published", Date, "Day of the earliest of them.", nullable=True),
    column("last_published", Date, "Day of the latest of them.", nullable=True),
    UniqueConstraint("organisation_id", "name"),
    comment="Every form of a canonical organisation's name, abbreviations included.",
)

conduit = Table(
    "conduit",
    METADATA,
    key(),
    column("name", Text, "The words of the document.", unique=True),
    comment="To or through whom statements were made, as written.",
)

name_word = Table(
    "name_word",
    METADATA,
    column("subject", Text, "speaker, organisation, outlet or conduit.", primary_key=True),
    column("word", Text, "A word of the comparable form of the name.", primary_key=True),
    column("name_id", Integer, "Row of speaker_name, organisation_name, outlet or conduit.", primary_key=True),
    one_of("subject", "speaker organisation outlet conduit"),
    comment="Index of the words of names: which names have a word.",
    sqlite_with_rowid=False,
)

claim = Table(
    "claim",
    METADATA,
    key(),
    column(
        "identity",
        Text,
        "First 32 hexadecimal digits of the SHA-256 of the words without case, punctuation and quotation marks.",
        unique=True,
    ),
    counter("quotes", LISTED),
    Index("ix_claim_quotes", "quotes"),
    comment="One proposition, however many quotes, speakers, documents and dates it appears in.",
)

quote = Table(
    "quote",
    METADATA,
    key(),
    link("document_id", "document", "Where it stands.", ondelete="CASCADE"),
    link("extraction_id", "extraction", "The reading that found it.", ondelete="CASCADE"),
    link("claim_id", "claim", "The proposition it states."),
    link("speaker_id", "speaker", "Who said it; empty where nobody is named.", ondelete=None, nullable=True),
    column("canonical_speaker_id", Integer, "Copy of speaker.canonical_id.", nullable=True),
    column("speaker_kind", Text, "person, organisation, group, unnamed or author."),
    link("organisation_id", "organisation", "The body that the speaker belongs to or speaks for.", nullable=True),
    column("canonical_organisation_id", Integer, "Copy of organisation.canonical_id.", nullable=True),
    column("role", Text, "Office or description the document gives the speaker.", nullable=True),
    link(
        "conduit_id",
        "conduit",
        "To or through whom it was said: an agency, a broadcaster, a press conference.",
        ondelete=None,
        index=False,
        nullable=True,
    ),
    column("kind", Text, "direct (all in quotation marks), mixed (part) or indirect (none)."),
    column("act", Text, "speech, writing or thought."),
    column("polarity", Text, "affirmed, denied or questioned: how the source stands to the content."),
    column(
        "source_type",
        Text,
        "named person, named organisation, document, anonymous, unnamed person or unnamed group; empty: unknown.",
        nullable=True,
    ),
    column("text", Text, "The words of the content; fragments of a broken quote are joined by ' […] '."),
    column("confidence", Float, "How sure the detector is, 0 to 1."),
    column(
        "speaker_confidence", Float, "How sure it is that the name is right, 0 to 1; empty: unknown.", nullable=True
    ),
    column(
        "statement_confidence",
        Float,
        "How sure it is that something was said or written, not thought, felt or done, 0 to 1; empty: unknown.",
        nullable=True,
    ),
    column("published", Date, "Copy of the day of the document's first publication.", nullable=True),
    link(
        "outlet_id",
        "outlet",
        "Copy of the outlet of the document's first publication.",
        ondelete=None,
        index=False,
        nullable=True,
    ),
    link(
        "repeats_id",
        "quote",
        "The quote of the previous version that it repeats word for word.",
        ondelete=None,
        index=False,
        nullable=True,
    ),
    column(
        "listed",
        Boolean,
        "Whether lists show it: affirmed, a statement, of a current version, and no repetition of one that is listed.",
    ),
    one_of("act", "speech writing thought"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    one_of("kind", "direct mixed indirect"),
    one_of("polarity", "affirmed denied questioned"),
    one_of("speaker_kind", "person organisation group unnamed author"),
    comment="One statement attributed to one source (an attribution relation).",
)

quote_span = Table(
    "quote_span",
    METADATA,
    link("quote_id", "quote", "The quote it is part of.", ondelete="CASCADE", index=False, primary_key=True),
    column("part", Text, "content, cue or source.", primary_key=True),
    column("start_offset", Integer, "First code point of the span in document.text.", primary_key=True),
    column("end_offset", Integer, "One past its last code point."),
    CheckConstraint("0 <= start_offset AND start_offset < end_offset", name="offsets"),
    one_of("part", "source cue content"),
    comment="Where the content, cue and source of a quote stand in the document.",
    sqlite_with_rowid=False,
)

position = Table(
    "position",
    METADATA,
    column("speaker_id", Integer, "The canonical speaker.", primary_key=True),
    column("organisation_id", Integer, "The canonical organisation; 0 for none.", primary_key=True, index=True),
    column("role", Text, "The role; empty for none.", primary_key=True),
    counter("quotes", "Number of quotes that lists show and that say so."),
    column("first_published", Date, "Day of the earliest of them.", nullable=True),
    column("last_published", Date, "Day of the latest of them.", nullable=True),
    comment="Roles and organisations of canonical speakers, counted; the view affiliation adds names.",
    sqlite_with_rowid=False,
)

summary = Table(
    "summary",
    METADATA,
    column("subject", Text, "speaker or organisation.", primary_key=True),
    column("canonical_id", Integer, "The canonical speaker or organisation.", primary_key=True),
    column("facet", Text, "outlet, conduit or kind: what the quotes are counted by.", primary_key=True),
    column("value", Text, "Its value.", primary_key=True),
    counter("quotes", "Number of quotes with this value."),
    column("first_published", Date, "Day of the earliest of them.", nullable=True),
    column("last_published", Date, "Day of the latest of them.", nullable=True),
    one_of("facet", "outlet conduit kind"),
    one_of("subject", "speaker organisation"),
    comment="Quotes that lists show, counted for each canonical speaker and organisation.",
    sqlite_with_rowid=False,
)

pending_document = Table(
    "pending_document",
    METADATA,
    link("document_id", "document", "The document.", ondelete="CASCADE", index=False, primary_key=True),
    column("names", Boolean, "Whether its names have still to be compared with others."),
    comment="Documents that an upgrade has still to complete: `quotes db upgrade` goes on with them.",
)

judgement = Table(
    "judgement",
    METADATA,
    key(),
    column("subject", Text, "speaker, organisation or claim: the table of both numbers."),
    column("left_id", Integer, "One of the two."),
    column("right_id", Integer, "The other; empty where `external_id` is the other.", nullable=True),
    column("external_id", Text, "An identity elsewhere, such as wikidata:Q42.", nullable=True),
    column("verdict", Text, "same, different, or unsure: a suggestion that waits for a person."),
    column("score", Float, "How sure the program is, 0 to 1; empty where a person decided.", nullable=True),
    column("judged_by", Text, "Who decided: a person's name, or the program and its version."),
    column("judged_at", DateTime, "When (UTC)."),
    column("reason", Text, "Why.", nullable=True),
    column("withdrawn_at", DateTime, "Until when it stood (UTC); empty while it stands.", nullable=True),
    column("withdrawn_by", Text, "Who took it back.", nullable=True),
    column("withdrawn_reason", Text, "Why it was taken back.", nullable=True),
    CheckConstraint("(right_id IS NULL) <> (external_id IS NULL)", name="other"),
    one_of("subject", "speaker organisation claim"),
    one_of("verdict", "same different unsure"),
    Index("ix_judgement_subject_left_id_right_id", "subject", "left_id", "right_id"),
    Index("ix_judgement_subject_right_id", "subject", "right_id"),
    comment="Somebody's or the program's decision that two speakers, organisations or claims are one, or not.",
)

correction = Table(
    "correction",
    METADATA,
    key(),
    link("quote_id", "quote", "The quote that was changed.", ondelete="CASCADE"),
    column("field", Text, "The column that was changed."),
    column("before", Text, "What stood there.", nullable=True),
    column("after", Text, "What stands there now.", nullable=True),
    column("corrected_by", Text, "Who changed it."),
    column("corrected_at", DateTime, "When (UTC)."),
    comment="What a reviewer changed in a quote.",
)
