"""The cards that documents have brought, as an index: which there are, how many rows have each, which is first.

In: cards. Out: the `likeness` rows of the same or similar names, each answer from an index. It is a module because it
is what the rule for identities may ask (`Known` there), and all that it may ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, insert, select, update

from quotes.records import Card, Likeness
from quotes.store.tables import METADATA

TABLE = METADATA.tables["likeness"]
COLUMNS = TABLE.c
MOST_KIN = 50
"""So many cards of one family name, or rows of one single name, are looked at for suggestions."""


class Likenesses:
    """The cards of speakers or of organisations (`subject`): those of a few names, read once, and counted on."""

    def __init__(self, connection: Connection, subject: str, cards: Iterable[Card]) -> None:
        self.connection, self.subject = connection, subject
        self.ids: dict[tuple[str, str], int] = {}
        self.found: dict[tuple[str, str], Likeness] = {}
        self.new: set[tuple[str, str]] = set()
        self.blocks: set[str] = set()  # read already
        self.shorts: set[str] = set()
        named = [card for card in cards if card.block]
        if named:
            shorts = {short_of(card) for card in named} - {""}
            names = {card.block.partition(" ")[2].replace(" ", ".") for card in named}
            kinds = {card.block.partition(" ")[0] for card in named}
            full = {f"{kind} {short.replace('.', ' ')}" for kind in kinds for short in shorts}
            self._read_blocks(full | {card.block for card in named})
            self._read_shorts(shorts | names)

    def of_block(self, block: str) -> Sequence[Likeness]:
        """All cards with this name."""
        self._read_blocks({block})
        return [one for key, one in self.found.items() if key[0] == block]

    def declaring(self, short: str) -> Sequence[Likeness]:
        """All cards whose documents explain this short form."""
        self._read_shorts({short})
        return [one for one in self.found.values() if short_of(one.card) == short]

    def of_kin(self, kin: str) -> Sequence[Likeness]:
        """The cards with this family name or these initials, the first `MOST_KIN`."""
        own = (COLUMNS.subject == self.subject, COLUMNS.kin == kin, COLUMNS.size > 0)
        return [_likeness(row) for row in self.connection.execute(
            select(TABLE).where(*own).order_by(COLUMNS.id).limit(MOST_KIN)).mappings()]  # fmt: skip

    def singles(self, kin: str) -> Sequence[int]:
        """The rows of people whose single name this is, the first `MOST_KIN`."""
        if self.subject != "speaker":
            return []
        speaker, form, word = (METADATA.tables[name] for name in ("speaker", "speaker_name", "name_word"))
        found = select(speaker.c.id).join(form, form.c.speaker_id == speaker.c.id)
        found = found.join(word, word.c.name_id == form.c.id)
        indexed = (word.c.subject == "speaker", word.c.word == kin, form.c.key == kin)
        own = (speaker.c.likeness_id.is_(None), speaker.c.kind == "person")
        return list(self.connection.scalars(found.where(*indexed, *own).order_by(speaker.c.id).limit(MOST_KIN)))

    def add(self, row: int, card: Card) -> int:
        """Counts one more row of a card; the row that is the first of them."""
        key = (card.block, card.variant)
        there = self.found.get(key)
        if there is None:
            self.new.add(key)
        self.found[key] = Likeness(card, there.head if there else row, there.size + 1 if there else 1)
        return self.found[key].head

    def number(self, card: Card) -> int | None:
        """The number of a stored card; None for one that holds in its document only."""
        return self.ids.get((card.block, card.variant)) if card.block else None

    def write(self, cards: Iterable[Card]) -> None:
        """Stores the counts of these cards."""
        keys = {(card.block, card.variant) for card in cards}
        made = [key for key in sorted(keys) if key not in self.ids]
        rows = [{"subject": self.subject, "block": b, "variant": v, "kin": self.found[b, v].card.kin,
                 "short": short_of(self.found[b, v].card),
                 "head_id": self.found[b, v].head, "size": self.found[b, v].size} for b, v in made]  # fmt: skip
        if rows:
            statement = insert(TABLE).returning(COLUMNS.id, sort_by_parameter_order=True)
            self.ids |= zip(made, self.connection.scalars(statement, rows), strict=True)
        grown = [{"row": self.ids[key], "first": self.found[key].head, "rows": self.found[key].size}
                 for key in sorted(keys) if key not in made]  # fmt: skip
        if grown:
            counts: dict[str, Any] = {"head_id": bindparam("first"), "size": bindparam("rows")}
            self.connection.execute(update(TABLE).where(COLUMNS.id == bindparam("row")).values(**counts), grown)

    def _read_blocks(self, blocks: set[str]) -> None:
        if blocks - self.blocks:
            self._read(COLUMNS.block.in_(blocks - self.blocks))
            self.blocks |= blocks

    def _read_shorts(self, shorts: set[str]) -> None:
        if shorts - self.shorts:
            self._read(COLUMNS.short.in_(shorts - self.shorts))
            self.shorts |= shorts

    def _read(self, condition: ColumnElement[bool]) -> None:
        for row in self.connection.execute(select(TABLE).where(COLUMNS.subject == self.subject, condition)).mappings():
            self.ids[row["block"], row["variant"]] = row["id"]
            if row["size"]:
                self.found[row["block"], row["variant"]] = _likeness(row)


def short_of(card: Card) -> str:
    """The short form that a card says its documents explain."""
    return next((fact.removeprefix("short=") for fact in card.variant.split() if fact.startswith("short=")), "")


def _likeness(row: RowMapping) -> Likeness:
    card = Card(row["block"], row["variant"], row["kin"])
    return Likeness(card, row["head_id"], row["size"])
