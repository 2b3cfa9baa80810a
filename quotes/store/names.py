"""Speakers and organisations of a document → the rows that stand for them, and what is written of them on their cards.

In: the quotes of one document. Out: the numbers of its speakers and organisations, each a row of this document. It is a
module because what makes two mentions in a document one row is decided here and nowhere else; who a row is across
documents, judgements say (`store.identities`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from quotes.records import Card, Document, Organisation, Quote, Speaker
from quotes.store import tables
from quotes.store.engine import insert_missing, insert_rows, numbers
from quotes.store.identities import Identities, Rule

Named = TypeVar("Named", Speaker, Organisation)


class Naming(Rule, Protocol):
    """How names are compared, in a document and across them: given to the store by the stage that knows names."""

    def key(self, name: str) -> str:
        """The form in which names are searched."""

    def speaker_card(self, speaker: Speaker, roles: Iterable[str], published: date | None, text: str) -> Card:
        """The card of a speaker."""

    def organisation_card(self, organisation: Organisation) -> Card:
        """The card of an organisation."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one document, on their way into the database."""

    connection: Connection
    document: Document
    naming: Naming

    def speaker_ids(self, quotes: Sequence[Quote]) -> dict[Speaker, int]:
        """Number of each named speaker."""
        roles: dict[str, set[str]] = {}
        named: dict[Speaker, str] = {}
        for quote in quotes:
            if quote.speaker.name:
                identity = self._identity(quote.speaker.kind.value, quote.speaker.name)
                named[quote.speaker] = identity
                roles.setdefault(identity, set()).update([quote.role] if quote.role else [])
        known = (self.document.published, self.document.text)
        merged = {i: _merged(s for s, other in named.items() if other == i) for i in roles}
        cards = {i: self.naming.speaker_card(merged[i], held, *known) for i, held in roles.items()}
        ids = self._rows(tables.Speaker, named, cards, lambda s: {"name": s.name, "kind": s.kind.value})
        self._forms(tables.SpeakerName, {(ids[s], form) for s in named for form in (str(s.name), *s.aliases)})
        return ids

    def organisation_ids(self, quotes: Sequence[Quote]) -> dict[Organisation, int]:
        """Number of each organisation."""
        named = {q.organisation: self._identity(q.organisation.name) for q in quotes if q.organisation}
        cards = {
            i: self.naming.organisation_card(o) for o, i in sorted(named.items(), key=lambda n: n[0].abbreviation or "")
        }
        ids = self._rows(tables.Organisation, named, cards, lambda o: {"name": o.name})
        self._forms(tables.OrganisationName, {(ids[o], f) for o in named for f in (o.name, o.abbreviation) if f})
        return ids

    def _rows(
        self,
        table: type[tables.Row],
        named: Mapping[Named, str],
        cards: Mapping[str, Card],
        values: Callable[[Named], dict[str, Any]],
    ) -> dict[Named, int]:
        """Number of each, new rows made and compared with those of other documents."""
        there = numbers(self.connection, table, "identity", set(named.values()))
        new = {i: {**values(n), "identity": i, "apart": False} for n, i in named.items() if i not in there}
        if new:
            made = dict(zip(new, insert_rows(self.connection, table, list(new.values())), strict=True))
            subject = str(table.__tablename__)
            Identities(self.connection, subject).arrived({id_: cards[i] for i, id_ in made.items()}, self.naming)
            there |= made
        return {one: there[identity] for one, identity in named.items()}

    def _forms(self, table: type[tables.Row], forms: set[tuple[int, str]]) -> None:
        owner = str(table.__tablename__).replace("_name", "_id")
        rows = [{owner: id_, "name": form, "key": f" {self.naming.key(form)} "} for id_, form in sorted(forms)]
        insert_missing(self.connection, table, rows)

    def _identity(self, *parts: str) -> str:
        """What makes a name one row of this document: every other spelling is another row, which judgements join."""
        return hashlib.sha256("\n".join((*parts[:-1], parts[-1].casefold(), self.document.sha256)).encode()).hexdigest()


def _merged(speakers: Iterable[Speaker]) -> Speaker:
    """One speaker with the other forms of all who have its name."""
    first, *others = speakers
    aliases = dict.fromkeys(alias for one in (first, *others) for alias in one.aliases)
    return Speaker(first.name, first.kind, tuple(aliases))
