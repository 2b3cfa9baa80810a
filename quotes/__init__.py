"""Who said what, to whom, and where it stands in the text.

>>> from quotes import Document, extract
>>> quote = extract(Document("bridge", '“We will rebuild the bridge,” said Mayor Ines Okoro.'))[0]
>>> quote.speaker.name, quote.role
('Ines Okoro', 'Mayor')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.errors import QuotesError
    from quotes.pipeline import add, documents, extract
    from quotes.query import quotes_by_speaker, sources_of_claim
    from quotes.records import Document
    from quotes.store.engine import open_database

__all__ = [
    "Document",
    "QuotesError",
    "add",
    "documents",
    "extract",
    "open_database",
    "quotes_by_speaker",
    "sources_of_claim",
]

_HOMES = {
    "Document": "quotes.records",
    "QuotesError": "quotes.errors",
    "add": "quotes.pipeline",
    "documents": "quotes.pipeline",
    "extract": "quotes.pipeline",
    "open_database": "quotes.store.engine",
    "quotes_by_speaker": "quotes.query",
    "sources_of_claim": "quotes.query",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first asked for: the command line starts in a fraction of the time."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
