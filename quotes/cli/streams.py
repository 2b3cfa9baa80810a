"""Standard output that the caller closed, filled or stopped reading: one line and an exit status, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys

from quotes.cli.options import note

BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell tells of a program that was still writing when its reader left


class Output(io.TextIOWrapper):
    """Standard output that keeps the reason why it took no more."""

    failure: OSError | None = None

    def write(self, text: str, /) -> int:
        """As of any stream."""
        try:
            return super().write(text)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """As of any stream."""
        try:
            super().flush()
        except OSError as error:
            self.failure = error
            raise


def watch_output() -> None:
    """Makes standard output an `Output`; one that was closed gets a place where every write fails."""
    if sys.stdout is None:
        os.open(os.devnull, os.O_RDONLY)  # gets the number of standard output, the lowest that is free
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    given = sys.stdout
    if isinstance(given, io.TextIOWrapper):
        encoding, errors, by_line, at_once = given.encoding, given.errors, given.line_buffering, given.write_through
        sys.stdout = Output(given.detach(), encoding, errors, line_buffering=by_line, write_through=at_once)


def lost() -> int:
    """The exit status where standard output takes no more, else 0; what waits to be written is given up."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    failure = getattr(sys.stdout, "failure", None)
    if failure is None:
        return 0
    _give_up()
    if failure.errno == errno.EPIPE:
        return BROKEN_PIPE
    note(f"Error: Standard output cannot be written ({failure.strerror}). Give it another place, or make room.")
    return 1


def _give_up() -> None:
    """What was not written goes nowhere, or Python would try again at its end, and say so."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
