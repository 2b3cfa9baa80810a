"""What the commands share: options, the rendering of rows, messages.

In: decorators put on commands. Out: the values they ask for, and `show()`, which writes rows in the format asked for.
Data goes to standard output, everything else through `note()` to standard error.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.cli.values import Columns, Day, Number
from quotes.formats import FORMATS, Layout, shown, write
from quotes.records import Act, Kind, Polarity, SourceType, SpeakerKind

if TYPE_CHECKING:
    from sqlalchemy import Engine

Command = TypeVar("Command", bound=Callable[..., Any])
SHORT_FORMS = {"--csv": "csv", "--excel": "excel", "--json": "json", "--nl": "jsonl", "--tsv": "tsv", "-t": "table"}
FORMAT = "quotes.format"
COLUMNS = "quotes.columns"
USUAL = {"polarity": Polarity.AFFIRMED.value}
"""What goes without saying in a table. Where a row was denied or questioned, every table says so."""
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
    """--format with its short forms, and --columns."""
    command = columns(command)
    for flag, name in reversed(SHORT_FORMS.items()):
        flags = ("-t", "--table") if flag == "-t" else (flag,)
        command = click.option(
            *flags, is_flag=True, expose_value=False, callback=_short_form(name), help=_short_help(name)
        )(command)
    return click.option(
        "--format",
        expose_value=False,
        callback=_choose_format,
        type=click.Choice(FORMATS),
        help="How to write rows. [default: table on a terminal, else jsonl]",
    )(command)


def columns(command: Command) -> Command:
    """--columns."""
    return click.option(
        "--columns",
        expose_value=False,
        callback=_choose_columns,
        metavar="A,B,...",
        type=Columns(),
        help="Columns to write, in this order. [default: in a table as many as fit, else all]",
    )(command)


def _choose_columns(context: click.Context, _parameter: click.Parameter, names: tuple[str, ...] | None) -> None:
    if names:
        context.meta[COLUMNS] = names


def _short_help(name: str) -> str:
    if name == "excel":
        return "CSV for spreadsheets: with a byte order mark, and an apostrophe before what would be a formula."
    return f"Short for --format {name}."


def _short_form(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    return lambda context, parameter, given: _choose_format(context, parameter, name if given else None)


def _choose_format(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    chosen = context.meta.get(FORMAT)
    if {name, chosen} == {"csv", "excel"}:
        name = chosen = "excel"
    if name and chosen and name != chosen:
        raise click.UsageError(f"Give one format, not both {chosen} and {name}.")
    if name:
        context.meta[FORMAT] = name


def output_format() -> str:
    """The format asked for; else a table for a terminal and JSON Lines for a pipe."""
    default = "table" if sys.stdout and sys.stdout.isatty() else "jsonl"
    return str(click.get_current_context().meta.get(FORMAT, default))


def columns_asked() -> tuple[str, ...]:
    """The columns that --columns names."""
    return tuple(click.get_current_context().meta.get(COLUMNS, ()))


def show(
    rows: Iterable[Mapping[str, Any]],
    *,
    table: Sequence[str] = (),
    more: Sequence[str] = (),
    columns: Sequence[str] = (),
    format_: str | None = None,
) -> int:
    """Writes rows to standard output; returns how many.

    What --columns asks for; else in a table `table` and as many of `more` as it has room for, and otherwise `columns`.
    Without these, all that the first row has.
    """
    iterator = iter(rows)
    first = next(iterator, None)
    there = tuple(first or columns)
    asked = columns_asked()
    if unknown := [name for name in asked if there and name not in there]:
        if isinstance(rows, Generator):
            rows.close()  # with its connection, before the database is closed
        raise click.UsageError(f"There is no column {', '.join(unknown)}. There are: {', '.join(there)}")
    layout = Layout(asked or table or columns, () if asked else [name for name in more if name in there], USUAL)
    everything = chain([] if first is None else [first], iterator)
    return write(everything, format_ or output_format(), sys.stdout, columns=asked or columns, layout=layout)


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


def _any_of(flag: str, values: Iterable[str], text: str) -> click.Option:
    """An option that may be given several times, of which any may hold."""
    return click.Option([flag], multiple=True, type=click.Choice([str(value) for value in values]), help=text)


FILTERS = [
    click.Option(["--speaker"], multiple=True, metavar="NAME", help="Who said it: any part of the name, or a number."),
    click.Option(["--organisation"], multiple=True, metavar="NAME", help="Who spoke, or whom the speaker belongs to."),
    click.Option(["--outlet"], multiple=True, metavar="NAME", help="Who published it."),
    click.Option(["--conduit"], multiple=True, metavar="NAME", help="To or through whom it was said."),
    _any_of("--kind", Kind, "How much is in quotation marks."),
    _any_of("--act", Act, "Said, written or thought."),
    _any_of(
        "--polarity", Polarity, "How the source stands to the words; denied and questioned ones only if asked for."
    ),
    _any_of("--speaker-kind", SpeakerKind, "What the speaker is."),
    _any_of("--source-type", SourceType, "How the article names its source."),
    click.Option(["--since"], type=Day(), metavar="DATE", help="Published on or after this day, month or year."),
    click.Option(["--until"], type=Day(last=True), metavar="DATE", help="Published on or before it."),
    click.Option(["--about"], metavar="TEXT", help='Holds these words; "in quotes" side by side.'),
    click.Option(["--min-confidence"], type=Number(0, 1), default=0.0, help="At least so sure of the quote, 0 to 1."),
    click.Option(
        ["--min-speaker-confidence"], type=Number(0, 1), default=0.0, help="At least so sure of the speaker, 0 to 1."
    ),
    click.Option(["--all", "everything"], is_flag=True, help="Show attitudes, denied and questioned contents too."),
    click.Option(
        ["--all-versions"], is_flag=True, help="Show earlier versions of an article too, not only the latest."
    ),
]
"""Options that choose quotes. Those that can be repeated take any of the values; all of the options must hold."""
