"""Lines of a file of records, one at a time, none longer than allowed.

In: an open text stream. Out: numbered lines; one that is too long comes as `InputRefused` and is skipped without being
held. It is a module because JSON Lines and CSV must both stay small in memory whatever the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from quotes.errors import InputRefused

_CHUNK = 65_536
_UNDECODED = re.compile(r"[\udc80-\udcff]")  # what the error handler "surrogateescape" makes of bad bytes


def numbered(stream: TextIO, location: str, max_bytes: int) -> Iterator[tuple[int, str | InputRefused]]:
    """Each line with its number, from 1; `InputRefused` in place of one that is too long or cannot be decoded."""
    number = 0
    while True:
        number += 1
        where = f"{location}:{number}"
        try:
            line = stream.readline(max_bytes + 1)
            if not line:
                return
            if number == 1:
                line = line.removeprefix("\ufeff")  # left there by codecs that do not look for a mark
            if too_large(line, max_bytes):
                _skip(stream, line)
                yield number, InputRefused(where, larger_than(max_bytes))
            elif _UNDECODED.search(line):
                yield number, InputRefused(where, "not in the encoding of the file; name its encoding with --encoding")
            else:
                yield number, line
        except UnicodeError:  # not every codec can step over bad bytes
            yield number, InputRefused(where, "undecodable from here on; name the file's encoding with --encoding")
            return


def too_large(text: str, max_bytes: int) -> bool:
    """Whether the text, line end aside, takes more bytes than allowed as UTF-8."""
    if len(text) * 4 <= max_bytes:
        return False
    return len(text.rstrip("\r\n").encode("utf-8", "surrogatepass")) > max_bytes


def larger_than(max_bytes: int) -> str:
    """The reason for a refusal for size."""
    size = f"{max_bytes / 1_000_000:g} MB" if max_bytes >= 1_000_000 else f"{max_bytes:,} bytes"
    return f"larger than {size}; raise --max-bytes"


def _skip(stream: TextIO, line: str) -> None:
    """Read on to the end of the line that began with `line`."""
    while line and not line.endswith("\n"):
        line = stream.readline(_CHUNK)
