"""One reading of a document: its attributions and its names, from the same pass of the network.

In: a `Document`. Out: `Analysis`. A module because long texts are read in blocks, so that memory does not grow with
them, and everything found in a block must be put back in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotes.detect.decode import decoded
from quotes.detect.model import Model, open_model
from quotes.detect.spans import Spans
from quotes.detect.windows import WINDOW, Pieces, pieces
from quotes.records import Attribution, Document, Name, Span
from quotes.text.page import Page
from quotes.text.quotations import PARAGRAPH_BREAK

BLOCK = 100_000
"""Characters read at once."""
MOST_PIECES = 32_768
"""Word pieces read at once: their scores take some 200 MB. A block of ordinary text has 20,000 to 25,000."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one reading found, each in the order of the text."""

    attributions: tuple[Attribution, ...]
    names: tuple[Name, ...]


def analyse(document: Document, model: Model | None = None, page: Page | None = None) -> Analysis:
    """Attributions and names of a document; `page` is the one of its text, if there is one already."""
    model = model or open_model()
    page = page or Page(document.text)
    attributions: list[Attribution] = []
    names: list[Name] = []
    for start, block, cut in _cuts(model, page, 0, BLOCK):
        scored = model.score(block, cut)
        spans = Spans(block, scored)
        found = spans.attributions(decoded(scored), model.calibration)
        attributions += [page.written(_moved(a, start)) for a in found]
        names += [replace(n, span=page.outward(_span(n.span, start))) for n in spans.names(scored)]
    return Analysis(tuple(attributions), tuple(names))


def _cuts(model: Model, whole: Page, offset: int, size: int) -> Iterator[tuple[int, Page, Pieces]]:
    """Offset, page and word pieces of each block of a text; one of very many pieces is cut again."""
    for start, end in blocks(whole.text, size):
        block = whole.part(start, end)
        cut = pieces(block, model.tokenizer)
        if len(cut) <= MOST_PIECES or end - start <= WINDOW:
            yield offset + start, block, cut
        else:
            yield from _cuts(model, block, offset + start, (end - start + 1) // 2)


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
