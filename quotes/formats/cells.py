"""A value → the text of a cell: what a reader sees on a terminal, and what a spreadsheet may not run."""

from __future__ import annotations

import re
from collections.abc import Iterator

UNSEEN = re.compile(r"[\x00\x01\x04-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab, line end and `MARKS`, and those that overrule the direction of writing (UAX #9)."""

MARKS = "\x02\x03"
"""Around words to stand out, in a table; other formats take them as they are."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula: https://owasp.org/www-community/attacks/CSV_Injection"""

NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*(e[-+]?\d+)?%?", re.ASCII | re.IGNORECASE)


def shown(value: object) -> str:
    """A value as a reader sees it: nothing for None, no trailing zeros, nothing that moves the cursor or line."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return UNSEEN.sub("", str(value))


def marked(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of a text with their style: what stands between `MARKS` is bold."""
    for piece in text.split(MARKS[0]):
        inside, _, outside = piece.rpartition(MARKS[1])
        if inside:
            yield inside, "bold"
        if outside:
            yield outside, ""


def harmless(value: object) -> object:
    """A value that a spreadsheet shows as it is: an apostrophe goes before what it would take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else value
