"""Speakers and organisations of a document → the rows that stand for them, and what is written of them on their cards.

In: the quotes of one document. Out: the numbers of its speakers and organisations, each a row of this document. It is a
module because what makes two mentions in a document one row is decided here and nowhere else; who a row is across
documents, judgements say (`store.identities`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Connection, literal, select

from quotes.records import Card, Document, Organisation, Quote, Speaker
from quotes.store import tables
from quotes.store.engine import insert_missing, insert_rows
from quotes.store.identities import Identities, Rule
from quotes.store.summaries import Form, add_forms

Named = TypeVar("Named", Speaker, Organisation)
Key = tuple[str, ...]


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
class Bearers(Generic[Named]):
    """The rows of a document's speakers or organisations, and the canonical row of each."""

    connection: Connection
    document: Document
    naming: Naming
    subject: str
    rows: Mapping[Named, int]
    canonical: Mapping[int, int]
    forms: Mapping[int, Sequence[str]]

    def columns(self, named: Named | None) -> dict[str, int | None]:
        """The columns of a quote that say who it is."""
        row = self.rows.get(named) if named else None
        return {f"{self.subject}_id": row, f"canonical_{self.subject}_id": self.canonical[row] if row else None}

    def add_forms(self, listed: Iterable[int | None]) -> None:
        """Counts the forms of the names; `listed` has the row of each quote that lists show."""
        shown = Counter(listed)
        forms = [
            Form(self.canonical[row], form, self.naming.key(form), shown[row])
            for row, names in self.forms.items()
            for form in names
        ]
        add_forms(self.connection, self.subject, forms, self.document.published)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one document, on their way into the database: each is a row of this document."""

    connection: Connection
    document: Document
    document_id: int
    naming: Naming

    def speakers(self, quotes: Sequence[Quote]) -> Bearers[Speaker]:
        """The rows of all who are named as speakers, and of the members of groups."""
        roles: dict[Key, set[str]] = {}
        said: dict[Speaker, Key] = {}
        groups: dict[Key, list[Speaker]] = {}
        for quote in quotes:
            if quote.speaker.name:
                key = said[quote.speaker] = _key(quote.speaker.kind.value, quote.speaker.name)
                roles.setdefault(key, set()).update([quote.role] if quote.role else [])
                if members := self.naming.members(quote.speaker):
                    groups[key] = members
        bearers = {key: _merged(one for one, other in said.items() if other == key) for key in roles}
        for member in (member for members in groups.values() for member in members):
            bearers.setdefault(_key(member.kind.value, str(member.name)), member)
        known = (self.document.published, self.document.text)
        cards = {key: self.naming.speaker_card(one, roles.get(key, ()), *known) for key, one in bearers.items()}
        forms = {key: list(dict.fromkeys((str(one.name), *one.aliases))) for key, one in bearers.items()}
        values = {key: {"kind": one.kind.value, "gender": one.gender} for key, one in bearers.items()}
        rows, made = self._insert(tables.Speaker, said, cards, forms, values)
        joint = [
            {"group_id": made[group], "member_id": made[_key(member.kind.value, str(member.name))]}
            for group, members in groups.items()
            for member in members
        ]
        insert_missing(self.connection, tables.GroupMember, joint)
        return rows

    def organisations(self, quotes: Sequence[Quote]) -> Bearers[Organisation]:
        """The rows of all organisations that speak or are spoken for."""
        said = {quote.organisation: _key(quote.organisation.name) for quote in quotes if quote.organisation}
        explained = sorted(said, key=lambda one: one.abbreviation or "")
        cards = {said[one]: self.naming.organisation_card(one) for one in explained}
        names = {said[one]: one.name for one in reversed(list(said))}
        forms = {
            key: list(dict.fromkeys([name, *(form for one in explained if said[one] == key
                                             for form in (one.name, one.abbreviation) if form)]))
            for key, name in names.items()
        }  # fmt: skip
        return self._insert(tables.Organisation, said, cards, forms, {key: {} for key in names})[0]

    def _insert(
        self,
        table: type[tables.Row],
        said: Mapping[Named, Key],
        cards: Mapping[Key, Card],
        forms: Mapping[Key, Sequence[str]],
        values: Mapping[Key, dict[str, Any]],
    ) -> tuple[Bearers[Named], dict[Key, int]]:
        """Makes the rows that a document has not yet, and compares them with those of other documents."""
        subject = str(table.__tablename__)
        made = self._there(subject)
        new = [key for key in forms if key not in made]
        rows = [
            {"document_id": self.document_id, "name": forms[key][0], "aliases": _listed(forms[key][1:]),
             "apart": False, **values[key]}
            for key in new
        ]  # fmt: skip
        identities = Identities(self.connection, subject)
        if new:
            made |= zip(new, insert_rows(self.connection, table, rows), strict=True)
            identities.arrived({made[key]: cards[key] for key in new}, self.naming)
        canonical = identities.places(made.values()) if made else {}
        named = {one: made[key] for one, key in said.items()}
        by_row = {made[key]: names for key, names in forms.items()}
        return Bearers(self.connection, self.document, self.naming, subject, named, canonical, by_row), made

    def _there(self, subject: str) -> dict[Key, int]:
        """The rows that an earlier reading of the document made."""
        columns = tables.METADATA.tables[subject].c
        kind = columns.kind if subject == "speaker" else literal("organisation")
        found = select(columns.id, kind, columns.name).where(columns.document_id == self.document_id)
        rows = self.connection.execute(found)
        return {_key(*((kind, name) if subject == "speaker" else (name,))): row for row, kind, name in rows}


def _key(*parts: str) -> Key:
    """What makes a name one row of a document: its kind, and its letters in any case."""
    return (*parts[:-1], parts[-1].casefold())


def _listed(names: Sequence[str]) -> str | None:
    return json.dumps(names, ensure_ascii=False) if names else None


def _merged(speakers: Iterable[Speaker]) -> Speaker:
    """One speaker with all that is told of all who have its name."""
    first, *others = speakers
    together = (first, *others)
    aliases = dict.fromkeys(alias for one in together for alias in one.aliases)
    aliases |= dict.fromkeys(str(one.name) for one in others if one.name != first.name)
    offices = dict.fromkeys(office for one in together for office in one.offices)
    gender = next((one.gender for one in together if one.gender), None)
    age = next((one.age for one in together if one.age), None)
    return replace(first, aliases=tuple(aliases), offices=tuple(offices), gender=gender, age=age)
