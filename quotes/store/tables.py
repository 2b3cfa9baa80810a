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
    __table_args__ = ({"comment": "One article: its text, word for word, and what is known about it."},)
    id: int | None = key()
    name: str = column('Name in the outside world: the "id" of a JSON Lines record, else path or URL.')
    url: str | None = column("Canonical address, where known.", index=True)
    outlet_id: int | None = link("outlet", "Who published it.")
    title: str | None = column("Headline.")
    byline: str | None = column("Who wrote it, as printed.")
    published: date | None = column("Day of publication.", SqlDate, index=True)
    language: str | None = column("Language of the text, ISO 639-1.")
    text: str = column("The text that all offsets count in: Unicode NFC, line ends \\n.")
    sha256: str = column("SHA-256 of the text in UTF-8: the same text is stored once.", unique=True)
    previous_id: int | None = link("document", "The version of the same URL that this one follows.")
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
    variant: str = column("What else their documents say: middle name, gender, country, era, standing, abbreviation.")
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
        {"comment": "A person, organisation or group as one document names it."},
    )
    id: int | None = key()
    name: str = column("Fullest form of the name, without titles.")
    kind: str = column("person, organisation, group, unnamed or author.")
    identity: str = column(
        "What makes it one row (SHA-256): kind, name and document.",
        unique=True,
    )
    identity_id: int | None = alike("speaker", "The speaker that this one is, by the judgements that stand.")
    likeness_id: int | None = alike("likeness", COMPARED)
    apart: bool = column("Whether a person took it out of what the program had joined.", SqlBoolean, default=False)
    external_id: str | None = column("Who it is elsewhere, such as wikidata:Q42: of all that it is one with.")


class SpeakerName(Row, table=True):
    """A name a speaker goes by."""

    __tablename__ = "speaker_name"
    __table_args__ = (
        UniqueConstraint("speaker_id", "name"),
        {"comment": "Every form of a speaker's name that a document used."},
    )
    id: int | None = key()
    speaker_id: int = link("speaker", "Whose name it is.", cascade=True)
    name: str = column("The form as written.")
    key: str = column("The form that names are searched in: no case, accents, titles or punctuation, a space around.")


class Organisation(Row, table=True):
    """A body that speaks or is spoken for."""

    __tablename__ = "organisation"
    __table_args__ = ({"comment": "A body as one document names it."},)
    id: int | None = key()
    name: str = column("Fullest form of the name.")
    identity: str = column("What makes it one row (SHA-256): name and document.", unique=True)
    identity_id: int | None = alike("organisation", "The organisation that this one is, by the judgements that stand.")
    likeness_id: int | None = alike("likeness", COMPARED)
    apart: bool = column("Whether a person took it out of what the program had joined.", SqlBoolean, default=False)
    external_id: str | None = column("Who it is elsewhere, such as wikidata:Q42: of all that it is one with.")


class OrganisationName(Row, table=True):
    """A name or abbreviation of an organisation."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        {"comment": "Every form of an organisation's name, abbreviations included."},
    )
    id: int | None = key()
    organisation_id: int = link("organisation", "Whose name it is.", cascade=True)
    name: str = column("The form as written.")
    key: str = column("The form that names are searched in: no case, accents or punctuation, a space around.")


class Claim(Row, table=True):
    """One proposition, however often it was said."""

    __tablename__ = "claim"
    __table_args__ = (
        {"comment": "One proposition, however many quotes, speakers, documents and dates it appears in."},
    )
    id: int | None = key()
    text: str = column("Its first wording.")
    identity: str = column("SHA-256 of the words without case, punctuation and quote marks.", unique=True)


class Quote(Row, table=True):
    """One statement attributed to one source."""

    __tablename__ = "quote"
    __table_args__ = (
        one_of("kind", "direct mixed indirect"),
        one_of("act", "speech writing thought"),
        one_of("speaker_kind", "person organisation group unnamed author"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        Index("ix_quote_speaker_id_document_id", "speaker_id", "document_id"),
        {"comment": "One statement attributed to one source (an attribution relation)."},
    )
    id: int | None = key()
    document_id: int = link("document", "Where it stands.", cascade=True)
    extraction_id: int = link("extraction", "The reading that found it.", cascade=True)
    claim_id: int = link("claim", "The proposition it states.")
    speaker_id: int | None = Field(
        default=None,
        foreign_key="speaker.id",
        sa_column_kwargs={"comment": "Who said it; empty where nobody is named."},
    )
    speaker_kind: str = column("person, organisation, group, unnamed or author.")
    organisation_id: int | None = link("organisation", "The body that the speaker belongs to or speaks for.")
    role: str | None = column("Office or description the document gives the speaker.")
    conduit: str | None = column("To or through whom it was said: an agency, a broadcaster, a press conference.")
    kind: str = column("direct (all in quotation marks), mixed (part) or indirect (none).")
    act: str = column("speech, writing or thought.")
    text: str = column("The words of the content; fragments of a broken quote are joined by ' […] '.")
    confidence: float = column("How sure the detector is, 0 to 1.", SqlFloat)


class QuoteSpan(Row, table=True):
    """Where the parts of a quote stand."""

    __tablename__ = "quote_span"
    __table_args__ = (
        one_of("part", "source cue content"),
        CheckConstraint("0 <= start_offset AND start_offset < end_offset", name="offsets"),
        UniqueConstraint("quote_id", "part", "start_offset"),
        {"comment": "Where the content, cue and source of a quote stand in the document, word for word."},
    )
    id: int | None = key()
    quote_id: int = Field(
        foreign_key="quote.id", ondelete="CASCADE", sa_column_kwargs={"comment": "The quote it is part of."}
    )
    part: str = column("content, cue or source.")
    start_offset: int = column("First code point of the span in document.text.", SqlInteger)
    end_offset: int = column("One past its last code point.", SqlInteger)
    text: str = column("Exactly document.text[start_offset:end_offset].")


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
