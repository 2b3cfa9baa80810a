"""No question reads a whole table of quotes: the plan of every statement that is sent is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from quotes.query import Wanted, count, counted, quote_in_context, quotes, search, sources_of_claim
from quotes.query.identities import history, profile, speakers, suggestions
from quotes.query.passages import Bearers, bearers, candidates, publications, said_by_them, stored
from tests.store.samples import fill

LARGE = "quote|speaker_name|organisation_name|quote_span|speaker|organisation|publication|name_word|position|summary"


def connected(ask: Callable[..., Any], *given: Any, **named: Any) -> Callable[[Engine], list[Any]]:
    """A question that is asked on a connection."""

    def asked(engine: Engine) -> list[Any]:
        with engine.connect() as connection:
            return [ask(connection, *given, **named)]

    return asked


QUESTIONS: dict[str, Callable[[Engine], Any]] = {
    "all": lambda e: quotes(e, limit=100),
    "a later page": lambda e: quotes(e, limit=100, after=2),
    "by speaker": lambda e: quotes(e, Wanted(speaker=("le bris",)), limit=100),
    "by two speakers": lambda e: quotes(e, Wanted(speaker=("le bris", "moussa")), limit=100),
    "by speaker, sorted": lambda e: quotes(e, Wanted(speaker=("le bris",)), sort="confidence"),
    "by organisation": lambda e: quotes(e, Wanted(organisation=("bridge board",)), limit=100),
    "by outlet": lambda e: quotes(e, Wanted(outlet=("paper",)), limit=100),
    "by conduit": lambda e: quotes(e, Wanted(conduit=("élan",)), limit=100),
    "by day": lambda e: quotes(e, Wanted(since=date(2024, 1, 1), until=date(2024, 3, 3)), limit=100),
    "about": lambda e: quotes(e, Wanted(about="bridge"), limit=100),
    "everything of a speaker": lambda e: quotes(e, Wanted(speaker=("le bris",), everything=True), limit=100),
    "how many of a speaker": lambda e: [count(e, Wanted(speaker=("le bris",)))],
    "sources": lambda e: sources_of_claim(e, "bridge stand", limit=100),
    "sources of a claim": lambda e: sources_of_claim(e, 1),
    "nearest sources": lambda e: sources_of_claim(e, "bridge boats", any_word=True),
    "search": lambda e: search(e, "bridge", limit=100),
    "one quote": lambda e: [quote_in_context(e, 1)],
    "speakers": lambda e: speakers(e, limit=100),
    "speakers about": lambda e: speakers(e, about="bridge", limit=100),
    "a speaker": lambda e: profile(e, "speaker", "le bris"),
    "an organisation": lambda e: profile(e, "organisation", "bridge board"),
    "organisations": lambda e: counted(e, "organisations", limit=100),
    "claims": lambda e: counted(e, "claims", limit=100),
    "documents": lambda e: counted(e, "documents", limit=100),
    "history": lambda e: history(e, "speaker", "le bris"),
    "suggestions": lambda e: suggestions(e, "speaker", "le bris"),
    "candidates of a draft": connected(candidates, ["bridge will stand", "boats"], 40),
    "of a draft's speaker": connected(said_by_them, Bearers(frozenset({1, 2}), frozenset()), limit=40),
    "words of a draft's speaker": connected(
        said_by_them, Bearers(frozenset({1}), frozenset()), '"will stand"', limit=9
    ),
    "documents of candidates": connected(stored, [1, 2]),
    "whom a draft's names fit": connected(bearers, ["le bris", "Bridge Board"]),
    "where documents appeared": connected(publications, [1, 2]),
}


def plans(engine: Engine, ask: Callable[[Engine], Any]) -> Iterator[list[str]]:
    """The plans of all statements that a question sends, each as its lines."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        sent.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    list(ask(engine))
    event.remove(engine, "before_cursor_execute", note)
    asked = [one for one in sent if one[0].lstrip().startswith(("SELECT", "WITH"))]
    assert asked
    with engine.connect() as connection:
        cursor: Any = connection.connection.cursor()
        if engine.dialect.name == "postgresql":
            cursor.execute("SET enable_seqscan = off")  # what is read from end to end now has no index at all
        for statement, given in asked:
            explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{explain} {statement}", given)
            yield [str(row[-1]) for row in cursor.fetchall()]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_table(engine: Engine, name: str) -> None:
    fill(engine)
    scan = re.compile(
        rf"Seq Scan on ({LARGE})\b" if engine.dialect.name == "postgresql" else rf"SCAN ({LARGE})(?! USING)\b"
    )
    whole = [line for lines in plans(engine, QUESTIONS[name]) for line in lines if scan.search(line)]
    assert not whole


def test_a_list_is_read_in_its_order(engine: Engine) -> None:
    fill(engine)
    for name in ("all", "by speaker", "by organisation", "by outlet", "by conduit"):
        walks = [plan for plan in map("\n".join, plans(engine, QUESTIONS[name])) if "ix_quote_list_" in plan]
        assert walks, name
        if engine.dialect.name == "sqlite":
            assert not any("TEMP B-TREE FOR ORDER BY" in plan for plan in walks), name


def test_a_scan_would_be_seen(engine: Engine) -> None:
    fill(engine)
    asked = plans(engine, lambda e: quotes(e, Wanted(min_confidence=0.1), sort="speaker"))
    assert any(re.search(r"Scan .*on quote\b|SCAN quote\b", line) for lines in asked for line in lines)
