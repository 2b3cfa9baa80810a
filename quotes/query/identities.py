"""A speaker or organisation → its profile, what was judged of it, and what waits to be judged.

In: an engine, a subject ("speaker" or "organisation") and a name as people type it. Out: rows as mappings. It is a
module because it reads the joins themselves, which all other questions take as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select

from quotes.query.counts import counted
from quotes.query.names import Named, one_named
from quotes.query.quote import Row
from quotes.query.selection import PAGE
from quotes.store.tables import METADATA
from quotes.text.names import name_key

TABLES = METADATA.tables
JUDGEMENT = TABLES["judgement"]
QUOTE, POSITION = TABLES["quote"].c, TABLES["position"].c
MOST = 10  # lines of each section of a profile: more is what `quotes list` and `quotes sql` are for
MOST_AFFILIATIONS = 3
LATEST = 1000  # of a speaker's quotes: in their documents others are counted who speak there too


def speakers(
    engine: Engine, *, about: str | None = None, sort: str | None = None, limit: int | None = None
) -> Iterator[Row]:
    """The speakers with their counts, and what they were, where and when, by the quotes that say so."""
    rows = counted(engine, "speakers", about=about, sort=sort, limit=limit)
    while batch := list(islice(rows, PAGE)):
        with engine.connect() as connection:
            held = _affiliations(connection, [row["speaker_id"] for row in batch])
        for row in batch:
            yield {**row, "affiliations": "; ".join(held.get(row["speaker_id"], []))}


def _affiliations(connection: Connection, speakers: list[int]) -> dict[int, list[str]]:
    """Speaker → offices and bodies with their periods, the `MOST_AFFILIATIONS` with most quotes, those first."""
    order = (POSITION.quotes.desc(), POSITION.role, POSITION.organisation_id)
    place = func.row_number().over(partition_by=POSITION.speaker_id, order_by=order).label("place")
    speaker, body = TABLES["speaker"].c, TABLES["organisation"]
    told = or_(POSITION.role != "", speaker.kind != "organisation")
    ranked = select(*POSITION, place).join(TABLES["speaker"], speaker.id == POSITION.speaker_id)
    found = ranked.where(POSITION.speaker_id.in_(speakers), told).subquery()
    best = select(found, body.c.name.label("organisation")).outerjoin(body, body.c.id == found.c.organisation_id)
    best = best.where(found.c.place <= MOST_AFFILIATIONS).order_by(found.c.speaker_id, found.c.place)
    held: dict[int, list[str]] = {}
    for row in connection.execute(best).mappings():
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
        rows = [_overview(connection, subject, one)]
        for about, statement in _sections(subject, one).items():
            rows += ({"about": about, **row} for row in connection.execute(statement.limit(MOST)).mappings())
    yield from rows


def _overview(connection: Connection, subject: str, one: Named) -> Row:
    row = TABLES[subject].c
    columns = (row.quotes, row.documents, row.external_id, row.first_published, row.last_published)
    found = connection.execute(select(*columns).where(row.id == one.id)).one()
    linked = f", {found.external_id}" if found.external_id else ""
    value = f"{one.name}, number {one.id}{linked}, in {found.documents} documents"
    period = {"first": found.first_published, "last": found.last_published}
    return {"about": subject, "value": value, "quotes": found.quotes, **period}


def _sections(subject: str, one: Named) -> dict[str, Select[Any]]:
    """What the quotes of one say: names first, then who, where, through whom and how."""
    form, summary = TABLES[f"{subject}_name"].c, TABLES["summary"].c
    kept = (summary.subject == subject, summary.canonical_id == one.id)
    sections = {"name": _kept(form.name, form, form[f"{subject}_id"] == one.id)}
    sections["role"] = _positions(subject, one, POSITION.role, POSITION.role != "")
    other = TABLES["organisation" if subject == "speaker" else "speaker"]
    sections[other.name] = _positions(subject, one, other.c.name, other.c.id == POSITION[f"{other.name}_id"])
    for facet in ("outlet", "conduit", "kind"):
        sections[facet] = _kept(summary.value, summary, *kept, summary.facet == facet)
    sections["claim"] = _claims(subject, one)
    if subject == "speaker":
        sections["co-speaker"] = _beside(one)
    return sections


def _kept(value: ColumnElement[Any], counts: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    """What the store has counted."""
    columns = (counts.quotes, counts.first_published.label("first"), counts.last_published.label("last"))
    return select(value.label("value"), *columns).where(*conditions).order_by(counts.quotes.desc(), value)


def _positions(subject: str, one: Named, value: ColumnElement[Any], condition: ColumnElement[bool]) -> Select[Any]:
    """What is counted of positions, added up by a value."""
    quotes = func.sum(POSITION.quotes)
    period = (func.min(POSITION.first_published).label("first"), func.max(POSITION.last_published).label("last"))
    own = (POSITION[f"{subject}_id"] == one.id, condition)
    statement = select(value.label("value"), quotes.label("quotes"), *period).where(*own).group_by(value)
    return statement.order_by(quotes.desc(), value)


def _counts() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count().label("quotes"),
        func.min(QUOTE.published).label("first"),
        func.max(QUOTE.published).label("last"),
    )


def _claims(subject: str, one: Named) -> Select[Any]:
    """What was said again: the claims with more than one quote."""
    own = (QUOTE[f"canonical_{subject}_id"] == one.id, QUOTE.listed)
    repeated = select(QUOTE.claim_id, func.count().label("n")).where(*own).group_by(QUOTE.claim_id)
    repeated = repeated.having(func.count() > 1).order_by(func.count().desc(), QUOTE.claim_id).limit(MOST)
    chosen = repeated.subquery()
    wording = func.min(QUOTE.id).label("wording")
    joined = TABLES["quote"].join(chosen, chosen.c.claim_id == QUOTE.claim_id)
    found = select(wording, *_counts()).select_from(joined).where(*own).group_by(QUOTE.claim_id).subquery()
    first = TABLES["quote"].alias("first_wording")
    statement = select(first.c.text.label("value"), found.c.quotes, found.c["first"], found.c["last"])
    return statement.join(found, found.c.wording == first.c.id).order_by(found.c.quotes.desc(), first.c.claim_id)


def _beside(one: Named) -> Select[Any]:
    """Who else speaks in the latest `LATEST` documents in which one does."""
    speaker = TABLES["speaker"].c
    mine = select(QUOTE.document_id, QUOTE.published).where(QUOTE.canonical_speaker_id == one.id, QUOTE.listed)
    latest = mine.order_by(QUOTE.published.desc().nulls_last(), QUOTE.id).limit(LATEST).subquery()
    others = (QUOTE.document_id.in_(select(latest.c.document_id)), QUOTE.canonical_speaker_id != one.id, QUOTE.listed)
    joined = TABLES["quote"].join(TABLES["speaker"], speaker.id == QUOTE.canonical_speaker_id)
    statement = select(speaker.name.label("value"), *_counts()).select_from(joined).where(*others)
    return statement.group_by(speaker.id, speaker.name).order_by(func.count().desc(), speaker.name)


def history(engine: Engine, subject: str, name: str, *, limit: int | None = None) -> Iterator[Row]:
    """What was judged of one speaker or organisation, the latest first; what was taken back too."""
    row = METADATA.tables[subject]
    with engine.connect() as connection:
        one = one_named(connection, subject, name)
        members = select(row.c.id).where(row.c.canonical_id == one.id)
        concerns = or_(JUDGEMENT.c.left_id.in_(members), JUDGEMENT.c.right_id.in_(members))
        statement = _judged(subject).where(concerns).order_by(JUDGEMENT.c.id.desc()).limit(limit)
        rows = [dict(judged) for judged in connection.execute(statement).mappings()]
    yield from rows


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
        rows = list(islice(_each_pair_once(dict(row) for row in connection.execute(statement).mappings()), limit))
    yield from rows


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
        joined = joined.outerjoin(identity, identity.c.id == own.c.canonical_id)
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
        and_(one.c.canonical_id == left, other.c.canonical_id == right),
        and_(one.c.canonical_id == right, other.c.canonical_id == left),
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
        members = connection.execute(select(row.id, row.name).where(row.canonical_id == one.id).order_by(row.id)).all()
        return [id_ for id_, full in members if name_key(full) == name_key(name)] or [one.id]
