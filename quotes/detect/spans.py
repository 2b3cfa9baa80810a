"""From stretches of words to spans of the text: edges, marks, kind.

In: `Scored` and `Found`. Out: `Attribution`s, verbatim, in order, no fragment overlapping another of its role. A
module because how a span should look on the page is a reader's question, not the network's.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from quotes.detect.acts import act_of
from quotes.detect.confidence import LEAST, confidence
from quotes.detect.decode import ENTITIES, Found, Scored, Stretch
from quotes.detect.nobody import said_by_nobody
from quotes.detect.polarity import polarity_of
from quotes.detect.statements import statement_confidence
from quotes.detect.told import CERTAIN, Parts, corrected, signed, signers_own
from quotes.records import Attribution, Kind, Name, Span
from quotes.text.page import Page
from quotes.text.quotations import CLOSING, INSIDE, OPENING

_LEADING, _TRAILING = "$£€¥#@~(", "%°)"


class Spans:
    """The stretches of words that `Found` counts in, as spans of a page."""

    def __init__(self, page: Page, scored: Scored) -> None:
        self.page = page
        self.text = page.text
        self.states = page.states
        self.parts = page.heading
        heads = np.flatnonzero(scored.pieces.first)
        self.starts = scored.pieces.start[heads].tolist()
        self.ends = scored.pieces.end[np.append(heads[1:], len(scored.pieces)) - 1].tolist() if len(heads) else []
        self.edges = [0, *np.searchsorted(self.starts, self.parts).tolist(), len(self.starts)]

    def attributions(self, found: list[Found], calibration: dict[str, list[float]]) -> list[Attribution]:
        """Every one that has words for content, in the order of the text."""
        begun = frozenset(self.starts[stretch.first] for one in found for stretch in one.content)
        made = (self._attribution(self._parts(one, begun), one.features, calibration) for one in found)
        read = signers_own(self.page, [one for one in made if one and one.confidence >= LEAST[one.kind]])
        told = (self._attribution(parts, CERTAIN, calibration) for parts in signed(self.page, read))
        return sorted([*read, *filter(None, told)], key=lambda a: a.content)

    def _parts(self, one: Found, begun: frozenset[int]) -> Parts:
        cue, source = self._role(one.cue), self._role(one.source)
        anchor = cue or source
        whole = self._beside(one.content, anchor[0].start) if anchor else one.content
        content = tuple(s for c in whole if (s := self.span(c, marks=True)))
        return corrected(self.page, Parts(content, cue, source), begun) if content else Parts((), cue, source)

    def _attribution(
        self, parts: Parts, features: dict[str, float], calibration: dict[str, list[float]]
    ) -> Attribution | None:
        """An attribution of these spans; None without words for content, or where nobody says them."""
        content, cue, source = parts
        kind = self.page.kind(content)
        if not content or said_by_nobody(self.text, cue, source, content, kind):
            return None
        if kind is Kind.DIRECT:
            content = tuple(self._bare(s) for s in content)
        act = act_of(" ".join(s.of(self.text) for s in cue))
        sure = confidence(features, kind, calibration)
        polarity = polarity_of(self.text, cue, source, content)
        said = statement_confidence(self.text, self.states, cue, source, content, kind, act)
        return Attribution(content, cue, source, kind, act, sure, polarity, said)

    def names(self, scored: Scored) -> list[Name]:
        """Persons, organisations, places and other names, as the entity head sees them."""
        scores = scored.entities[scored.pieces.first]
        tags = scores.argmax(1).tolist()
        chances = np.exp(scores[:, 1:]).reshape(len(scores), len(ENTITIES), 2).sum(2)
        out: list[tuple[Stretch, int]] = []
        for at, tag in enumerate(tags):
            kind, begins = (tag - 1) // 2, tag % 2 == 1
            if not tag:
                continue
            if out and not begins and out[-1][0].last == at - 1 and out[-1][1] == kind:
                out[-1][0].last = at
            else:
                out.append((Stretch(at, at), kind))
        found = []
        for stretch, kind in out:
            shares = chances[stretch.first : stretch.last + 1].mean(0)
            if span := self.span(stretch):
                found.append(Name(span, ENTITIES[kind], tuple(shares.round(4).tolist())))
        return found

    def _beside(self, content: list[Stretch], at: int) -> list[Stretch]:
        """What of a content stands in the same line of the heading, or in the body, as `at`: no statement is in two."""
        part = bisect_right(self.parts, at)
        low, high = self.edges[part], self.edges[part + 1] - 1
        cut = [Stretch(max(c.first, low), min(c.last, high)) for c in content]
        return [c for c in cut if c.first <= c.last]

    def _role(self, stretch: Stretch | None) -> tuple[Span, ...]:
        span = self.span(stretch) if stretch else None
        return (span,) if span else ()

    def span(self, stretch: Stretch, marks: bool = False) -> Span | None:
        """Code points of a stretch, without punctuation at its edges unless that is all there is."""
        start, end = self.starts[stretch.first], self.ends[stretch.last]
        while start < end and not self.text[start].isalnum():
            start += 1
        while end > start and not self.text[end - 1].isalnum():
            end -= 1
        if start == end:
            return None if marks else Span(self.starts[stretch.first], self.ends[stretch.last])
        if start and self.text[start - 1] in _LEADING and start - 1 >= self.starts[stretch.first] - 1:
            start -= 1
        if (
            self.text[end : end + 1]
            and self.text[end] in _TRAILING
            and (self.text[end] != ")" or "(" in self.text[start:end])
        ):
            end += 1
        return self._with_marks(start, end) if marks else Span(start, end)

    def _with_marks(self, start: int, end: int) -> Span:
        """Take in the marks that stand right around a content, and the punctuation inside the closing one."""
        left, right = start, end
        while left and self.states[left - 1] == INSIDE and not self.text[left - 1].isalnum():
            left -= 1
        while left and self.states[left - 1] == OPENING:
            start = left = left - 1
        while right < len(self.text) and self.states[right] == INSIDE and not self.text[right].isalnum():
            right += 1
        if right < len(self.text) and self.states[right] == CLOSING:
            while right < len(self.text) and self.states[right] == CLOSING:
                end = right = right + 1
        elif right == len(self.text) or self.text[right] == "\n":
            end = right if self.states[right - 1] == INSIDE else end
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _bare(self, span: Span) -> Span:
        """A direct content leaves out the marks around it, with the space inside them, and keeps the comma."""
        start, end = span.start, span.end
        while start < end and (self.states[start] == OPENING or self.text[start].isspace()):
            start += 1
        while end > start and (self.states[end - 1] == CLOSING or self.text[end - 1].isspace()):
            end -= 1
        return Span(start, end)
