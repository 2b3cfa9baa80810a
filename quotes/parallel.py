"""A function over many items on several processes: results in the order of the items, a bounded number under way.

In: a function that can be pickled by name, items that can be pickled, a number of processes. Out: the results, lazily.
The standard library's `map` would read all items before the first result (its `buffersize` comes with Python 3.14), its
processes outlive a parent that was killed, and an interrupted run waits for what they are at (`kill_workers` comes with
Python 3.14, too); none of it would do for a long run over many articles.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

UNDER_WAY = 4
"""Items handed out for each process: enough that none waits for the reader, few enough to hold in memory."""


ALONE_SECONDS = 2.0
"""How long this process works alone: starting others takes about one second, which a few items do not earn back."""


def in_order(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    *,
    at_home: Callable[[Item], bool] = lambda _: False,
) -> Iterator[Result]:
    """`function(item)` for each item, in order; in this process at first, and in `jobs` others where there is much.

    Items that are `at_home` stay in this process: what is done at once is not worth the way.
    """
    source = iter(items)
    start = time.monotonic()
    for item in source:
        yield function(item)
        if jobs > 1 and time.monotonic() - start > ALONE_SECONDS:
            yield from _on_processes(function, source, jobs, at_home)


def _on_processes(
    function: Callable[[Item], Result], source: Iterator[Item], jobs: int, at_home: Callable[[Item], bool]
) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")  # a fork would copy the threads of libraries in an unknown state
    leash, hold = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(leash,))
    waiting: deque[Future[Result]] = deque()
    try:
        for item in source:
            if at_home(item):
                waiting.append(_done(function(item)))
            else:
                with _uninterrupted():
                    waiting.append(pool.submit(function, item))
            if len(waiting) >= jobs * UNDER_WAY:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BaseException:  # interrupted, failed, or nobody wants the rest: what the workers are at is for nothing
        hold.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        hold.close()
        leash.close()


def _done(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until a process is started and counted; the process itself never sees it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(leash: Connection) -> None:
    """A worker leaves interruption to its parent, and ends when its parent does or lets go, whatever it is at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(leash,), daemon=True).start()


def _end_with_parent(leash: Connection) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel, leash])
        os._exit(1)
