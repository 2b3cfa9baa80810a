"""Speakers and organisations of documents → the rows that stand for them: what makes two mentions in a document one.

Who a row is across documents, judgements say (`store.identities`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Connection, select

from quotes.records import Card, Document, Organisation, Quote, Speaker
from quotes.store.engine import insert_missing, insert_rows
from quotes.store.identities import Identities, Rule
from quotes.store.summaries import Form, add_forms
from quotes.store.tables import METADATA

Named = TypeVar("Named", Speaker, Organisation)
Key = tuple[Any, ...]
"""What makes a name one row: the number of the document, the kind, and the letters of the name in any case."""


class Naming(Rule, Protocol):
    """How names are compared, in a document and across them: given to the store by the stage that knows names."""

    def key(self, name: str) -> str:
        """The form in which names are searched."""

    def speaker_card(self, speaker: Speaker, roles: Iterable[str], published: date | None, text: str) -> Card:
        """The card of a speaker."""

    def members(self, speaker: Speaker) -> list[Speaker]:
        """The persons of a group, each as a speaker."""

    def organisation_card(self, organisation: Organisation) -> Card:
        """The card of an organisation."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document on its way into the database: its number there, and its quotes."""

    id: int
    document: Document
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name as it becomes a row: its card, its forms, the fullest first, and other columns."""

    card: Card
    forms: tuple[str, ...]
    published: date | None
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bearers(Generic[Named]):
    """The rows of all speakers or organisations of some documents, and the canonical row of each."""

    subject: str
    rows: Mapping[tuple[int, Named], int]
    canonical: Mapping[int, int]
    bearers: Mapping[int, Bearer]

    def columns(self, article: Article, named: Named | None) -> dict[str, int | None]:
        """The columns of a quote that say who it is."""
        row = self.rows.get((article.id, named)) if named else None
        return {f"{self.subject}_id": row, f"canonical_{self.subject}_id": self.canonical[row] if row else None}

    def count_forms(self, connection: Connection, naming: Naming, listed: Iterable[int | None]) -> None:
        """Counts the forms of the names; `listed` has the row of each quote that lists show."""
        shown = Counter(listed)
        forms = [
            Form(self.canonical[row], form, naming.key(form), shown[row], bearer.published)
            for row, bearer in self.bearers.items()
            for form in bearer.forms
        ]
        add_forms(connection, self.subject, forms)


def insert_speakers(connection: Connection, articles: Sequence[Article], naming: Naming) -> Bearers[Speaker]:
    """Makes the rows of all who are named as speakers, and of the members of groups."""
    said: dict[tuple[int, Speaker], Key] = {}
    bearers: dict[Key, Bearer] = {}
    groups: dict[Key, list[Key]] = {}
    for article in articles:
        named, roles = _speakers(article)
        said |= {(article.id, speaker): key for speaker, key in named.items()}
        merged = {key: _merged([one for one, other in named.items() if other == key]) for key in roles}
        for key, group in list(merged.items()):
            if members := naming.members(group):
                groups[key] = [_key(article, member.kind.value, member.name) for member in members]
                merged = dict(zip(groups[key], members, strict=True)) | merged
        known = (article.document.published, article.document.text)
        for key, one in merged.items():
            card = naming.speaker_card(one, roles.get(key, ()), *known)
            forms = tuple(dict.fromkeys((str(one.name), *one.aliases)))
            bearers[key] = Bearer(card, forms, known[0], {"kind": one.kind.value, "gender": one.gender})
    rows = _insert(connection, "speaker", bearers, naming)
    joint = [{"group_id": rows[group], "member_id": rows[one]} for group, ones in groups.items() for one in ones]
    insert_missing(connection, METADATA.tables["group_member"], joint)
    return _bearers(connection, "speaker", said, bearers, rows)


def insert_organisations(connection: Connection, articles: Sequence[Article], naming: Naming) -> Bearers[Organisation]:
    """Makes the rows of all organisations that speak or are spoken for."""
    said: dict[tuple[int, Organisation], Key] = {}
    bearers: dict[Key, Bearer] = {}
    for article in articles:
        named = {q.organisation: _key(article, q.organisation.name) for q in article.quotes if q.organisation}
        said |= {(article.id, one): key for one, key in named.items()}
        explained = sorted(named, key=lambda one: one.abbreviation or "")
        for key in dict.fromkeys(named.values()):
            same = [one for one in explained if named[one] == key]
            first = next(one.name for one in named if named[one] == key)
            forms = (first, *(form for one in same for form in (one.name, one.abbreviation) if form))
            card = naming.organisation_card(same[-1])
            bearers[key] = Bearer(card, tuple(dict.fromkeys(forms)), article.document.published, {})
    rows = _insert(connection, "organisation", bearers, naming)
    return _bearers(connection, "organisation", said, bearers, rows)


def _speakers(article: Article) -> tuple[dict[Speaker, Key], dict[Key, list[str]]]:
    """The row of each named speaker of a document, and the roles that its quotes give each row."""
    said: dict[Speaker, Key] = {}
    roles: dict[Key, list[str]] = {}
    for quote in article.quotes:
        if quote.speaker.name:
            key = said[quote.speaker] = _key(article, quote.speaker.kind.value, quote.speaker.name)
            roles.setdefault(key, []).extend([quote.role] if quote.role else [])
    return said, {key: list(dict.fromkeys(given)) for key, given in roles.items()}


def _key(article: Article, *parts: str | None) -> Key:
    return (article.id, *parts[:-1], str(parts[-1]).casefold())


def _insert(connection: Connection, subject: str, bearers: Mapping[Key, Bearer], naming: Naming) -> dict[Key, int]:
    """Makes the rows that the documents have not yet, and compares them with those of other documents."""
    there = _there(connection, subject, {key[0] for key in bearers})
    new = [key for key in bearers if key not in there]
    rows = [
        {"document_id": key[0], "name": bearers[key].forms[0], "aliases": _listed(bearers[key].forms[1:]),
         "apart": False, **bearers[key].columns}
        for key in new
    ]  # fmt: skip
    if new:
        there |= zip(new, insert_rows(connection, METADATA.tables[subject], rows), strict=True)
        Identities(connection, subject).arrived({there[key]: bearers[key].card for key in new}, naming)
    return there


def _there(connection: Connection, subject: str, documents: set[int]) -> dict[Key, int]:
    """The rows that an earlier reading of the documents made."""
    if not documents:
        return {}
    columns = METADATA.tables[subject].c
    kinds = [columns.kind] if subject == "speaker" else []
    found = select(columns.document_id, *kinds, columns.name, columns.id).where(columns.document_id.in_(documents))
    rows = (tuple(row) for row in connection.execute(found))
    return {(*key, name.casefold()): row for *key, name, row in rows}


def _bearers(
    connection: Connection,
    subject: str,
    said: Mapping[tuple[int, Named], Key],
    bearers: Mapping[Key, Bearer],
    rows: Mapping[Key, int],
) -> Bearers[Named]:
    canonical = Identities(connection, subject).places(rows.values()) if rows else {}
    of_row = {rows[key]: bearer for key, bearer in bearers.items()}
    return Bearers(subject, {one: rows[key] for one, key in said.items()}, canonical, of_row)


def _listed(names: Sequence[str]) -> str | None:
    return json.dumps(names, ensure_ascii=False) if names else None


def _merged(speakers: Sequence[Speaker]) -> Speaker:
    """One speaker with all that is told of all who have its name."""
    first, *others = speakers
    aliases = dict.fromkeys(alias for one in speakers for alias in one.aliases)
    aliases |= dict.fromkeys(str(one.name) for one in others if one.name != first.name)
    offices = dict.fromkeys(office for one in speakers for office in one.offices)
    gender = next((one.gender for one in speakers if one.gender), None)
    age = next((one.age for one in speakers if one.age), None)
    return replace(first, aliases=tuple(aliases), offices=tuple(offices), gender=gender, age=age)
