from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from quotes import parallel
from quotes.errors import InputRefused
from quotes.pipeline import documents, extracted
from tests.synthetic import write_articles


def double(number: int) -> tuple[int, int]:
    return number * 2, os.getpid()


def fail(number: int) -> int:
    if number == 30:
        raise ValueError("thirty")
    return number


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ALONE_SECONDS", 0.0)


def test_results_come_in_order_from_several_processes() -> None:
    found = list(parallel.in_order(double, range(100), 2))
    assert [value for value, _ in found] == [number * 2 for number in range(100)]
    assert len({process for _, process in found}) > 1


def test_one_job_stays_in_this_process() -> None:
    assert {process for _, process in parallel.in_order(double, range(100), 1)} == {os.getpid()}


def test_items_are_read_as_they_are_needed() -> None:
    taken = itertools.count()
    results = parallel.in_order(double, (next(taken) for _ in range(10_000)), 2)
    for _ in range(20):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert next(taken) < 100


def test_an_error_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="thirty"):
        list(parallel.in_order(fail, range(100), 2))


def test_quotes_are_the_same_for_one_job_and_for_two(tmp_path: Path) -> None:
    articles = str(write_articles(tmp_path / "articles.jsonl", 40))
    (tmp_path / "empty.txt").write_text("")
    targets = [articles, str(tmp_path / "empty.txt"), articles]
    one, two = ([repr(found) for found in extracted(documents(targets), jobs=jobs)] for jobs in (1, 2))
    assert one == two
    assert len(one) == 81


def test_a_refusal_travels_between_processes() -> None:
    refusals = [InputRefused(f"{name}.txt", "is empty") for name in "abc"]
    assert list(parallel.in_order(str, refusals, 2)) == ["a.txt: is empty", "b.txt: is empty", "c.txt: is empty"]


def test_no_process_outlives_a_killed_parent(tmp_path: Path) -> None:
    program = (
        "from quotes import parallel; from tests.test_parallel import double; parallel.ALONE_SECONDS = 0\n"
        "if __name__ == '__main__':\n"
        "    for n, _ in parallel.in_order(double, iter(int, 1), 2): print(n, flush=True)"
    )
    script = tmp_path / "endless.py"
    script.write_text(program)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        for _ in range(50):
            process.stdout.readline()
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    assert len(children) >= 2
    deadline = time.monotonic() + 20
    while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)
