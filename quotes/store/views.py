"""The two flat views that an SQL user asks first, and the description of everything that can be asked.

In: the tables. Out: `attributed_quote` and `affiliation` as selectable tables, and `describe()`, from which `quotes sql
--schema` and the schema section of the README are made. The SQL of the views stands in the migrations, where it can
change with them; here stand their columns, each with its comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, MetaData, Table, Text

from quotes.store.tables import METADATA


def _column(type_: Any, name: str, comment: str) -> Column[Any]:
    return Column(name, type_, comment=comment)


VIEWS = MetaData()
"""The views; apart from `METADATA`, so that nothing tries to create them as tables."""

attributed_quote = Table(
    "attributed_quote",
    VIEWS,
    _column(Integer, "quote_id", "Number of the quote: `quotes show` takes it."),
    _column(Text, "text", "The words attributed."),
    _column(Text, "kind", "direct, mixed or indirect."),
    _column(Text, "act", "speech, writing or thought."),
    _column(Text, "polarity", "affirmed, denied or questioned: how the source stands to these words."),
    _column(Text, "speaker", "Who said it, across documents; empty where nobody is named."),
    _column(Text, "speaker_kind", "person, organisation, group, unnamed or author."),
    _column(
        Text,
        "source_type",
        "named person, named organisation, document, anonymous, unnamed person or unnamed group; empty: unknown.",
    ),
    _column(Text, "role", "Office or description of the speaker."),
    _column(Text, "organisation", "The body that the speaker belongs to or speaks for."),
    _column(Text, "conduit", "To or through whom it was said."),
    _column(Text, "outlet", "Who published the document first."),
    _column(Date, "published", "Day of its first publication."),
    _column(
        DateTime, "published_at", "Moment of its first publication, where the hour is told (UTC where the zone is)."
    ),
    _column(Text, "title", "Headline of its first publication."),
    _column(Text, "url", "Address of its first publication."),
    _column(Text, "document", "Name of its first publication: a path, URL or given id."),
    _column(Integer, "publications", "How many times the document was published."),
    _column(Text, "source", "The words that name the speaker, as written."),
    _column(Text, "cue", "The words that signal the attribution."),
    _column(Integer, "start_offset", "First code point of the content in the document's text."),
    _column(Integer, "end_offset", "One past the last code point of the content."),
    _column(Float, "confidence", "How sure the detector is of words and source, 0 to 1."),
    _column(Float, "speaker_confidence", "How sure it is that the name is right, 0 to 1; empty: unknown."),
    _column(Float, "statement_confidence", "How sure it is that it was said or written, 0 to 1; empty: unknown."),
    _column(
        Boolean,
        "listed",
        "Whether lists show it: an affirmed statement of a current version, not repeated from another.",
    ),
    _column(Integer, "document_id", "Number of the document."),
    _column(Integer, "speaker_id", "Number of the speaker."),
    _column(Integer, "organisation_id", "Number of the organisation."),
    _column(Integer, "claim_id", "Number of the claim: `quotes sources` takes it."),
    _column(Integer, "repeats_id", "Number of the quote in an earlier version of the article that it repeats."),
    _column(Text, "speaker_external_id", "Who the speaker is elsewhere, such as wikidata:Q42, where it was linked."),
    _column(Text, "organisation_external_id", "Which organisation it is elsewhere, where it was linked."),
    comment="One row per quote with everything known about it: the view to ask first, no join needed.",
)

affiliation = Table(
    "affiliation",
    VIEWS,
    _column(Integer, "speaker_id", "Number of the speaker."),
    _column(Text, "speaker", "Who held the role."),
    _column(Text, "role", "The role."),
    _column(Text, "organisation", "Where."),
    _column(Integer, "organisation_id", "Number of the organisation."),
    _column(Date, "first_published", "Earliest document that says so."),
    _column(Date, "last_published", "Latest document that says so."),
    _column(Integer, "quotes", "How many quotes say so: the evidence."),
    comment="Who held which role where, from when to when, by the quotes that say so.",
)


@dataclass(frozen=True, slots=True)
class TableDescription:
    """A table or view and its columns, as documented: (name, type, comment)."""

    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]


def describe() -> Iterator[TableDescription]:
    """The views, then every table, with the comments of the schema."""
    for table in (*VIEWS.tables.values(), *METADATA.tables.values()):
        columns = tuple((c.name, str(c.type).lower(), c.comment or "") for c in table.columns)
        yield TableDescription(table.name, table.comment or "", columns)
