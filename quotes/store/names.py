"""Speakers and organisations of a document → the rows that stand for them, new ones made on the way.

In: the speakers and organisations of one document. Out: their numbers. It is a module because what makes two mentions
one identity is decided here and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from quotes.records import Document, Organisation, Speaker, SpeakerKind
from quotes.store import tables
from quotes.store.engine import insert_missing, numbers

Named = TypeVar("Named")


class Names:
    """The names of one document; `name_key` gives the form in which names are compared."""

    def __init__(self, document: Document, name_key: Callable[[str], str]) -> None:
        self.document = document
        self.name_key = name_key

    def speaker_ids(self, connection: Connection, speakers: Iterable[Speaker]) -> dict[Speaker, int]:
        """Number of each named speaker."""
        named = {speaker: self.speaker_identity(speaker) for speaker in speakers if speaker.name}
        rows = [{"identity": identity, "name": s.name, "kind": s.kind.value} for s, identity in named.items()]
        insert_missing(connection, tables.Speaker, rows)
        ids = _numbered(named, numbers(connection, tables.Speaker, "identity", named.values()))
        forms = {(id_, form) for speaker, id_ in ids.items() for form in (str(speaker.name), *speaker.aliases)}
        insert_missing(connection, tables.SpeakerName, self._name_rows("speaker_id", sorted(forms)))
        return ids

    def organisation_ids(
        self, connection: Connection, organisations: Iterable[Organisation]
    ) -> dict[Organisation, int]:
        """Number of each organisation."""
        named = {organisation: _digest(self.name_key(organisation.name)) for organisation in organisations}
        rows = [{"identity": identity, "name": o.name} for o, identity in named.items()]
        insert_missing(connection, tables.Organisation, rows)
        ids = _numbered(named, numbers(connection, tables.Organisation, "identity", named.values()))
        forms = {(id_, form) for o, id_ in ids.items() for form in (o.name, o.abbreviation) if form}
        insert_missing(connection, tables.OrganisationName, self._name_rows("organisation_id", sorted(forms)))
        return ids

    def speaker_identity(self, speaker: Speaker) -> str:
        """What makes a speaker one identity across documents.

        A full name of a person and the name of an organisation hold everywhere. A single name ("Moussa") or a group
        ("residents") says who it is only inside its document: joining those across documents would put words into
        somebody else's mouth.
        """
        name = self.name_key(str(speaker.name)) or str(speaker.name)
        full_name = speaker.kind is SpeakerKind.PERSON and " " in name
        if full_name or speaker.kind is SpeakerKind.ORGANISATION:
            return _digest(speaker.kind.value, name)
        return _digest(speaker.kind.value, name, self.document.sha256)

    def _name_rows(self, owner: str, forms: Sequence[tuple[int, str]]) -> list[dict[str, object]]:
        return [{owner: id_, "name": form, "key": f" {self.name_key(form)} "} for id_, form in forms]


def _numbered(named: Mapping[Named, str], ids: Mapping[str, int]) -> dict[Named, int]:
    return {thing: ids[identity] for thing, identity in named.items()}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
