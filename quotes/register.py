"""A file of identities known elsewhere → links to the speakers and organisations of the database, as judgements.

In: CSV or JSON Lines with name, aliases, a Wikidata number and a description. Out: what became of each entry. It is a
module because it needs the names of `resolve`, the cards of `store` and a person who answers for the file.

An entry is linked to the one identity that bears its name, or one of its aliases, in full; identities that bear several
of them are merged. One that could be several is left alone, and said so.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from quotes.errors import InputRefused, QuotesError
from quotes.records import Card, Speaker, SpeakerKind
from quotes.resolve.cards import body_card, facts_of, speaker_card
from quotes.resolve.identities import contradictions
from quotes.store.engine import writing
from quotes.store.identities import Identities
from quotes.store.judgements import Decision, linked, merged
from quotes.store.tables import METADATA

NUMBER = re.compile(r"\bQ[1-9]\d*\b")
SEPARATOR = re.compile(r"\s*[;|]\s*")
FIELDS = {"name": ("name", "label"), "aliases": ("aliases", "alias"), "description": ("description",)}
NUMBERS = ("wikidata", "wikidata_id", "wikidata id", "qid", "id")
CLEAR = 10
"""So many times as frequent as all others of the name must one be to be meant: what the rule calls strays are fewer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An identity known elsewhere."""

    name: str
    number: str
    aliases: tuple[str, ...] = ()
    description: str | None = None


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a file; JSON Lines where its first character is a brace. Raises `InputRefused` at a bad one."""
    text = path.read_text(encoding="utf-8-sig")
    rows: Iterator[Mapping[str, Any]]
    if text.lstrip().startswith("{"):
        rows = (_record(path, n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip())
    else:
        rows = iter(csv.DictReader(text.splitlines()))
    for number, row in enumerate(rows, 1):
        yield _entry(f"{path}, entry {number}", row)


def _record(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise InputRefused(f"{path}:{number}", "no JSON object. Write one entry a line")
    return row


def _entry(place: str, row: Mapping[str, Any]) -> Entry:
    given = {str(key).strip().casefold(): value for key, value in row.items() if key and value}
    name = next((str(given[key]).strip() for key in FIELDS["name"] if key in given), "")
    found = next((NUMBER.search(str(given[key])) for key in NUMBERS if key in given), None)
    if not name or not found:
        raise InputRefused(place, "it needs a name and a wikidata number such as Q42")
    aliases = next((given[key] for key in FIELDS["aliases"] if key in given), ())
    listed = SEPARATOR.split(aliases) if isinstance(aliases, str) else [str(alias) for alias in aliases]
    description = str(given["description"]) if "description" in given else None
    return Entry(name, f"wikidata:{found[0]}", tuple(alias for alias in listed if alias.strip()), description)


def link(engine: Engine, subject: str, path: Path, decision: Decision) -> Iterator[dict[str, Any]]:
    """Links the entries of a file, a transaction each: name, number, outcome, and the number of the identity."""
    for entry in list(entries(path)):
        with writing(engine) as connection:
            identities = Identities(connection, subject)
            try:
                outcome, row = _link(identities, entry, decision)
            except QuotesError as error:
                outcome, row = str(error), None
        yield {"name": entry.name, "external_id": entry.number, "outcome": outcome, f"{subject}_id": row}


def _link(identities: Identities, entry: Entry, decision: Decision) -> tuple[str, int | None]:
    bearers = [_bearers(identities, card) for card in _cards(identities.subject, entry)]
    found = sorted({bearer for named in bearers if len(named) == 1 for bearer in named})
    if not found:
        several = sorted({bearer for named in bearers for bearer in named})
        return (f"could be any of {', '.join(map(str, several))}" if several else "not found"), None
    said = Decision(decision.by, "; ".join(filter(None, (decision.reason, entry.description))) or None)
    changed = [
        merged(identities, found[0], other, said) for other in found[1:] if not _one(identities, found[0], other)
    ]
    changed.append(linked(identities, found[0], entry.number, said))
    return ("linked" if any(changed) else "linked already"), identities.places(found)[found[0]]


def _one(identities: Identities, one: int, other: int) -> bool:
    places = identities.places([one, other])
    return places[one] == places[other]


def _cards(subject: str, entry: Entry) -> list[Card]:
    """The cards by which an entry may be known: of a person and of a body, by each of its names."""
    names = (entry.name, *entry.aliases)
    bodies = [body_card(name) for name in names]
    people = [speaker_card(Speaker(name, SpeakerKind.PERSON)) for name in names] if subject == "speaker" else []
    return [card for card in (*people, *bodies) if card.block]


def _bearers(identities: Identities, card: Card) -> list[int]:
    """The identities with a name, the facts of which do not contradict the card: one, where one is clearly meant."""
    likeness, row = METADATA.tables["likeness"].c, identities.table.c
    found = select(likeness.variant, likeness.size, row.canonical_id).join(
        identities.table, row.id == likeness.head_id
    ).where(likeness.subject == identities.subject, likeness.block == card.block)  # fmt: skip
    sizes: dict[int, int] = defaultdict(int)
    for variant, size, identity in identities.connection.execute(found):
        if not contradictions(facts_of(card.variant), facts_of(variant)):
            sizes[identity] += size
    most = max(sizes, key=lambda identity: (sizes[identity], -identity), default=None)
    if most is not None and sizes[most] >= CLEAR * (sum(sizes.values()) - sizes[most]):
        return [most]
    return sorted(sizes)
