"""The counts of `store.summaries`, computed again from the quotes: where judgements, versions or days have changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    distinct,
    func,
    insert,
    literal,
    select,
    update,
)

from quotes.store.summaries import (
    CLAIM,
    NOTHING,
    PERIOD,
    QUOTE,
    TABLES,
    Count,
    Key,
    forget_words,
    insert_names,
    name_table,
)


def recount(
    connection: Connection, subject: str, rows: Collection[int], key: Callable[[str], str] | None = None
) -> None:
    """Counts all quotes of some identities again: canonical rows, at most a few thousand at once.

    The comparable forms of names are taken from those that stand; `key` gives them where there may be none yet.
    """
    if not rows:
        return
    canonical = QUOTE[f"canonical_{subject}_id"]
    listed = and_(canonical.in_(list(rows)), QUOTE.listed)
    _recount_totals(connection, subject, rows, listed)
    _recountname_table(connection, subject, rows, listed, key)
    _recount_positions(connection, subject, rows, listed)
    _recount_summaries(connection, subject, rows, listed)


def recount_claims(connection: Connection, claims: Collection[int]) -> None:
    """Counts the listed quotes of some claims again."""
    counted = select(func.count()).where(QUOTE.claim_id == CLAIM.c.id, QUOTE.listed)
    these = CLAIM.c.id.in_(list(claims))
    connection.execute(update(CLAIM).where(these).values(quotes=counted.scalar_subquery()))


def _recount_totals(connection: Connection, subject: str, rows: Collection[int], listed: ColumnElement[bool]) -> None:
    table, canonical = TABLES[subject], QUOTE[f"canonical_{subject}_id"]
    connection.execute(update(table).where(table.c.id.in_(list(rows))).values(**NOTHING))
    documents = func.count(distinct(QUOTE.document_id)).label("documents")
    totals = select(canonical.label("row"), documents, *counts())
    found = connection.execute(totals.where(listed).group_by(canonical)).mappings().all()
    if found:
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in NOTHING}
        statement = update(table).where(table.c.id == bindparam("row")).values(**values)
        connection.execute(
            statement, [{"row": row["row"], **{f"new_{name}": row[name] for name in NOTHING}} for row in found]
        )


def _recountname_table(
    connection: Connection,
    subject: str,
    rows: Collection[int],
    listed: ColumnElement[bool],
    key: Callable[[str], str] | None,
) -> None:
    table, owner = name_table(subject)
    mine = table.c[owner].in_(list(rows))
    standing = connection.execute(select(table).where(mine)).mappings().all()
    keys = {row["name"]: row["key"] for row in standing}
    forget_words(connection, subject, standing)
    connection.execute(delete(table).where(mine))
    named = QUOTE[f"{subject}_id"]
    by_row = select(named, *counts()).where(listed).group_by(named)
    shown = {row: counted for row, *counted in connection.execute(by_row)}
    forms: dict[Key, Count] = defaultdict(Count)
    for row, canonical, names in members(connection, subject, rows):
        for form in names:
            forms[canonical, form].add(*shown.get(row, (0, None, None)))
    known = {name: key(name) for _, name in forms} if key else keys
    # A name without a comparable form is one of a document that is being stored, and will be counted with it.
    made = {form: (known[form[1]], count) for form, count in forms.items() if form[1] in known}
    insert_names(connection, subject, made)


def members(connection: Connection, subject: str, rows: Collection[int]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The rows that some identities have in documents: row, canonical row, and the forms of the name there."""
    bearer = TABLES[subject].c
    found = select(bearer.id, bearer.canonical_id, bearer.name, bearer.aliases)
    for row, canonical, name, aliases in connection.execute(
        found.where(bearer.canonical_id.in_(list(rows))).order_by(bearer.id)
    ):
        yield row, canonical, tuple(dict.fromkeys((name, *json.loads(aliases or "[]"))))


def _recount_positions(
    connection: Connection, subject: str, rows: Collection[int], listed: ColumnElement[bool]
) -> None:
    table = TABLES["position"]
    connection.execute(delete(table).where(table.c[f"{subject}_id"].in_(list(rows))))
    body, role = func.coalesce(QUOTE.canonical_organisation_id, 0), func.coalesce(QUOTE.role, "")
    told = and_(QUOTE.canonical_speaker_id.is_not(None), (body != 0) | (role != ""))
    found = select(QUOTE.canonical_speaker_id, body, role, *counts()).where(listed, told)
    grouped = found.group_by(QUOTE.canonical_speaker_id, QUOTE.canonical_organisation_id, QUOTE.role)
    names = ["speaker_id", "organisation_id", "role", "quotes", *PERIOD]
    connection.execute(insert(table).from_select(names, grouped))


def _recount_summaries(
    connection: Connection, subject: str, rows: Collection[int], listed: ColumnElement[bool]
) -> None:
    table = TABLES["summary"]
    connection.execute(delete(table).where(table.c.subject == subject, table.c.canonical_id.in_(list(rows))))
    canonical = QUOTE[f"canonical_{subject}_id"]
    for facet in ("outlet", "conduit", "kind"):
        joined: Any = TABLES["quote"]
        value: ColumnElement[Any] = QUOTE.kind
        if facet != "kind":
            other = TABLES[facet]
            joined, value = joined.join(other, other.c.id == QUOTE[f"{facet}_id"]), other.c.name
        found = select(literal(subject), canonical, literal(facet), value, *counts()).select_from(joined)
        names = ["subject", "canonical_id", "facet", "value", "quotes", *PERIOD]
        connection.execute(insert(table).from_select(names, found.where(listed).group_by(canonical, value)))


def counts() -> tuple[ColumnElement[Any], ...]:
    """How many quotes, and from which day to which."""
    return (
        func.count().label("quotes"),
        func.min(QUOTE.published).label("first_published"),
        func.max(QUOTE.published).label("last_published"),
    )
