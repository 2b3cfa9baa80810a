"""Where a source phrase begins and ends beside a reporting verb.

In: a sentence of units and the place of a verb. Out: ranges of units. It is a module because every rule needs a
subject, and finding one without a parser is the part that can go wrong: what is not clearly a subject is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quotes.detect.cues import FINITE, NOUNS
from quotes.detect.grammar import (
    ABBREVIATED,
    ADVERB,
    APPOSITIVES,
    AUXILIARY,
    CLAUSE_EDGE,
    DAYS,
    DETERMINERS,
    IN_PHRASE,
    NEGATION,
    NO_END,
    OPENING_PREPOSITIONS,
    PASSIVE,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    WEEKDAYS,
)
from quotes.detect.units import Unit, naming

CONTRACTION = re.compile(r"(?:i|you|he|she|it|we|they|who|there|that|what|here)['’]")

Range = tuple[int, int]

MAX_SOURCE = 45  # units; of 18,361 sources in PolNeAR's training part one is longer
NO_HEAD = PREPOSITIONS | ADVERB | CLAUSE_EDGE
NO_APPOSITION = PREPOSITIONS | CLAUSE_EDGE | AUXILIARY
MAX_BARE = 7  # units of a source that begins in lower case without a determiner: "residents of the valley"


def verb_group(sentence: Sequence[Unit], cue: int) -> Range | None:
    """The units of the verb from its first auxiliary, and where its subject must end: (subject end, verb start).

    None for a passive, a negation, an infinitive: in those, the subject said nothing.
    """
    start = subject_end = cue
    for i in range(cue - 1, max(-1, cue - 6), -1):
        low = sentence[i].low
        if low in NEGATION or low == "to" or low.endswith(("n't", "n’t")):
            return None
        if low in AUXILIARY:
            if low in PASSIVE and not sentence[cue].low.endswith("ing"):
                return None
            start = subject_end = i
        elif low in ADVERB or low.endswith("ly"):
            subject_end = i
        else:
            break
    return subject_end, start


def abbreviation_point(sentence: Sequence[Unit], index: int) -> bool:
    """Whether the point at `index` belongs to the word before it: "Gen.", "J.", "U.S."."""
    if sentence[index].text != "." or not index:
        return False
    before = sentence[index - 1]
    joined = before.end == sentence[index].start
    return joined and (
        before.low in ABBREVIATED or "." in before.text or (len(before.text) == 1 and before.text.isupper())
    )


def subject_before(sentence: Sequence[Unit], end: int, clause: int = 0) -> Range | None:
    """The subject that ends at `end`, begun no earlier than `clause`."""
    if end <= clause:
        return None
    end = _without_day(sentence, end, clause)
    last = sentence[end - 1]
    if last.low in SUBJECT_PRONOUNS:
        return end - 1, end
    if last.text == ",":
        return _with_apposition(sentence, end - 1, clause)
    found = _phrase_back(sentence, end, clause)
    return _extended(sentence, found, clause) if found else None


def _without_day(sentence: Sequence[Unit], end: int, clause: int) -> int:
    """Before "on Tuesday" or "Tuesday", where such a day stands between subject and verb."""
    if end - clause > 1 and sentence[end - 1].low in WEEKDAYS and sentence[end - 1].capital:
        return end - (2 if sentence[end - 2].low == "on" and end - clause > 2 else 1)
    return end


def _with_apposition(sentence: Sequence[Unit], comma: int, clause: int) -> Range | None:
    """The subject of "Ann Lee, a nurse from Sark, said": from its head to the last comma."""
    bounds = [comma]
    i = comma
    while i > max(clause, comma - MAX_SOURCE):
        i -= 1
        if sentence[i].text in (";", ":", "–", "—") or (sentence[i].quote and not naming(sentence, i)):
            i += 1
            break
        if sentence[i].text == ",":
            bounds.append(i)
    bounds.append(i - 1)
    segments = [(b + 1, e) for e, b in pairwise(bounds)]
    for number, (start, stop) in enumerate(segments[:-1]):
        head = segments[number + 1]
        if start >= stop or not _apposed(sentence, (start, stop), head):
            return None
        if number + 2 < len(segments) and _apposed(sentence, head, segments[number + 2]):
            continue
        found = _phrase_back(sentence, head[1], head[0])
        return (found[0], comma) if found else None
    return None


def _apposed(sentence: Sequence[Unit], segment: Range, head: Range) -> bool:
    """Whether what stands between commas describes the phrase before it."""
    if segment[0] >= segment[1] or head[0] >= head[1]:
        return False
    first, leader = sentence[segment[0]], sentence[head[0]]
    if leader.low in NO_HEAD or leader.low.endswith("ly"):
        return False
    if first.low in APPOSITIVES or first.text.isdigit():
        return True
    if first.capital:
        return segment[1] - segment[0] <= 5 and all(u.capital or not u.word for u in sentence[segment[0] : segment[1]])
    return first.word and first.low not in NO_APPOSITION and not first.low.endswith(("ing", "ed"))


def _phrase_back(sentence: Sequence[Unit], end: int, clause: int) -> Range | None:
    """The noun phrase that ends at `end`, without the adverbials before it."""
    start = end
    while start > max(clause, end - MAX_SOURCE) and _within(sentence, start - 1, end):
        start -= 1
    if start > clause and sentence[start - 1].low in OPENING_PREPOSITIONS:
        start -= 1
    start = _without_leaders(sentence, start, end)
    return (start, end) if start < end and _nominal(sentence, start, end) else None


def _within(sentence: Sequence[Unit], index: int, end: int) -> bool:
    """Whether the unit can stand inside the phrase that goes on up to `end`."""
    unit = sentence[index]
    if unit.quote:
        return naming(sentence, index) and index + 1 < end
    if unit.low == "and":
        names = 0 < index < end - 1 and sentence[index - 1].capital and sentence[index + 1].capital
        return names or _in_apposition(sentence, index)
    if not unit.word:
        return unit.text in "()&-/[]" or unit.text in "’'" or abbreviation_point(sentence, index)
    if unit.low in CLAUSE_EDGE or unit.low in AUXILIARY or unit.low in SUBJECT_PRONOUNS:
        return False
    if unit.low in FINITE and unit.low not in NOUNS:
        return False
    return unit.low in IN_PHRASE or unit.low not in PREPOSITIONS


def _in_apposition(sentence: Sequence[Unit], index: int) -> bool:
    """Whether an "and" joins the nouns of an apposition: "Ann Lee, a nurse and resident of Sark"."""
    articles = [k for k in range(max(1, index - 5), index) if sentence[k].low in ("a", "an")]
    return bool(articles) and sentence[articles[-1] - 1].text == ","


def _without_leaders(sentence: Sequence[Unit], start: int, end: int) -> int:
    """Past "On Monday", "However", "Meanwhile": where the noun phrase itself begins."""
    while start < end:
        low = sentence[start].low
        following = sentence[start + 1].low if start + 1 < end else ""
        if (
            low in ADVERB
            or (low.endswith("ly") and not sentence[start].capital)
            or not sentence[start].word
            or (
                low in DAYS
                and start + 1 < end
                and (following in DAYS or sentence[start + 1].capital or following in DETERMINERS)
            )
        ):
            start += 1
        elif low in PREPOSITIONS:
            start = _after_preposition(sentence, start, end)
        else:
            break
    return start


def _after_preposition(sentence: Sequence[Unit], start: int, end: int) -> int:
    """The subject in "During the hearing Ann Lee": the names at its end, if a lower-case word or a day parts them."""
    i = start + 1
    while (
        i < end
        and (sentence[i].low in DAYS or sentence[i].low == "the" or sentence[i].text.isdigit())
        and i - start < 4
    ):
        i += 1
    if i < end and any(sentence[k].low in DAYS for k in range(start + 1, i)):
        return i
    first = end
    while first > start + 1 and (sentence[first - 1].capital or abbreviation_point(sentence, first - 1)):
        first -= 1
    return first if first > start + 2 and sentence[first - 1].low not in DETERMINERS else end


def _nominal(sentence: Sequence[Unit], start: int, end: int) -> bool:
    """Whether a range can be a noun phrase: by how it begins and ends."""
    first, last = sentence[start], sentence[end - 1]
    if end - start == 1 and (first.low.endswith("ing") or CONTRACTION.match(first.low)):
        return False
    if last.low in NO_END or last.low in PREPOSITIONS or last.low.endswith(("’s", "'s")):
        return False
    if not first.word or not sentence[end - 1].low.strip("'’)"):
        return sentence[end - 1].text == ")"
    if first.capital or first.low in DETERMINERS:
        return True
    return end - start <= MAX_BARE and first.low not in PREPOSITIONS and first.low.isalpha()


def _extended(sentence: Sequence[Unit], found: Range, clause: int) -> Range:
    """With the name before it, where the phrase is its apposition without a comma: "Ann Lee, a nurse told AFP"."""
    start, end = found
    if start - 2 < clause or sentence[start - 1].text != "," or sentence[start].low not in ("a", "an", "the", "who"):
        return found
    head = _phrase_back(sentence, start - 1, clause)
    if (
        head
        and all(u.capital for u in sentence[head[0] : head[1]])
        and (head[0] == clause or not sentence[head[0] - 1].word)
    ):
        return head[0], end
    return found


def phrase_after(sentence: Sequence[Unit], start: int) -> Range | None:
    """The noun phrase that begins at `start`, with its appositions: "said Ann Lee, a nurse, on Monday"."""
    if start >= len(sentence):
        return None
    first = sentence[start]
    if first.low in SUBJECT_PRONOUNS:
        return start, start + 1
    if not first.word or first.low in NO_HEAD | AUXILIARY or (first.low in DAYS and not first.capital):
        return None
    i, commas = start, 0
    while i < min(len(sentence), start + MAX_SOURCE) and not (i > start and _ends_phrase(sentence, i, commas)):
        commas += sentence[i].text == ","
        i += 1
    while i > start and not sentence[i - 1].word and sentence[i - 1].text not in ")." and not sentence[i - 1].quote:
        i -= 1
    if i > start and sentence[i - 1].text == "." and not abbreviation_point(sentence, i - 1):
        i -= 1
    bare = not first.capital and first.low not in DETERMINERS
    return (start, i) if i > start and (not bare or i - start <= MAX_BARE or commas) else None


def _ends_phrase(sentence: Sequence[Unit], index: int, commas: int) -> bool:
    """Whether the phrase ends before `index`, where it has already passed so many commas."""
    unit = sentence[index]
    if unit.quote:
        return not naming(sentence, index)
    if unit.text == ",":
        return not _apposition_follows(sentence, index, commas)
    if not unit.word:
        return unit.text not in "()&-/[]’'" and not (abbreviation_point(sentence, index) and index + 1 < len(sentence))
    if commas:
        return False
    if unit.low in DAYS or unit.low in ADVERB:
        return True
    if unit.low == "and":
        return not (sentence[index - 1].capital and index + 1 < len(sentence) and sentence[index + 1].capital)
    return unit.low in CLAUSE_EDGE or (unit.low in PREPOSITIONS and unit.low not in ("of", "for", "from", "with"))


def _apposition_follows(sentence: Sequence[Unit], comma: int, commas: int) -> bool:
    """Whether an apposition begins after a comma; after a first one only a clear beginning counts."""
    if comma + 1 >= len(sentence):
        return False
    first = sentence[comma + 1]
    if commas and first.low not in ("who", "whose", "one", "which"):
        return False
    if first.low in APPOSITIVES or first.text.isdigit():
        return True
    if first.capital:  # a party, a place, "Jr": one or two words and then a comma or the end
        rest = sentence[comma + 2 : comma + 5]
        return any(not u.word for u in rest) or len(rest) < 3
    return first.word and first.low not in NO_HEAD | AUXILIARY | DAYS and not first.low.endswith(("ing", "ed"))
