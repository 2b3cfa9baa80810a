"""What people decide: that two speakers or organisations are one, or are not; and taking that back.

In: rows, who decides and why. Out: judgements and what they make one. It is a module because these are the only
judgements that count for more than the rule's: the program neither withdraws nor overrides them.

`split` of two that a person had merged takes the merge back. Of two that the program had joined, it takes the second
out, and the program leaves that row alone from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Engine, func, select, update

from quotes.errors import QuotesError
from quotes.records import Card
from quotes.store.engine import writing
from quotes.store.identities import JUDGEMENT, JUDGEMENTS, STANDS, Identities, Parts, Rule
from quotes.store.tables import METADATA

LIKENESS = METADATA.tables["likeness"]
SAME = 0.97  # the score of rows with one card, as the rule gives it


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, and why."""

    by: str
    reason: str | None = None

    @property
    def shown(self) -> str:
        """The reason as a sentence of its own."""
        return self.reason or "no reason given"


def merge(engine: Engine, subject: str, one: int, others: Sequence[int], decision: Decision) -> None:
    """Makes the identities of rows one. Earlier judgements of people that they differ are taken back."""
    with writing(engine) as connection:
        for other in others:
            merged(Identities(connection, subject), one, other, decision)


def merged(identities: Identities, one: int, other: int, decision: Decision) -> bool:
    """Makes the identities of two rows one; False where a person had done so already."""
    places = identities.places([one, other])
    joined = identities.joined(places.values())
    if one == other or any(j.score is None and {j.left_id, j.right_id} == {one, other} for j in joined):
        return False
    if places[one] != places[other]:
        _refuse_two_numbers(identities, list(places.values()))
        against = identities.held_different(places[one], places[other])
        identities.withdraw(against, decision.by, f"merged: {decision.shown}")
        for row in identities.held_apart(against):
            _no_longer_apart(identities, row)
    same = {"left_id": one, "right_id": other, "verdict": "same", "reason": decision.reason}
    identities.judge(same, decision.by)
    identities.unite(one, other)
    return True


def linked(identities: Identities, row: int, number: str, decision: Decision) -> bool:
    """Says who a row's identity is elsewhere; False where that is known already."""
    place = identities.places([row])[row]
    known = identities.numbers_elsewhere([place])
    if known == {number}:
        return False
    if known:
        is_ = f"{identities.subject} {place} is {known.pop()}"
        raise QuotesError(f"{is_} already, not {number}. Undo that link first.")
    identities.judge(
        {"left_id": place, "external_id": number, "verdict": "same", "reason": decision.reason}, decision.by
    )
    identities.rebuild([place])
    return True


def split(engine: Engine, subject: str, one: int, others: Sequence[int], decision: Decision, rule: Rule) -> None:
    """Keeps rows from being one with `one`: those of them that were leave it, together; all the rest stay."""
    with writing(engine) as connection:
        identities = Identities(connection, subject)
        if one in others:
            raise QuotesError(f"{subject} {one} cannot be split from itself. Give two different ones.")
        places = identities.places([one, *others])
        leaving = [row for row in others if places[row] == places[one]]
        parted = _take_back_merges(identities, one, leaving, decision) if leaving else set()
        for row in others:
            different = {"left_id": one, "right_id": row, "verdict": "different", "reason": decision.reason}
            identities.judge(different, decision.by)
        for row in (row for row in leaving if row not in parted):
            _take_out(identities, row, decision, rule)
        places = identities.places([one, *others])
        for row in others:
            if places[row] == places[one]:
                raise QuotesError(_still_one(identities, places[one]))
        for left, right in pairwise(leaving):
            merged(identities, left, right, decision)


def undo(engine: Engine, subject: str, judgement: int, decision: Decision, rule: Rule) -> None:
    """Takes a person's judgement back; what the program held before holds again."""
    with writing(engine) as connection:
        identities = Identities(connection, subject)
        own = (JUDGEMENT.id == judgement, JUDGEMENT.subject == subject, STANDS)
        found = connection.execute(select(JUDGEMENTS).where(*own)).one_or_none()
        if found is None:
            raise QuotesError(f"No judgement {judgement} on {subject}s stands. See: quotes {subject}s history NAME.")
        if found.score is not None:
            raise QuotesError(f"Judgement {judgement} is the program's. Decide otherwise: quotes {subject}s split A B.")
        touched = identities.places([found.left_id, *([found.right_id] if found.right_id else [])])
        identities.withdraw([judgement], decision.by, f"undone: {decision.shown}")
        identities.rebuild(touched.values())
        if found.verdict == "different":
            for row in (found.left_id, found.right_id):
                _let_back(identities, row, rule)


def _take_back_merges(identities: Identities, one: int, leaving: Sequence[int], decision: Decision) -> set[int]:
    """Takes back the merges of people that made rows one with `one`; those that the program had not joined to it."""
    place = identities.places([one])[one]
    joined = identities.joined([place])
    program = Parts(member.id for member in identities.members([place]))
    for judged in joined:
        if judged.score is not None:
            program.unite(judged.left_id, judged.right_id)
    parted = {row for row in leaving if program.of(row) != program.of(one)}
    ends = {(program.of(one), program.of(row)) for row in parted}
    by_people = [j for j in joined if j.score is None]
    direct = [
        j.id
        for j in by_people
        if {(program.of(j.left_id), program.of(j.right_id)), (program.of(j.right_id), program.of(j.left_id))} & ends
    ]
    identities.withdraw(direct, decision.by, f"split: {decision.shown}")
    identities.rebuild([place])
    return parted


def _still_one(identities: Identities, place: int) -> str:
    standing = ", ".join(str(j.id) for j in identities.joined([place]) if j.score is None)
    return f"Judgements of people still make the two one: {standing}. Undo those first."


def _refuse_two_numbers(identities: Identities, places: Sequence[int]) -> None:
    numbers = identities.numbers_elsewhere(places)
    if len(numbers) > 1:
        raise QuotesError(f"They are {' and '.join(sorted(numbers))} elsewhere: two. Undo one of the links first.")


def _take_out(identities: Identities, row: int, decision: Decision, rule: Rule) -> None:
    """Takes one row out of what the program has joined; what people had joined to the row goes along."""
    connection, table = identities.connection, identities.table
    place = identities.places([row])[row]
    touching = [j for j in identities.joined([place]) if j.score is not None and row in (j.left_id, j.right_id)]
    identities.withdraw([j.id for j in touching], decision.by, f"split: {decision.shown}")
    connection.execute(update(table).where(table.c.id == row).values(apart=True))
    first, *rest = sorted({end for j in touching for end in (j.left_id, j.right_id)} - {row}) or [row]
    for other in rest:
        identities.judge(_again(first, other), rule.judge)
    card = _recounted(identities, row)
    identities.rebuild([place])
    if card is not None:
        identities.consider(card, rule)


def _again(left: int, right: int) -> dict[str, Any]:
    reason = "both were joined to a third, which a person took out"
    return {"left_id": left, "right_id": right, "verdict": "same", "score": SAME, "reason": reason}


def _let_back(identities: Identities, row: int, rule: Rule) -> None:
    """Gives a row back to the rule, once no person keeps it apart any more."""
    connection, table = identities.connection, identities.table
    was_apart = connection.scalar(select(table.c.apart).where(table.c.id == row))
    card = _no_longer_apart(identities, row)
    if card is None:
        return
    head = next((m for m in identities.same_card(card) if m != row), row)
    if was_apart and head != row and identities.may_join(head, row):
        back = {"reason": "same name; no person keeps it apart any more"}
        identities.judge(_again(*sorted((head, row))) | back, rule.judge)
        identities.unite(head, row)
    identities.consider(card, rule)


def _no_longer_apart(identities: Identities, row: int) -> Card | None:
    """Counts a row with its card again, unless a person still keeps it apart; the card, if others have it too."""
    connection, table = identities.connection, identities.table
    own = (JUDGEMENT.subject == identities.subject, JUDGEMENT.verdict == "different", JUDGEMENT.right_id == row, STANDS)
    if connection.scalar(select(func.count()).select_from(JUDGEMENTS).where(*own)):
        return None
    connection.execute(update(table).where(table.c.id == row).values(apart=False))
    return _recounted(identities, row)


def _recounted(identities: Identities, row: int) -> Card | None:
    """The card of a row after it left or came back: its first row and its size anew; None if nobody is left on it."""
    connection, table = identities.connection, identities.table
    card_id = connection.scalar(select(table.c.likeness_id).where(table.c.id == row))
    if card_id is None:
        return None
    counted = select(func.min(table.c.id), func.count()).where(table.c.likeness_id == card_id, table.c.apart.is_(False))
    first, size = connection.execute(counted).one()
    connection.execute(update(LIKENESS).where(LIKENESS.c.id == card_id).values(head_id=first, size=size))
    card = connection.execute(select(LIKENESS).where(LIKENESS.c.id == card_id)).one()
    return Card(card.block, card.variant, card.kin) if size else None
