"""JSON to documents: an array of objects, one object, or several one after the other; never the whole file in memory.

In: an open text stream. Out: a `Document` or an `InputRefused` for each object. The fields, and the text, which is not
stripped or changed, are those of JSON Lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from quotes.errors import InputRefused
from quotes.read import normal
from quotes.read.jsonl import record_document
from quotes.read.lines import larger_than, too_large
from quotes.read.options import ReadOptions
from quotes.records import Document

CHUNK = 65_536
NO_RECORDS = "neither a JSON array of objects nor an object; give each article as an object with an id and a text"
_SPACE = re.compile(r"[ \t\r\n]*")
_UNDECODED = re.compile(r"[\udc80-\udcff]")  # what the error handler "surrogateescape" makes of bad bytes


def documents(stream: TextIO, location: str, options: ReadOptions) -> Iterator[Document | InputRefused]:
    """One document for each object; an object without an "id" is called "LOCATION:NUMBER", counted from 1."""
    number = 0
    try:
        for number, value in enumerate(_Values(stream, location, options.max_bytes), start=1):
            where = f"{location}:{number}"
            if isinstance(value, dict):
                yield record_document(value, where, options)
            elif number == 1:
                yield InputRefused(location, NO_RECORDS)
                return
            else:
                yield InputRefused(where, "no JSON object; give each article as an object with an id and a text")
    except InputRefused as refused:
        yield refused
        return
    if not number:
        yield InputRefused(location, normal.EMPTY)


class _Values:
    """The elements of an array, or the values of a stream, one at a time; raises `InputRefused` where that ends."""

    def __init__(self, stream: TextIO, location: str, max_bytes: int) -> None:
        self.stream, self.location, self.max_bytes = stream, location, max_bytes
        self.text, self.at, self.chunk = "", 0, CHUNK
        self.ended = False
        self.decoder = json.JSONDecoder()

    def __iter__(self) -> Iterator[object]:
        self.at += self._next() == "\ufeff"  # left there by codecs that do not look for a mark
        in_array = self._next() == "["
        self.at += in_array
        if in_array and self._next() == "]":
            return
        while first := self._next():
            if not in_array and first not in '{["':
                raise InputRefused(self.location, NO_RECORDS)
            yield self._value()
            if in_array and not self._separated():
                return
        if in_array:
            raise self._broken("the array does not end")

    def _next(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.text) or not self._read():
                return self.text[self.at : self.at + 1]

    def _value(self) -> object:
        """The value that begins here, read in ever larger pieces until it is whole."""
        self.chunk = CHUNK
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except RecursionError:
                raise self._broken("beyond what can be read") from None
            except ValueError as error:
                if self._read() and not too_large(self.text[self.at :], self.max_bytes):
                    continue
                cut_off = not self.ended and str(error).startswith("Unterminated")
                reason = error.msg if isinstance(error, json.JSONDecodeError) else "beyond what can be read"
                raise self._broken(larger_than(self.max_bytes) if cut_off else reason) from None
            if too_large(self.text[self.at : end], self.max_bytes):
                raise self._broken(larger_than(self.max_bytes))
            self.at = end
            return value

    def _separated(self) -> bool:
        """Whether another element follows."""
        mark = self._next()
        if mark not in (",", "]"):
            raise self._broken("elements of an array stand between commas" if mark else "the array does not end")
        self.at += 1
        return mark == ","

    def _read(self) -> bool:
        """Read on, dropping what is done with; False at the end."""
        more = "" if self.ended else self.stream.read(self.chunk)
        self.ended = not more
        if _UNDECODED.search(more):
            raise self._broken("not in the encoding of the file; name its encoding with --encoding")
        self.text, self.at = self.text[self.at :] + more, 0
        self.chunk *= 2
        return bool(more)

    def _broken(self, reason: str) -> InputRefused:
        return InputRefused(self.location, f"invalid JSON ({reason}); what stands behind it was not read")
