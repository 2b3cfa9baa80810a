"""The rules for clauses: who says what follows a cue, in quotation marks or not.

In: a sentence of units, and what a quotation at its beginning gave. Out: `Finding`s. It is a module because
indirect speech is found by the verb and what the verb takes, never by marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.detect.cues import FINITE, PARTICIPLE, Takes
from quotes.detect.findings import Finding, Place, Rule, content_of, places, span
from quotes.detect.grammar import ADVERB, DAYS, PREPOSITIONS
from quotes.detect.phrases import Range, phrase_after, subject_before
from quotes.detect.units import Sentence, naming
from quotes.records import Act, Span

MAX_GAP = 12  # units between a cue and its "that" or its quotation: "said in a statement on Monday that"


def clauses(sentence: Sentence, first: Finding | None) -> Iterator[Finding]:
    """The cues of a sentence outside quotations, each with the clause, object or quotation that it reports."""
    begin = first.units[1] if first else 0
    subject: Range | None = None
    known = first.source if first else None
    accord = _according(sentence) if not first else None
    if accord:
        yield accord
    covered = accord.units if accord else (0, 0)
    for place in places(sentence):
        if place.start < begin or covered[0] <= place.start < covered[1]:
            continue
        own = subject_before(sentence, place.subject_end, begin)
        subject = own or (subject if sentence[place.subject_end - 1].low in ("and", "but") else None)
        source = span(sentence, subject) if subject else known if sentence[place.subject_end - 1].low == "and" else None
        if source is None:
            continue
        known = source
        if finding := _clause(sentence, place, source, subject):
            yield finding
    if known:
        yield from _participles(sentence, begin, known)


def _clause(sentence: Sentence, place: Place, source: Span, subject: Range | None) -> Finding | None:
    at = _content_start(sentence, place)
    cue = span(sentence, (place.start, place.end))
    if at is None:
        return _clause_first(sentence, place, source, subject)
    rule, start = at
    content = content_of(sentence, start, _content_end(sentence, start))
    return Finding(rule, [content], cue, source, place.cue.act) if content else None


def _content_start(sentence: Sentence, place: Place) -> tuple[Rule, int] | None:
    """Where the content after a cue begins, and by which rule."""
    takes, i = place.cue.takes, place.end
    if i >= len(sentence):
        return None
    unit = sentence[i]
    if unit.text == ":" and i + 1 < len(sentence) and takes & (Takes.QUOTE | Takes.HEARER):
        return Rule.SUBJECT_QUOTE, i + 1
    if unit.low == "that" and takes & (Takes.THAT | Takes.CLAUSE):
        return Rule.CLAUSE_THAT, i
    if unit.low == "to" and Takes.INFINITIVE in takes:
        return Rule.INFINITIVE, i
    if unit.quote and Takes.HEARER not in takes:
        return _quote_at(sentence, i, takes)
    return _after_gap(sentence, place) or _bare(sentence, place)


def _quote_at(sentence: Sentence, at: int, takes: Takes) -> tuple[Rule, int] | None:
    """A quotation right after the cue: what was said, or the object of a verb that reports in another way."""
    if takes & (Takes.QUOTE | Takes.CLAUSE):
        return Rule.SUBJECT_QUOTE, at
    if Takes.LABEL in takes:
        return Rule.LABEL, at
    return (Rule.OBJECT, at) if Takes.OBJECT in takes else None


def _after_gap(sentence: Sentence, place: Place) -> tuple[Rule, int] | None:
    """Past a hearer or an adverbial: "told AFP that", "said in a statement on Monday: “…”"."""
    takes, i = place.cue.takes, place.end
    unit = sentence[i]
    adverbial = unit.low in PREPOSITIONS or unit.low in DAYS or unit.low in ADVERB or unit.text == ","
    if not (Takes.HEARER in takes or (adverbial and takes & (Takes.QUOTE | Takes.THAT | Takes.CLAUSE))):
        return None
    for k in range(i, min(len(sentence), i + MAX_GAP)):
        unit = sentence[k]
        if unit.quote and k > i and not naming(sentence, k):
            near = Takes.HEARER in takes and k - i <= 3 and k + 2 >= len(sentence)
            return (Rule.SUBJECT_QUOTE, k) if near or sentence[k - 1].text in (",", ":") else None
        if (
            unit.low == "that"
            and k > i
            and takes & (Takes.THAT | Takes.CLAUSE)
            and sentence[k - 1].low not in PREPOSITIONS
        ):
            return Rule.CLAUSE_THAT, k
        if unit.text in (".", ";", "–", "—") or unit.low in FINITE:
            return None
    return None


def _bare(sentence: Sentence, place: Place) -> tuple[Rule, int] | None:
    """Content without an introducing word: "said it was over", "denied the charge", "called it “a disgrace”"."""
    takes, i = place.cue.takes, place.end
    while i < len(sentence) and (
        sentence[i].low in DAYS or (sentence[i].low == "on" and i + 1 < len(sentence) and sentence[i + 1].low in DAYS)
    ):
        i += 1
    if i >= len(sentence):
        return None
    unit = sentence[i]
    if not (unit.word or unit.text in "$£€") or unit.low in (
        "of",
        "by",
        "so",
        "as",
        "and",
        "or",
        "but",
        "in",
        "at",
        "on",
        "with",
        "for",
        "from",
    ):
        return None
    if Takes.LABEL in takes and any(u.quote for u in sentence[i : i + MAX_GAP]):
        return Rule.LABEL, i
    if Takes.CLAUSE in takes:
        return Rule.CLAUSE, i
    return (Rule.OBJECT, i) if Takes.OBJECT in takes else None


def _content_end(sentence: Sentence, start: int) -> int:
    """Where the content ends: with the sentence, or where the same subject goes on to another cue."""
    for i in range(start + 2, len(sentence) - 1):
        unit, before = sentence[i], sentence[i - 1]
        if unit.low in ("and", "but") and before.text == ",":
            k = i + 1
            while k < len(sentence) - 1 and (sentence[k].low in ADVERB or sentence[k].low in ("has", "have")):
                k += 1
            if sentence[k].low in FINITE:
                return i - 1
        if before.text == "," and (unit.low in PARTICIPLE or unit.low == "according"):
            return i - 1
    return len(sentence)


def _clause_first(sentence: Sentence, place: Place, source: Span, subject: Range | None) -> Finding | None:
    """The clause stands before its source and cue: "It was over, Ann Lee said on Monday."."""
    if subject is None or subject[0] < 3 or sentence[subject[0] - 1].text != "," or Takes.CLAUSE not in place.cue.takes:
        return None
    following = sentence[place.end] if place.end < len(sentence) else None
    if following and following.word and following.low not in PREPOSITIONS | DAYS:
        return None
    content = content_of(sentence, 0, subject[0])
    if content is None or (sentence[0].low in PREPOSITIONS and subject[0] < 6):
        return None
    return Finding(Rule.CLAUSE_FIRST, [content], span(sentence, (place.start, place.end)), source, place.cue.act)


def _participles(sentence: Sentence, begin: int, source: Span) -> Iterator[Finding]:
    """ ", adding that it was over" after a cue of the same source."""
    for i in range(max(begin, 1), len(sentence) - 1):
        cue = PARTICIPLE.get(sentence[i].low)
        if cue is None or sentence[i - 1].text != "," or not cue.takes & (Takes.CLAUSE | Takes.THAT):
            continue
        at = _content_start(sentence, Place(cue, i, i + 1, i))
        content = content_of(sentence, at[1], _content_end(sentence, at[1])) if at else None
        if content:
            yield Finding(Rule.PARTICIPLE, [content], span(sentence, (i, i + 1)), source, cue.act)


def _according(sentence: Sentence) -> Finding | None:
    """According to Ann Lee, a nurse, it was over. It was over, according to Ann Lee."""
    for i in range(len(sentence) - 2):
        if sentence[i].low != "according" or sentence[i + 1].low != "to":
            continue
        source = phrase_after(sentence, i + 2)
        if source is None:
            return None
        before = i > 2
        content = content_of(sentence, 0, i) if before else content_of(sentence, source[1], len(sentence))
        units = (i, source[1])
        if content is None:
            return None
        return Finding(Rule.ACCORDING, [content], span(sentence, (i, i + 2)), span(sentence, source), Act.SPEECH, units)
    return None
