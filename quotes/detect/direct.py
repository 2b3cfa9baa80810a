"""The rules for quotations: who says what stands in quotation marks.

In: a sentence of units that begins with a quotation. Out: a `Finding`, or none. It is a module because a quotation
before its cue is read the other way round than a clause after one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.detect.cues import FINITE, Cue, Takes
from quotes.detect.findings import Finding, Rule, places, span
from quotes.detect.grammar import ADVERB
from quotes.detect.phrases import Range, phrase_after, subject_before
from quotes.detect.units import Sentence, naming
from quotes.records import Act, Span

ACCORDING = Cue("according to", Act.SPEECH, Takes.CLAUSE)
MIN_ORPHAN_WORDS = 6  # a quotation without any cue counts from here: shorter ones are titles, slogans and scare quotes
QUOTE_ENDS = ",?!…—-."


def quote_first(text: str, sentence: Sentence) -> Finding | None:
    """“…,” said Ann Lee, a nurse. “…,” Ann Lee, a nurse, told AFP. “…,” according to Ann Lee."""
    quote = sentence[0].quote
    if quote is None or len(sentence) < 3:
        return None
    at = 1
    while at < len(sentence) and sentence[at].text in (",", "-", "–", "—"):
        at += 1
    if at == 1 and text[quote.inner.end - 1] not in QUOTE_ENDS:
        return None
    found = _inverted(sentence, at) or _according_after(sentence, at) or _subject_after_quote(sentence, at)
    if found is None:
        return None
    rule, cue, cue_units, source_units = found
    content = [quote.inner, *_later_quotes(sentence, max(cue_units[1], source_units[1]))]
    units = (0, max(cue_units[1], source_units[1]))
    return Finding(rule, content, span(sentence, cue_units), span(sentence, source_units), cue.act, units)


Found = tuple[Rule, Cue, Range, Range]


def _inverted(sentence: Sentence, at: int) -> Found | None:
    if at >= len(sentence):
        return None
    while at < len(sentence) and (sentence[at].low in ADVERB or sentence[at].low.endswith("ly")):
        at += 1
    cue = FINITE.get(sentence[at].low) if at < len(sentence) else None
    if cue is None or Takes.QUOTE not in cue.takes:
        return None
    source = phrase_after(sentence, at + 1)
    return (Rule.QUOTE_INVERTED, cue, (at, at + 1), source) if source else None


def _according_after(sentence: Sentence, at: int) -> Found | None:
    if at + 2 < len(sentence) and sentence[at].low == "according" and sentence[at + 1].low == "to":
        source = phrase_after(sentence, at + 2)
        return (Rule.QUOTE_INVERTED, ACCORDING, (at, at + 2), source) if source else None
    return None


def _subject_after_quote(sentence: Sentence, at: int) -> Found | None:
    for place in places(sentence):
        if place.subject_end <= at or Takes.QUOTE not in place.cue.takes:
            continue
        source = subject_before(sentence, place.subject_end, at)
        if source and source[0] == at:
            return Rule.QUOTE_SUBJECT, place.cue, (place.start, place.end), source
        if source:
            return None
    return None


def _later_quotes(sentence: Sentence, start: int) -> Iterator[Span]:
    """The rest of a quotation that its speaker broke: “…,” he said, “…”."""
    for i in range(start, len(sentence)):
        quote = sentence[i].quote
        if quote and not naming(sentence, i):
            before = sentence[i - 1]
            if (before.text and before.text in ",:;–—-") or (before.low in ("and", "but") and i - start <= 2):
                yield quote.inner
            return


QUOTING = frozenset({Rule.QUOTE_INVERTED, Rule.QUOTE_SUBJECT, Rule.SUBJECT_QUOTE, Rule.NEXT_PARAGRAPH})


def uncued(
    text: str, sentence: Sentence, previous: Sequence[Finding], introduced: Sentence, earlier: Sequence[Finding]
) -> Iterator[Finding]:
    """A sentence that is a quotation and has no cue: it goes on what stands before it, or nobody says it.

    `previous` is what the sentence before gave, in the same paragraph; `introduced` a sentence that ended the paragraph
    before with a colon; `earlier` what the paragraph before ended with, where this one is nothing but the quotation.
    """
    quote = sentence[0].quote
    if quote is None or len(sentence) > 2 or naming(sentence, 0):
        return
    long = quote.continued or len(quote.inner.of(text).split()) >= MIN_ORPHAN_WORDS
    opened = next((f for f in previous if f.rule in QUOTING), None)
    above = next((f for f in earlier if f.rule in QUOTING), None)
    if opened:
        opened.content.append(quote.inner)
        yield opened
    elif previous:
        yield Finding(Rule.NEXT_QUOTE, [quote.inner], previous[-1].cue, previous[-1].source, previous[-1].act)
    elif long and above:
        yield Finding(Rule.NEXT_PARAGRAPH, [quote.inner], above.cue, above.source, above.act)
    elif introduced and (finding := _introduced(introduced, quote.inner)):
        yield finding
    elif long:
        yield Finding(Rule.ORPHAN, [quote.inner])


def _introduced(sentence: Sentence, content: Span) -> Finding | None:
    """A quotation in a paragraph of its own after "Ann Lee continued:"."""
    for place in reversed(list(places(sentence))):
        source = subject_before(sentence, place.subject_end)
        if source and place.cue.takes & (Takes.QUOTE | Takes.HEARER):
            cue = span(sentence, (place.start, place.end))
            return Finding(Rule.INTRODUCED, [content], cue, span(sentence, source), place.cue.act)
    return None
