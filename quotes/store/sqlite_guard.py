"""The program that runs a user's query on SQLite: a request on standard input, rows on standard output, nothing else.

It is a program of its own, started by path and importing only the standard library, so that it starts fast, can be
killed, and can give up rights for good before it sees the query. The walls, from the outside in:

- the operating system lets it write no byte to any file, and no more memory than `MAX_MEMORY`;
- the file is opened with mode=ro and query_only;
- the authorizer allows reading, the functions of `FUNCTIONS`, and the PRAGMAs that only tell: all else is denied while
  the statement is compiled, ATTACH, VACUUM INTO, BEGIN and load_extension among it;
- the limits of SQLite itself: length of a value, of the query, of a pattern; depth, width, number of parts;
- the driver compiles one statement only.

In: one JSON object (uri, sql, parameters, timeout, max_rows, max_length, max_answer). Out: JSON Lines: the list of
columns, a list for each row (bytes as {"hex": ...}), and last {"truncated": bool} or {"refused": reason}.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import resource
import sqlite3
import sys
from typing import Any

MAX_MEMORY = 2**30
"""Bytes of address space. The process has 40 MB before it begins; sorting 1,000,000 rows of 300 bytes takes 400 MB."""

SQLITE_LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 400_000,  # bytes: MAX_QUERY_LENGTH characters in UTF-8
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

FUNCTION_NAMES = """
    abs char changes coalesce concat concat_ws format glob hex if ifnull iif instr last_insert_rowid length like
    likelihood likely lower ltrim max min nullif octet_length printf quote random randomblob regexp replace round rtrim
    sign soundex sqlite_source_id sqlite_version sqlite_compileoption_get sqlite_compileoption_used subtype substr
    substring total_changes trim typeof unhex unicode unistr unistr_quote unlikely upper zeroblob
    avg count group_concat median percentile percentile_cont percentile_disc string_agg sum total
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
    date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp
    acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power
    radians sin sinh sqrt tan tanh trunc
    json json_array json_array_insert json_array_length json_error_position json_extract json_group_array
    json_group_object json_insert json_object json_patch json_pretty json_quote json_remove json_replace json_set
    json_type json_valid
    jsonb jsonb_array jsonb_array_insert jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert jsonb_object
    jsonb_patch jsonb_remove jsonb_replace jsonb_set -> ->>
    match bm25 highlight snippet
"""
FUNCTIONS = frozenset(FUNCTION_NAMES.split())
"""The functions that compute and do nothing else, as SQLite documents them, with those of FTS5 in the last line."""

TELLING_PRAGMAS = frozenset(
    {
        "collation_list",
        "compile_options",
        "database_list",
        "foreign_key_list",
        "function_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "module_list",
        "pragma_list",
        "table_info",
        "table_list",
        "table_xinfo",
    }
)
"""PRAGMAs that tell about what they are given, and change nothing whatever it is."""

TELLING_ALONE = frozenset(
    {
        "application_id",
        "data_version",
        "encoding",
        "freelist_count",
        "page_count",
        "page_size",
        "schema_version",
        "user_version",
    }
)
"""PRAGMAs that tell when they stand alone; with an argument most of them set. FTS5 itself asks for data_version."""

ACTIONS = {
    sqlite3.SQLITE_ATTACH: "ATTACH, which may create a file",
    sqlite3.SQLITE_DETACH: "DETACH",
    sqlite3.SQLITE_DELETE: "DELETE",
    sqlite3.SQLITE_INSERT: "INSERT",
    sqlite3.SQLITE_UPDATE: "UPDATE",
    sqlite3.SQLITE_TRANSACTION: "a transaction of its own",
    sqlite3.SQLITE_SAVEPOINT: "a transaction of its own",
    sqlite3.SQLITE_ANALYZE: "ANALYZE",
    sqlite3.SQLITE_REINDEX: "REINDEX",
}


class Refused(Exception):
    """The query cannot be answered; its text is the reason for the user, or the name of a limit."""


class Bindings(dict[str, object]):
    """The parameters; those that the query asks for and nobody gave are noted and bound as NULL."""

    def __init__(self, given: dict[str, object]) -> None:
        super().__init__(given)
        self.missing: list[str] = []

    def __missing__(self, name: str) -> None:
        self.missing.append(name)


class Authorizer:
    """Decides on each thing that a statement would do, while SQLite compiles it; remembers what it denied."""

    def __init__(self) -> None:
        self.denied: str | None = None

    def __call__(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        """Answer SQLite: what is to be done, on what, and (not asked here) in which database, by which trigger."""
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if (action, first) == (sqlite3.SQLITE_UPDATE, "sqlite_master"):
            # SQLite asks this when it declares a virtual table, FTS5's or pragma_table_info's, and changes nothing; an
            # UPDATE that a user writes never comes here: "table sqlite_master may not be modified" (seen with 3.40)
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            return self.decide((second or "").lower() in FUNCTIONS, f"the function {second}")
        if action == sqlite3.SQLITE_PRAGMA:
            name = (first or "").lower()
            telling = name in TELLING_PRAGMAS or (name in TELLING_ALONE and second is None)
            return self.decide(telling, f"PRAGMA {name}" + (" with a value" if name in TELLING_ALONE else ""))
        return self.decide(False, ACTIONS.get(action, "a change of the schema"))

    def decide(self, allowed: bool, what: str) -> int:
        """The answer; the first thing denied is kept for the refusal."""
        if allowed:
            return sqlite3.SQLITE_OK
        self.denied = self.denied or what
        return sqlite3.SQLITE_DENY


def give_up_rights(timeout: float) -> None:
    """Let the operating system refuse writes and endless memory, and end the process if nobody is left to kill it."""
    seconds = math.ceil(timeout) + 1
    for limit, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MAX_MEMORY),
    ):
        with contextlib.suppress(ValueError, OSError):  # it is lower already, or this system has no such limit
            resource.setrlimit(limit, (most, most))


def open_guarded(uri: str, max_length: int, authorizer: Authorizer) -> sqlite3.Connection:
    """Open the file so that it can only be read, and put the authorizer in place."""
    connection = sqlite3.connect(uri, uri=True, timeout=1.0, isolation_level=None, cached_statements=0)
    for setting in ("query_only = 1", "trusted_schema = 0", "temp_store = MEMORY", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    for limit, most in SQLITE_LIMITS.items():
        connection.setlimit(limit, most)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max_length)
    connection.set_authorizer(authorizer)
    return connection


def answer(request: dict[str, Any]) -> dict[str, object]:
    """Write the columns and rows; return the ending."""
    authorizer = Authorizer()
    bindings = Bindings(request["parameters"])
    connection = open_guarded(request["uri"], request["max_length"], authorizer)
    connection.set_progress_handler(lambda: bool(bindings.missing), 10_000)  # a parameter is missing: do not begin
    try:
        cursor = connection.execute(request["sql"], bindings)
        refuse_missing(bindings)
        if cursor.description is None:
            raise Refused("There is no statement in the query; begin it with SELECT.")
        return write_rows(cursor, request["max_rows"], request["max_answer"])
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError, MemoryError) as error:
        refuse_missing(bindings)
        raise Refused(explain(error, authorizer.denied)) from None


def refuse_missing(bindings: Bindings) -> None:
    """Refuse if the query asks for parameters that nobody gave."""
    if bindings.missing:
        names = sorted(set(bindings.missing))
        raise Refused(f"The query needs {', '.join(f':{n}' for n in names)}; give it with -p {names[0]} VALUE.")


def write_rows(cursor: sqlite3.Cursor, max_rows: int | None, max_answer: int) -> dict[str, object]:
    """Write the columns and at most `max_rows` rows, and say whether there were more."""
    sys.stdout.write(json.dumps([column[0] for column in cursor.description]) + "\n")
    written = 0
    for row in itertools.islice(cursor, max_rows):
        line = json.dumps(row, default=lambda value: {"hex": value.hex()})
        written += len(line)
        if written > max_answer:
            raise Refused("too_large")
        sys.stdout.write(line + "\n")
    return {"truncated": cursor.fetchone() is not None}


def explain(error: Exception, denied: str | None) -> str:
    """Turn an error of the driver into a sentence for the user."""
    said = " ".join(str(error).split())
    if denied:
        return f"The query may only read, and this one uses {denied}; ask with SELECT."
    if isinstance(error, MemoryError) or "out of memory" in said:
        return f"The query needs more than {MAX_MEMORY:,} bytes of memory; ask for fewer rows or shorter values."
    if "too big" in said:
        return "too_long"
    if "one statement at a time" in said:
        return "The query holds several statements; ask them one by one."
    if "no name" in said:
        return "The query uses ? as a parameter; give it a name, as in :name, and fill it with -p name VALUE."
    if isinstance(error, UnicodeError):
        return "The query or a parameter is not valid Unicode; type it again."
    if "no such" in said:
        return f"SQLite says: {said}. `quotes sql --schema` lists what can be asked."
    return f"SQLite says: {said}. Mend the query and ask again."


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    give_up_rights(request["timeout"])
    try:
        ending = answer(request)
    except Refused as refused:
        ending = {"refused": str(refused)}
    sys.stdout.write(json.dumps(ending) + "\n")


if __name__ == "__main__":
    main()
