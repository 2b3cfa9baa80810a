"""A text with marks → one HTML page that needs nothing else: the text marked up, and a note for each mark.

In: texts, each with the stretches to mark and what to say of them. Out: the page. Whatever stands in a text or note is
shown as it is and never run: it is escaped, and the page allows neither scripts nor anything from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from string import Template

from quotes.formats.cells import shown

TAGS = {"removed": "del", "added": "ins"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Stretches of a text (start, end) that are marked together, and the note on them.

    `colour` is one of `COLOURS`; `pieces` are words with what is done to them ("same", "removed", "added"), `facts` are
    told below, by name, and `link` leads to the source.
    """

    spans: Sequence[tuple[int, int]]
    label: str
    colour: str
    pieces: Sequence[tuple[str, str]] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None


COLOURS = ("good", "fair", "bad", "open")
"""Of a mark: all is well; see to it; wrong; nothing is claimed."""

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
:root { color-scheme: light dark }
body { font: 1.05rem/1.6 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
article { white-space: pre-wrap; overflow-wrap: anywhere }
mark { color: inherit; background: none; border-bottom: .2rem solid }
mark a { color: inherit; text-decoration: none }
mark sup { font: .7rem sans-serif }
.good { border-color: #2a8f4f } .fair { border-color: #c98a00 }
.bad { border-color: #c62828; background: #c6282826 } .open { border-color: #8888; border-bottom-style: dotted }
li.good, li.fair, li.bad, li.open { border-left: .3rem solid; padding-left: .7rem; margin: 1rem 0 }
li.good { border-color: #2a8f4f } li.fair { border-color: #c98a00 } li.bad { border-color: #c62828; background: none }
li.open { border-color: #8888 }
li:target, mark:target { outline: 2px solid }
del { color: #c62828 } ins { color: #2a8f4f; font-weight: bold }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; font: .85rem/1.5 sans-serif; margin: .3rem 0 }
dt { opacity: .7 } dd { margin: 0; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>$title</h1>
<p>$summary</p>
$body
</body>
</html>
""")


def page(title: str, summary: str, texts: Sequence[tuple[str, str, Sequence[Mark]]]) -> str:
    """The page: each of the texts, under its heading, with its marks, and below it the notes, numbered throughout."""
    parts: list[str] = []
    number = 1
    for heading, text, marks in texts:
        parts.append(f"<h2>{_shown(heading)}</h2>" if len(texts) > 1 else "")
        parts.append(f"<article>{''.join(_marked(text, marks, number))}</article>")
        parts.append(f'<ol start="{number}">')
        parts += [_note(mark, place) for place, mark in enumerate(marks, number)]
        parts.append("</ol>")
        number += len(marks)
    return PAGE.substitute(title=_shown(title), summary=_shown(summary), body="\n".join(parts))


def _shown(text: str) -> str:
    """A text as HTML shows it, without characters that would move what stands beside them."""
    return escape(shown(text), quote=True)


def _marked(text: str, marks: Sequence[Mark], number: int) -> Iterator[str]:
    """The text in pieces, each in the first of the marks that cover it."""
    edges = sorted({0, len(text), *(edge for mark in marks for span in mark.spans for edge in span)})
    said: set[int] = set()
    for start, end in pairwise(edges):
        over = (i for i, mark in enumerate(marks) if any(low <= start < high for low, high in mark.spans))
        which = next(over, None)
        words = _shown(text[start:end])
        if which is None:
            yield words
            continue
        yield _stretch(words, marks[which], number + which, first=which not in said, end=end)
        said.add(which)


def _stretch(words: str, mark: Mark, place: int, *, first: bool, end: int) -> str:
    """Words in a mark, with its number behind the last of them."""
    id_ = f' id="m{place}"' if first else ""
    sign = f"<sup>{place} {_shown(mark.label)}</sup>" if end == mark.spans[-1][1] else ""
    anchor = f'<a href="#n{place}" title="{_shown(mark.label)}">{words}{sign}</a>'
    return f'<mark class="{mark.colour}"{id_}>{anchor}</mark>'


def _note(mark: Mark, number: int) -> str:
    words = " ".join(_piece(kind, words) for kind, words in mark.pieces)
    facts = "".join(f"<dt>{_shown(name)}</dt><dd>{_shown(value)}</dd>" for name, value in mark.facts.items() if value)
    if mark.link and mark.link.startswith(("https://", "http://")):
        address = _shown(mark.link)
        facts += f'<dt>address</dt><dd><a href="{address}" rel="noreferrer noopener">{address}</a></dd>'
    back = f'<a href="#m{number}" title="in the text">↑</a>'
    return (
        f'<li class="{mark.colour}" id="n{number}"><strong>{_shown(mark.label)}</strong> {back}'
        f"{f'<br>{words}' if words else ''}<dl>{facts}</dl></li>"
    )


def _piece(kind: str, words: str) -> str:
    tag = TAGS.get(kind)
    return f"<{tag}>{_shown(words)}</{tag}>" if tag else _shown(words)
