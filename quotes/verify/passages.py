"""A draft and the quotes found in it → what is to be checked: its quotations, and its statements without marks.

In: a `Document` and its `Quote`s. Out: `Passage`s, in the order of the text. Every stretch in quotation marks is a
quotation, or a part of one: what is interrupted ("…," she said, "…") is one. Of what no statement was found in, one or
two words are no quotation but a title, a nickname or words held at arm's length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.records import Document, Kind, Quote, Span
from quotes.text.page import Page
from quotes.text.quotations import INSIDE, OPENING
from quotes.text.wording import Wording

FEW = 2
"""Words in marks that are no quotation by themselves: ‘Kitty’, "Sarabwe bill"."""

UNQUOTED = 4
"""Words outside the marks from which on a mixed statement is compared as one without marks, too."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a draft to be checked: where they stand, and the quote they are part of, if one was found.

    `quoted` words claim to be verbatim; others only to say the same. `spans` are of the draft's text.
    """

    quoted: bool
    spans: tuple[Span, ...]
    wording: Wording
    quote: Quote | None = None
    closed: bool = True

    @property
    def text(self) -> str:
        """The words as the draft has them."""
        return self.wording.written(0, len(self.wording))

    def parts(self) -> list[Passage]:
        """The parts of an interrupted quotation; one of a few words stays with the part before or behind it."""
        edges = [0, *sorted(self.wording.breaks), len(self.wording)]
        runs: list[list[int]] = []
        for number, (first, last) in enumerate(pairwise(edges)):
            if runs and (last - first <= FEW or runs[-1][1] - runs[-1][0] <= FEW):
                runs[-1][1:] = [last, number + 1]
            else:
                runs.append([first, last, number + 1])
        numbers = [0, *(run[2] for run in runs)]
        spans = pairwise(numbers)
        return [
            Passage(self.quoted, self.spans[low:high], self.wording.part(first, last), self.quote, self.closed)
            for (first, last, _), (low, high) in zip(runs, spans, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch between quotation marks of a page; `closed` is false where the paragraph ends before the mark."""

    start: int
    end: int
    closed: bool


def passages(document: Document, quotes: Sequence[Quote]) -> list[Passage]:
    """Everything to check in a draft, in the order of its text."""
    page = Page(document.text)
    stretches = list(_stretches(page))
    owners = _owners(page, stretches, quotes)
    found = list(_quotations(page, stretches, quotes, owners))
    found += _statements(page, quotes, stretches)
    return sorted(found, key=lambda passage: (passage.spans[0].start, not passage.quoted))


def _stretches(page: Page) -> Iterator[Stretch]:
    states, end = page.states, 0
    start = states.find(OPENING)
    while start >= 0:
        end = start + 1
        while end < len(states) and states[end] == INSIDE:
            end += 1
        if any(character.isalnum() for character in page.text[start + 1 : end]):
            closed = end < len(states) and page.text[end] != "\n"
            yield Stretch(start + 1, end, closed)
        start = states.find(OPENING, max(end, start + 1))


def _owners(page: Page, stretches: Sequence[Stretch], quotes: Sequence[Quote]) -> list[int | None]:
    """For each stretch the quote whose content has most of it; of several the one with the shortest content."""
    contents = [[page.inward(span) for span in quote.attribution.content] for quote in quotes]
    sizes = [sum(span.end - span.start for span in content) for content in contents]
    owners: list[int | None] = []
    for stretch in stretches:
        shares = [sum(_common(stretch, span) for span in content) for content in contents]
        best = max(range(len(quotes)), key=lambda i: (shares[i], -sizes[i]), default=None)
        whole = stretch.end - stretch.start
        owners.append(best if best is not None and shares[best] * 2 >= whole else None)
    return owners


def _common(stretch: Stretch, span: Span) -> int:
    return max(0, min(stretch.end, span.end) - max(stretch.start, span.start))


def _quotations(
    page: Page, stretches: Sequence[Stretch], quotes: Sequence[Quote], owners: Sequence[int | None]
) -> Iterator[Passage]:
    for owner, group in _grouped(stretches, owners):
        wording = Wording.of(page.text, [(stretch.start, stretch.end) for stretch in group])
        if len(wording) > (FEW if owner is None else 0):
            spans = tuple(page.outward(Span(one.start, one.end)) for one in group)
            yield Passage(True, spans, wording, None if owner is None else quotes[owner], group[-1].closed)


def _grouped(stretches: Sequence[Stretch], owners: Sequence[int | None]) -> Iterator[tuple[int | None, list[Stretch]]]:
    """The stretches of each quote together, those of none one by one."""
    groups: dict[int, list[Stretch]] = {}
    for stretch, owner in zip(stretches, owners, strict=True):
        if owner is None:
            yield None, [stretch]
        else:
            groups.setdefault(owner, []).append(stretch)
    yield from groups.items()


def _statements(page: Page, quotes: Iterable[Quote], stretches: Sequence[Stretch]) -> Iterator[Passage]:
    """Statements of which some words, or all, stand outside quotation marks."""
    for quote in quotes:
        attribution = quote.attribution
        if attribution.kind is Kind.DIRECT or attribution.statement_confidence < 0.5:
            continue
        content = [page.inward(span) for span in attribution.content]
        wording = Wording.of(page.text, [(span.start, span.end) for span in content])
        inside = sum(any(one.start <= word.start < one.end for one in stretches) for word in wording.words)
        if len(wording) - inside >= (UNQUOTED if inside else 1):
            yield Passage(False, attribution.content, wording, quote)
