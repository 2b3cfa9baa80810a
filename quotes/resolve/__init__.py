"""Who the source of each attribution is, as far as the article itself tells.

In: a `Document` and its `Attribution`s. Out: `Quote`s, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.resolve.quotes import resolve

__all__ = ["resolve"]


def __getattr__(name: str) -> Any:
    """`resolve` with all its modules is imported when first asked for: questions need only how names compare."""
    if name != "resolve":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from quotes.resolve.quotes import resolve

    return resolve
