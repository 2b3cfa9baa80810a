"""Who says what in a document, found by rules.

In: a `Document`. Out: its `Attribution`s, in the order of their content. `MODEL` and `VERSION` name what found
them.
"""

from __future__ import annotations

from quotes.detect.attributions import MODEL, VERSION, detect

__all__ = ["MODEL", "VERSION", "detect"]
