"""What is computed from quotes and names: the names that rows are found by, all counts, and rows nothing points at.

Each is computed again by the database and compared as a whole, both ways round, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from sqlalchemy import Connection, text

from quotes.store.checks.proof import SUBJECTS, Check, Rules, rows
from quotes.store.checks.values import bad_aliases
from quotes.store.pending import count_all
from quotes.store.summaries import NOTHING
from quotes.store.tables import METADATA

TABLES = METADATA.tables
DAYS = "min(published), max(published)"
EACH = {
    "sqlite": "json_each.value FROM {subject}, json_each(aliases)",
    "postgresql": "form.value FROM {subject}, json_array_elements_text(CAST(aliases AS json)) AS form",
}
FORMS = (
    "WITH form AS (SELECT id, canonical_id, name FROM {{subject}} UNION SELECT {{subject}}.id, canonical_id, {each} "
    "WHERE aliases IS NOT NULL), shown AS (SELECT {{subject}}_id AS id, count(*) AS quotes, min(published) AS first, "
    "max(published) AS last FROM quote WHERE listed AND {{subject}}_id IS NOT NULL GROUP BY {{subject}}_id) "
    "SELECT canonical_id, name, coalesce(sum(quotes), 0), min(first), max(last) FROM form "
    "LEFT JOIN shown ON shown.id = form.id GROUP BY canonical_id, name"
)
NAMES = "SELECT {subject}_id, name, quotes, first_published, last_published FROM {subject}_name"

COUNTS: Mapping[str, tuple[str, str]] = {
    "claim {0}": (
        "SELECT claim_id, count(*) FROM quote WHERE listed GROUP BY claim_id",
        "SELECT id, quotes FROM claim WHERE quotes <> 0",
    ),
    "position of speaker {0} at organisation {1}, role “{2}”": (
        f"SELECT canonical_speaker_id, coalesce(canonical_organisation_id, 0), coalesce(role, ''), count(*), {DAYS} "
        "FROM quote WHERE listed AND canonical_speaker_id IS NOT NULL AND (canonical_organisation_id IS NOT NULL "
        "OR coalesce(role, '') <> '') GROUP BY 1, 2, 3",
        "SELECT speaker_id, organisation_id, role, quotes, first_published, last_published FROM position",
    ),
}
OF_SUBJECT: Mapping[str, tuple[str, str]] = {
    "{subject} {0}": (
        f"SELECT canonical_{{subject}}_id, count(*), count(DISTINCT document_id), {DAYS} FROM quote "
        "WHERE listed AND canonical_{subject}_id IS NOT NULL GROUP BY canonical_{subject}_id",
        "SELECT id, quotes, documents, first_published, last_published FROM {subject} WHERE quotes <> 0 "
        "OR documents <> 0 OR first_published IS NOT NULL OR last_published IS NOT NULL",
    ),
}
FACETS = {"outlet": "outlet.name", "conduit": "conduit.name", "kind": "quote.kind"}


def find_unnamed(connection: Connection, rules: Rules) -> Iterator[str]:
    """Names under which rows are not found, or are found and should not be."""
    for subject in SUBJECTS:
        forms = FORMS.format(each=EACH[connection.dialect.name]).format(subject=subject)
        for row, name in _differing(connection, forms, NAMES.format(subject=subject), 2):
            yield f"name “{name}” of {subject} {row} is missing, too many or counted wrongly"
        for row in rows(connection, f"SELECT id, name, key FROM {subject}_name"):
            if rules.naming.key(row.name) != row.key:
                yield f"{subject}_name {row.id}, “{row.name}”, is compared as “{row.key}”"
        keys = rows(connection, f"SELECT id, key FROM {subject}_name ORDER BY id")
        yield from _bad_words(connection, subject, ((row.id, row.key) for row in keys))
    for subject in ("outlet", "conduit"):
        names = rows(connection, f"SELECT id, name FROM {subject} ORDER BY id")
        yield from _bad_words(connection, subject, ((row.id, rules.naming.key(row.name)) for row in names))


def _bad_words(connection: Connection, subject: str, keys: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Names of which the index has other words than theirs; both come in order of their numbers."""
    query = f"SELECT name_id, word FROM name_word WHERE subject = '{subject}' ORDER BY 1"
    found = groupby(rows(connection, query), lambda row: int(row.name_id))
    indexed = ((number, {row.word for row in group}) for number, group in found)
    there = next(indexed, None)
    for row, key in keys:
        while there and there[0] < row:
            yield f"words of {subject} name {there[0]} are indexed, and there is no such name"
            there = next(indexed, None)
        words: set[str] = set()
        if there and there[0] == row:
            words, there = there[1], next(indexed, None)
        if words != set(key.split()):
            yield f"{subject} name {row} is not found by its words"
    while there:
        yield f"words of {subject} name {there[0]} are indexed, and there is no such name"
        there = next(indexed, None)


def find_miscounted(connection: Connection, _: Rules) -> Iterator[str]:
    """Counts that are not what counting gives."""
    queries = dict(COUNTS)
    for subject in SUBJECTS:
        pair = OF_SUBJECT["{subject} {0}"]
        queries[f"{subject} {{0}}"] = (pair[0].format(subject=subject), pair[1].format(subject=subject))
        for facet, value in FACETS.items():
            stored = (
                "SELECT canonical_id, value, quotes, first_published, last_published FROM summary "
                f"WHERE subject = '{subject}' AND facet = '{facet}'"
            )
            queries[f"summary of {subject} {{0}} by {facet} “{{1}}”"] = (_summary(subject, facet, value), stored)
    for name, (computed, stored) in queries.items():
        keys = name.count("{")
        for row in _differing(connection, computed, stored, keys):
            yield f"{name.format(*row)} is missing, too many or counted wrongly"


def _summary(subject: str, facet: str, value: str) -> str:
    joined = "" if facet == "kind" else f"JOIN {facet} ON {facet}.id = quote.{facet}_id"
    return (
        f"SELECT canonical_{subject}_id, {value}, count(*), {DAYS} FROM quote {joined} "
        f"WHERE listed AND canonical_{subject}_id IS NOT NULL GROUP BY 1, 2"
    )


def _differing(connection: Connection, computed: str, stored: str, keys: int) -> Iterator[tuple[object, ...]]:
    """The keys, the first columns, of rows that are computed and not stored, or stored and not computed."""
    seen: tuple[object, ...] | None = None
    for one, other in ((computed, stored), (stored, computed)):
        query = f"SELECT * FROM ({one}) AS one EXCEPT SELECT * FROM ({other}) AS other"
        for row in rows(connection, query):
            if tuple(row[:keys]) != seen:
                seen = tuple(row[:keys])
                yield seen


def repair_counts(connection: Connection, rules: Rules) -> str:
    """Counts everything again, and makes every name findable, from nothing."""
    for subject in SUBJECTS:
        for bad in bad_aliases(connection, subject):
            raise ValueError(bad)
        nothing = ", ".join(f"{name} = {'NULL' if value is None else value}" for name, value in NOTHING.items())
        connection.execute(text(f"UPDATE {subject} SET {nothing} WHERE canonical_id <> id"))
    count_all(connection, rules.naming)
    return "names and counts computed again"


LEFT = {
    "outlet": "id NOT IN (SELECT outlet_id FROM publication WHERE outlet_id IS NOT NULL)",
    "conduit": "id NOT IN (SELECT conduit_id FROM quote WHERE conduit_id IS NOT NULL)",
    "claim": "id NOT IN (SELECT claim_id FROM quote)",
    "speaker": (
        "id NOT IN (SELECT speaker_id FROM quote WHERE speaker_id IS NOT NULL) "
        "AND id NOT IN (SELECT member_id FROM group_member)"
    ),
    "organisation": "id NOT IN (SELECT organisation_id FROM quote WHERE organisation_id IS NOT NULL)",
    "likeness": (
        "id NOT IN (SELECT likeness_id FROM speaker WHERE likeness_id IS NOT NULL) "
        "AND id NOT IN (SELECT likeness_id FROM organisation WHERE likeness_id IS NOT NULL)"
    ),
}
"""Rows that nothing points at, by table."""
UNJUDGED = (
    "AND id NOT IN (SELECT left_id FROM judgement WHERE subject = '{0}') "
    "AND id NOT IN (SELECT right_id FROM judgement WHERE subject = '{0}' AND right_id IS NOT NULL)"
)
ALONE = "AND id NOT IN (SELECT canonical_id FROM {0} WHERE canonical_id <> id)"


def find_left(connection: Connection, _: Rules) -> Iterator[str]:
    """Rows of names and claims that no quote or document has."""
    for table, condition in LEFT.items():
        for row in rows(connection, f"SELECT id FROM {table} WHERE {condition}"):
            yield f"{table} {row.id} is pointed at by nothing"


def repair_left(connection: Connection, _: Rules) -> str:
    """Deletes them, except those that somebody has judged about."""
    for table, condition in LEFT.items():
        kept = UNJUDGED.format(table) if table in (*SUBJECTS, "claim") else ""
        kept += ALONE.format(table) if table in SUBJECTS else ""
        if table in SUBJECTS:
            names = f"{table}_id IN (SELECT id FROM {table} WHERE {condition} {kept})"
            connection.execute(text(f"DELETE FROM {table}_name WHERE {names}"))
        connection.execute(text(f"DELETE FROM {table} WHERE {condition} {kept}"))
    return "rows that nothing points at deleted, but for those that a judgement is about"


NAMES_CHECK = Check(
    "names", "speakers, organisations, outlets and conduits are found by all words of all their names", find_unnamed,
    repair_counts,
)  # fmt: skip
COUNTS_CHECK = Check("counts", "all that is counted is what counting the quotes gives", find_miscounted, repair_counts)
LEFTOVERS = Check("leftovers", "every outlet, conduit, claim and name belongs to something", find_left, repair_left)
