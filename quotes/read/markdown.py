"""Markdown to a document of plain paragraphs, a blank line between them.

In: the decoded text of a file, with or without front matter. Out: a `Document`; marks of emphasis and links are gone,
headings, list items, quotations and table cells are paragraphs, fenced code, HTML and images are left out. Indented
text stays: CommonMark calls it code, but in articles it is a paragraph that somebody indented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.read import front_matter, normal
from quotes.read.metadata import Record
from quotes.records import Document

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_SHOWN = ("text", "code_inline")


def document(raw: str, location: str, url: str | None = None) -> Document:
    """The file as one document; without a title in the front matter, its first top heading is the title."""
    from markdown_it import MarkdownIt

    found, content = front_matter.split(normal.stored(raw, location))
    tokens = MarkdownIt("commonmark").enable("table").disable("code").parse(content)
    text = normal.stored("\n\n".join(_paragraphs(tokens)), location)
    result = Record(found, location, {}).document(location, text, url=url)
    return result if result.title else replace(result, title=_top_heading(tokens))


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    """The plain text of each block that has any."""
    for token in tokens:
        if token.type == "inline" and (text := _plain(token)):
            yield text


def _plain(inline: Token) -> str:
    """The words of a block without the marks."""
    parts = (_BREAKS.get(token.type, token.content if token.type in _SHOWN else "") for token in inline.children or ())
    return "".join(parts).strip()


def _top_heading(tokens: list[Token]) -> str | None:
    """The first heading of level one."""
    headings = (following for token, following in pairwise(tokens) if token.tag == "h1" and token.nesting == 1)
    first = next(headings, None)
    return normal.label(_plain(first)) if first else None
