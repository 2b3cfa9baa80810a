"""Commands that ask the database: list, show, sources, search, two counts, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import (
    TABLE_ROWS,
    Command,
    columns,
    columns_asked,
    database,
    filters,
    note,
    opened,
    output,
    output_format,
    show,
)
from quotes.cli.values import Whole

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from quotes.query import Wanted

QUOTE_TABLE = ("quote_id", "published", "speaker", "text", "outlet")
MORE = ("role", "organisation", "kind", "confidence", "speaker_confidence", "conduit", "source_type", "act")
"""What a quote's row shows on a wide terminal, what readers miss most first."""

NEAREST = 5
"""Quotes shown where none holds all the words: enough to see whether the text was said in other words."""

LIMIT = click.option(
    "--limit", type=Whole(), help=f"Largest number of rows. [default: {TABLE_ROWS} in a table, else all]"
)
OFFSET = click.option("--offset", type=Whole(), default=0, help="Number of rows to skip.")
AFTER = click.option(
    "--after",
    type=Whole(1),
    metavar="QUOTE_ID",
    help="Go on behind this quote, the last of the page before: as fast as a first page, however long the list.",
)
MOST_COUNTED = 10_000
"""Quotes that are counted to say how many there are: beyond, a reader needs no number, and counting takes time."""

EXPORTS = ("jsonl", "csv", "excel")


def rows_wanted(limit: int | None) -> int | None:
    """The limit that holds: a table for eyes has one of its own."""
    return TABLE_ROWS if limit is None and output_format() == "table" else limit


@click.command(
    "list",
    epilog="""\b
Examples:
  quotes list --speaker "le drian"
  quotes list --organisation MUJAO --since 2013-01 --kind direct --kind mixed
  quotes list --outlet "harbour radio" --columns published,speaker,text --excel > radio.csv
  quotes list --about "hospital beds" --sort speaker --csv
""",
)
@filters
@click.option(
    "--sort",
    default="-date",
    metavar="COLUMN",
    type=click.Choice([s + n for n in ("date", "speaker", "outlet", "confidence", "id") for s in ("", "-")]),
    help="date, speaker, outlet, confidence or id; with - before it, the other way round.",
)
@LIMIT
@OFFSET
@AFTER
@output
@database
def list_(wanted: Wanted, sort: str, limit: int | None, offset: int, after: int | None, db: str) -> None:
    """List quotes, the latest first: what was said or written, in the latest version of each article.

    Attitudes, and what a source denied or asked, are not listed as said: --all and --polarity show them, marked. Names
    are matched as people type them: any part, in any case, without accents and titles. A name that fits several
    speakers is not guessed: they are listed with their numbers.
    """
    from quotes.query import quotes

    if after is not None and sort not in ("-date", "id", "-id"):
        raise click.UsageError(f"--after goes with --sort -date, id or -id, not {sort}")
    engine = opened(db)
    most = rows_wanted(limit)
    found = quotes(engine, wanted, sort=sort, limit=most, offset=offset, after=after)
    written = show(found, table=QUOTE_TABLE, more=MORE)
    if not written:
        note(nothing_found(engine, wanted))
    if limit is None and written == most:
        note(f"{written} of {counted_quotes(engine, wanted)}. Give --limit or --offset, or --format jsonl for all.")


def counted_quotes(engine: Engine, wanted: Wanted) -> str:
    """How many quotes fit, or that there are many."""
    from quotes.query import count

    found = count(engine, wanted, most=MOST_COUNTED)
    return f"{found:,} quotes" if found < MOST_COUNTED else f"more than {MOST_COUNTED:,} quotes"


def nothing_found(engine: Engine, wanted: Wanted) -> str:
    """Why a list is empty, and what to try."""
    from quotes.query import count

    hidden = 0 if wanted.everything else count(engine, replace(wanted, everything=True), most=MOST_COUNTED)
    if hidden:
        return f"No statement found, but {hidden:,} attitudes, or contents denied or asked. List them with --all."
    return "No matching quotes. Run `quotes speakers` to list speakers."


@click.command(
    "show",
    epilog="""\b
Examples:
  quotes show 12
  quotes show 12 --json
""",
)
@click.argument("quote_id", type=Whole(1))
@output
@database
def show_(quote_id: int, db: str) -> None:
    """Show one quote in its paragraph, and its chain: speaker, role, conduit, outlet, document, offsets, confidence."""
    from quotes.cli.quotation import record, render
    from quotes.query import quote_in_context

    quote = quote_in_context(opened(db), quote_id)
    if output_format() == "table" and not columns_asked():
        render(quote)
    else:
        show([record(quote)])


@click.command(
    epilog="""\b
Examples:
  quotes sources "strike at the heart of France"
  quotes sources 17 --csv
"""
)
@click.argument("claim", metavar="CLAIM_ID|TEXT")
@click.option("--all", "everything", is_flag=True, help="Show who denied or asked it too, and attitudes.")
@LIMIT
@output
@database
def sources(claim: str, everything: bool, limit: int | None, db: str) -> None:
    """Who said it: every statement of a claim, or of the claims that a text states, earliest first.

    Each comes once, with the papers that carried it. Where no quote holds all words of the text, those with some of
    them are shown as the nearest: the column `match` tells exact from nearest.
    """
    from quotes.query import number, sources_of_claim

    engine = opened(db)
    match = "exact"
    ask = partial(sources_of_claim, engine, everything=everything)
    rows = list(ask(number(claim) or claim, limit=rows_wanted(limit)))
    if not rows and number(claim) is None and limit != 0:
        match = "nearest"
        rows = list(ask(claim, any_word=True, limit=NEAREST if limit is None else limit))
        note("No source found." + (" Nearest, with some of the words:" if rows else ""))
    elif not rows:
        note("No source found. The claims are numbered in: quotes claims.")
    table = QUOTE_TABLE if match == "exact" else ("match", *QUOTE_TABLE)
    show(({**row, "match": match} for row in rows), table=table, more=("carried_by", *MORE))


@click.command(
    epilog="""\b
Examples:
  quotes search "hospital beds"
  quotes search '"hospital beds" winter' --limit 5
"""
)
@click.argument("text")
@LIMIT
@output
@database
def search(text: str, limit: int | None, db: str) -> None:
    """Search the words of quotes; the best first, the words found marked.

    Every word must be there, in any form: "bed" finds "beds". Words in double quotes must stand side by side.
    """
    from quotes.query import search as found

    rows = found(opened(db), text, limit=rows_wanted(limit))
    if output_format() != "table":
        rows = ({**row, "match": row["match"].replace("\x02", "**").replace("\x03", "**")} for row in rows)
    if not show(rows, table=("quote_id", "published", "speaker", "match", "outlet"), more=MORE):
        note("No quote holds all of these words.")


# The columns of a table that must fit a terminal, where that is not all of them.
IN_TABLE = {"documents": ("document_id", "published", "outlet", "title", "document", "quotes")}


def counting(what: str, help_: str, examples: str) -> Callable[[Command], click.Command]:
    """The options of a command that lists one of `query.COUNTED`."""

    def make(command: Command) -> click.Command:
        for option in (
            database,
            output,
            LIMIT,
            click.option("--sort", metavar="COLUMN", help="Any column; with - before it, the other way round."),
            click.option("--about", metavar="TEXT", help="Count only quotes that hold these words."),
        ):
            command = option(command)
        return click.command(what, help=help_, epilog=f"\b\nExamples:\n{examples}")(command)

    return make


def list_counted(what: str, about: str | None, sort: str | None, limit: int | None, db: str, **more: bool) -> None:
    """Writes the rows of one of `query.COUNTED`."""
    from quotes.query import counted, sorts

    if sort and sort.removeprefix("-") not in sorts(what):
        raise click.UsageError(f"{what} can be sorted by {', '.join(sorts(what))}, not {sort}")
    rows = counted(opened(db), what, about=about, sort=sort, limit=rows_wanted(limit), **more)
    show(rows, table=IN_TABLE.get(what, ()))


@counting(
    "documents",
    "List documents with outlet, day, title and number of quotes, the latest first, in their latest versions.",
    "  quotes documents\n  quotes documents --about ferry --csv\n",
)
@click.option("--all-versions", is_flag=True, help="List earlier versions of an article too, not only the latest.")
def documents(**chosen: Any) -> None:
    """Lists documents."""
    list_counted("documents", **chosen)


@counting(
    "claims",
    "List claims, those stated most often first, with how many speakers and documents state them.",
    "  quotes claims --limit 10\n  quotes claims --about ferry --sort -documents\n",
)
@click.option("--all", "everything", is_flag=True, help="Count attitudes, denied and questioned contents too.")
def claims(**chosen: Any) -> None:
    """Lists claims."""
    list_counted("claims", **chosen)


@click.command(
    epilog="""\b
Examples:
  quotes export > quotes.jsonl
  quotes export --format csv --speaker "le drian" > le-drian.csv
  quotes export --excel --columns published,outlet,speaker,text > quotes.csv
"""
)
@filters
@click.option("--format", "format_", type=click.Choice(EXPORTS), default="jsonl", help="How to write rows.")
@click.option("--excel", is_flag=True, help="Short for --format excel: CSV that spreadsheets open safely.")
@columns
@database
def export(wanted: Wanted, format_: str, excel: bool, db: str) -> None:
    """Write all quotes, or those chosen, with every column of the view attributed_quote."""
    from quotes.query import quotes
    from quotes.store.views import attributed_quote

    names = [column.name for column in attributed_quote.columns]
    show(quotes(opened(db), wanted, sort="id"), columns=names, format_="excel" if excel else format_)


COMMANDS: list[click.Command] = [list_, show_, sources, search, documents, claims, export]
