"""A limit on the processor time that one document may take.

In: a location, and seconds. Out: a context that raises `InputRefused` for that location when they are used up.
Processor time rather than the clock's: a busy machine, a slow disk or somebody who types refuses nothing.

The system's timer interrupts the main thread of a process, worker processes included, and no thread is started for it.
In any other thread, and on Windows, which has no such timer, there is no limit.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

from quotes.errors import InputRefused

SECONDS = 600.0
"""The default: twice what 10 MB take, the most that is read by default, where every sentence is a statement (30 s a
megabyte on a busy core of 2020; an ordinary article takes 0.05 s)."""
AGAIN = 1.0  # seconds after which code that caught everything is interrupted once more


class _Expired(BaseException):
    """Not an `Exception`, which libraries catch and pass over."""


@contextmanager
def limited(location: str, seconds: float) -> Iterator[None]:
    """Raises `InputRefused` when the block takes longer than this."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before, hook = signal.signal(signal.SIGPROF, _expire), sys.unraisablehook
    sys.unraisablehook = partial(_pass_over, hook)
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _Expired:
        raise InputRefused(location, f"took longer than {seconds:g} s; split it, or raise --max-seconds") from None
    finally:
        signal.signal(signal.SIGPROF, before)
        sys.unraisablehook = hook


def _pass_over(hook: Callable[[sys.UnraisableHookArgs], object], unraisable: sys.UnraisableHookArgs) -> None:
    """Says nothing of an interruption that struck where Python drops it, as in a weak reference's callback.

    It is not lost: the next comes `AGAIN` seconds later.
    """
    if not isinstance(unraisable.exc_value, _Expired):
        hook(unraisable)


def _expire(_signal: int, _frame: FrameType | None) -> None:
    raise _Expired
