"""The SQLModel tables: the one definition of the schema, each table and column with the comment that documents it.

In: nothing. Out: the tables, gathered in `METADATA`. Migrations create what stands here; a test compares the two.

Names are singular, the same noun as the record; foreign keys are `<table>_id`. Offsets count Unicode code points of
`document.text`, end exclusive.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean as SqlBoolean
from sqlalchemy import CheckConstraint, Index, MetaData, Text, UniqueConstraint
from sqlalchemy import Date as SqlDate
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy import Float as SqlFloat
from sqlalchemy import Integer as SqlInteger
from sqlmodel import Field, SQLModel

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


def column(comment: str, type_: Any = Text, **options: Any) -> Any:
    """A column with its comment; `type_` is the SQLAlchemy type."""
    return Field(sa_type=type_, sa_column_kwargs={"comment": comment}, **options)


def key(comment: str = "Number of the row.") -> Any:
    """The primary key."""
    return Field(default=None, primary_key=True, sa_column_kwargs={"comment": comment})


def link(target: str, comment: str, *, cascade: bool = False) -> Any:
    """A foreign key to `target`; with `cascade` the row goes when its owner goes."""
    return Field(
        foreign_key=f"{target}.id",
        index=True,
        ondelete="CASCADE" if cascade else "RESTRICT",
        sa_column_kwargs={"comment": comment},
    )


def alike(target: str, comment: str) -> Any:
    """A foreign key to what a row is compared with or one with."""
    return Field(default=None, foreign_key=f"{target}.id", index=True, sa_column_kwargs={"comment": comment})


def counter(comment: str) -> Any:
    """A number that the store keeps up to date."""
    return Field(default=0, sa_type=SqlInteger, sa_column_kwargs={"comment": comment, "server_default": "0"})


LISTED = "Number of its quotes that lists show, for a canonical row; else 0."
COMPARED = "By what it is compared with other documents' names; empty where its name holds in its document only."


class Row(SQLModel):
    """What all tables share: this package's own metadata."""

    metadata: ClassVar[MetaData] = METADATA


class Outlet(Row, table=True):
    """Who published documents."""

    __tablename__ = "outlet"
    __table_args__ = ({"comment": "Who published documents: a newspaper, agency, broadcaster or site."},)
    id: int | None = key()
    name: str = column("Name as the first document gave it.", unique=True)


class Document(Row, table=True):
    """One article, word for word."""

    __tablename__ = "document"
    __table_args__ = ({"comment": "One text, word for word; where it appeared, table publication says."},)
    id: int | None = key()
    language: str | None = column("Language of the text, ISO 639-1.")
    text: str = column("The text that all offsets count in: Unicode NFC, line ends \\n.")
    sha256: str = column("SHA-256 of the text in UTF-8: the same text is stored once.", unique=True)
    previous_id: int | None = link("document", "The version of the same URL that this one follows.")
    current: bool = column("Whether some publication of it has no newer version.", SqlBoolean, default=True)
    added_at: datetime = column("When it was added (UTC).", SqlDateTime)


class Publication(Row, table=True):
    """One appearance of a document."""

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_published_id", "published", "id"),
        {"comment": "One appearance of a document: outlet, address, time. The same text in three papers has three."},
    )
    id: int | None = key()
    document_id: int = link("document", "The text that appeared.", cascade=True)
    first: bool = column("Whether it is the earliest publication of the document.", SqlBoolean)
    current: bool = column("Whether no newer version has appeared at its URL.", SqlBoolean, default=True)
    name: str = column('Name in the outside world: the "id" of a JSON Lines record, else path or URL.')
    url: str | None = column("Canonical address, where known.", index=True)
    outlet_id: int | None = link("outlet", "Who published it.")
    title: str | None = column("Headline.")
    byline: str | None = column("Who wrote it, as printed.")
    published: date | None = column("Day of publication, as printed.", SqlDate)
    published_at: datetime | None = column("Moment of publication (UTC where the zone is told).", SqlDateTime)
    utc_offset: int | None = column("Minutes that the told zone is ahead of UTC; empty where none is told.", SqlInteger)
    added_at: datetime = column("When it was added (UTC).", SqlDateTime)


class Extraction(Row, table=True):
    """Which model read which document, and when."""

    __tablename__ = "extraction"
    __table_args__ = ({"comment": "Which model and version read which document, and when."},)
    id: int | None = key()
    document_id: int = link("document", "The document that was read.", cascade=True)
    model: str = column("Name of the detector.")
    version: str = column("Its version.")
    extracted_at: datetime = column("When (UTC).", SqlDateTime)


class Likeness(Row, table=True):
    """What is compared across documents."""

    __tablename__ = "likeness"
    __table_args__ = (
        one_of("subject", "speaker organisation"),
        UniqueConstraint("subject", "block", "variant"),
        Index("ix_likeness_subject_short", "subject", "short"),
        Index("ix_likeness_subject_kin", "subject", "kin"),
        {"comment": "Speakers or organisations of several documents that nothing known tells apart."},
    )
    id: int | None = key()
    subject: str = column("speaker or organisation: the table of the rows.")
    block: str = column("Kind and comparable name, which all of them share.")
    variant: str = column(
        "What else their documents say: middle name, gender, country, profession, birth, decade, abbreviation."
    )
    kin: str = column("What similar names share: the family name; the initials of a body.")
    short: str = column(
        "The short form that its documents explain by it: an abbreviation, an office with the family name."
    )
    head_id: int | None = column("The first of the rows.", SqlInteger)
    size: int = column("How many rows: one a document.", SqlInteger)


class Speaker(Row, table=True):
    """A bearer of a name in one document."""

    __tablename__ = "speaker"
    __table_args__ = (
        one_of("kind", "person organisation group unnamed author"),
        UniqueConstraint("document_id", "kind", "name"),
        Index("ix_speaker_name", "name"),
        Index("ix_speaker_quotes", "quotes"),
        {"comment": "A person, organisation or group as one document names it."},
    )
    id: int | None = key()
    document_id: int = Field(
        foreign_key="document.id", ondelete="CASCADE", sa_column_kwargs={"comment": "The document that names it."}
    )
    name: str = column("Fullest form of the name, without titles.")
    kind: str = column("person, organisation, group, unnamed or author.")
    aliases: str | None = column("The other forms of the name that the document uses: a JSON list.")
    gender: str | None = column("f or m, where the document tells it.")
    canonical_id: int | None = alike("speaker", "The speaker that this one is, by the judgements that stand.")
    likeness_id: int | None = alike("likeness", COMPARED)
    apart: bool = column("Whether a person took it out of what the program had joined.", SqlBoolean, default=False)
    external_id: str | None = column("Who it is elsewhere, such as wikidata:Q42: of all that it is one with.")
    quotes: int = counter(LISTED)
    documents: int = counter(f"{LISTED} In how many documents.")
    first_published: date | None = column("Day of the earliest of them.", SqlDate)
    last_published: date | None = column("Day of the latest of them.", SqlDate)


class SpeakerName(Row, table=True):
    """A name a canonical speaker goes by."""

    __tablename__ = "speaker_name"
    __table_args__ = (
        UniqueConstraint("speaker_id", "name"),
        {"comment": "Every form of a canonical speaker's name that documents use, with the quotes of those documents."},
    )
    id: int | None = key()
    speaker_id: int = link("speaker", "The canonical speaker whose name it is.", cascade=True)
    name: str = column("The form as written.")
    key: str = column("The form that names are compared in: no case, accents, titles or punctuation.")
    quotes: int = counter("Number of quotes that lists show, in documents with this form.")
    first_published: date | None = column("Day of the earliest of them.", SqlDate)
    last_published: date | None = column("Day of the latest of them.", SqlDate)


class GroupMember(Row, table=True):
    """One of the persons who speak jointly."""

    __tablename__ = "group_member"
    __table_args__ = ({"comment": "Who the persons of a group are: A and B of 'A and B said'."},)
    group_id: int = Field(
        foreign_key="speaker.id",
        ondelete="CASCADE",
        primary_key=True,
        sa_column_kwargs={"comment": "The group, a speaker of kind group."},
    )
    member_id: int = Field(
        foreign_key="speaker.id",
        ondelete="CASCADE",
        primary_key=True,
        index=True,
        sa_column_kwargs={"comment": "The person, a speaker of the same document."},
    )


class Organisation(Row, table=True):
    """A body that speaks or is spoken for."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("document_id", "name"),
        Index("ix_organisation_name", "name"),
        Index("ix_organisation_quotes", "quotes"),
        {"comment": "A body as one document names it."},
    )
    id: int | None = key()
    document_id: int = Field(
        foreign_key="document.id", ondelete="CASCADE", sa_column_kwargs={"comment": "The document that names it."}
    )
    name: str = column("Fullest form of the name.")
    aliases: str | None = column("The other forms of the name that the document uses: a JSON list.")
    canonical_id: int | None = alike("organisation", "The organisation that this one is, by the judgements that stand.")
    likeness_id: int | None = alike("likeness", COMPARED)
    apart: bool = column("Whether a person took it out of what the program had joined.", SqlBoolean, default=False)
    external_id: str | None = column("Who it is elsewhere, such as wikidata:Q42: of all that it is one with.")
    quotes: int = counter(LISTED)
    documents: int = counter(f"{LISTED} In how many documents.")
    first_published: date | None = column("Day of the earliest of them.", SqlDate)
    last_published: date | None = column("Day of the latest of them.", SqlDate)


class OrganisationName(Row, table=True):
    """A name or abbreviation of a canonical organisation."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        {"comment": "Every form of a canonical organisation's name, abbreviations included."},
    )
    id: int | None = key()
    organisation_id: int = link("organisation", "The canonical organisation whose name it is.", cascade=True)
    name: str = column("The form as written.")
    key: str = column("The form that names are compared in: no case, accents or punctuation.")
    quotes: int = counter("Number of quotes that lists show, in documents with this form.")
    first_published: date | None = column("Day of the earliest of them.", SqlDate)
    last_published: date | None = column("Day of the latest of them.", SqlDate)


class Conduit(Row, table=True):
    """To or through whom statements were made."""

    __tablename__ = "conduit"
    __table_args__ = ({"comment": "To or through whom statements were made, as written."},)
    id: int | None = key()
    name: str = column("The words of the document.", unique=True)


class NameWord(Row, table=True):
    """The index by which names are found."""

    __tablename__ = "name_word"
    __table_args__ = (
        one_of("subject", "speaker organisation outlet conduit"),
        {"comment": "Index of the words of names: which names have a word.", "sqlite_with_rowid": False},
    )
    subject: str = column("speaker, organisation, outlet or conduit.", primary_key=True)
    word: str = column("A word of the comparable form of the name.", primary_key=True)
    name_id: int = column("Row of speaker_name, organisation_name, outlet or conduit.", SqlInteger, primary_key=True)


class Claim(Row, table=True):
    """One proposition, however often it was said."""

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_quotes", "quotes"),
        {"comment": "One proposition, however many quotes, speakers, documents and dates it appears in."},
    )
    id: int | None = key()
    identity: str = column(
        "First 32 hexadecimal digits of the SHA-256 of the words without case, punctuation and quotation marks.",
        unique=True,
    )
    quotes: int = counter(LISTED)


class Quote(Row, table=True):
    """One statement attributed to one source."""

    __tablename__ = "quote"
    __table_args__ = (
        one_of("kind", "direct mixed indirect"),
        one_of("act", "speech writing thought"),
        one_of("speaker_kind", "person organisation group unnamed author"),
        one_of("polarity", "affirmed denied questioned"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        {"comment": "One statement attributed to one source (an attribution relation)."},
    )
    id: int | None = key()
    document_id: int = link("document", "Where it stands.", cascade=True)
    extraction_id: int = link("extraction", "The reading that found it.", cascade=True)
    claim_id: int = link("claim", "The proposition it states.")
    speaker_id: int | None = Field(
        default=None,
        foreign_key="speaker.id",
        index=True,
        sa_column_kwargs={"comment": "Who said it; empty where nobody is named."},
    )
    canonical_speaker_id: int | None = column("Copy of speaker.canonical_id.", SqlInteger)
    speaker_kind: str = column("person, organisation, group, unnamed or author.")
    organisation_id: int | None = link("organisation", "The body that the speaker belongs to or speaks for.")
    canonical_organisation_id: int | None = column("Copy of organisation.canonical_id.", SqlInteger)
    role: str | None = column("Office or description the document gives the speaker.")
    conduit_id: int | None = Field(
        default=None,
        foreign_key="conduit.id",
        sa_column_kwargs={"comment": "To or through whom it was said: an agency, a broadcaster, a press conference."},
    )
    kind: str = column("direct (all in quotation marks), mixed (part) or indirect (none).")
    act: str = column("speech, writing or thought.")
    polarity: str = column("affirmed, denied or questioned: how the source stands to the content.")
    source_type: str | None = column(
        "named person, named organisation, document, anonymous, unnamed person or unnamed group; empty: unknown."
    )
    text: str = column("The words of the content; fragments of a broken quote are joined by ' […] '.")
    confidence: float = column("How sure the detector is, 0 to 1.", SqlFloat)
    speaker_confidence: float | None = column(
        "How sure it is that the name is right, 0 to 1; empty: unknown.", SqlFloat
    )
    statement_confidence: float | None = column(
        "How sure it is that something was said or written, not thought, felt or done, 0 to 1; empty: unknown.",
        SqlFloat,
    )
    published: date | None = column("Copy of the day of the document's first publication.", SqlDate)
    outlet_id: int | None = Field(
        default=None,
        foreign_key="outlet.id",
        sa_column_kwargs={"comment": "Copy of the outlet of the document's first publication."},
    )
    repeats_id: int | None = Field(
        default=None,
        foreign_key="quote.id",
        sa_column_kwargs={"comment": "The quote of the previous version that it repeats word for word."},
    )
    listed: bool = column(
        "Whether lists show it: affirmed, a statement, of a current version, and no repetition of one that is listed.",
        SqlBoolean,
    )


class QuoteSpan(Row, table=True):
    """Where the parts of a quote stand."""

    __tablename__ = "quote_span"
    __table_args__ = (
        one_of("part", "source cue content"),
        CheckConstraint("0 <= start_offset AND start_offset < end_offset", name="offsets"),
        {
            "comment": "Where the content, cue and source of a quote stand in the document.",
            "sqlite_with_rowid": False,
        },
    )
    quote_id: int = Field(
        foreign_key="quote.id",
        ondelete="CASCADE",
        primary_key=True,
        sa_column_kwargs={"comment": "The quote it is part of."},
    )
    part: str = column("content, cue or source.", primary_key=True)
    start_offset: int = column("First code point of the span in document.text.", SqlInteger, primary_key=True)
    end_offset: int = column("One past its last code point.", SqlInteger)


class Position(Row, table=True):
    """What a speaker was, and where, counted."""

    __tablename__ = "position"
    __table_args__ = (
        {
            "comment": "Roles and organisations of canonical speakers, counted; the view affiliation adds names.",
            "sqlite_with_rowid": False,
        },
    )
    speaker_id: int = column("The canonical speaker.", SqlInteger, primary_key=True)
    organisation_id: int = column("The canonical organisation; 0 for none.", SqlInteger, primary_key=True, index=True)
    role: str = column("The role; empty for none.", primary_key=True)
    quotes: int = counter("Number of quotes that lists show and that say so.")
    first_published: date | None = column("Day of the earliest of them.", SqlDate)
    last_published: date | None = column("Day of the latest of them.", SqlDate)


class Summary(Row, table=True):
    """The quotes of a speaker or organisation, counted by outlet, conduit and kind."""

    __tablename__ = "summary"
    __table_args__ = (
        one_of("subject", "speaker organisation"),
        one_of("facet", "outlet conduit kind"),
        {
            "comment": "Quotes that lists show, counted for each canonical speaker and organisation.",
            "sqlite_with_rowid": False,
        },
    )
    subject: str = column("speaker or organisation.", primary_key=True)
    canonical_id: int = column("The canonical speaker or organisation.", SqlInteger, primary_key=True)
    facet: str = column("outlet, conduit or kind: what the quotes are counted by.", primary_key=True)
    value: str = column("Its value.", primary_key=True)
    quotes: int = counter("Number of quotes with this value.")
    first_published: date | None = column("Day of the earliest of them.", SqlDate)
    last_published: date | None = column("Day of the latest of them.", SqlDate)


class PendingDocument(Row, table=True):
    """A document that an upgrade has still to complete."""

    __tablename__ = "pending_document"
    __table_args__ = (
        {"comment": "Documents that an upgrade has still to complete: `quotes db upgrade` goes on with them."},
    )
    document_id: int = Field(
        foreign_key="document.id",
        ondelete="CASCADE",
        primary_key=True,
        sa_column_kwargs={"comment": "The document."},
    )
    names: bool = column("Whether its names have still to be compared with others.", SqlBoolean)


class Judgement(Row, table=True):
    """Whether two identities are one."""

    __tablename__ = "judgement"
    __table_args__ = (
        one_of("subject", "speaker organisation claim"),
        one_of("verdict", "same different unsure"),
        CheckConstraint("(right_id IS NULL) <> (external_id IS NULL)", name="other"),
        Index("ix_judgement_subject_left_id_right_id", "subject", "left_id", "right_id"),
        Index("ix_judgement_subject_right_id", "subject", "right_id"),
        {"comment": "Somebody's or the program's decision that two speakers, organisations or claims are one, or not."},
    )
    id: int | None = key()
    subject: str = column("speaker, organisation or claim: the table of both numbers.")
    left_id: int = column("One of the two.", SqlInteger)
    right_id: int | None = column("The other; empty where `external_id` is the other.", SqlInteger)
    external_id: str | None = column("An identity elsewhere, such as wikidata:Q42.")
    verdict: str = column("same, different, or unsure: a suggestion that waits for a person.")
    score: float | None = column("How sure the program is, 0 to 1; empty where a person decided.", SqlFloat)
    judged_by: str = column("Who decided: a person's name, or the program and its version.")
    judged_at: datetime = column("When (UTC).", SqlDateTime)
    reason: str | None = column("Why.")
    withdrawn_at: datetime | None = column("Until when it stood (UTC); empty while it stands.", SqlDateTime)
    withdrawn_by: str | None = column("Who took it back.")
    withdrawn_reason: str | None = column("Why it was taken back.")


class Correction(Row, table=True):
    """What a reviewer changed."""

    __tablename__ = "correction"
    __table_args__ = ({"comment": "What a reviewer changed in a quote."},)
    id: int | None = key()
    quote_id: int = link("quote", "The quote that was changed.", cascade=True)
    field: str = column("The column that was changed.")
    before: str | None = column("What stood there.")
    after: str | None = column("What stands there now.")
    corrected_by: str = column("Who changed it.")
    corrected_at: datetime = column("When (UTC).", SqlDateTime)
