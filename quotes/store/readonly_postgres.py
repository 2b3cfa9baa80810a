"""Asks a PostgreSQL database a user's question, in a transaction that can only read and is always rolled back.

The walls, in the order in which a query meets them:

- its first word is SELECT, WITH, VALUES, TABLE, SHOW or EXPLAIN of one of these;
- no word in it names a function that may act (volatile in the server's own catalogue, which is how PostgreSQL marks
  pg_sleep, set_config, pg_read_file, lo_export, pg_terminate_backend and 200 others), wherever the word stands: in
  quotation marks or in a string it may be a call too;
- a connection of its own, in a READ ONLY transaction that has run a statement, so that it cannot become READ WRITE;
- it is declared as a cursor, whose grammar has room for one reading statement only, and sent by the extended protocol,
  which takes no second statement after a semicolon;
- nothing is ever committed;
- statement_timeout on the server, a cancel from here at the deadline, and after that the end of the connection.

What remains: a few functions of the server look at no interrupt, neither a cancel nor pg_terminate_backend: LIKE and
ILIKE with a pattern of many wildcards over a long text, and the comparison of arrays (&&, @>) with a million elements.
The user is answered a second after the deadline, while the server works on until the function ends. A superuser can
still read what the server can read, and a function that somebody made and marked stable is believed. The wall that
needs no trust in this module is a role that may only SELECT: `ROLE_SQL` makes one.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL

from quotes.errors import DatabaseError, QueryRefused
from quotes.store.readonly_limits import Limits, Rows
from quotes.store.sql_words import name_parameters, statement_start, words
from quotes.store.trouble import trouble

if TYPE_CHECKING:
    import psycopg

ROLE_SQL = """\
CREATE ROLE quotes_reader LOGIN PASSWORD 'choose your own' CONNECTION LIMIT 10;
ALTER ROLE quotes_reader SET default_transaction_read_only = on;
ALTER ROLE quotes_reader SET statement_timeout = '5s';
ALTER ROLE quotes_reader SET temp_file_limit = '1GB';
REVOKE TEMPORARY ON DATABASE quotes FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE quotes TO quotes_reader;
GRANT USAGE ON SCHEMA public TO quotes_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO quotes_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO quotes_reader;
"""
"""What an administrator runs once, in the database `quotes` and as the owner of its tables, to make a role that may
only read; `quotes sql --db postgresql://quotes_reader@HOST/quotes` then asks with it."""

CONNECT_TIMEOUT = 10
GRACE = 1.0
"""Seconds between asking the server to cancel and closing the connection on it."""

READING = frozenset({"select", "with", "values", "table"})
PLAIN = frozenset({"explain", "show"})

EXPLAINED = re.compile(
    r"explain\s+((analyze|verbose)\s+)*(\([^()]*\)\s*)?(?P<query>[(\s]*(select|with|values|table)\b)", re.I
)

HARMLESS_NAMES = """
    array_sample array_shuffle bernoulli clock_timestamp current_query gen_random_uuid pg_database_size pg_indexes_size
    pg_is_in_recovery pg_relation_size pg_table_size pg_total_relation_size random random_normal system timeofday
    uuidv4 uuidv7
"""
VOLATILE_AND_HARMLESS = frozenset(HARMLESS_NAMES.split())
"""Marked volatile because the answer changes from call to call, not because they do anything."""

NEVER_NAMES = """
    connectby crosstab crosstab2 crosstab3 crosstab4 crosstabn xpath_table
    pg_current_xact_id txid_current
    pg_authid pg_shadow pg_subscription pg_user_mapping pg_user_mappings
"""
NEVER = frozenset(NEVER_NAMES.split())
"""Functions marked stable that run SQL given as text; those that use up a transaction number; tables of passwords."""

PREPARE_TRANSACTION = """
    SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true),
           set_config('idle_in_transaction_session_timeout', $2, true),
           set_config('standard_conforming_strings', 'on', true), set_config('cursor_tuple_fraction', '1', true)
"""

ACTING_FUNCTIONS = """
    SELECT DISTINCT proname FROM pg_catalog.pg_proc
    WHERE provolatile = 'v' AND proname = ANY($1::name[])
      AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
    ORDER BY proname
"""


def query_postgres(url: URL, sql: str, parameters: Mapping[str, object], limits: Limits) -> Rows:
    """Run one reading statement on the database of `url`."""
    refuse_statement(sql)
    translated, names = name_parameters(sql)
    if missing := sorted(set(names) - set(parameters)):
        needed = ", ".join(f":{name}" for name in missing)
        raise QueryRefused(f"The query needs {needed}; give it with -p {missing[0]} VALUE.")
    values = [parameters[name] for name in names]
    deadline = time.monotonic() + limits.timeout
    connection = connect(url)
    import psycopg

    try:
        with ended_at(connection, deadline):
            prepare(connection, sql, limits)
            return fetch(connection, translated, values, limits)
    except psycopg.Error as error:
        if connection.closed and time.monotonic() < deadline:
            reason = trouble(error, url.render_as_string(hide_password=True), lost=True)
            raise DatabaseError(reason) from None
        raise QueryRefused(explain(error, limits, deadline)) from None
    except UnicodeError:
        raise QueryRefused("The query or a parameter is not valid Unicode; type it again.") from None
    finally:
        connection.close()  # without a commit: the server rolls back


def refuse_statement(sql: str) -> None:
    """Refuse what does not begin as a reading statement, or spells a name so that its words cannot be read."""
    start = statement_start(sql)
    word = first_word(sql)
    if not word:
        raise QueryRefused("There is no statement in the query; begin it with SELECT.")
    if word not in READING | PLAIN | {"("}:
        raise QueryRefused(f"The query may only read, and this one begins with {word.upper()}; ask with SELECT.")
    if word == "explain" and not EXPLAINED.match(sql, start):
        raise QueryRefused("EXPLAIN is for a query that reads; write EXPLAIN SELECT.")
    if re.search('U&"', sql, re.I):
        raise QueryRefused('The query spells a name in code points (U&"..."); write the name in letters.')
    if named := sorted(words(sql) & NEVER):
        raise QueryRefused(may_act(named))


def first_word(sql: str) -> str:
    """The word or the character with which the statement begins, empty if there is none."""
    match = re.compile(r"\w+|\S").match(sql, statement_start(sql))
    return match[0].lower() if match else ""


def may_act(names: list[str]) -> str:
    """The refusal of names that do more than read the tables."""
    return f"The query names {', '.join(names)}, which can do more than read the tables; ask without it."


def connect(url: URL) -> psycopg.Connection:
    """A fresh read-only connection: nothing that an earlier query set is left in it."""
    try:
        import psycopg
    except ImportError:
        raise DatabaseError("PostgreSQL needs a driver; install it with: pip install 'quotes[postgres]'") from None
    url = url.set(drivername="postgresql+psycopg")
    _, options = url.get_dialect()().create_connect_args(url)
    options.setdefault("connect_timeout", CONNECT_TIMEOUT)
    try:
        connection = psycopg.connect(**{**options, "client_encoding": "utf8"})
    except psycopg.Error as error:
        raise DatabaseError(
            f"The database at {url.host or 'the local server'} cannot be opened ({first_line(error)}); "
            "check the URL and that the server runs."
        ) from None
    connection.read_only = True
    return connection


@contextlib.contextmanager
def ended_at(connection: psycopg.Connection, deadline: float) -> Iterator[None]:
    """Cancel what the connection runs at the deadline, and close its socket if the server does not answer to that."""
    import psycopg

    def cancel() -> None:
        with contextlib.suppress(psycopg.Error):
            connection.cancel_safe(timeout=GRACE)

    def hang_up() -> None:
        with contextlib.suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(connection.fileno())) as copy:
            copy.shutdown(socket.SHUT_RDWR)

    seconds = deadline - time.monotonic()
    timers = [threading.Timer(seconds, cancel), threading.Timer(seconds + GRACE, hang_up)]
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()  # the connection is closed next, and must not be in use by then


def prepare(connection: psycopg.Connection, sql: str, limits: Limits) -> None:
    """Begin the transaction, fix it as read-only, set its limits, and refuse functions that may act.

    SET TRANSACTION READ WRITE fails once a transaction has run a statement: that is what SELECT 1 is for.
    """
    from psycopg import RawCursor

    cursor = RawCursor(connection)
    cursor.execute("SELECT 1")
    milliseconds = max(1, round(limits.timeout * 1000))
    cursor.execute(PREPARE_TRANSACTION, [str(milliseconds), str(milliseconds + round(GRACE * 1000))])
    cursor.execute(ACTING_FUNCTIONS, [sorted(words(sql) - VOLATILE_AND_HARMLESS)])
    if named := [str(row[0]) for row in cursor.fetchall()]:
        raise QueryRefused(may_act(named))


def fetch(connection: psycopg.Connection, sql: str, values: list[object], limits: Limits) -> Rows:
    """Run the translated statement and read its rows one by one, so that no more than the limits is ever held."""
    from psycopg import RawCursor

    cursor = RawCursor(connection)
    explained = EXPLAINED.match(sql, statement_start(sql))
    if first_word(sql) != "show":
        # What EXPLAIN explains too, or EXPLAIN ANALYZE SELECT 1 INTO t makes a table: PostgreSQL 18 lets it, even in a
        # READ ONLY transaction, and only the rollback takes it away.
        query = sql[explained.start("query") :] if explained else sql
        cursor.execute(b"DECLARE quotes_answer NO SCROLL CURSOR FOR\n" + query.encode(), values, prepare=True)
    if first_word(sql) in PLAIN:
        return read(cursor, sql, values, limits)
    cursor.execute("FETCH 0 FROM quotes_answer")  # without a row there would be no names of columns
    columns = column_names(cursor)
    wanted = "ALL" if limits.max_rows is None else limits.max_rows + 1
    return replace(read(cursor, f"FETCH {wanted} FROM quotes_answer", [], limits), columns=columns)


def read(cursor: psycopg.RawCursor[tuple[object, ...]], sql: str, values: list[object], limits: Limits) -> Rows:
    """Run a statement and read its rows as they come, until they end or a limit is met."""
    rows: list[tuple[object, ...]] = []
    size = 0
    for row in cursor.stream(sql.encode(), values):
        size += measure(cursor, limits)
        if size > limits.max_answer:
            raise QueryRefused(limits.too_large())
        if len(rows) == limits.max_rows:
            return Rows(column_names(cursor), rows, truncated=True)
        rows.append(row)
    return Rows(column_names(cursor), rows, truncated=False)


def measure(cursor: psycopg.RawCursor[tuple[object, ...]], limits: Limits) -> int:
    """The bytes of the row just read; refuse a value beyond the limit."""
    result = cursor.pgresult
    if result is None:
        return 0
    lengths = [len(result.get_value(0, column) or b"") for column in range(result.nfields)]
    if max(lengths, default=0) > limits.max_length:
        raise QueryRefused(limits.too_long())
    return sum(lengths)


def column_names(cursor: psycopg.RawCursor[tuple[object, ...]]) -> tuple[str, ...]:
    """The names of the columns; a query may have none."""
    return tuple(column.name for column in cursor.description or ())


def explain(error: psycopg.Error, limits: Limits, deadline: float) -> str:
    """Turn an error of the server into a sentence for the user."""
    from psycopg import errors

    if isinstance(error, errors.QueryCanceled) or time.monotonic() > deadline:
        return limits.too_slow()
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return f"The query may only read ({first_line(error)}); ask with SELECT."
    if "bind message" in str(error):
        return "The query uses $1 as a parameter; give it a name, as in :name, and fill it with -p name VALUE."
    if "multiple commands" in str(error):
        return "The query holds several statements; ask them one by one."
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn):
        return f"PostgreSQL says: {first_line(error)}. `quotes sql --schema` lists what can be asked."
    return f"PostgreSQL says: {first_line(error)}. Mend the query and ask again."


def first_line(error: psycopg.Error) -> str:
    """What the server says, without the place and the hints in the lines after it."""
    return (error.diag.message_primary or str(error) or type(error).__name__).strip().split("\n")[0]
