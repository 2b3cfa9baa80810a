"""A web page to a document: the article without menus and comments, and what the page says about itself.

In: the decoded page and, if it was fetched, its address. Out: a `Document` of paragraphs with a blank line between
them, or `InputRefused` when there is no article in it. The work is trafilatura's.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from quotes.errors import InputRefused
from quotes.read import dates, normal
from quotes.read.addresses import canonical
from quotes.records import Document

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]
    from trafilatura.settings import Document as Page

NO_ARTICLE = "HTML without the text of an article; open the page, copy its text into a file and add that"
# Elements of trafilatura's tree that run on inside a paragraph; every other one starts a paragraph.
_INLINE = frozenset({"hi", "ref", "lb", "del", "graphic"})
# Where pages give the moment of publication: Open Graph, schema.org as JSON-LD or microdata.
_MOMENT = re.compile(
    r"""(?:article:published_time|datePublished)["']?\s{0,9}(?::|(?:content|datetime)=|\s)\s{0,9}(?:content=)?["']"""
    r"""(?P<told>\d{4}-\d\d-\d\d[T ][0-9:.,+Z-]{4,30})["']"""
)
# Whose words a block quote has; trafilatura takes the foot of it for that of the page.
_CREDIT = re.compile(
    r"<footer\b[^>]{0,99}>(?P<words>\s*(?:&mdash;|&#8212;|[—–-]{1,2})?\s*<cite\b(?:(?!</footer).){0,300})</footer>",
    re.IGNORECASE | re.DOTALL,
)
_SILENT = logging.NullHandler()
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
MAX_ATTRIBUTES = 256
"""Attributes of one element that are read: the parser compares each with all before it. Pages have some twenty."""
_ATTRIBUTE = r"""[\s/]++(?:[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|=++)?+"""
_MANY_ATTRIBUTES = re.compile(rf"(<[a-zA-Z][^\s/>]{{0,63}}+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}}+)(?:{_ATTRIBUTE})++")


def document(raw: str, location: str, url: str | None = None) -> Document:
    """The page as one document; the outlet is the name of the site or else the host."""
    raw = _CREDIT.sub(r"<p>\g<words></p>", raw)
    page = _extracted(_MANY_ATTRIBUTES.sub(r"\1 ", _XML_DECLARATION.sub("", raw)), url)
    if page is None or page.body is None or not (paragraphs := list(_paragraphs(page.body))):
        raise InputRefused(location, NO_ARTICLE)
    address = canonical(_address(page.url, url))
    return Document(
        id=location,
        text=normal.stored("\n\n".join(paragraphs), location),
        url=address,
        outlet=normal.label(page.sitename or "") or (urlsplit(address).hostname if address else None),
        title=normal.label(page.title or ""),
        byline=normal.label((page.author or "").replace("; ", ", ")),
        **_published(page.date, raw),
    )


def _published(day: str | None, raw: str) -> dict[str, Any]:
    """Day of publication, the hour where the head of the page gives one for that day, and what is odd about it."""
    found = dates.published(day or "")
    moment = None
    for match in _MOMENT.finditer(raw) if found.day else ():
        told = dates.published(match["told"])
        if told.day == found.day and told.at:
            moment = told.at
            break
    return dates.as_fields(replace(found, at=moment))


def _extracted(page: str, url: str | None) -> Page | None:
    """What trafilatura finds; None if it finds nothing or fails."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):  # they log refusals as warnings, which would reach the terminal
        logging.getLogger(name).addHandler(_SILENT)
    # No extensive search: it takes dates out of the running text and the copyright line.
    dating = {"extensive_search": False, "original_date": True}
    try:
        found = bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, date_extraction_params=dating
        )
    except Exception:  # broken pages raise what they like in there, and the run has to go on
        return None
    return None if isinstance(found, dict) else found


def _paragraphs(body: _Element) -> Iterator[str]:
    """The text of each block of the tree, spaces at the ends of lines removed."""
    from lxml.etree import iterwalk

    pieces: list[list[str]] = [[]]
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            pieces.append([])
        elif event == "start" and element.tag == "lb":
            pieces[-1].append("\n")
        pieces[-1].append((element.text if event == "start" else element.tail) or "")
    for piece in pieces:
        lines = (line.strip() for line in "".join(piece).split("\n"))
        if text := "\n".join(line for line in lines if line):
            yield text


def _address(canonical: str | None, fetched: str | None) -> str | None:
    """The canonical URL, unless it is a home page, which would make all the articles of a site one, or another site's:
    a page may not pass for an article of somebody else.
    """
    if not canonical or urlsplit(canonical).scheme not in ("http", "https"):
        return fetched
    if fetched and _site(canonical) != _site(fetched):
        return fetched
    home = urlsplit(canonical).path in ("", "/") and not urlsplit(canonical).query
    return fetched if home and fetched else canonical


def _site(address: str) -> str | None:
    """The registered domain of an address, or its host where that has none, as an IP address."""
    from courlan import extract_domain

    return extract_domain(address, fast=True) or urlsplit(address).hostname
