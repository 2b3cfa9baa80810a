"""From one source to its documents: which format it is, the limits, and whether the language is right.

In: a `Source`. Out: a `Document` or an `InputRefused` for each document in it. It is a module because what holds for
every format is said here once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from quotes.deadline import limited
from quotes.errors import InputRefused
from quotes.read import addresses, encoding, language, lines, normal
from quotes.read.options import ReadOptions
from quotes.read.source import Source
from quotes.records import Document

HEAD = 65_536
_BINARY_STARTS = {
    b"%PDF-": "a PDF; turn it into text first (pdftotext does it)",
    b"{\\rtf": "a Rich Text file; save it as plain text",
    b"PK\x03\x04": "a ZIP archive or an office file; save it as plain text or HTML",
    b"\x1f\x8b": "compressed (gzip); unpack it first",
}
_HTML = re.compile(
    rb"(?>\s|\xef\xbb\xbf|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_JSONL = re.compile(rb'(?:\s|\xef\xbb\xbf)*\{[ \t]*"')
_JSON = re.compile(rb'(?:\s|\xef\xbb\xbf)*(?:\[\s*)?\{\s*"')
_RECORDS = ("jsonl", "json", "csv")


def documents(source: Source, options: ReadOptions) -> Iterator[Document | InputRefused]:
    """Every document of one source; what cannot be read comes as `InputRefused`."""
    try:
        with source.open() as stream:
            for found in _found(source, stream, options):
                yield found if isinstance(found, InputRefused) else _admitted(found, source, options)
    except InputRefused as refused:
        yield refused
    except OSError as error:
        yield InputRefused(source.location, unreadable(error))


def unreadable(error: OSError) -> str:
    """The reason for a refusal when the system says no."""
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions (ls -l)"
    return f"cannot be read ({error.strerror or error}); check that it is there and whole"


def sniffed(head: bytes) -> str:
    """The format that the first bytes show; plain text if nothing else."""
    shown = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")  # as if UTF-16 were ASCII
    if _HTML.match(shown):
        return "html"
    if _JSONL.match(shown):
        return "jsonl"
    return "json" if _JSON.match(shown) else "text"


def _found(source: Source, stream: BinaryIO, options: ReadOptions) -> Iterator[Document | InputRefused]:
    """The documents in an open stream, whatever their language."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), HEAD)
    try:
        head = buffered.peek(HEAD)
        for start, what in _BINARY_STARTS.items():
            if head.startswith(start):
                raise InputRefused(source.location, what)
        input_format = options.input_format or source.input_format or sniffed(head)
        if input_format in _RECORDS:
            yield from _records(source, buffered, head, input_format, options)
        else:
            yield _whole(source, buffered, input_format, options)
    finally:
        if buffered is not stream:
            buffered.detach()  # closing is for whoever opened it


def _records(
    source: Source, stream: io.BufferedReader, head: bytes, input_format: str, options: ReadOptions
) -> Iterator[Document | InputRefused]:
    """The documents of a file of records."""
    from quotes.read import csv, json, jsonl

    codec = encoding.of_stream(head, source.location, options.encoding, source.charset)
    newline = "" if input_format == "csv" else "\n"
    text = io.TextIOWrapper(stream, encoding=codec, errors="surrogateescape", newline=newline)
    try:
        read = {"jsonl": jsonl.documents, "json": json.documents, "csv": csv.documents}[input_format]
        for found in read(text, source.location, options):
            if isinstance(found, Document) and found.url is None:
                found = replace(found, url=addresses.canonical(source.url))
            yield found
    finally:
        text.detach()


def _whole(source: Source, stream: BinaryIO, input_format: str, options: ReadOptions) -> Document:
    """The one document of a source."""
    too_large = source.size is not None and source.size > options.max_bytes
    data = b"" if too_large else stream.read(options.max_bytes + 1)
    if too_large or len(data) > options.max_bytes:
        raise InputRefused(source.location, lines.larger_than(options.max_bytes))
    if not data.strip():
        raise InputRefused(source.location, normal.EMPTY)
    declared = source.charset
    if input_format == "html":
        declared = declared or encoding.declared_in_page(data)
    raw = encoding.decode(data, source.location, options.encoding, declared)
    from quotes.read import html, markdown, text

    readers = {"html": html.document, "markdown": markdown.document, "text": text.document}
    with limited(source.location, options.max_seconds):
        return readers[input_format](raw, source.location, source.url)


def _admitted(document: Document, source: Source, options: ReadOptions) -> Document | InputRefused:
    """The document with its language, or why it is not added."""
    if options.language is not None:
        return replace(document, language=language.code(options.language))
    reason = language.refusal(document.text, document.language)
    if reason is None:
        return replace(document, language="en")
    inside = not document.id.startswith(source.location)
    return InputRefused(f"{source.location} ({document.id})" if inside else document.id, reason)
