"""What the page itself tells of an attribution, where the network sees words: datelines, turns, headlines, signatures.

In: a `Page` and the spans that were found. Out: the spans as the page has them; and what is signed on it. A module
because these are matters of layout, which holds whatever the words are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from quotes.records import Attribution, Span
from quotes.text.page import Page
from quotes.text.quotations import CLOSING, INSIDE, OPENING, OUTSIDE
from quotes.text.signed import Signed, within

MAX_SOURCE, MAX_BRACKET, MAX_REST = 60, 40, 80
"""Characters of a source behind a dateline, up to where a bracket closes, and to the end of a quotation cut short."""
CERTAIN = dict.fromkeys(("cue", "source", "content", "begin", "low", "cue_link", "source_link"), 1.0)
"""What the network would be sure of, had it seen what the page tells: `confidence` reads a probability off it."""


class Parts(NamedTuple):
    """The spans of an attribution."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


def corrected(page: Page, parts: Parts, begun: Collection[int] = ()) -> Parts:
    """The spans of an attribution as the page has them; `begun` is where contents begin that were found."""
    parts = parts._replace(source=_whole_source(page, parts))
    content = tuple(_to_the_mark(page, span, begun) for span in _in_one_sentence(page, parts))
    return _of_headline(page, _of_turn(page, parts._replace(content=content), begun), begun)


def signed(page: Page, found: Sequence[Attribution]) -> Iterator[Parts]:
    """What is signed on the page and was not found, nor found to be somebody else's."""
    known = sorted(span for one in found for span in one.source)
    for one in page.signed:
        if not within(known, one.source.start) and not any(_is_of_another(other, one) for other in found):
            content = tuple(_bare(page, span.start, span.end) for span in one.content)
            yield Parts(content, one.mark, (one.source,))


def _is_of_another(found: Attribution, one: Signed) -> bool:
    """Whether words that are signed were found to be those of a source that stands outside of them."""
    shared = any(within(one.content, span.start) for span in found.content)
    return shared and bool(found.source) and not within(one.content, found.source[0].start)


def signers_own(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """What was found, without what "I" or "we" say in words that are signed: whose these are, the signature tells."""
    return [one for one in found if not (_is_first_person(page, one) and page.is_signed(one.source[0].start))]


def _is_first_person(page: Page, one: Attribution) -> bool:
    return bool(one.source) and one.source[0].of(page.text).casefold() in ("i", "we")


def _whole_source(page: Page, parts: Parts) -> tuple[Span, ...]:
    """A source without the dateline in front of it, and with the bracket that it opens closed."""
    if not parts.source:
        return ()
    text, cue = page.text, parts.cue
    start, end = page.behind_dateline(parts.source[0].start), parts.source[0].end
    if start >= end and cue and start < cue[0].start <= start + MAX_SOURCE:
        end = start + len(text[start : cue[0].start].rstrip())  # "HARGATE (AP) — | Ines Okoro said"
    bracket = text.rfind("(", start, end)
    if bracket > text.rfind(")", start, end):
        closed = text.find(")", end, end + MAX_BRACKET)
        end = closed + 1 if closed > 0 else start + len(text[start:bracket].rstrip())
    return (Span(start, end),) if start < end else parts.source


def _in_one_sentence(page: Page, parts: Parts) -> tuple[Span, ...]:
    """A content without the letter writer's own next sentences: "Mr Vane says we were not asked. | That is untrue"."""
    content, cue = parts.content, parts.cue
    if len(content) < 2 or not cue or cue[0].start > content[0].start or not page.is_signed(cue[0].start):
        return content
    own = page.sentence(content[0].start)
    return tuple(s for s in content if page.sentence(s.start) == own or page.states[s.start] != OUTSIDE)


def _to_the_mark(page: Page, span: Span, begun: Collection[int]) -> Span:
    """A quotation cut short within its sentence, whole: "A sign read “Closed | until further notice”"."""
    states, end = page.states, span.end
    if states[span.start] != OPENING or end >= len(states) or states[end] != INSIDE:
        return span
    close = states.find(CLOSING, end, end + MAX_REST)
    whole = close > 0 and states.find(OUTSIDE, end, close) < 0 and page.sentence(close) == page.sentence(span.start)
    free = not any(end <= at < close for at in begun)
    return Span(span.start, close + 1) if whole and free else span


def _of_turn(page: Page, parts: Parts, begun: Collection[int]) -> Parts:
    """Cue and content where a transcript says who speaks and the cue was read behind it: "SANDS: is hectoring"."""
    if not parts.source or not parts.cue:
        return parts
    number = page.paragraph(parts.source[0].start)
    colon = page.turns.get(number)
    if colon is None or not parts.source[0].start < colon.start < parts.cue[0].start:
        return parts
    turn = _bare(page, colon.end, page.paragraphs[number][1])
    return parts if turn.start in begun else Parts((turn,), (colon,), parts.source)


def _of_headline(page: Page, parts: Parts, begun: Collection[int]) -> Parts:
    """Cue and content where a headline quotes before it says who: "‘A gift to speculators’: mayor attacks plan"."""
    at = parts.source[0].start if parts.source else -1
    if at < 0 or not page.headed(at):
        return parts
    start = page.paragraphs[page.paragraph(at)][0]
    close = page.states.find(CLOSING, start, at)
    if start in begun or start + 1 in begun or page.states[start] != OPENING or close < 0:
        return parts
    if page.text[close + 1 : close + 2] != ":":
        return parts
    return Parts((Span(start, close + 1),), (Span(close + 1, close + 2),), parts.source)


def _bare(page: Page, start: int, end: int) -> Span:
    """A stretch of the page without white space and points at its edges, but with marks of quotation."""
    while start < end and not (page.text[start].isalnum() or page.states[start]):
        start += 1
    while end > start and not (page.text[end - 1].isalnum() or page.states[end - 1]):
        end -= 1
    return Span(start, end)
