"""No room, a lock, a lost server: errors of the database that no statement is to blame for → what is wrong, what helps.

In: the error of a driver. Out: the sentence, or None for every other error.
"""

from __future__ import annotations

FULL = "cannot be written ({reason}): the disk is full, or a quota or a limit on file sizes (ulimit -f) is reached"
FAILING = (
    "cannot be read or written ({reason}): the disk is full or failing, or a quota or a limit on file sizes "
    "(ulimit -f) is reached"
)
LOCKED = (
    "is locked ({reason}): another program has been writing to it for a minute, such as a second quotes add or "
    "db upgrade, or a database browser with unsaved changes"
)
LOST = "does not answer any more ({reason}): the server was stopped or ended the connection"
UNWRITABLE = "may not be written ({reason}): check your rights to the file and its folder"

SQLITE = {
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": FAILING,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_READONLY": UNWRITABLE,
}
"""By the name of SQLite's error, of which longer names tell more: SQLITE_IOERR_WRITE. A write beyond a limit on file
sizes is an I/O error to SQLite, as a failing disk is."""

POSTGRES = {
    "53100": FULL,  # disk_full
    "55P03": LOCKED,  # lock_not_available
    "25006": UNWRITABLE,  # read_only_sql_transaction
}
"""By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

HELP = {
    FULL: "Make room and run it again",
    FAILING: "Make room and run it again",
    LOCKED: "Let it finish or close it, and run it again",
    LOST: "Run it again when the server is back",
    UNWRITABLE: "Or give another --db",
}


def trouble(error: Exception, name: str, *, lost: bool) -> str | None:
    """What is wrong with the database `name`, and what to do; `lost` where the connection can be used no more."""
    sentence = LOST if lost else _known(error)
    if sentence is None:
        return None
    return f"The database {name} {sentence.format(reason=first_line(error))}. {HELP[sentence]}."


def _known(error: Exception) -> str | None:
    code = str(getattr(error, "sqlite_errorname", ""))
    found = next((sentence for start, sentence in SQLITE.items() if code.startswith(start)), None)
    return found or POSTGRES.get(str(getattr(error, "sqlstate", "")))


def first_line(error: object) -> str:
    """What the driver says, without the hints in the lines after it."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
