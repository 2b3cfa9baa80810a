"""Who the source of each attribution is, as far as the article itself tells.

In: a `Document` and its `Attribution`s. Out: `Quote`s, in the same order.
"""

from __future__ import annotations

from quotes.resolve.quotes import resolve

__all__ = ["resolve"]
