"""The rules, applied to a whole text: one sentence after the other, and quotations that go on from one to the next.

In: the layout of a text. Out: `Finding`s. It is a module because it is what a trained model replaces; marks, units
and offsets stay.

The rule for the source, in all of them: the noun phrase that is the subject of the cue, as close to the cue as
English puts it. Where none is found, the source stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.detect.clauses import clauses
from quotes.detect.direct import quote_first, uncued
from quotes.detect.findings import Finding
from quotes.detect.units import Layout, Sentence


def find(layout: Layout) -> list[Finding]:
    """All attributions of a text, in the order in which they are met."""
    found: list[Finding] = []
    introduced: Sentence = []  # the sentence before, if it ends a paragraph with a colon
    earlier: list[Finding] = []  # what the last sentence of the paragraph before gave
    for paragraph in layout.paragraphs:
        previous: list[Finding] = []
        for number, sentence in enumerate(paragraph):
            new = list(_sentence(layout.text, sentence))
            if number == 0 and earlier and _goes_on(layout, earlier, sentence):
                new = _joined(earlier, new, sentence, found)
            elif not new and number == 0:
                new = list(uncued(layout.text, sentence, [], introduced, earlier if len(paragraph) == 1 else []))
            elif not new:
                new = list(uncued(layout.text, sentence, previous, [], []))
            found += [f for f in new if not any(f is e for e in [*previous, *earlier])]
            previous = new
        earlier = previous
        introduced = paragraph[-1] if paragraph[-1][-1].text == ":" else []
    return found


def _sentence(text: str, sentence: Sentence) -> Iterator[Finding]:
    first = quote_first(text, sentence)
    if first:
        yield first
    yield from clauses(sentence, first)


def _goes_on(layout: Layout, earlier: list[Finding], sentence: Sentence) -> bool:
    """Whether a paragraph takes up the quotation that the one before left open."""
    quote = sentence[0].quote
    last = max(earlier, key=lambda f: f.content[-1].end)
    return quote is not None and layout.left_open(last.content[-1])


def _joined(earlier: list[Finding], new: list[Finding], sentence: Sentence, found: list[Finding]) -> list[Finding]:
    """Join the parts of a quotation over several paragraphs; the part that names a source names it for all."""
    quote = sentence[0].quote
    if quote is None:
        return new
    before = max(earlier, key=lambda f: f.content[-1].end)
    own = next((f for f in new if quote.inner in f.content), None)
    if own is None:
        before.content.append(quote.inner)
        return [before, *new]
    if before.source is None:
        own.content = before.content + own.content
        del found[next(i for i in reversed(range(len(found))) if found[i] is before)]
    return new
