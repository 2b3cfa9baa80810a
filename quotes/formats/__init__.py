"""Rows → a table, JSON, JSON Lines, CSV, TSV or Markdown.

In: rows as mappings with the same keys, in order. Out: text, row by row as they come, but for the table, which must
see all to set its columns. It knows nothing of quotes.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")
Row = Mapping[str, Any]

UNSEEN = re.compile(r"[\x00\x01\x04-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab, line end and `MARKS`, and those that overrule the direction of writing (UAX #9)."""


def write(rows: Iterable[Row], format_: str, stream: TextIO, *, columns: Sequence[str] = ()) -> int:
    """Writes rows to a stream in one of `FORMATS`; returns how many.

    `columns` names and orders the columns to show; by default those of the first row. Every format but JSON and JSON
    Lines shows None as nothing.
    """
    iterator = iter(rows)
    first = next(iterator, None)
    names = tuple(columns) or tuple(first or ())
    picked = ({name: row[name] for name in names} for row in chain([first] if first is not None else [], iterator))
    counter = _Counter(picked)
    WRITERS[format_](counter, names, stream)
    return counter.count


class _Counter:
    """Passes rows on and counts them."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


def _object(row: Row) -> str:
    """A row as JSON, its letters as they are; what would move the cursor of a terminal is escaped."""
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(row, ensure_ascii=False, default=str))


def _json_lines(rows: Iterable[Row], _columns: Sequence[str], stream: TextIO) -> None:
    for row in rows:
        stream.write(_object(row) + "\n")


def _json(rows: Iterable[Row], _columns: Sequence[str], stream: TextIO) -> None:
    before = "["
    for row in rows:
        stream.write(before + _object(row))
        before = ",\n "
    stream.write("[]\n" if before == "[" else "]\n")


def _separated(dialect: str) -> Callable[[Iterable[Row], Sequence[str], TextIO], None]:
    def write_rows(rows: Iterable[Row], columns: Sequence[str], stream: TextIO) -> None:
        writer = csv.DictWriter(stream, columns, dialect=dialect, lineterminator="\n")
        if columns:
            writer.writeheader()
        writer.writerows(rows)

    return write_rows


def _markdown(rows: Iterable[Row], columns: Sequence[str], stream: TextIO) -> None:
    if not columns:
        return
    stream.write(_markdown_line(columns) + _markdown_line(["---"] * len(columns)))
    for row in rows:
        stream.write(_markdown_line([shown(row[name]).replace("|", "\\|").replace("\n", " ") for name in columns]))


def _markdown_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _table(rows: Iterable[Row], columns: Sequence[str], stream: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    if not rows:
        return
    cells = [[Text.assemble(*marked(shown(row[name]))) for name in columns] for row in rows]
    widths = [max(len(name), *(row[place].cell_len for row in cells)) for place, name in enumerate(columns)]
    widest = widths.index(max(widths))
    narrow = [max(len(name), min(width, NARROW)) for name, width in zip(columns, widths, strict=True)]
    console = Console(file=stream)
    fits = sum(widths) + 3 * len(widths) <= console.width
    if not fits and console.width - sum(narrow) - 3 * len(narrow) + narrow[widest] < min(widths[widest], READABLE):
        _one_below_another(console, columns, cells)
        return
    # Where all does not fit, the widest column takes what the others, kept readable, leave.
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, name in enumerate(columns):
        width = None if fits or place == widest else narrow[place]
        table.add_column(name, overflow="fold", width=width, ratio=1 if place == widest else None)
    for row in cells:
        table.add_row(*row)
    console.print(table)


def shown(value: object) -> str:
    """A value as a reader sees it: nothing for None, no trailing zeros, nothing that moves the cursor or line."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return UNSEEN.sub("", str(value))


def _one_below_another(console: Console, columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    """Each row by itself, a column a line: where a table would have to leave columns out."""
    width = max(map(len, columns)) + 2
    for number, row in enumerate(rows):
        if number:
            console.print()
        for name, cell in zip(columns, row, strict=True):
            console.print(f"{name:{width}}", cell, sep="", overflow="fold")


READABLE = 16
"""Width in cells below which a column of sentences is no longer read."""

NARROW = 14
"""Width in cells of the columns that must make room for a long one: a date, or most names in two lines."""

MARKS = "\x02\x03"
"""Around words to stand out, in a table; other formats take them as they are."""


def marked(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of a text with their style: what stands between `MARKS` is bold."""
    for piece in text.split(MARKS[0]):
        inside, _, outside = piece.rpartition(MARKS[1])
        if inside:
            yield inside, "bold"
        if outside:
            yield outside, ""


WRITERS: Mapping[str, Callable[[Iterable[Row], Sequence[str], TextIO], None]] = {
    "table": _table,
    "json": _json,
    "jsonl": _json_lines,
    "csv": _separated("excel"),
    "tsv": _separated("excel-tab"),
    "markdown": _markdown,
}
