from __future__ import annotations

import signal
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from quotes import parallel
from quotes.deadline import limited
from quotes.errors import InputRefused
from quotes.pipeline import extracted
from quotes.records import Document

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of processor time here")


def busy(seconds: float) -> None:
    """Works, and catches what it can, as libraries do."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_what_takes_too_long_is_refused_by_name() -> None:
    reason = r"^a\.txt: took longer than 0\.05 s; split it, or raise --max-seconds$"
    with pytest.raises(InputRefused, match=reason), limited("a.txt", 0.05):
        busy(30)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_is_in_time_passes_and_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with limited("a.txt", 5):
        busy(0.01)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_errors_pass_through() -> None:
    with pytest.raises(ValueError, match="broken"), limited("a.txt", 5):
        raise ValueError("broken")


def test_waiting_is_no_work() -> None:
    with limited("a.txt", 0.05):
        time.sleep(0.2)


def test_other_threads_have_no_limit_and_none_is_started() -> None:
    def unlimited() -> int:
        with limited("a.txt", 0.01):
            busy(0.1)
        return threading.active_count()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(unlimited).result() == threading.active_count()


class Awaited:
    """What is waited for."""


def test_an_interruption_that_python_drops_comes_again_and_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    awaited = Awaited()
    reference = weakref.ref(awaited, lambda _: busy(0.3))  # what is raised in a callback is dropped
    with pytest.raises(InputRefused), limited("a.txt", 0.1):
        del awaited
        busy(30)
    assert reference() is None
    assert told == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_document_is_refused_and_the_others_are_read(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ALONE_SECONDS", 0.0)
    short = [Document(name, "“We will,” said Ann Lee.") for name in ("warm", "a", "b")]
    long = Document("long", "“We will,” said Ann Lee, the mayor of Sark. He had no choice, she said. " * 10_000)
    found = list(extracted([*short, long, *short], jobs=jobs, max_seconds=3))
    assert [str(each) for each in found if isinstance(each, InputRefused)] == [
        "long: took longer than 3 s; split it, or raise --max-seconds"
    ]
    assert [each[0].id for each in found if not isinstance(each, InputRefused)] == ["warm", "a", "b", "warm", "a", "b"]
