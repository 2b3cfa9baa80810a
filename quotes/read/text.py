"""Plain text, with or without front matter, to a document.

In: the decoded text of a file. Out: a `Document` whose text is the file's, nothing stripped unless front matter was.
"""

from __future__ import annotations

from quotes.read import front_matter, normal
from quotes.read.metadata import Record
from quotes.records import Document


def document(raw: str, location: str, url: str | None = None) -> Document:
    """The file as one document."""
    found, content = front_matter.split(normal.stored(raw, location))
    return Record(found, location, {}).document(location, normal.stored(content, location), url=url)
