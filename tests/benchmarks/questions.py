"""How fast questions are answered at a million quotes, in milliseconds, beside bare SQL that returns the same rows.

    python -m tests.benchmarks.questions DATABASE... [--runs 20]

DATABASE is one that `python -m tests.benchmarks.million` has filled. Each question is asked in process, with other
names and words each time, and so is the bare query; p50 and p95 of both are printed, their ratio, and whether the bar
holds. The milliseconds are wall time, so nothing else should run on the machine.
Then whole commands are timed, and the memory of a process that has asked everything.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from quotes.query import (
    Wanted,
    count,
    counted,
    quote_in_context,
    quotes,
    search,
    sources_of_claim,
)
from quotes.query.identities import profile, speakers
from quotes.store.engine import open_database
from quotes.store.readonly import query

FLAT = """SELECT quote.*, speaker.name, outlet.name FROM quote LEFT JOIN speaker ON speaker.id = canonical_speaker_id
LEFT JOIN outlet ON outlet.id = quote.outlet_id WHERE {} AND listed ORDER BY quote.published DESC, quote.id LIMIT 100"""
COMMAND_BAR, MEMORY_BAR = 600, 100
Ask = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask of a database, with a value that changes, in a bare query too; `bar` is for p95, in ms."""

    name: str
    values: list[Any]
    ask: Ask
    bare: str
    bar: float


@dataclass(frozen=True, slots=True)
class Known:
    """Names and words of a database, rare and frequent ones."""

    frequent: list[tuple[int, str]]
    rare: list[tuple[int, str]]
    bodies: list[tuple[int, str]]
    outlets: list[tuple[int, str]]
    conduits: list[tuple[int, str]]
    common: str
    words: list[str]
    pairs: list[str]
    claims: list[int]
    ids: list[int]


def known(engine: Engine) -> Known:
    """Looks up what can be asked for."""
    with engine.connect() as connection:
        speakers_ = _pairs(connection, "SELECT id, name FROM speaker WHERE quotes > 0 ORDER BY quotes DESC LIMIT 3")
        rare = _pairs(connection, "SELECT id, name FROM speaker WHERE quotes BETWEEN 2 AND 4 ORDER BY id DESC LIMIT 20")
        bodies = _pairs(connection, "SELECT id, name FROM organisation WHERE quotes > 0 ORDER BY quotes DESC LIMIT 20")
        outlets = _pairs(connection, "SELECT id, name FROM outlet ORDER BY id LIMIT 20")
        conduits = _pairs(connection, "SELECT id, name FROM conduit ORDER BY id LIMIT 20")
        texts = [row[0].split() for row in connection.execute(text("SELECT text FROM quote ORDER BY id LIMIT 4000"))]
        claims = _pairs(connection, "SELECT id, quotes FROM claim ORDER BY quotes DESC LIMIT 20")
        most = connection.scalar(text("SELECT max(id) FROM quote")) or 0
    uses = statistics.multimode(word for words in texts for word in words)
    words = sorted({word for found in texts for word in found})
    chance = random.Random(1)
    pairs = [" ".join(found[:2]) for found in chance.sample(texts, 20)]
    ids = [chance.randint(1, most) for _ in range(20)]
    return Known(speakers_, rare, bodies, outlets, conduits, uses[0], chance.sample(words, 20), pairs,
                 [id_ for id_, _ in claims], ids)  # fmt: skip


def _pairs(connection: Connection, statement: str) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in connection.execute(text(statement))]


def questions(engine: Engine, names: Known) -> Iterator[Question]:
    """Everything that is timed."""
    postgres = engine.dialect.name == "postgresql"
    matching = (
        "SELECT id FROM quote WHERE search @@ plainto_tsquery('english', :word)"
        if postgres
        else "SELECT rowid FROM quote_fts WHERE quote_fts MATCH :word"
    )
    none: list[Any] = [None]

    def listed(**wanted: Any) -> Any:
        return list(quotes(engine, Wanted(**wanted), limit=100))

    yield Question("list, no filter", none, lambda _: listed(), FLAT.format("1 = 1"), 20)
    yield Question("list, page 2", none, lambda _: list(quotes(engine, limit=100, offset=100)), FLAT.format("1 = 1")
                   + " OFFSET 100", 20)  # fmt: skip
    yield Question("list --after, anywhere", names.ids, lambda id_: list(quotes(engine, limit=100, after=id_)),
                   FLAT.format("quote.published <= '2019-01-01'"), 20)  # fmt: skip
    by_speaker = FLAT.format("canonical_speaker_id = :id")
    yield Question("list --speaker, rare", names.rare, lambda one: listed(speaker=(one[1],)), by_speaker, 20)
    yield Question("list --speaker, frequent", names.frequent, lambda one: listed(speaker=(one[1],)), by_speaker, 20)
    yield Question("list --organisation", names.bodies, lambda one: listed(organisation=(one[1],)),
                   FLAT.format("canonical_organisation_id = :id"), 20)  # fmt: skip
    yield Question("list --outlet", names.outlets, lambda one: listed(outlet=(one[1],)),
                   FLAT.format("quote.outlet_id = :id"), 20)  # fmt: skip
    yield Question("list --conduit", names.conduits, lambda one: listed(conduit=(one[1],)),
                   FLAT.format("conduit_id = :id"), 20)  # fmt: skip
    about = FLAT.format(f"quote.id IN ({matching})")
    yield Question("list --about, word", names.words, lambda word: listed(about=word), about, 100)
    yield Question("list --about, common word", [names.common], lambda word: listed(about=word), about, 500)
    yield Question("count, no filter", none, lambda _: count(engine), "SELECT count(*) FROM quote WHERE listed", 300)
    stated = f"SELECT quote.* FROM quote WHERE claim_id IN (SELECT claim_id FROM quote WHERE id IN ({matching}))"

    def ask_sources(claim: Any) -> Any:
        return list(sources_of_claim(engine, claim, limit=100))

    yield Question("sources, two words", names.pairs, ask_sources, stated, 100)
    yield Question("sources, common word", [names.common], ask_sources, stated, 500)
    yield Question("sources, claim", names.claims, ask_sources, "SELECT * FROM quote WHERE claim_id = :id", 100)
    ranked = "SELECT * FROM quote WHERE id IN (" + (
        f"{matching} ORDER BY ts_rank_cd(search, plainto_tsquery('english', :word)) DESC LIMIT 100)"
        if postgres
        else f"{matching} ORDER BY rank LIMIT 100)"
    )

    def ask_search(word: str) -> Any:
        return list(search(engine, word, limit=100))

    yield Question("search, word", names.words, ask_search, ranked, 100)
    yield Question("search, common word", [names.common], ask_search, ranked, 500)
    yield Question(
        "show", names.ids, lambda id_: quote_in_context(engine, id_), "SELECT * FROM quote WHERE id = :id", 100
    )
    group = (
        "SELECT {0}, count(*), count(DISTINCT document_id) FROM quote WHERE listed GROUP BY 1 ORDER BY 2 DESC LIMIT 100"
    )
    yield Question("speakers", none, lambda _: list(speakers(engine, limit=100)),
                   group.format("canonical_speaker_id"), 300)  # fmt: skip
    yield Question("speakers --about, phrase", names.pairs, lambda words: list(speakers(engine, about=f'"{words}"',
                   limit=100)), f"SELECT canonical_speaker_id, count(*) FROM quote WHERE id IN ({matching}) GROUP BY 1",
                   300)  # fmt: skip
    one_speaker = "SELECT role, count(*) FROM quote WHERE canonical_speaker_id = :id AND listed GROUP BY 1"

    def show(one: tuple[int, str]) -> Any:
        return list(profile(engine, "speaker", str(one[0])))

    yield Question("speakers show, frequent", names.frequent, show, one_speaker, 300)
    yield Question("speakers show, rare", names.rare, show, one_speaker, 300)
    for what, column in (("organisations", "canonical_organisation_id"), ("claims", "claim_id")):
        ask = partial(counted, engine, what, limit=100)
        yield Question(what, none, lambda _, ask=ask: list(ask()), group.format(column), 300)
    yield Question("documents", none, lambda _: list(counted(engine, "documents", limit=100)),
                   "SELECT * FROM publication ORDER BY published DESC LIMIT 100", 300)  # fmt: skip
    url = engine.url.render_as_string(hide_password=False)
    flat = "SELECT text, published, outlet FROM attributed_quote WHERE speaker = :who LIMIT 100"
    yield Question("sql: WHERE speaker = … on the view", names.rare, lambda one: query(url, flat, {"who": one[1]}),
                   flat.replace(":who", ":name"), 50)  # fmt: skip


def milliseconds(run: Callable[..., Any], *arguments: Any) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    run(*arguments)
    return 1000 * (time.perf_counter() - start)


def bare_rows(connection: Connection, statement: str, given: dict[str, Any]) -> Any:
    """All rows of a query."""
    return connection.execute(text(statement), given).fetchall()


def run_command(line: list[str]) -> None:
    """A whole process; what it prints is thrown away."""
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def bound(value: Any) -> dict[str, Any]:
    """The parameters of a bare query."""
    id_, name = value if isinstance(value, tuple) else (value, value)
    return {"id": id_, "name": name, "word": name}


def measure(engine: Engine, question: Question, runs: int) -> tuple[list[float], list[float]]:
    """Times the question and its bare query in turn, each once before the clock starts."""
    asked, bare = [], []
    used = [name for name in ("id", "name", "word") if f":{name}" in question.bare]
    with engine.connect() as connection:
        for run in range(-1, runs):
            value = question.values[run % len(question.values)]
            given = {name: bound(value)[name] for name in used}
            one = milliseconds(question.ask, value)
            other = milliseconds(bare_rows, connection, question.bare, given)
            if run >= 0:
                asked.append(one)
                bare.append(other)
    return asked, bare


def p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


def peak_memory(url: str) -> int:
    """Asks everything once; the peak resident memory of this process, in MB."""
    engine = open_database(url)
    for question in questions(engine, known(engine)):
        question.ask(question.values[0])
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # getrusage tells the parent's peak, too
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def commands(url: str, names: Known) -> Iterator[tuple[str, list[str]]]:
    """Whole commands, start to exit."""
    yield "quotes list", ["list", "--db", url, "--limit", "100"]
    yield "quotes list --speaker", ["list", "--speaker", names.frequent[0][1], "--db", url, "--limit", "100"]
    yield "quotes search", ["search", names.words[0], "--db", url, "--limit", "100"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("databases", nargs="+")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--memory", action="store_true", help="ask each question once and print the peak memory in MB")
    given = parser.parse_args()
    if given.memory:
        print(peak_memory(given.databases[0]))
        return
    for url in given.databases:
        engine = open_database(url)
        names = known(engine)
        print(f"\n{engine.dialect.name}\n\n| question | p50 | p95 | bare p50 | bare p95 | ratio | bar for p95 | |")
        print("|---|---|---|---|---|---|---|---|")
        for question in questions(engine, names):
            asked, bare = measure(engine, question, given.runs)
            half, bare_half = statistics.median(asked), statistics.median(bare)
            verdict = "holds" if p95(asked) <= question.bar else "FAILS"
            print(f"| {question.name} | {half:.1f} | {p95(asked):.1f} | {bare_half:.1f} | {p95(bare):.1f} | "
                  f"{half / bare_half:.2f} | {question.bar:.0f} | {verdict} |", flush=True)  # fmt: skip
        asking = [sys.executable, "-m", "tests.benchmarks.questions", url, "--memory"]
        peak = subprocess.run(asking, check=True, capture_output=True, text=True).stdout.strip()
        print(f"peak memory of a process that asks every question: {peak} MB, bar {MEMORY_BAR}")
        nothing = [milliseconds(run_command, [sys.executable, "-c", "pass"]) for _ in range(10)]
        print(f"python -c pass: {statistics.median(nothing):.0f} ms")
        for name, arguments in commands(url, names):
            line = [sys.executable, "-m", "quotes", *arguments]
            times = [milliseconds(run_command, line) for _ in range(10)]
            print(f"{name}: p50 {statistics.median(times):.0f} ms, p95 {p95(times):.0f} ms, bar {COMMAND_BAR}")
        engine.dispose()


if __name__ == "__main__":
    main()
