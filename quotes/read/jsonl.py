"""JSON Lines to documents, one a line, never the whole file in memory.

In: an open text stream. Out: a `Document` or an `InputRefused` a line; blank lines are passed over. The text is not
stripped or changed but for NFC and line ends, because offsets in gold files count from its start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from quotes.deadline import limited
from quotes.errors import InputRefused
from quotes.read import normal
from quotes.read.lines import numbered
from quotes.read.metadata import Record
from quotes.read.options import ReadOptions
from quotes.records import Document

NOT_LINES = "JSON over several lines, or an array; pass --input-format json, or name it .json"


def documents(stream: TextIO, location: str, options: ReadOptions) -> Iterator[Document | InputRefused]:
    """One document for each line; a line without an "id" is called "LOCATION:LINE"."""
    first = True
    for number, line in numbered(stream, location, options.max_bytes):
        if isinstance(line, InputRefused):
            yield line
        elif not (record := line.strip(" \t\r\n")):
            continue
        elif first and (record == "{" or record.startswith("[")):
            yield InputRefused(location, NOT_LINES)
            return
        else:
            yield _document(record, f"{location}:{number}", options)
        first = False
    if first:
        yield InputRefused(location, normal.EMPTY)


def _document(line: str, where: str, options: ReadOptions) -> Document | InputRefused:
    """The document on one line, or why there is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "beyond what can be read"
        return InputRefused(where, f"invalid JSON ({what}); correct the line")
    if not isinstance(found, dict):
        return InputRefused(where, "no JSON object; put one object with an id and a text on each line")
    return record_document(found, where, options)


def record_document(found: dict[str, object], where: str, options: ReadOptions) -> Document | InputRefused:
    """The document in one JSON object, or why there is none."""
    record = Record(found, where, options.fields)
    try:
        with limited(where, options.max_seconds):
            return record.document(record.id() or where, normal.stored(record.text(), where, as_given=options.as_given))
    except InputRefused as refused:
        return refused
