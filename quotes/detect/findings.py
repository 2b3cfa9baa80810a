"""What the rules hand on: findings, and the cues of a sentence that they start from.

In: sentences of units. Out: `Place`s of cues, and the stretches of text that ranges of units stand for. It is a
module because the rules for quotations and the rules for clauses share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotes.detect.cues import DOUBLE, FINITE, NOUNS, PARTICIPLE, Cue
from quotes.detect.grammar import DETERMINERS, SUBJECT_PRONOUNS, word_set
from quotes.detect.phrases import Range, verb_group
from quotes.detect.units import Unit
from quotes.records import Act, Span


class Rule(StrEnum):
    """How an attribution was found."""

    QUOTE_INVERTED = "quote, then verb, then source"
    QUOTE_SUBJECT = "quote, then source, then verb"
    SUBJECT_QUOTE = "source, verb, then quote"
    CLAUSE_THAT = "source, verb, that clause"
    CLAUSE = "source, verb, clause"
    INFINITIVE = "source, verb, to do something"
    OBJECT = "source, verb, object"
    LABEL = "source calls something something, in quotes"
    PARTICIPLE = "adding that clause"
    ACCORDING = "according to source"
    CLAUSE_FIRST = "clause, then source and verb"
    NEXT_QUOTE = "quote after a clause of the same source"
    INTRODUCED = "source, verb and a colon in the paragraph before the quote"
    NEXT_PARAGRAPH = "quote in a paragraph of its own after a quote"
    ORPHAN = "quote without cue"


@dataclass(slots=True)
class Finding:
    """An attribution in the making."""

    rule: Rule
    content: list[Span]
    cue: Span | None = None
    source: Span | None = None
    act: Act = Act.SPEECH
    units: Range = (0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A cue in a sentence: its units, and where its subject must end."""

    cue: Cue
    start: int
    end: int
    subject_end: int


def places(sentence: Sequence[Unit]) -> Iterator[Place]:
    """Every finite cue of a sentence whose subject may have said something."""
    for i, unit in enumerate(sentence):
        if unit.quote:
            continue
        following = sentence[i + 1].low if i + 1 < len(sentence) else ""
        cue, end = DOUBLE.get((unit.low, following)), i + 2
        if cue is None:
            cue, end = FINITE.get(unit.low), i + 1
        if cue is None and unit.low in PARTICIPLE and i and sentence[i - 1].low in _PROGRESSIVE:
            cue = PARTICIPLE[unit.low]
        if cue and (group := verb_group(sentence, i)) and not _noun(sentence, i, group[0], group[1]):
            yield Place(cue, group[1], end, group[0])


def _noun(sentence: Sequence[Unit], cue: int, subject_end: int, verb: int) -> bool:
    """Whether a form that can be a noun is one here: "the state", "his remarks", but not "officials claim"."""
    word = sentence[cue]
    if word.capital:
        return True
    if word.low not in NOUNS or verb < cue:
        return False
    before = sentence[subject_end - 1] if subject_end else None
    if before is None or before.low in SUBJECT_PRONOUNS or before.text == ",":
        return False
    following = sentence[cue + 1] if cue + 1 < len(sentence) else None
    if following and (following.low == "that" or following.text == ":"):
        return before.low in DETERMINERS
    return not (before.capital or (before.low.endswith("s") and word.low.rstrip("s") == word.low))


_PROGRESSIVE = word_set("is was are were been also now")


def span(sentence: Sequence[Unit], units: Range) -> Span:
    """The stretch of text that a range of units covers."""
    return Span(sentence[units[0]].start, sentence[units[1] - 1].end)


def content_of(sentence: Sequence[Unit], start: int, end: int) -> Span | None:
    """A range of units as content: without punctuation at its edges; a lone quotation without its marks."""
    while start < end and _edge(sentence[start]) and sentence[start].text not in "$£€#@([":
        start += 1
    while start < end and _edge(sentence[end - 1]) and sentence[end - 1].text not in ")]%":
        end -= 1
    if start >= end:
        return None
    if end - start == 1 and (quote := sentence[start].quote):
        return quote.inner
    return Span(sentence[start].start, sentence[end - 1].end)


def _edge(unit: Unit) -> bool:
    return unit.quote is None and not unit.word
