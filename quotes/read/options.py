"""What a caller may decide about reading.

In: keyword arguments. Out: a frozen `ReadOptions`, checked once. It is a module because every format and source takes
it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quotes import deadline

FORMATS = ("text", "markdown", "html", "jsonl", "json", "csv")
FIELDS = ("id", "text", "url", "outlet", "title", "byline", "published", "language")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read; raises ValueError for a value that cannot be meant.

    - `language`: None admits English only; a code such as "fr" lets every text through and becomes `Document.language`.
    - `max_bytes`: limit on a file or URL, and in JSON and CSV files on each record, as UTF-8.
    - `encoding`: forces this encoding on every input; None detects.
    - `allow_private`: lets URLs lead to private, loopback and link-local addresses.
    - `fields`: which JSON key or CSV column holds which of `FIELDS`, for instance `{"text": "body"}`.
    - `input_format`: one of `FORMATS`; None goes by extension or content type, then by the first bytes.
    - `as_given`: leaves the text of JSON and CSV records as it is, not NFC, so that offsets fit what was given.
    - `timeout`: seconds that one URL may take, redirects included.
    - `max_seconds`: processor time that reading one document may take; see `quotes.deadline`.
    """

    language: str | None = None
    max_bytes: int = 10_000_000
    encoding: str | None = None
    allow_private: bool = False
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    input_format: str | None = None
    as_given: bool = False
    timeout: float = 30.0
    max_seconds: float = deadline.SECONDS

    def __post_init__(self) -> None:
        if self.input_format is not None and self.input_format not in FORMATS:
            raise ValueError(f'no input format is called "{self.input_format}"; use one of {", ".join(FORMATS)}')
        if unknown := set(self.fields) - set(FIELDS):
            raise ValueError(f"no field is called {', '.join(sorted(unknown))}; use {', '.join(FIELDS)}")
        if self.language is not None and not re.fullmatch("[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", self.language):
            raise ValueError(f'"{self.language}" is no code of a language; write it as in "en" or "pt-BR"')
        if self.max_bytes < 1 or self.timeout <= 0 or self.max_seconds <= 0:
            raise ValueError("max_bytes, timeout and max_seconds must be greater than 0")
        if self.encoding is not None:
            _require_codec(self.encoding)


def _require_codec(name: str) -> None:
    """Raise ValueError unless Python can turn bytes into text with the encoding of this name."""
    try:
        codecs.lookup(name)
        "a".encode(name)  # refuses base64 and its like, which are no encodings of text
    except (LookupError, ValueError) as error:
        raise ValueError(f'no text encoding is called "{name}"; try utf-8, cp1252 or utf-16') from error
