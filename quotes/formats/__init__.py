"""Rows → a table, JSON, JSON Lines, CSV, CSV for spreadsheets, TSV or Markdown.

In: rows as mappings with the same keys, in order. Out: text, row by row as they come, but for the table, which must
see all to set its columns. It knows nothing of quotes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TextIO

from quotes.formats.cells import UNSEEN, harmless, shown
from quotes.formats.table import Layout, Row, write_table

__all__ = ["FORMATS", "Layout", "Row", "shown", "write"]

FORMATS = ("table", "json", "jsonl", "csv", "excel", "tsv", "markdown")


def write(
    rows: Iterable[Row], format_: str, stream: TextIO, *, columns: Sequence[str] = (), layout: Layout | None = None
) -> int:
    """Writes rows to a stream in one of `FORMATS`; returns how many.

    `columns` names and orders the columns to show, by default those of the first row; `layout` does in a table. Every
    format but JSON and JSON Lines shows None as nothing.
    """
    if format_ == "table":
        everything = list(rows)
        write_table(everything, layout or Layout(columns), stream)
        return len(everything)
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


def _excel(rows: Iterable[Row], columns: Sequence[str], stream: TextIO) -> None:
    """CSV that a spreadsheet opens by itself, in the right letters, and in which it finds no formula."""
    if columns:
        stream.write("\ufeff")
        writer = csv.writer(stream)  # ends lines as RFC 4180 does, so that a lone carriage return is quoted
        writer.writerow(map(harmless, columns))
        writer.writerows([harmless(row[name]) for name in columns] for row in rows)


def _markdown(rows: Iterable[Row], columns: Sequence[str], stream: TextIO) -> None:
    if not columns:
        return
    stream.write(_markdown_line(columns) + _markdown_line(["---"] * len(columns)))
    for row in rows:
        stream.write(_markdown_line([shown(row[name]).replace("|", "\\|").replace("\n", " ") for name in columns]))


def _markdown_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


WRITERS: Mapping[str, Callable[[Iterable[Row], Sequence[str], TextIO], None]] = {
    "json": _json,
    "jsonl": _json_lines,
    "csv": _separated("excel"),
    "excel": _excel,
    "tsv": _separated("excel-tab"),
    "markdown": _markdown,
}
