"""A speaker or organisation → its profile, what was judged of it, and what waits to be judged.

In: an engine, a subject ("speaker" or "organisation") and a name as people type it. Out: rows as mappings. It is a
module because it reads the joins themselves, which all other questions take as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, distinct, func, or_, select

from quotes.query.counts import counted
from quotes.query.names import Named, one_named
from quotes.query.quote import FETCHED, QUOTE, Row, streamed
from quotes.resolve.names import name_key
from quotes.store.tables import METADATA
from quotes.store.views import affiliation, attributed_quote

JUDGEMENT = METADATA.tables["judgement"]
MOST = 10  # lines of each section of a profile: more is what `quotes list` and `quotes sql` are for
MOST_AFFILIATIONS = 3


def speakers(
    engine: Engine, *, about: str | None = None, sort: str | None = None, limit: int | None = None
) -> Iterator[Row]:
    """The speakers with their counts, and what they were, where and when, by the quotes that say so."""
    rows = counted(engine, "speakers", about=about, sort=sort, limit=limit)
    while batch := list(islice(rows, FETCHED)):
        with engine.connect() as connection:
            held = _affiliations(connection, [row["speaker_id"] for row in batch])
        for row in batch:
            yield {**row, "affiliations": "; ".join(held.get(row["speaker_id"], [])[:MOST_AFFILIATIONS])}


def _affiliations(connection: Connection, speakers: list[int]) -> dict[int, list[str]]:
    """Speaker → offices and bodies with their periods, those with most quotes first."""
    columns = affiliation.c
    found = select(affiliation).where(columns.speaker_id.in_(speakers))
    held: dict[int, list[str]] = {}
    order = (columns.quotes.desc(), columns.role, columns.organisation)
    for row in connection.execute(found.order_by(*order)).mappings():
        what = ", ".join(part for part in (row["role"], row["organisation"]) if part)
        days = list(dict.fromkeys(str(day) for day in (row["first_published"], row["last_published"]) if day))
        held.setdefault(row["speaker_id"], []).append(f"{what} ({' to '.join(days)})" if days else what)
    return held


def profile(engine: Engine, subject: str, name: str) -> Iterator[Row]:
    """All that is known of one speaker or organisation: `about` what, `value`, how many quotes, from when to when.

    Raises `NameNotUnique` where the name fits several.
    """
    with engine.connect() as connection:
        one = one_named(connection, subject, name)
        yield _overview(connection, subject, one)
        for about, statement in _sections(subject, one).items():
            for row in connection.execute(statement.limit(MOST)).mappings():
                yield {"about": about, **row}


def _overview(connection: Connection, subject: str, one: Named) -> Row:
    documents = func.count(distinct(QUOTE.document_id))
    own = QUOTE[f"{subject}_id"] == one.id
    counts = select(*_counts(), documents.label("documents")).select_from(attributed_quote).where(own)
    found = connection.execute(counts).mappings().one()
    row = METADATA.tables[subject].c
    number = connection.scalar(select(row.external_id).where(row.id == one.id))
    value = f"{one.name}, number {one.id}" + (f", {number}" if number else "") + f", in {found['documents']} documents"
    return {"about": subject, "value": value, **{key: found[key] for key in ("quotes", "first", "last")}}


def _sections(subject: str, one: Named) -> dict[str, Select[Any]]:
    """What to count in the quotes of one: names first, then who, where, through whom and how."""
    own = QUOTE[f"{subject}_id"] == one.id
    sections = {"name": _names(subject, one)}
    columns: dict[str, ColumnElement[Any]] = {
        "role": QUOTE.role,
        **({"organisation": QUOTE.organisation} if subject == "speaker" else {"speaker": QUOTE.speaker}),
        "outlet": QUOTE.outlet,
        "conduit": QUOTE.conduit,
        "kind": QUOTE.kind,
    }
    for about, column in columns.items():
        sections[about] = _counted(column, own)
    sections["claim"] = _claims(own)
    if subject == "speaker":
        mine = select(QUOTE.document_id).where(own)
        beside = and_(QUOTE.document_id.in_(mine), QUOTE.speaker_id != one.id)
        sections["co-speaker"] = _counted(QUOTE.speaker, beside)
    return sections


def _counts() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count().label("quotes"),
        func.min(QUOTE.published).label("first"),
        func.max(QUOTE.published).label("last"),
    )


def _counted(column: ColumnElement[Any], condition: ColumnElement[bool]) -> Select[Any]:
    statement = select(column.label("value"), *_counts()).select_from(attributed_quote)
    return statement.where(condition, column.is_not(None)).group_by(column).order_by(func.count().desc(), column)


def _names(subject: str, one: Named) -> Select[Any]:
    """The forms of the name that documents give, by the quotes of those documents."""
    quote, document, row = (METADATA.tables[name] for name in ("quote", "document", subject))
    joined = row.join(quote, quote.c[f"{subject}_id"] == row.c.id).join(document, document.c.id == quote.c.document_id)
    days = (func.min(document.c.published).label("first"), func.max(document.c.published).label("last"))
    statement = select(row.c.name.label("value"), func.count().label("quotes"), *days).select_from(joined)
    own = statement.where(row.c.identity_id == one.id)
    return own.group_by(row.c.name).order_by(func.count().desc(), row.c.name)


def _claims(own: ColumnElement[bool]) -> Select[Any]:
    """What was said again: the claims with more than one quote."""
    claim = METADATA.tables["claim"].c
    joined = attributed_quote.join(METADATA.tables["claim"], claim.id == QUOTE.claim_id)
    statement = select(claim.text.label("value"), *_counts()).select_from(joined).where(own)
    grouped = statement.group_by(claim.id, claim.text).having(func.count() > 1)
    return grouped.order_by(func.count().desc(), claim.id)


def history(engine: Engine, subject: str, name: str, *, limit: int | None = None) -> Iterator[Row]:
    """What was judged of one speaker or organisation, the latest first; what was taken back too."""
    row = METADATA.tables[subject]
    with engine.connect() as connection:
        one = one_named(connection, subject, name)
        members = select(row.c.id).where(row.c.identity_id == one.id)
        concerns = or_(JUDGEMENT.c.left_id.in_(members), JUDGEMENT.c.right_id.in_(members))
        statement = _judged(subject).where(concerns).order_by(JUDGEMENT.c.id.desc()).limit(limit)
        yield from streamed(connection, statement)


def suggestions(engine: Engine, subject: str, name: str | None = None, *, limit: int | None = None) -> Iterator[Row]:
    """Pairs that may be one and wait for a person, the surest first: not those that somebody has judged since."""
    with engine.connect() as connection:
        statement = _judged(subject, ("judgement_id", "left_id", "left", "right_id", "right", "score", "reason"))
        left, right = statement.selected_columns["left_id"], statement.selected_columns["right_id"]
        statement = statement.where(JUDGEMENT.c.verdict == "unsure", JUDGEMENT.c.withdrawn_at.is_(None), left != right)
        if name is not None:
            one = one_named(connection, subject, name)
            statement = statement.where(or_(left == one.id, right == one.id))
        statement = statement.where(~_held_different(subject, left, right))
        statement = statement.order_by(JUDGEMENT.c.score.desc(), JUDGEMENT.c.id)
        yield from islice(_each_pair_once(streamed(connection, statement)), limit)


def _each_pair_once(rows: Iterator[Row]) -> Iterator[Row]:
    """Of two identities only the surest doubt: several documents may have raised it."""
    seen: set[frozenset[int]] = set()
    for row in rows:
        pair = frozenset((row["left_id"], row["right_id"]))
        if pair not in seen:
            seen.add(pair)
            yield row


def _judged(subject: str, only: tuple[str, ...] = ()) -> Select[Any]:
    """Judgements with the identities, as they are now, of both rows that they are about."""
    row = METADATA.tables[subject]
    rows = {side: (row.alias(f"{side}_row"), row.alias(f"{side}_identity")) for side in ("left", "right")}
    judged = JUDGEMENT.c
    joined: Any = JUDGEMENT
    sides: dict[str, ColumnElement[Any]] = {}
    for side, (own, identity) in rows.items():
        joined = joined.outerjoin(own, own.c.id == judged[f"{side}_id"])
        joined = joined.outerjoin(identity, identity.c.id == own.c.identity_id)
        sides |= {f"{side}_id": identity.c.id, side: own.c.name}
    columns: Mapping[str, ColumnElement[Any]] = {
        "judgement_id": judged.id,
        "verdict": judged.verdict,
        **sides,
        "external_id": judged.external_id,
        "score": judged.score,
        "reason": judged.reason,
        "judged_by": judged.judged_by,
        "judged_at": judged.judged_at,
        "withdrawn_at": judged.withdrawn_at,
        "withdrawn_by": judged.withdrawn_by,
        "withdrawn_reason": judged.withdrawn_reason,
    }
    chosen = [column.label(name) for name, column in columns.items() if not only or name in only]
    return select(*chosen).select_from(joined).where(judged.subject == subject)


def _held_different(subject: str, left: ColumnElement[Any], right: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether somebody holds members of two identities to be different."""
    row, told = METADATA.tables[subject], JUDGEMENT.alias("told")
    one, other = row.alias("one"), row.alias("other")
    joined = told.join(one, one.c.id == told.c.left_id).join(other, other.c.id == told.c.right_id)
    pair = or_(
        and_(one.c.identity_id == left, other.c.identity_id == right),
        and_(one.c.identity_id == right, other.c.identity_id == left),
    )
    own = (told.c.subject == subject, told.c.verdict == "different", told.c.withdrawn_at.is_(None))
    return select(told.c.id).select_from(joined).where(*own, pair).exists()


def rows_called(engine: Engine, subject: str, name: str) -> list[int]:
    """The rows that a name or number means to somebody who judges: the number alone, or all rows with that very name.

    A name that no row has in full means the one identity that it fits.
    """
    row = METADATA.tables[subject].c
    with engine.connect() as connection:
        one = one_named(connection, subject, name)
        if name.isdecimal():
            return [int(name)]
        members = connection.execute(select(row.id, row.name).where(row.identity_id == one.id).order_by(row.id)).all()
        return [id_ for id_, full in members if name_key(full) == name_key(name)] or [one.id]
