"""New rows of a document → their places among those of all others, by judgements that stand.

In: the numbers and cards of a document's speakers or organisations. Out: `judgement` rows, and in each row
`canonical_id`, the row it is one with. It is a module because what is judged and what that makes one must change
together: `canonical_id` is the connected parts of the standing judgements "same", written down.

What a person judged is never touched here. A join of the program that would bring together what a person holds to be
different, or two that have different numbers elsewhere, is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.orm import aliased

from quotes.records import Card, Likeness, Opinion
from quotes.store.engine import now
from quotes.store.likenesses import Likenesses
from quotes.store.recounts import recount
from quotes.store.summaries import move
from quotes.store.tables import METADATA

JUDGEMENTS = METADATA.tables["judgement"]
JUDGEMENT = JUDGEMENTS.c
STANDS = JUDGEMENT.withdrawn_at.is_(None)
BY_PROGRAM = JUDGEMENT.score.is_not(None)


class View(Protocol):
    """What the program holds about the rows `heads` now: it replaces what it held about them."""

    @property
    def heads(self) -> frozenset[int]:
        """The rows."""

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """What it holds."""

    def covers(self, one: int, other: int) -> bool:
        """Whether what was held about two rows is replaced."""


class Rule(Protocol):
    """The rule by which rows are joined; `judge` names it and its version."""

    judge: str

    def opinion_of_equals(self, head: int, row: int, card: Card) -> Opinion:
        """Two rows with equal cards."""

    def views(self, likeness: Likeness, known: Likenesses, *, new: bool) -> Iterable[View]:
        """What to think after one more row of a card has come."""

    def doubts_of_single(self, row: int, kin: str, known: Likenesses) -> Iterable[Opinion]:
        """Who a person with a single name may be."""


class Identities:
    """The speakers or organisations (`subject`) of a database, as they are joined."""

    def __init__(self, connection: Connection, subject: str) -> None:
        self.connection, self.subject = connection, subject
        self.table = METADATA.tables[subject]
        self.rows = self.table.c

    def arrived(self, cards: Mapping[int, Card], rule: Rule) -> None:
        """Joins new rows to those with equal cards and to what the rule says, and keeps its doubts."""
        if not cards:
            return
        named = {row: card for row, card in sorted(cards.items()) if card.block}
        known = Likenesses(self.connection, self.subject, named.values())
        heads = {row: known.add(row, card) for row, card in named.items()}
        known.write(named.values())
        equal = [rule.opinion_of_equals(heads[row], row, card) for row, card in named.items() if heads[row] != row]
        self._insert(equal, rule.judge)
        places = self.places({heads[row] for row in named} - cards.keys())
        self._point(
            {
                "row": row,
                "one": places.get(heads.get(row, row)) or heads.get(row, row),
                "card": known.number(cards[row]),
            }
            for row in cards
        )
        views: list[View] = []
        for key in dict.fromkeys((card.block, card.variant) for card in named.values()):
            views += rule.views(known.found[key], known, new=key in known.new)
        single = [(row, card.kin) for row, card in cards.items() if card.kin and not card.block]
        self.hold(views, [doubt for row, kin in single for doubt in rule.doubts_of_single(row, kin, known)], rule.judge)

    def consider(self, card: Card, rule: Rule) -> None:
        """Asks the rule again about a name after a person's judgement has changed who bears it."""
        known = Likenesses(self.connection, self.subject, [card])
        self.hold(rule.views(known.found[card.block, card.variant], known, new=False), [], rule.judge)

    def hold(self, views: Iterable[View], doubts: Iterable[Opinion], judge: str) -> None:
        """Makes the program's judgements what the views say: some new, some withdrawn, most as they were."""
        views = list(views)
        wanted = {(o.left, o.right, o.verdict): o for view in views for o in view.opinions}
        wanted |= {(o.left, o.right, o.verdict): o for o in doubts}
        rows = {row for view in views for row in view.heads} | {row for pair in wanted for row in pair[:2]}
        if len(rows) < 2:
            return
        standing = {(j.left_id, j.right_id, j.verdict): j for j in self._judged_by_program(rows)}
        told = [
            j
            for key, j in standing.items()
            if key not in wanted and any(view.covers(j.left_id, j.right_id) for view in views)
        ]
        self.withdraw([j.id for j in told], judge, "other documents have changed what the program holds")
        if any(j.verdict == "same" for j in told):
            self.rebuild(self.places({row for j in told for row in (j.left_id, j.right_id)}).values())
        new = [opinion for key, opinion in wanted.items() if key not in standing]
        self._insert([opinion for opinion in new if opinion.verdict == "unsure"], judge)
        for opinion in new:
            if opinion.verdict == "same" and self.may_join(opinion.left, opinion.right):
                self._insert([opinion], judge)
                self.unite(opinion.left, opinion.right)

    def places(self, rows: Iterable[int]) -> dict[int, int]:
        """row → the row that it is one with."""
        found = self.connection.execute(
            select(self.rows.id, self.rows.canonical_id).where(self.rows.id.in_(list(rows)))
        )
        return {id_: identity for id_, identity in found}  # noqa: C416  (rows are not pairs to mypy)

    def members(self, identities: Iterable[int]) -> list[Row[Any]]:
        """The rows of some identities: id, canonical_id, likeness_id, apart."""
        columns = (self.rows.id, self.rows.canonical_id, self.rows.likeness_id, self.rows.apart, self.rows.name)
        chosen = self.rows.canonical_id.in_(list(identities))
        return list(self.connection.execute(select(*columns).where(chosen).order_by(self.rows.id)))

    def may_join(self, one: int, other: int) -> bool:
        """Whether no person, and no register of identities, holds the two to be different."""
        places = self.places([one, other])
        if places[one] == places[other]:
            return True
        return len(self.numbers_elsewhere(places.values())) < 2 and not self.held_different(places[one], places[other])

    def same_card(self, card: Card) -> list[int]:
        """The first rows of a card that no person has taken out: two are enough to know whether there are others."""
        likeness = METADATA.tables["likeness"].c
        own = (likeness.subject == self.subject, likeness.block == card.block, likeness.variant == card.variant)
        number = select(likeness.id).where(*own).scalar_subquery()
        found = select(self.rows.id).where(self.rows.likeness_id == number, self.rows.apart.is_(False))
        return list(self.connection.scalars(found.order_by(self.rows.id).limit(2)))

    def numbers_elsewhere(self, places: Iterable[int]) -> set[str]:
        """What identities are called elsewhere."""
        found = select(self.rows.external_id).where(self.rows.id.in_(list(places)))
        return {number for number in self.connection.scalars(found) if number}

    def held_different(self, one: int, other: int) -> list[int]:
        """The standing judgements by which members of two identities are different."""
        left, right = aliased(self.table), aliased(self.table)
        pair = or_(
            and_(left.c.canonical_id == one, right.c.canonical_id == other),
            and_(left.c.canonical_id == other, right.c.canonical_id == one),
        )
        found = select(JUDGEMENT.id).join(left, left.c.id == JUDGEMENT.left_id)
        found = found.join(right, right.c.id == JUDGEMENT.right_id)
        own = (JUDGEMENT.subject == self.subject, JUDGEMENT.verdict == "different", STANDS)
        return list(self.connection.scalars(found.where(*own, pair)))

    def held_apart(self, judgements: Iterable[int]) -> list[int]:
        """The rows that some judgements "different" set apart: the right one of each."""
        found = select(JUDGEMENT.right_id).distinct().where(JUDGEMENT.id.in_(list(judgements)))
        return [row for row in self.connection.scalars(found) if row is not None]

    def unite(self, one: int, other: int) -> None:
        """Writes down that the identities of two rows are one: that of the row with the lowest number."""
        keep, drop = sorted(self.places([one, other]).values()) if one != other else (one, one)
        if keep != drop:
            number = next(iter(self.numbers_elsewhere([keep, drop])), None)
            self.connection.execute(update(self.table).where(self.rows.canonical_id == drop).values(canonical_id=keep))
            move(self.connection, self.subject, keep, drop)
            self._number({keep: number, drop: None})

    def rebuild(self, identities: Iterable[int]) -> None:
        """Writes down anew which of the members of some identities are one: the connected parts of what stands."""
        identities = set(identities)
        members = self.members(identities)
        parts = Parts(member.id for member in members)
        for judged in self.joined(identities):
            parts.unite(judged.left_id, judged.right_id)
        moved = [{"row": m.id, "one": parts.of(m.id)} for m in members if parts.of(m.id) != m.canonical_id]
        if moved:
            statement = update(self.table).where(self.rows.id == bindparam("row"))
            self.connection.execute(statement.values(canonical_id=bindparam("one")), moved)
            self._recount(identities | {one["one"] for one in moved})
        numbers: dict[int, str | None] = {parts.of(member.id): None for member in members}
        for row, number in self._numbered_elsewhere(numbers):
            numbers[parts.of(row)] = number
        self._number(numbers)

    def _recount(self, identities: set[int]) -> None:
        """Copies to the quotes who their speakers are, and counts them again."""
        quotes = METADATA.tables["quote"]
        canonical, named = quotes.c[f"canonical_{self.subject}_id"], quotes.c[f"{self.subject}_id"]
        place = select(self.rows.canonical_id).where(self.rows.id == named).scalar_subquery()
        self.connection.execute(update(quotes).where(canonical.in_(list(identities))).values({canonical.name: place}))
        recount(self.connection, self.subject, identities)

    def withdraw(self, judgements: Iterable[int], by: str, reason: str) -> None:
        """Takes judgements back: they stay, with who took them back, when and why."""
        taken = {"withdrawn_at": now(), "withdrawn_by": by, "withdrawn_reason": reason}
        self.connection.execute(update(JUDGEMENTS).where(JUDGEMENT.id.in_(list(judgements)), STANDS).values(**taken))

    def joined(self, identities: Iterable[int]) -> list[Row[Any]]:
        """The standing judgements by which the members of some identities are one."""
        member = and_(self.rows.id == JUDGEMENT.left_id, self.rows.canonical_id.in_(list(identities)))
        own = (JUDGEMENT.subject == self.subject, JUDGEMENT.verdict == "same", JUDGEMENT.right_id.is_not(None), STANDS)
        return list(
            self.connection.execute(select(JUDGEMENTS).join(self.table, member).where(*own).order_by(JUDGEMENT.id))
        )

    def judge(self, judgement: Mapping[str, Any], by: str) -> int:
        """Stores a judgement; its number."""
        row = {"subject": self.subject, "judged_by": by, "judged_at": now(), **judgement}
        return int(self.connection.scalar(insert(JUDGEMENTS).returning(JUDGEMENT.id), row) or 0)

    def _insert(self, opinions: Iterable[Opinion], judge: str) -> None:
        at = now()
        rows = [
            {"subject": self.subject, "left_id": o.left, "right_id": o.right, "verdict": o.verdict, "score": o.score,
             "reason": o.reason, "judged_by": judge, "judged_at": at}
            for o in opinions
        ]  # fmt: skip
        if rows:
            self.connection.execute(insert(JUDGEMENTS), rows)

    def _judged_by_program(self, rows: Iterable[int]) -> list[Row[Any]]:
        """What the program holds of any two of these rows."""
        among = list(rows)
        columns = (JUDGEMENT.id, JUDGEMENT.left_id, JUDGEMENT.right_id, JUDGEMENT.verdict)
        own = (JUDGEMENT.subject == self.subject, JUDGEMENT.left_id.in_(among), JUDGEMENT.right_id.in_(among))
        return list(self.connection.execute(select(*columns).where(*own, BY_PROGRAM, STANDS)))

    def _numbered_elsewhere(self, identities: Iterable[int]) -> list[tuple[int, str]]:
        member = and_(self.rows.id == JUDGEMENT.left_id, self.rows.canonical_id.in_(list(identities)))
        found = select(JUDGEMENT.left_id, JUDGEMENT.external_id).join(self.table, member)
        own = (JUDGEMENT.subject == self.subject, JUDGEMENT.external_id.is_not(None), STANDS)
        return [(row, number) for row, number in self.connection.execute(found.where(*own).order_by(JUDGEMENT.id))]

    def _number(self, numbers: Mapping[int, str | None]) -> None:
        for identity, number in numbers.items():
            row = update(self.table).where(self.rows.id == identity)
            self.connection.execute(row.values(external_id=number))

    def _point(self, places: Iterable[Mapping[str, int | None]]) -> None:
        rows = update(self.table).where(self.rows.id == bindparam("row"))
        values: dict[str, Any] = {"canonical_id": bindparam("one"), "likeness_id": bindparam("card")}
        self.connection.execute(rows.values(**values), list(places))


class Parts:
    """Connected parts, each known by its lowest member (a disjoint-set forest)."""

    def __init__(self, members: Iterable[int]) -> None:
        self.parent = {member: member for member in members}

    def of(self, member: int) -> int:
        """The lowest member of the part."""
        while self.parent[member] != member:
            self.parent[member] = self.parent[self.parent[member]]
            member = self.parent[member]
        return member

    def unite(self, one: int, other: int) -> None:
        """Makes two parts one."""
        low, high = sorted((self.of(one), self.of(other)))
        self.parent[high] = low
