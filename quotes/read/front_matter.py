"""YAML front matter: the block between two lines of `---` at the very start of a text or Markdown file.

In: the text of a file. Out: the mapping and the content below it, stripped; without front matter, an empty mapping and
the whole text, untouched. It is a module because text and Markdown share it.

Front matter must be a mapping with at least one key that `metadata` knows. All else that begins with `---`, malformed
YAML too, is text: an article may open with a rule, and words must not vanish because YAML could read them as a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quotes.read.metadata import KEYS

# Far more than front matter needs; YAML of this length is parsed in 0.1 s, one of 2 MB in 6 s.
LONGEST = 20_000
_KNOWN = frozenset(key for keys in KEYS.values() for key in keys) - {"id", "text"}


def split(text: str) -> tuple[Mapping[str, object], str]:
    """Front matter, every scalar in it a string as written, and content."""
    if not text.startswith("---") or "\n---" not in text[:LONGEST]:
        return {}, text
    import frontmatter
    import yaml  # type: ignore[import-untyped]
    from frontmatter.default_handlers import YAMLHandler

    class AsWritten(YAMLHandler):
        """Leaves "Yes" a word, "1984" a title, and dates to `dates`."""

        def load(self, fm: str, **_: object) -> Any:
            if len(fm) > LONGEST:
                raise ValueError("too long for front matter")
            return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506 -- BaseLoader builds only strings

    try:
        found, content = frontmatter.parse(text, handler=AsWritten())
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    return (found, content) if _KNOWN & found.keys() else ({}, text)
