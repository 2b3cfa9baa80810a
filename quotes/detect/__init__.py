"""Who says what in a document, found by a small trained network.

In: a `Document`. Out: its `Attribution`s, in the order of their content. `MODEL` and `VERSION` name what found them;
`data/MODEL_CARD.md` says how good it is. `analyse` gives the names in the document as well, from the same reading.
"""

from __future__ import annotations

from quotes.detect.analysis import Analysis, analyse
from quotes.records import Attribution, Document

__all__ = ["MODEL", "VERSION", "Analysis", "analyse", "detect"]

MODEL = "minilm-l6"
VERSION = "2"


def detect(document: Document) -> list[Attribution]:
    """All statements that a document attributes to somebody, in the order of the text."""
    return list(analyse(document).attributions)
