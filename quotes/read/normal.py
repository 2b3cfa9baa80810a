"""Text as it is stored: NFC, line ends `\\n`, no byte order mark; otherwise untouched, because quotes are cut from it.

In: text as decoded or as a format gave it. Out: the stored form, or `InputRefused`. It is a module because every format
ends here and every offset counts from here.

Control characters other than NUL stay: published text has stray ones (in 934 news articles 19 C1 controls and one
escape), and removing them would move every later offset. NUL, or many controls, mean that it is no text at all.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from quotes.errors import InputRefused

# The 934 articles above have at most 0.01 % of these controls, executable and compressed files, NULs aside, 10 to 25 %.
MAX_CONTROL_SHARE = 0.01
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MANY_MARKS = re.compile(r"[\u0300-\U0010ffff]{32,}")  # every combining mark is among these characters
_SURROGATE = re.compile(r"[\ud800-\udfff]")

BINARY = "binary, not text; convert it to plain text or HTML first"
EMPTY = "empty: it holds no text; check that it was saved completely"


def stored(raw: str, location: str, *, as_given: bool = False) -> str:
    """The text in its stored form, or `as_given`; raises `InputRefused` if it is empty, binary or no valid Unicode."""
    if "\0" in raw or len(_CONTROL.findall(raw)) > MAX_CONTROL_SHARE * len(raw):
        raise InputRefused(location, BINARY)
    if _SURROGATE.search(raw):
        raise InputRefused(location, "holds half a character (a lone surrogate); write the text again as UTF-8")
    lines = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = nfc(lines)
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise InputRefused(location, EMPTY)
    return raw if as_given else text


def label(raw: str) -> str | None:
    """A title, name or address on one line without control characters; None if nothing is left."""
    shown = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in raw)
    return nfc(" ".join(shown.split())) or None


def nfc(text: str) -> str:
    """Unicode's Normalization Form C, in linear time: the library sorts runs of marks by insertion."""
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_in_order, text))


def _in_order(run: re.Match[str]) -> str:
    """A run with its marks in canonical order (UAX 15), which does not change what it is normalised to."""
    parts = groupby(run.group(), key=lambda character: unicodedata.combining(character) > 0)
    return "".join("".join(sorted(part, key=unicodedata.combining) if marks else part) for marks, part in parts)
