"""Reading: a path, directory, pattern, address or standard input to documents.

In: one word of a user, and `ReadOptions`. Out: an iterator of `Document`, and of `InputRefused` for whatever cannot
become one, so that the run goes on; what could not be read of a document is told in its `warnings`. One module a
format; a source goes through them like this::

    targets (and urls) -> Source -> contents -> text | markdown | html | jsonl | json | csv -> Document
                                    encoding      front_matter, metadata, dates, normal    language

Nothing is held that has been yielded, and the libraries of a format are imported when the first source needs them.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.errors import InputRefused
from quotes.read.options import FIELDS, FORMATS, ReadOptions
from quotes.records import Document

__all__ = ["FIELDS", "FORMATS", "ReadOptions", "read"]

_DEFAULT = ReadOptions()


def read(target: str, options: ReadOptions = _DEFAULT) -> Iterator[Document | InputRefused]:
    """Every document that `target` means, lazily: a path, a directory, a glob pattern, "-" or an http(s) address.

    What is refused is yielded as an `InputRefused`, not raised. `Document.id` is the id of a record, else the path or
    address as given ("-" for standard input), followed by ":LINE" for a record without an id (":NUMBER" in JSON).
    """
    from quotes.read import contents, targets

    for source in targets.sources(target, options):
        if isinstance(source, InputRefused):
            yield source
        else:
            yield from contents.documents(source, options)
