"""Bytes to text: never by a silent guess.

In: the bytes of a file or page, and the encoding that the caller forced or the page declares. Out: text, or
`InputRefused`. It is a module because every source needs the same order: the caller's word, byte order mark, strict
UTF-8, declared encoding, and last what `legacy` can prove.
"""

from __future__ import annotations

import codecs
import re

from quotes.errors import InputRefused
from quotes.read.normal import BINARY

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages that say these mean cp1252, and so do browsers (WHATWG Encoding Standard, "Names and labels").
_LATIN_1 = frozenset({"iso8859-1", "ascii"})
# Codecs of Python that are no encodings of texts; a page that declares one is wrong.
_NOT_FOR_TEXT = frozenset(
    {"unicode_escape", "raw_unicode_escape", "raw-unicode-escape", "unicode-escape", "idna", "punycode"}
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_META_WITHIN = 4096
UNDECODABLE = (
    "undecodable: neither UTF-8 nor surely anything else; name its encoding with --encoding, for instance cp1252"
)


def decode(data: bytes, location: str, forced: str | None = None, declared: str | None = None) -> str:
    """The text of a whole document; raises `InputRefused` if it is binary or its encoding is not certain."""
    name = _certain(data, forced, declared)
    try:
        if name is not None:
            return data.decode(name)
    except UnicodeError as error:
        raise InputRefused(location, f"not valid {name}; name another encoding with --encoding") from error
    if b"\0" in data:
        raise InputRefused(location, BINARY)
    from quotes.read import legacy

    text = legacy.decode(data)
    if text is None:
        raise InputRefused(location, UNDECODABLE)
    return text


def of_stream(head: bytes, location: str, forced: str | None = None, declared: str | None = None) -> str:
    """The codec for a file of records, from its first bytes; raises `InputRefused` if they do not settle it."""
    name = _certain(head, forced, declared)
    if name is not None:
        return name
    if b"\0" in head:
        raise InputRefused(location, BINARY)
    from quotes.read import legacy

    name = legacy.codec(head)
    if name is None:
        raise InputRefused(location, UNDECODABLE)
    return name


def declared_in_page(data: bytes) -> str | None:
    """The encoding that an HTML or XML head declares."""
    found = _META.search(data[:_META_WITHIN])
    return found[1].decode("ascii") if found else None


def _certain(data: bytes, forced: str | None, declared: str | None) -> str | None:
    """The codec that needs no guess; None if there is none."""
    if forced:
        return _codec(forced) or forced
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _bare_utf16(data)
    if marked:
        return marked
    if _decodes(data, "utf-8"):
        return "utf-8"
    name = _codec(declared) if declared else None
    return name if name and name != "utf-8" and _decodes(data, name) else None


def _codec(label: str) -> str | None:
    """Python's name of the encoding with this label; None if it has none fit for text."""
    try:
        name = codecs.lookup(label).name
        "a".encode(label)  # refuses base64 and its like
    except (LookupError, ValueError):
        return None
    if name in _NOT_FOR_TEXT:
        return None
    return "cp1252" if name in _LATIN_1 else name


def _decodes(data: bytes, name: str) -> bool:
    """Whether every byte fits; a character cut off at the very end does not count against it."""
    try:
        codecs.getincrementaldecoder(name)().decode(data)
    except UnicodeError:
        return False
    return True


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: zeros in every other byte of Western text, and in the others none."""
    if b"\0" not in data:
        return None
    high, low = data[1::2], data[0::2]
    for zeros, others, name in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        # Half is enough to exclude chance, and met by every text that is mostly Latin letters and spaces.
        if b"\0" not in others and zeros.count(0) * 2 > len(zeros) and _decodes(data, name):
            return name
    return None
