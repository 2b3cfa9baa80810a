"""The checks in order, one after the other on one state of the database, and the repair of what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from quotes.errors import DatabaseError
from quotes.store.checks import appearances, counted, joined, reading, references, schema, storage, values
from quotes.store.checks.proof import Check, DocumentCheck, NotProved, Problem, Repair, Rules
from quotes.store.engine import writing

CHECKS: tuple[Check | DocumentCheck, ...] = (
    storage.STORAGE,
    schema.SCHEMA,
    references.REFERENCES,
    values.VALUES,
    reading.TEXTS,
    reading.VERBATIM,
    reading.CLAIMS,
    reading.KINDS,
    reading.ACTS,
    reading.POLARITIES,
    joined.IDENTITIES,
    appearances.PUBLICATIONS,
    appearances.COPIES,
    appearances.LISTED,
    counted.LEFTOVERS,
    joined.LIKENESSES,
    counted.NAMES_CHECK,
    counted.COUNTS_CHECK,
    storage.FULL_TEXT,
)
"""In the order in which they are repaired: what is computed comes after what it is computed from."""
NOT_PROVED = (
    "Not proved, since only the reading of the article knows it: which spans are cue and source, who the speaker is, "
    "role, organisation, conduit, source type and confidences, and whether a quote was missed. `quotes show` lays a "
    "quote beside its text, for a person to judge."
)
SHOWN = 10
"""So many problems of one check are told, the others counted."""


def check(engine: Engine, rules: Rules, only: Collection[str] = ()) -> Iterator[Problem]:
    """Everything that is wrong with the database, the first `SHOWN` of each check; `only` names the checks to make."""
    told: Counter[str] = Counter()
    for problem in _problems(engine, rules, only):
        told[problem.check] += 1
        if told[problem.check] <= SHOWN:
            yield problem
    for name, number in told.items():
        if number > SHOWN:
            yield Problem(name, f"and {number - SHOWN:,} more")


def _problems(engine: Engine, rules: Rules, only: Collection[str]) -> Iterator[Problem]:
    chosen = [one for one in CHECKS if not only or one.name in only]
    of_documents = [one for one in chosen if isinstance(one, DocumentCheck)]
    # One state of the database for all checks: what is added meanwhile would look half done.
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection:
        for one in chosen:
            if isinstance(one, Check):
                yield from found(connection, one, rules)
            elif one is of_documents[0]:
                yield from _found_in_documents(connection, of_documents, rules)


def found(connection: Connection, one: Check, rules: Rules) -> Iterator[Problem]:
    """What a check finds; where it cannot be made, why."""
    attempt = connection.begin_nested()
    try:
        for sentence in one.find(connection, rules):
            yield Problem(one.name, sentence)
    except NotProved as reason:
        yield Problem(one.name, str(reason), damage=False)
    except (DBAPIError, ValueError) as error:
        yield Problem(one.name, _stopped(error))
    finally:
        attempt.rollback()


def _found_in_documents(connection: Connection, checks: list[DocumentCheck], rules: Rules) -> Iterator[Problem]:
    """What the checks of documents find: the documents are read once for all of them."""
    attempt = connection.begin_nested()
    try:
        for document in reading.documents(connection):
            for one in checks:
                for sentence in one.find(document, rules):
                    yield Problem(one.name, sentence)
    except (DBAPIError, ValueError) as error:
        yield from (Problem(one.name, _stopped(error)) for one in checks)
    finally:
        attempt.rollback()


def _stopped(error: Exception) -> str:
    return f"cannot be made: {_reason(error)}"


def _reason(error: Exception) -> str:
    reason = error.orig if isinstance(error, DBAPIError) else error
    return str(reason).strip().splitlines()[0]


def repair(engine: Engine, rules: Rules) -> Iterator[str]:
    """Repairs what is computed from the rest, in one transaction; says what was done, as `name: sentence`.

    Raises `DatabaseError` where pages are damaged: what is computed from them would be wrong too.
    """
    with writing(engine) as connection:
        damaged = [one for one in found(connection, storage.STORAGE, rules) if storage.is_in_pages(one.sentence)]
        if damaged:
            raise DatabaseError(
                f"Nothing is repaired, since pages of the file are damaged ({damaged[0].sentence}). Restore a backup, "
                "or save what can be read: sqlite3 OLD .recover | sqlite3 NEW."
            )
        for one in CHECKS:
            if isinstance(one, Check) and one.repair and _number_found(connection, one, rules):
                yield f"{one.name}: {_repaired(connection, one, one.repair, rules)}"


def _number_found(connection: Connection, one: Check, rules: Rules) -> int:
    return sum(problem.damage for problem in found(connection, one, rules))


def _repaired(connection: Connection, one: Check, mend: Repair, rules: Rules) -> str:
    """What was done. Nothing is deleted while facts are wrong: what seems left over may be what they should say."""
    if one is counted.LEFTOVERS and _are_facts_wrong(connection, rules):
        return "nothing deleted, since what is not computed is wrong too"
    try:
        with connection.begin_nested():
            return mend(connection, rules)
    except (DBAPIError, ValueError) as error:
        return f"cannot be repaired: {_reason(error)}"


def _are_facts_wrong(connection: Connection, rules: Rules) -> bool:
    facts = [one for one in CHECKS if isinstance(one, Check) and not one.repair]
    of_documents = [one for one in CHECKS if isinstance(one, DocumentCheck)]
    wrong = any(_number_found(connection, one, rules) for one in facts)
    return wrong or sum(1 for _ in _found_in_documents(connection, of_documents, rules)) > 0
