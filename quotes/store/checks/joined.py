"""Who is one across documents: that it is what the standing judgements say, no more and no less.

Rows are read in the order of what they are one with, so that only one identity is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text, update

from quotes.records import Card, Organisation, Speaker, SpeakerKind
from quotes.store.checks.proof import SUBJECTS, Check, Rules, differs, rows, told
from quotes.store.identities import Parts
from quotes.store.likenesses import short_of
from quotes.store.tables import METADATA

TABLES = METADATA.tables
SAME = "subject = '{subject}' AND verdict = 'same' AND withdrawn_at IS NULL"
NUMBERED = (
    "(SELECT external_id FROM judgement WHERE judgement.id = (SELECT max(judgement.id) FROM judgement "
    f"JOIN {{subject}} AS member ON member.id = left_id WHERE {SAME} AND judgement.external_id IS NOT NULL "
    "AND member.canonical_id = {subject}.id) AND {subject}.canonical_id = {subject}.id)"
)
JOINED = {
    "{subject}s {id} and {other} are held to be one, and are not": (
        "SELECT one.id, other.id AS other FROM judgement JOIN {subject} AS one ON one.id = left_id "
        f"JOIN {{subject}} AS other ON other.id = right_id WHERE {SAME} "
        "AND one.canonical_id {differs} other.canonical_id"
    ),
    "{subject} {id} is one with nobody, not even with itself": "SELECT id FROM {subject} WHERE canonical_id IS NULL",
    "{subject} {id} is held to differ from {other} by a person, and is one with it": (
        "SELECT one.id, other.id AS other FROM judgement JOIN {subject} AS one ON one.id = left_id "
        "JOIN {subject} AS other ON other.id = right_id WHERE subject = '{subject}' AND verdict = 'different' "
        "AND withdrawn_at IS NULL AND one.canonical_id = other.canonical_id"
    ),
    "{subject} {id} was set apart by nobody": (
        "SELECT id FROM {subject} WHERE apart AND id NOT IN (SELECT right_id FROM judgement "
        "WHERE subject = '{subject}' AND verdict = 'different' AND withdrawn_at IS NULL AND score IS NULL "
        "AND right_id IS NOT NULL)"
    ),
    "{subject} {id} is numbered elsewhere otherwise than its judgements say": (
        f"SELECT id FROM {{subject}} WHERE external_id {{differs}} {NUMBERED}"
    ),
}


def find_unjoined(connection: Connection, _: Rules) -> Iterator[str]:
    """Identities that are not what the standing judgements make one."""
    for subject in SUBJECTS:
        yield from told(connection, JOINED, subject=subject)
        yield from _unfounded(connection, subject)


def _unfounded(connection: Connection, subject: str) -> Iterator[str]:
    """Rows that no judgements, or judgements by way of others, make one with the canonical row."""
    members = groupby(
        rows(connection, f"SELECT id, canonical_id FROM {subject} WHERE canonical_id IS NOT NULL ORDER BY 2, 1"),
        lambda row: int(row.canonical_id),
    )
    judged = _Groups(
        rows(
            connection,
            f"SELECT left_id, right_id, canonical_id FROM judgement JOIN {subject} AS one ON one.id = left_id "
            f"WHERE {SAME.format(subject=subject)} AND right_id IS NOT NULL ORDER BY 3",
        ),
        lambda row: int(row.canonical_id or 0),
    )
    for canonical, group in members:
        parts = Parts(row.id for row in group)
        for pair in judged.of(canonical):
            if {pair.left_id, pair.right_id} <= parts.parent.keys():
                parts.unite(pair.left_id, pair.right_id)
        for row in parts.parent:
            if parts.of(row) != canonical:
                yield f"{subject} {row} belongs to {canonical}, but its judgements make it one with {parts.of(row)}"


class _Groups:
    """Groups of rows that come in order of a number, asked for in that order."""

    def __init__(self, ordered: Iterable[Row[Any]], number: Callable[[Row[Any]], int]) -> None:
        self.groups = groupby(ordered, number)
        self.next = next(self.groups, None)

    def of(self, number: int) -> list[Row[Any]]:
        while self.next and self.next[0] < number:
            self.next = next(self.groups, None)
        return list(self.next[1]) if self.next and self.next[0] == number else []


def repair_identities(connection: Connection, _: Rules) -> str:
    """Writes down again which rows are one, and their numbers elsewhere, as the standing judgements say."""
    for subject in SUBJECTS:
        table = TABLES[subject]
        pairs = f"SELECT left_id, right_id FROM judgement WHERE {SAME} AND right_id IS NOT NULL".format(subject=subject)
        judged = [(row.left_id, row.right_id) for row in rows(connection, pairs)]
        parts = Parts({row for pair in judged for row in pair})
        for pair in judged:
            parts.unite(*pair)
        found = rows(connection, select(table.c.id, table.c.canonical_id))
        places = ((row, parts.of(row.id) if row.id in parts.parent else row.id) for row in found)
        moved = [{"row": row.id, "one": one} for row, one in places if row.canonical_id != one]
        if moved:
            statement = update(table).where(table.c.id == bindparam("row")).values(canonical_id=bindparam("one"))
            connection.execute(statement, moved)
        numbered, not_ = NUMBERED.format(subject=subject), differs(connection)
        connection.execute(text(f"UPDATE {subject} SET external_id = {numbered} WHERE external_id {not_} {numbered}"))
    return "identities written down again as the judgements say"


COUNTED = {
    "likeness {id} does not count the {subject}s that share it": (
        "SELECT likeness.id FROM likeness LEFT JOIN (SELECT likeness_id, count(*) AS rows, min(id) AS head "
        "FROM {subject} WHERE NOT apart GROUP BY likeness_id) AS shared ON shared.likeness_id = likeness.id "
        "WHERE subject = '{subject}' AND (coalesce(rows, 0) <> size OR coalesce(head, 0) <> coalesce(head_id, 0))"
    ),
}


def find_unlike(connection: Connection, rules: Rules) -> Iterator[str]:
    """Cards that are not counted, not what their names make them, or not what they say of themselves."""
    likeness = TABLES["likeness"]
    for row in rows(connection, select(likeness)):
        if short_of(Card(row.block, row.variant, row.kin)) != row.short:
            yield f"likeness {row.id} is found by another short form than it says"
    for subject in SUBJECTS:
        yield from told(connection, COUNTED, subject=subject)
        yield from _other_cards(connection, subject, rules)


def _other_cards(connection: Connection, subject: str, rules: Rules) -> Iterator[str]:
    """Names that are compared with others by a card that is not theirs.

    An office in the text may give a single name a card, which cannot be known from the name.
    """
    table, likeness = TABLES[subject], TABLES["likeness"]
    kind = [table.c.kind] if subject == "speaker" else []
    found = select(table.c.id, table.c.name, likeness.c.block, likeness.c.kin, *kind)
    joined = found.select_from(table.outerjoin(likeness, likeness.c.id == table.c.likeness_id))
    for row in rows(connection, joined):
        if subject == "organisation":
            card = rules.naming.organisation_card(Organisation(row.name))
        else:
            card = rules.naming.speaker_card(Speaker(row.name, SpeakerKind(row.kind)), (), None, "")
        sole = not card.block and card.kin  # a single name
        if not sole and (card.block, card.kin if card.block else "") != (row.block or "", row.kin or ""):
            yield f"{subject} {row.id} is compared with others by a card that its name does not give it"


def repair_likenesses(connection: Connection, _: Rules) -> str:
    """Counts the rows of every card again."""
    for subject in SUBJECTS:
        own = f"FROM {subject} WHERE likeness_id = likeness.id AND NOT apart"
        connection.execute(
            text(
                f"UPDATE likeness SET size = (SELECT count(*) {own}), head_id = (SELECT min(id) {own}) "
                f"WHERE subject = '{subject}'"
            )
        )
    return "cards counted again"


IDENTITIES = Check(
    "identities",
    "who is one across documents, and who they are elsewhere, is what the standing judgements say",
    find_unjoined,
    repair_identities,
)
LIKENESSES = Check(
    "likenesses", "names are compared by their own cards, and each card is counted", find_unlike, repair_likenesses
)
