"""Commands that read articles: add, extract, demo."""

from __future__ import annotations

import functools
import json
import os
import shlex
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import Command, database, detector, note, opened
from quotes.cli.values import Whole
from quotes.deadline import SECONDS

if TYPE_CHECKING:
    from quotes.pipeline import Summary

REFUSED = 3  # exit status when some inputs were refused, or something in them could not be read


def inputs(command: Command) -> Command:
    """PATH|DIRECTORY|URL|- … and how to read them; the command gets `targets` and `options` (a `ReadOptions`)."""

    @functools.wraps(command)
    def collected(*args: Any, **values: Any) -> Any:
        from quotes.read import ReadOptions

        read = {option.name: values.pop(option.name) for option in READING}
        read["fields"] = dict(read["fields"])
        try:
            options = ReadOptions(**read)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        return command(*args, options=options, **values)

    for option in reversed(READING):
        collected.__click_params__ = [*getattr(collected, "__click_params__", []), option]  # type: ignore[attr-defined]
    return click.argument(
        "targets", nargs=-1, required=True, metavar="PATH|DIRECTORY|URL|-...", type=click.Path(allow_dash=True)
    )(collected)  # type: ignore[return-value]


def _fields(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """NAME=FIELD … → pairs."""
    pairs = tuple((name, field) for name, _, field in (item.partition("=") for item in given))
    if not all(name and field for name, field in pairs):
        raise click.BadParameter("write NAME=FIELD, such as text=body")
    return pairs


READING = [
    click.Option(
        ["--language"], metavar="CODE", help="Take the text to be in this language; else only English is read."
    ),
    click.Option(["--encoding"], metavar="NAME", help="Encoding of the files, where it cannot be told."),
    click.Option(
        ["--input-format"],
        type=click.Choice(["text", "markdown", "html", "jsonl", "json", "csv"]),
        help="Format of the input, where the name does not tell.",
    ),
    click.Option(
        ["--field", "fields"],
        multiple=True,
        metavar="NAME=FIELD",
        callback=_fields,
        help="Where JSON or CSV keep id, text, url, outlet, title, byline or published.",
    ),
    click.Option(["--max-bytes"], type=Whole(1), default=10_000_000, help="Refuse documents larger than this."),
    click.Option(
        ["--max-seconds"],
        type=click.FloatRange(min=0, min_open=True),
        default=SECONDS,
        help="Refuse documents that take more processor time than this.",
    ),
    click.Option(["--allow-private"], is_flag=True, help="Fetch URLs of private and local networks too."),
]


JOBS = click.option(
    "--jobs",
    type=Whole(1),
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    show_default="all cores",
    help="Processes to work with, where there is much to do.",
)


@click.command(
    epilog="""\b
Examples:
  quotes add article.txt
  quotes add articles/ --db news.db
  quotes add https://news.example/2026/ferry.html
  quotes add dump.csv --field text=body --field published=day
  curl -s https://news.example/ferry.html | quotes add - --input-format html
"""
)
@inputs
@detector
@JOBS
@database
def add(targets: tuple[str, ...], options: Any, jobs: int, db: str) -> int:
    """Add articles: read them, find the quotes and who says them, store it all.

    A text that is stored already is passed over, so an interrupted run can simply be run again.
    """
    from quotes.cli.progress import Progress
    from quotes.pipeline import add as add_to

    engine = opened(db, create=True)
    with Progress() as progress:
        summary = add_to(engine, targets, options, jobs=jobs, seen=progress.seen)
    note(summarised(summary))
    return REFUSED if summary.refused or summary.warned else 0


def summarised(summary: Summary) -> str:
    """What was added, already known and refused, in a line."""
    counts = [f"{count:,} {outcome.value}" for outcome, count in summary.outcomes.items()]
    refused = [f"{summary.refused:,} refused"] if summary.refused else []
    warned = f" Warnings: {summary.warned:,}." if summary.warned else ""
    return f"Documents: {', '.join([*counts, *refused]) or 'none'}. Quotes added: {summary.quotes:,}.{warned}"


@click.command(
    epilog="""\b
Examples:
  quotes extract article.txt
  quotes extract articles/ > quotes.jsonl
  quotes extract gold.jsonl > predicted.jsonl
"""
)
@inputs
@detector
@JOBS
def extract(targets: tuple[str, ...], options: Any, jobs: int) -> int:
    """Find the quotes in articles without a database.

    Writes JSON Lines, one document a line: its text and its attributions, with source, cue and content as [start, end]
    offsets in code points, end exclusive.
    """
    from quotes.cli.progress import Progress
    from quotes.errors import InputRefused
    from quotes.pipeline import as_record, documents, extracted

    read = documents(targets, replace(options, as_given=True))
    with Progress(moving=False) as progress:
        for found in extracted(read, jobs=jobs, max_seconds=options.max_seconds):
            if not isinstance(found, InputRefused):
                click.echo(json.dumps(as_record(*found), ensure_ascii=False))
            progress.seen(found if isinstance(found, InputRefused) else found[0], None)
    return REFUSED if progress.messages else 0


@click.command(
    epilog="""\b
Examples:
  quotes demo
  quotes demo try.db
"""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.pass_context
def demo(context: click.Context, path: Path | None) -> None:
    """Load sample articles into a fresh database and ask it three questions.

    The articles come with the program; people and places in them are invented. The database is made at PATH, or in a
    temporary folder.
    """
    from quotes.pipeline import add as add_to
    from quotes.pipeline import seeds

    if path and path.exists():
        raise click.UsageError(f"{path} is there already; the demo wants a fresh database")
    place = path or Path(tempfile.mkdtemp(prefix="quotes-")) / "demo.db"
    summary = add_to(opened(str(place), create=True), [str(seeds() / "*.txt")])
    note(summarised(summary))
    for question, arguments in QUESTIONS.items():
        command = [*arguments, "--db", str(place)]
        click.echo(f"\n{question}\n$ quotes {shlex.join(command)}\n")
        context.find_root().command.main([*command, "--table"], prog_name="quotes", standalone_mode=False)
    note(f"\nThe database stays at {place}; ask it more with --db.")


QUESTIONS = {
    "Who spoke most?": ["speakers", "--limit", "5"],
    "What did the prime minister say, and to whom?": ["list", "--speaker", "imogen tarrant"],
    "Who carried this sentence, and who first?": ["sources", "No family should have to learn"],
}
COMMANDS: list[click.Command] = [add, extract, demo]
