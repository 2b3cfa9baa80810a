"""Asks a SQLite file a user's question, in a process that may be killed.

A deadline inside one process does not hold: SQLite looks at its interrupt flag between the steps of a query, and one
step may take hours (`instr` over two long strings is quadratic). So `sqlite_guard` runs as a program of its own. This
module starts it, gives it the query as JSON, reads the rows as JSON Lines, and kills it at the deadline.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.engine import URL

from quotes.errors import DatabaseError, QueryRefused
from quotes.store import sqlite_guard
from quotes.store.readonly_limits import Limits, Rows

LOCK_TIMEOUT = 1.0
"""Seconds to wait for a writer to let go; without WAL one holds the lock for the milliseconds of a commit."""


def query_sqlite(url: URL, sql: str, parameters: Mapping[str, object], limits: Limits) -> Rows:
    """Run one reading statement on the file of `url`."""
    path = database_path(url)
    request = {"uri": f"{path.as_uri()}?mode=ro", "sql": sql, "parameters": encode(parameters), **asdict(limits)}
    with kept_open(path):
        return decode(run_guard(json.dumps(request), limits), limits)


def database_path(url: URL) -> Path:
    """The file of the URL, which must be there."""
    name = url.database
    if not name or name == ":memory:" or name.startswith("file:"):
        raise DatabaseError("Only a database in a file can be asked; give sqlite:///PATH.")
    path = Path(name).absolute()
    if not path.is_file():
        raise DatabaseError(f"There is no database at {path}; make one with `quotes add`, or name another with --db.")
    if not os.access(path, os.R_OK):
        raise DatabaseError(f"You may not read {path}; ask its owner for the right to, or name another with --db.")
    return path


@contextlib.contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """Keep an ordinary connection to the file open meanwhile, which never sees the user's query.

    A WAL database has two files beside it while it is open. A read-only connection would create them and leave them
    behind, and cannot recover what a crashed program left; an ordinary one recovers and, as the last, removes them.
    """
    with contextlib.ExitStack() as stack:
        try:
            connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=LOCK_TIMEOUT)
            stack.callback(connection.close)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            raise DatabaseError(opening_failed(path, error)) from None
        yield


def opening_failed(path: Path, error: sqlite3.Error) -> str:
    """Say why the file cannot be read, and what to try."""
    if "not a database" in str(error):
        return f"{path} is not a SQLite database; name another with --db."
    if "locked" in str(error):
        return f"{path} is locked by another program; try again when that has finished."
    if "unable to open" in str(error) or "readonly" in str(error):
        return (
            f"{path} cannot be opened ({error}): SQLite must be able to write its -wal and -shm files beside it. "
            "Copy the database to a directory of your own and ask it there."
        )
    return f"{path} cannot be read ({error}); check it with `quotes db check`."


def run_guard(request: str, limits: Limits) -> str:
    """Start the guard, give it the request, and return all it wrote; kill it at the deadline."""
    command = [sys.executable, "-I", "-S", str(Path(sqlite_guard.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - the program is ours, and the query is no part of its command line
            command, input=request, capture_output=True, encoding="utf-8", timeout=limits.timeout, check=False
        )
    except subprocess.TimeoutExpired:
        raise QueryRefused(limits.too_slow()) from None
    except OSError as error:
        raise DatabaseError(f"The query needs a process of its own, and {error}; check that you may run it.") from None
    if done.returncode < 0:
        raise QueryRefused("The query was ended by the operating system; ask for fewer rows or shorter values.")
    if done.returncode > 0:
        last_line = done.stderr.rstrip().rpartition("\n")[2]
        raise QueryRefused(f"The query failed ({last_line}); ask for fewer rows or shorter values.")
    return done.stdout


def encode(parameters: Mapping[str, object]) -> dict[str, object]:
    """The parameters as JSON can carry them; a date becomes its ISO text, as the database stores it."""
    plain = (str, int, float, type(None))
    if unfit := [name for name, value in parameters.items() if isinstance(value, bytes)]:
        raise QueryRefused(f"The parameter :{unfit[0]} is bytes; give text, or write x'...' in the query.")
    return {name: _number(value if isinstance(value, plain) else str(value)) for name, value in parameters.items()}


def _number(value: object) -> object:
    """A number written as text, as a number: `count(*) >= '2'` never holds in SQLite; a column takes either."""
    if isinstance(value, str):
        for type_ in (int, float):
            with contextlib.suppress(ValueError):
                if str(type_(value)) == value:
                    return type_(value)
    return value


def decode(output: str, limits: Limits) -> Rows:
    """Read what the guard wrote: the column names, the rows, and how it ended."""
    lines = output.split("\n")
    ending = json.loads(lines[-2])
    if reason := ending.get("refused"):
        raise QueryRefused({"too_long": limits.too_long(), "too_large": limits.too_large()}.get(reason, reason))
    columns = tuple(json.loads(lines[0]))
    rows = [tuple(bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for v in json.loads(x)) for x in lines[1:-2]]
    return Rows(columns, rows, ending["truncated"])
