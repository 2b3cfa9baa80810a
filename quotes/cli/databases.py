"""Commands for the database itself: sql, and db upgrade, info, check."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence

import click

from quotes.cli.options import database, note, opened, output, show
from quotes.cli.values import Number, Whole
from quotes.formats import shown

ROWS = 10_000  # as `quotes.store.readonly.DEFAULT_MAX_ROWS`: more than a reader reads, less than memory holds


@click.command(
    epilog="""\b
Examples:
  quotes sql "SELECT speaker, count(*) FROM attributed_quote GROUP BY speaker ORDER BY 2 DESC"
  quotes sql "SELECT text FROM attributed_quote WHERE speaker = :who" -p who "Ines Okoro"
  quotes sql - < question.sql --csv
  quotes sql --tables
  quotes sql --schema
"""
)
@click.argument("query", required=False, metavar="QUERY|-")
@click.option("-p", "--parameter", nargs=2, multiple=True, metavar="NAME VALUE", help="Fills :NAME in the query.")
@click.option("--timeout", type=Number(0.001, 86_400), default=5.0, help="Stop the query after so many seconds.")
@click.option("--limit", type=Whole(1), default=ROWS, help="At most so many rows.")
@click.option("--tables", is_flag=True, help="List the tables and views instead.")
@click.option("--schema", is_flag=True, help="List their columns instead, with what each holds.")
@output
@database
def sql(
    query: str | None,
    parameter: tuple[tuple[str, str], ...],
    timeout: float,
    limit: int,
    tables: bool,
    schema: bool,
    db: str,
) -> None:
    """Ask in SQL; nothing that a query says can change the database.

    The view attributed_quote has one row per quote with everything known about it. One statement that reads is allowed,
    for as long as --timeout. QUERY may be - to read it from standard input.

    A query that is stopped is cancelled on the server too. PostgreSQL cannot cancel LIKE with a pattern of many
    wildcards over a long text, or && and @> between arrays of a million elements: it ends these before it stops.
    """
    if tables or schema:
        describe(columns=schema)
        return
    if query is None:
        raise click.UsageError("Give a query, - to read it from standard input, --tables or --schema")
    from quotes.store.readonly import query as ask

    url = opened(db).url.render_as_string(hide_password=False)
    question = sys.stdin.read() if query == "-" else query
    answer = ask(url, question, dict(parameter), timeout=timeout, max_rows=limit)
    columns = distinct(answer.columns)
    show((dict(zip(columns, row, strict=True)) for row in answer.rows), columns=columns)
    if answer.truncated:
        note(f"Only the first {len(answer.rows):,} rows. Give a larger --limit for more.")


def distinct(names: Sequence[str]) -> list[str]:
    """The names of columns, those that come again numbered: a JSON object, and a reader, must tell them apart."""
    found: list[str] = []
    for name in names:
        again = (f"{name}_{number}" for number in itertools.count(2))
        found.append(name if name not in found else next(new for new in again if new not in (*names, *found)))
    return found


def describe(*, columns: bool) -> None:
    """Writes what can be asked, from the comments of the schema."""
    from quotes.store.views import describe as described

    if columns:
        rows = ({"table": t.name, "column": n, "type": y, "holds": c} for t in described() for n, y, c in t.columns)
        show(rows)
    else:
        show({"table": t.name, "columns": len(t.columns), "holds": t.comment} for t in described())


@click.group()
def db() -> None:
    """Look after the database: upgrade, info, check."""


@db.command(
    epilog="""\b
Examples:
  quotes db upgrade
  quotes db upgrade --db postgresql://me@localhost/news
"""
)
@database
def upgrade(db: str) -> None:
    """Bring the database to this version of the program; a new one is made."""
    from quotes.cli.progress import Bar
    from quotes.pipeline import upgrade as upgrade_to
    from quotes.store.engine import connect, refuse_newer, revision
    from quotes.store.engine import shown as name_of

    engine = connect(db)
    click.get_current_context().call_on_close(engine.dispose)
    before = revision(engine)
    refuse_newer(before, name_of(engine.url))
    with Bar("Completing documents") as bar:
        completed = upgrade_to(engine, bar.told)
    if completed:
        note(f"{completed:,} documents completed.")
    after, name = revision(engine), name_of(engine.url)
    if before is None:
        note(f"{name} is a new database, at {after}.")
    else:
        note(f"{name} is at {after}" + (f", up from {before}." if before != after else "."))


@db.command(epilog="\b\nExamples:\n  quotes db info\n  quotes db info --json\n")
@output
@database
def info(db: str) -> None:
    """Show versions, and how many rows each table holds."""
    from quotes.query import inventory

    show(inventory(opened(db)))


@db.command(
    epilog="""\b
Examples:
  quotes db check
  quotes db check --db news.db && echo sound
  quotes db check --only verbatim --only texts
  quotes db check --list
  quotes db check --repair
"""
)
@click.option("--only", multiple=True, metavar="NAME", help="Make this check only; may be given again.")
@click.option("--list", "listed", is_flag=True, help="List the checks instead: what each proves, and what none does.")
@click.option("--repair", is_flag=True, help="Compute again what is computed from the rest, then check.")
@database
def check(only: tuple[str, ...], listed: bool, repair: bool, db: str) -> int:
    """Verify every stored invariant, and say what is broken: above all, that every quote is verbatim.

    Each problem is told as "name of the check: sentence", the first ten of each check. --repair touches nothing but
    what can be computed from the rest: names, counts, copies, lists, full text, indexes, views, triggers, leftovers.
    """
    from quotes.pipeline import problems, repaired
    from quotes.store.checks import CHECKS, NOT_PROVED

    if only and repair:
        raise click.UsageError("Give --only or --repair, not both: a repair ends with every check")
    names = {one.name: one.proves for one in CHECKS}
    for name in only:
        if name not in names:
            raise click.UsageError(f"{name} is no check. Choose from {', '.join(names)}")
    if listed:
        click.echo("\n".join(f"{name}: {proves}" for name, proves in names.items()) + f"\n\n{NOT_PROVED}")
        return 0
    engine = opened(db)
    if repair:
        done = list(repaired(engine))
        for sentence in done:
            click.echo(shown(sentence))
        note(f"{len(done):,} repairs. Checking again." if done else "Nothing to repair.")
    damaged = False
    for problem in problems(engine, only):
        damaged |= problem.damage
        click.echo(shown(str(problem)))
    if not damaged:
        note("No problems." if only else "Every quote is verbatim, whole and linked.")
    return 1 if damaged else 0


COMMANDS: list[click.Command] = [sql, db]
