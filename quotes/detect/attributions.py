"""From findings to attributions: kind, confidence, order.

In: a `Document`. Out: its `Attribution`s. It is a module because it is what a caller sees of the detector: whatever
finds the spans, kind and confidence are worked out here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

from quotes.detect.findings import Finding, Rule
from quotes.detect.rules import find
from quotes.detect.units import WORD, Layout, layout
from quotes.records import Attribution, Document, Kind, Span

MODEL = "rules"
VERSION = "1"

# The share of a rule's findings whose content (token F1 of 0.5 or more) and source are right in PolNeAR's training
# part. NEXT_QUOTE and NEXT_PARAGRAPH find a part of what is one attribution there: they are measured by whether their
# words and source stand in one (17 of 22, 31 of 37). ORPHAN has no source: its content alone is measured.
CONFIDENCE: dict[Rule, float] = {
    Rule.QUOTE_INVERTED: 0.96,
    Rule.QUOTE_SUBJECT: 0.96,
    Rule.SUBJECT_QUOTE: 0.82,
    Rule.INTRODUCED: 0.93,
    Rule.NEXT_PARAGRAPH: 0.84,
    Rule.NEXT_QUOTE: 0.77,
    Rule.ORPHAN: 0.78,
    Rule.CLAUSE_THAT: 0.83,
    Rule.ACCORDING: 0.80,
    Rule.OBJECT: 0.78,
    Rule.CLAUSE: 0.73,
    Rule.PARTICIPLE: 0.68,
    Rule.CLAUSE_FIRST: 0.68,
    Rule.INFINITIVE: 0.66,
    Rule.LABEL: 0.66,
}


def detect(document: Document) -> list[Attribution]:
    """Every attribution that the rules find, by the start of its content."""
    page = layout(document.text)
    marked = MarkedWords(page)
    found = [_attribution(marked, finding) for finding in find(page)]
    return sorted(found, key=lambda a: (a.content[0], a.content))


def _attribution(marked: MarkedWords, finding: Finding) -> Attribution:
    content = tuple(sorted(finding.content))
    return Attribution(
        content=content,
        cue=(finding.cue,) if finding.cue else (),
        source=(finding.source,) if finding.source else (),
        kind=marked.kind(content),
        act=finding.act,
        confidence=CONFIDENCE[finding.rule],
    )


class MarkedWords:
    """The words of a text, and how many of those before each stand in quotation marks."""

    def __init__(self, page: Layout) -> None:
        self.starts = array("q")
        self.quoted = array("q", [0])
        quotations = iter(q.inner for q in page.said)
        current = next(quotations, None)
        for match in WORD.finditer(page.text):
            if not match.group()[0].isalnum():
                continue
            while current and current.end <= match.start():
                current = next(quotations, None)
            inside = bool(current and current.start <= match.start())
            self.starts.append(match.start())
            self.quoted.append(self.quoted[-1] + inside)

    def kind(self, content: Iterable[Span]) -> Kind:
        """Direct when all words of the content stand in quotation marks, indirect when none do."""
        total = quoted = 0
        for fragment in content:
            first, last = bisect_left(self.starts, fragment.start), bisect_left(self.starts, fragment.end)
            total += last - first
            quoted += self.quoted[last] - self.quoted[first]
        if not quoted:
            return Kind.INDIRECT
        return Kind.DIRECT if quoted >= total else Kind.MIXED
