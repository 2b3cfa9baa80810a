"""What the commands share: options, the rendering of rows, messages.

In: decorators put on commands. Out: the values they ask for, and `show()`, which writes rows in the format asked for.
Data goes to standard output, everything else through `note()` to standard error.
"""

from __future__ import annotations

import calendar
import functools
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.formats import FORMATS, shown, write

if TYPE_CHECKING:
    from sqlalchemy import Engine

Command = TypeVar("Command", bound=Callable[..., Any])
SHORT_FORMS = {"--csv": "csv", "--json": "json", "--nl": "jsonl", "--tsv": "tsv", "-t": "table"}
FORMAT = "quotes.format"
TABLE_ROWS = 100  # a table for eyes: what follows is one --limit or --format away, and a note says so


def note(message: str) -> None:
    """One line to standard error."""
    click.echo(shown(message), err=True)


def database(command: Command) -> Command:
    """--db, with QUOTES_DB behind it."""
    return click.option(
        "--db",
        envvar="QUOTES_DB",
        default="quotes.db",
        show_default=True,
        show_envvar=True,
        metavar="PATH|URL",
        type=click.Path(),  # for completion; a URL is as good
        help="SQLite file, or postgresql://user@host/name.",
    )(command)


def opened(db: str, *, create: bool = False) -> Engine:
    """The database a command works on; closed when the command is done."""
    from quotes.store.engine import open_database

    engine = open_database(db, create=create)
    click.get_current_context().call_on_close(engine.dispose)
    return engine


def detector(command: Command) -> Command:
    """--model, with QUOTES_MODEL behind it, where the network is looked for."""
    return click.option(
        "--model",
        envvar="QUOTES_MODEL",
        show_envvar=True,
        expose_value=False,
        callback=_use_model,
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False),
        help="Network to read with, of your own training. [default: the one that comes with quotes]",
    )(command)


def _use_model(context: click.Context, _parameter: click.Parameter, folder: str | None) -> None:
    """Through the environment, which worker processes inherit; as it was when the command is done."""
    if folder:
        before = os.environ.get("QUOTES_MODEL")
        os.environ["QUOTES_MODEL"] = folder
        context.call_on_close(lambda: os.environ.update(QUOTES_MODEL=before or ""))


def output(command: Command) -> Command:
    """--format and its short forms."""
    for flag, name in reversed(SHORT_FORMS.items()):
        flags = ("-t", "--table") if flag == "-t" else (flag,)
        command = click.option(
            *flags, is_flag=True, expose_value=False, callback=_short_form(name), help=f"Short for --format {name}."
        )(command)
    return click.option(
        "--format",
        expose_value=False,
        callback=_choose_format,
        type=click.Choice(FORMATS),
        help="How to write rows. [default: table on a terminal, else jsonl]",
    )(command)


def _short_form(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    return lambda context, parameter, given: _choose_format(context, parameter, name if given else None)


def _choose_format(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    chosen = context.meta.get(FORMAT)
    if name and chosen and name != chosen:
        raise click.UsageError(f"Give one format, not both {chosen} and {name}.")
    if name:
        context.meta[FORMAT] = name


def output_format() -> str:
    """The format asked for; else a table for a terminal and JSON Lines for a pipe."""
    default = "table" if sys.stdout and sys.stdout.isatty() else "jsonl"
    return str(click.get_current_context().meta.get(FORMAT, default))


def show(rows: Iterable[Mapping[str, Any]], *, table: Sequence[str] = (), columns: Sequence[str] = ()) -> int:
    """Writes rows to standard output: `columns` of them, or the first row's; `table` in a table. Returns how many."""
    format_ = output_format()
    return write(rows, format_, sys.stdout, columns=(table or columns) if format_ == "table" else columns)


class Day(click.ParamType[date]):
    """A day, or a month or year that stands for its first or last day."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """YYYY, YYYY-MM or YYYY-MM-DD → the day."""
        if isinstance(value, date):
            return value
        parts = str(value).split("-")
        try:
            year, month, day = (int(part) for part in [*parts, "0", "0"][: max(3, len(parts))])
            month = month or (12 if self.last else 1)
            return date(year, month, day or (calendar.monthrange(year, month)[1] if self.last else 1))
        except ValueError:
            self.fail(f"{value!r} is no date. Write YYYY-MM-DD, YYYY-MM or YYYY.", param, ctx)


def filters(command: Command) -> Command:
    """The options that choose quotes; the command gets them as one argument `wanted`."""

    @functools.wraps(command)
    def collected(*args: Any, **values: Any) -> Any:
        from quotes.query import Wanted

        chosen = {name: values.pop(name) for name in [option.name for option in FILTERS]}
        return command(*args, wanted=Wanted(**chosen), **values)

    for option in reversed(FILTERS):
        collected.__click_params__ = [*getattr(collected, "__click_params__", []), option]  # type: ignore[attr-defined]
    return collected  # type: ignore[return-value]


FILTERS = [
    click.Option(["--speaker"], multiple=True, metavar="NAME", help="Who said it: any part of the name, or a number."),
    click.Option(["--organisation"], multiple=True, metavar="NAME", help="Who spoke, or whom the speaker belongs to."),
    click.Option(["--outlet"], metavar="NAME", help="Who published it."),
    click.Option(["--conduit"], metavar="NAME", help="To or through whom it was said."),
    click.Option(
        ["--kind"], type=click.Choice(["direct", "mixed", "indirect"]), help="How much is in quotation marks."
    ),
    click.Option(["--act"], type=click.Choice(["speech", "writing", "thought"]), help="Said, written or thought."),
    click.Option(["--since"], type=Day(), metavar="DATE", help="Published on or after this day, month or year."),
    click.Option(["--until"], type=Day(last=True), metavar="DATE", help="Published on or before it."),
    click.Option(["--about"], metavar="TEXT", help='Holds these words; "in quotes" side by side.'),
    click.Option(["--min-confidence"], type=click.FloatRange(0, 1), default=0.0, help="At least this sure, 0 to 1."),
]
