"""One reading of a document: its attributions and its names, from the same pass of the network.

In: a `Document`. Out: `Analysis`. A module because long texts are read in blocks, so that memory does not grow with
them, and everything found in a block must be put back in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotes.detect.decode import decoded
from quotes.detect.marks import PARAGRAPH_BREAK
from quotes.detect.model import Model, open_model
from quotes.detect.spans import Name, Page
from quotes.records import Attribution, Document, Span

BLOCK = 100_000
"""Characters read at once: the scores of a block of this size take some 60 MB."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one reading found, each in the order of the text."""

    attributions: tuple[Attribution, ...]
    names: tuple[Name, ...]


def analyse(document: Document, model: Model | None = None) -> Analysis:
    """Attributions and names of a document."""
    model = model or open_model()
    attributions: list[Attribution] = []
    names: list[Name] = []
    for start, end in blocks(document.text):
        text = document.text[start:end]
        scored = model.score(text)
        page = Page(text, scored)
        attributions += [_moved(a, start) for a in page.attributions(decoded(scored), model.calibration)]
        names += [Name(_span(n.span, start), n.kind) for n in page.names(scored)]
    return Analysis(tuple(attributions), tuple(names))


def blocks(text: str, size: int = BLOCK) -> Iterator[tuple[int, int]]:
    """Stretches of at most `size` characters, cut between paragraphs, else between words, else anywhere."""
    start = 0
    while len(text) - start > size:
        breaks = [m.end() for m in PARAGRAPH_BREAK.finditer(text, start + size // 2, start + size)]
        space = text.rfind(" ", start + size // 2, start + size) + 1
        end = breaks[-1] if breaks else space or start + size
        yield start, end
        start = end
    yield start, len(text)


def _moved(attribution: Attribution, by: int) -> Attribution:
    if not by:
        return attribution
    content, cue, source = (
        tuple(_span(s, by) for s in role) for role in (attribution.content, attribution.cue, attribution.source)
    )
    return replace(attribution, content=content, cue=cue, source=source)


def _span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
