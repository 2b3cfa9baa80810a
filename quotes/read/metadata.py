"""What is known about a document, from a mapping: front matter, a JSON object or a CSV row.

In: the mapping, and which key holds what. Out: a `Document`, or `InputRefused` for a value of the wrong type. It is a
module because the three sources follow one rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from quotes.errors import InputRefused
from quotes.read import dates, normal
from quotes.read.addresses import canonical
from quotes.records import Document

# Keys that are understood without being declared, first come first served.
KEYS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "text": ("text",),
    "url": ("url",),
    "outlet": ("outlet",),
    "title": ("title",),
    "byline": ("byline", "author"),
    "published": ("published", "date"),
    "published_at": ("published_at",),
    "language": ("language",),
}
_ABSENT = ("", "~", "null")


class Record:
    """One mapping with its place, for messages, and the caller's names for its fields."""

    def __init__(self, values: Mapping[str, object], location: str, fields: Mapping[str, str]) -> None:
        self._values = values
        self._location = location
        self._fields = fields

    def document(self, id_: str, text: str, *, url: str | None = None) -> Document:
        """The document with this text and the metadata of the mapping; `url` is where it was fetched from."""
        return Document(
            id=id_,
            text=text,
            url=canonical(self._label("url") or url),
            outlet=self._label("outlet"),
            title=self._label("title"),
            byline=self._label("byline"),
            language=self._label("language"),
            **dates.as_fields(dates.published(self._published())),
        )

    def _published(self) -> str:
        """The date as given, the more precise one first, as `quotes extract` writes them."""
        moment = None if "published" in self._fields else self._label("published_at")
        return moment or self._label("published") or ""

    def text(self) -> str:
        """The text exactly as given; raises `InputRefused` if there is none or it is no string."""
        key, value = self._find("text")
        if value is None:
            raise InputRefused(self._location, f'has no "{key}"; name the field that holds the text')
        if not isinstance(value, str):
            raise InputRefused(
                self._location, f'"{key}" is {_kind(value)}, not text; name the field that holds the text'
            )
        return value

    def id(self) -> str | None:
        """The identifier as given, so that others know it again; whole numbers become strings."""
        key, value = self._find("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            raise InputRefused(self._location, f'"{key}" is {_kind(value)}; use a string or a whole number')
        return value if value is None or value.isprintable() else normal.label(value)

    def _find(self, field: str) -> tuple[str, object]:
        """The key that holds the field, and its value; a declared key alone counts."""
        keys = (self._fields[field],) if field in self._fields else KEYS[field]
        return next(((key, self._values[key]) for key in keys if key in self._values), (keys[0], None))

    def _label(self, field: str) -> str | None:
        """One line of metadata; several strings, as of several authors, are joined by commas."""
        key, value = self._find(field)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        if value is None or (isinstance(value, str) and value.strip().lower() in _ABSENT):
            return None
        if not isinstance(value, str):
            raise InputRefused(self._location, f'"{key}" is {_kind(value)}, not text; write it as a string')
        return normal.label(value)


def _kind(value: object) -> str:
    """What a value is, in words for a message."""
    if isinstance(value, bool):
        return "true or false"
    return {int: "a number", float: "a number", list: "a list", dict: "an object"}.get(type(value), "no string")
