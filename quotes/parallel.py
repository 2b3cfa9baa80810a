"""A function over many items on several processes: results in the order of the items, a bounded number under way.

In: a function that can be pickled by name, items that can be pickled, a number of processes. Out: the results, lazily.
The standard library's `map` would read all items before the first result (its `buffersize` comes with Python 3.14), and
its processes outlive a parent that was killed; neither would do for a long run over many articles.
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
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

UNDER_WAY = 4
"""Items handed out for each process: enough that none waits for the reader, few enough to hold in memory."""


ALONE_SECONDS = 2.0
"""How long this process works alone: starting others takes about one second, which a few items do not earn back."""


def in_order(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """`function(item)` for each item, in order; in this process at first, and in `jobs` others where there is much."""
    source = iter(items)
    start = time.monotonic()
    for item in source:
        yield function(item)
        if jobs > 1 and time.monotonic() - start > ALONE_SECONDS:
            yield from _on_processes(function, source, jobs)


def _on_processes(function: Callable[[Item], Result], source: Iterator[Item], jobs: int) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")  # a fork would copy the threads of libraries in an unknown state
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker)
    waiting: deque[Future[Result]] = deque()
    try:
        for item in source:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= jobs * UNDER_WAY:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """A worker leaves interruption to its parent, and ends when its parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
