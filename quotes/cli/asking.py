"""Commands that ask the database: list, show, sources, search, the four counts, export."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quotes.cli.options import TABLE_ROWS, database, filters, note, opened, output, output_format, show

if TYPE_CHECKING:
    from quotes.query import Wanted

QUOTE_TABLE = ("quote_id", "published", "speaker", "text", "outlet")
LIMIT = click.option(
    "--limit",
    type=click.IntRange(0, 999_999_999),
    help=f"At most so many rows. [default: {TABLE_ROWS} in a table, else all]",
)
OFFSET = click.option("--offset", type=click.IntRange(0, 999_999_999), default=0, help="Pass over so many rows.")


def rows_wanted(limit: int | None) -> int | None:
    """The limit that holds: a table for eyes has one of its own."""
    return TABLE_ROWS if limit is None and output_format() == "table" else limit


@click.command(
    "list",
    epilog="""\b
Examples:
  quotes list --speaker "le drian"
  quotes list --organisation MUJAO --since 2013-01 --kind direct
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
@output
@database
def list_(wanted: Wanted, sort: str, limit: int | None, offset: int, db: str) -> None:
    """List quotes, the latest first.

    Names are matched as people type them: any part, in any case, without accents and titles. A name that fits several
    speakers is not guessed: they are listed with their numbers.
    """
    from quotes.query import count, quotes

    engine = opened(db)
    most = rows_wanted(limit)
    written = show(quotes(engine, wanted, sort=sort, limit=most, offset=offset), table=QUOTE_TABLE)
    if not written:
        note("No quote fits. Who speaks is listed by: quotes speakers.")
    if limit is None and written == most:
        note(f"{written} of {count(engine, wanted):,} quotes. Give --limit or --offset, or --format jsonl for all.")


@click.command(
    "show",
    epilog="""\b
Examples:
  quotes show 12
  quotes show 12 --json
""",
)
@click.argument("quote_id", type=click.IntRange(1, 999_999_999))
@output
@database
def show_(quote_id: int, db: str) -> None:
    """Show one quote in its paragraph, and its chain: speaker, role, conduit, outlet, document, offsets, confidence."""
    from quotes.cli.quotation import record, render
    from quotes.query import quote_in_context

    quote = quote_in_context(opened(db), quote_id)
    if output_format() == "table":
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
@output
@database
def sources(claim: str, db: str) -> None:
    """Who said it: every quote of a claim, or of the claims nearest to a text, earliest first."""
    from quotes.query import number, sources_of_claim

    engine = opened(db)
    rows = list(sources_of_claim(engine, number(claim) or claim))
    if not rows and number(claim) is None:
        note("No quote holds all of these words. Nearest, with some of them:")
        rows = list(sources_of_claim(engine, claim, any_word=True))
    if not show(rows, table=QUOTE_TABLE):
        note("No quote fits. The claims are numbered in: quotes claims.")


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
    if not show(rows, table=("quote_id", "published", "speaker", "match", "outlet")):
        note("No quote holds all of these words.")


# The columns of a table that must fit a terminal, where that is not all of them.
IN_TABLE = {"documents": ("document_id", "published", "outlet", "title", "document", "quotes")}


def counting(what: str, examples: str, help_: str) -> click.Command:
    """A command that lists one of `query.COUNTED`."""

    @click.command(what, help=help_, epilog=f"\b\nExamples:\n{examples}")
    @click.option("--about", metavar="TEXT", help="Count only quotes that hold these words.")
    @click.option("--sort", metavar="COLUMN", help="Any column; with - before it, the other way round.")
    @LIMIT
    @output
    @database
    def counts(about: str | None, sort: str | None, limit: int | None, db: str) -> None:
        from quotes.query import counted, sorts

        if sort and sort.removeprefix("-") not in sorts(what):
            raise click.UsageError(f"{what} can be sorted by {', '.join(sorts(what))}, not {sort}")
        rows = counted(opened(db), what, about=about, sort=sort, limit=rows_wanted(limit))
        show(rows, table=IN_TABLE.get(what, ()))

    return counts


speakers = counting(
    "speakers",
    '  quotes speakers\n  quotes speakers --about "hospital beds" --sort speaker\n',
    "List speakers with their quotes, documents and the days of the first and last.",
)
organisations = counting(
    "organisations",
    "  quotes organisations\n  quotes organisations --sort -speakers --limit 10\n",
    "List organisations with the quotes of those who belong to them or speak for them.",
)
documents = counting(
    "documents",
    "  quotes documents\n  quotes documents --about ferry --csv\n",
    "List documents with outlet, day, title and number of quotes, the latest first.",
)
claims = counting(
    "claims",
    "  quotes claims --limit 10\n  quotes claims --about ferry --sort -documents\n",
    "List claims, those stated most often first, with how many speakers and documents state them.",
)


@click.command(
    epilog="""\b
Examples:
  quotes export > quotes.jsonl
  quotes export --format csv --speaker "le drian" > le-drian.csv
"""
)
@filters
@click.option("--format", "format_", type=click.Choice(["jsonl", "csv"]), default="jsonl", help="How to write rows.")
@database
def export(wanted: Wanted, format_: str, db: str) -> None:
    """Write all quotes, or those chosen, with every column of the view attributed_quote."""
    from quotes.formats import write
    from quotes.query import quotes
    from quotes.store.views import attributed_quote

    columns = [column.name for column in attributed_quote.columns]
    write(quotes(opened(db), wanted, sort="id"), format_, sys.stdout, columns=columns)


COMMANDS: list[click.Command] = [list_, show_, sources, search, speakers, organisations, documents, claims, export]
