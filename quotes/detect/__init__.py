"""Who says what in a document, found by a small trained network.

In: a `Document`. Out: its `Attribution`s, in the order of their content. `analyse` gives the names in the document as
well, from the same reading; `model_name` tells what reads, `data/MODEL_CARD.md` how well. The environment variable
`QUOTES_MODEL` names a model folder of one's own.
"""

from __future__ import annotations

from quotes.detect.analysis import Analysis, analyse
from quotes.detect.model import model_name
from quotes.records import Attribution, Document

__all__ = ["Analysis", "analyse", "detect", "model_name"]


def detect(document: Document) -> list[Attribution]:
    """All statements that a document attributes to somebody, in the order of the text."""
    return list(analyse(document).attributions)
