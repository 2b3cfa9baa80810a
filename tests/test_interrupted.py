"""`quotes add`, killed at any moment and run again, ends in the database of an undisturbed run; Ctrl-C ends it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import Engine, literal, text

from quotes.pipeline import add, problems
from quotes.store.engine import connect, open_database
from quotes.store.tables import METADATA
from tests.synthetic import write_articles

DOCUMENTS = 200
KILLS = 50
PROGRAM = [sys.executable, "-c", "from quotes.cli import main; main()"]
NOT_COMPARED = {"id", "added_at", "extracted_at", "judged_at", "withdrawn_at"}


def content(engine: Engine) -> dict[str, list[Any]]:
    """All that is stored, without numbers and times: on PostgreSQL a transaction undone leaves a gap in the numbers."""
    found: dict[str, list[Any]] = {}
    with engine.connect() as connection:
        view = connection.execute(text("SELECT * FROM attributed_quote")).mappings().all()
        found["view"] = sorted(repr([shown(v) for k, v in row.items() if not k.endswith("_id")]) for row in view)
        for name, table in METADATA.tables.items():
            columns = [c for c in table.c if c.name not in NOT_COMPARED and not c.name.endswith("_id")] or [literal(1)]
            found[name] = sorted(
                repr(tuple(row)) for row in connection.execute(table.select().with_only_columns(*columns))
            )
    return found


def shown(value: Any) -> str:
    """A value of the view, which has no types on SQLite."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def stored(engine: Engine) -> int:
    """How many documents are in; none where the tables are not there yet."""
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM document")) or 0
    except Exception:
        return 0


def test_killed_at_fifty_moments_and_run_again(database_url: str, tmp_path: Path) -> None:
    articles = str(write_articles(tmp_path / "articles.jsonl", DOCUMENTS))
    undisturbed = open_database(str(tmp_path / "undisturbed.db"), create=True)
    add(undisturbed, [articles])
    chance = random.Random(7)
    # The first kills fall anywhere in the start, the creation of the tables included; the others each past a document
    # of their own, so that they spread over the whole run.
    moments = [0] * 10 + sorted(chance.sample(range(1, DOCUMENTS - 1), KILLS - 10))
    engine = connect(database_url)
    killed = 0
    for moment in moments:
        with subprocess.Popen([*PROGRAM, "add", articles, "--db", database_url], stderr=subprocess.DEVNULL) as process:
            if moment == 0:
                time.sleep(chance.uniform(0.05, 1.5))
            while moment and process.poll() is None and stored(engine) < moment:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            killed += process.poll() is None
            process.kill()
    assert killed >= KILLS * 0.8, "too few runs were killed in the middle to show anything"
    last = subprocess.run([*PROGRAM, "add", articles, "--db", database_url], capture_output=True, text=True, check=True)
    assert "refused" not in last.stderr
    assert content(engine) == content(undisturbed)
    assert list(problems(engine)) == []
    engine.dispose()
    undisturbed.dispose()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_workers_in_the_middle_of_their_work(tmp_path: Path, times: int) -> None:
    long = "“We will,” said Ann Lee, the mayor of Sark. He had no choice, she said.\n" * 5_000
    lines = [json.dumps({"id": "short", "text": "“We will,” said Ann Lee."}), *[json.dumps({"text": long})] * 8]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines))
    program = "from quotes import cli, parallel; parallel.ALONE_SECONDS = 0; cli.main()"
    command = [sys.executable, "-c", program, "extract", str(tmp_path / "articles.jsonl"), "--jobs", "2"]
    errors = tmp_path / "errors.txt"
    with (
        errors.open("w") as stderr,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True) as process,
    ):
        parent = psutil.Process(process.pid)
        # Two workers and the helper that Python starts with them, long enough for both to be at work.
        until(lambda: sum(child.cpu_times().user > 2 for child in parent.children()) >= 2, 120)
        children = parent.children(recursive=True)
        for _ in range(times):
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
            time.sleep(0.05)
        assert process.wait(timeout=20) == 130
    until(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children), 20)
    assert "Traceback" not in errors.read_text()


def until(true: Callable[[], bool], seconds: float) -> None:
    """Waits until something is true, no longer than this."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)
