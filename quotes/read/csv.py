"""CSV with a header to documents, one a row, never the whole file in memory.

In: an open text stream, its line ends untouched. Out: a `Document` or an `InputRefused` a row. The delimiter is the
one of comma, semicolon (spreadsheets of most of Europe) and tab with which the header names the column of the text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from quotes.deadline import limited
from quotes.errors import InputRefused
from quotes.read import normal
from quotes.read.lines import larger_than, numbered, too_large
from quotes.read.metadata import KEYS, Record
from quotes.read.options import ReadOptions
from quotes.records import Document

_DELIMITERS = ",;\t"


def documents(stream: TextIO, location: str, options: ReadOptions) -> Iterator[Document | InputRefused]:
    """One document for each row; a row without an id is called "LOCATION:LINE", the line on which it starts."""
    # The module's own limit is 131,072 characters a field, less than a long article; ours is `_Lines`.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    lines = _Lines(stream, location, options.max_bytes)
    try:
        header, delimiter = _header(next(lines, ""), location, options)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        empty = True
        while True:
            where = lines.start_row()
            try:
                row = next(rows, None)
            except csv.Error as error:
                empty = False
                yield InputRefused(
                    where, f"no valid CSV ({error}); put fields in quotation marks and double those inside"
                )
                continue
            if row is None:
                break
            if row:
                empty = False
                yield _document(header, row, where, options)
    except InputRefused as refused:
        yield refused
        return
    if empty:
        yield InputRefused(location, "a header and no rows; check that it was saved completely")


class _Lines:
    """The lines for `csv.reader`; raises `InputRefused` when a row outgrows the limit or cannot be decoded."""

    def __init__(self, stream: TextIO, location: str, max_bytes: int) -> None:
        self._lines = numbered(stream, location, max_bytes)
        self._location = location
        self._max_bytes = max_bytes
        self._size = 0
        self.number = 0

    def start_row(self) -> str:
        """Begin to count a row's size; where it starts."""
        self._size = 0
        return f"{self._location}:{self.number + 1}"

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if isinstance(line, InputRefused):
            raise InputRefused(line.location, f"{line.reason}; the rest of the file was not read")
        self._size += len(line)
        if self._size > self._max_bytes or too_large(line, self._max_bytes):
            reason = (
                f"a row {larger_than(self._max_bytes)}, or close its quotation mark; the rest of the file was not read"
            )
            raise InputRefused(f"{self._location}:{self.number}", reason)
        return line


def _header(line: str, location: str, options: ReadOptions) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter between them."""
    if not line.strip():
        raise InputRefused(location, normal.EMPTY)
    wanted = options.fields.get("text", KEYS["text"][0])
    for delimiter in _DELIMITERS:
        names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
        if wanted in names:
            return names, delimiter
    raise InputRefused(location, f'has no column "{wanted}" in its first line; name the column that holds the text')


def _document(header: list[str], row: list[str], where: str, options: ReadOptions) -> Document | InputRefused:
    """The document in one row, or why there is none."""
    if len(row) != len(header):
        reason = f"has {len(row)} fields where the header has {len(header)}; put texts in quotation marks"
        return InputRefused(where, reason)
    record = Record(dict(zip(header, row, strict=True)), where, options.fields)
    try:
        with limited(where, options.max_seconds):
            return record.document(record.id() or where, normal.stored(record.text(), where, as_given=options.as_given))
    except InputRefused as refused:
        return refused
