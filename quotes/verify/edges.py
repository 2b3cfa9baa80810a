"""What a quotation loses where it begins: a "not" or a minus sign right before its first word.

In: a passage and the place where its words stand. Out: the changes, with the words that are missing. Pure.
"""

from __future__ import annotations

import re

from quotes.records import Polarity
from quotes.text.wording import MINUS, Wording
from quotes.text.words import word_set
from quotes.verify.differences import Change, Piece, negations
from quotes.verify.passages import FEW, Passage
from quotes.verify.sources import Place

REACH = 4
"""Words before a quotation among which a negation turns it: "I never said that | we would sell"."""

CLAUSE = word_set(
    "i we you he she it they there this that who can could will would shall should may might must is are was were has "
    "have had do does did"
)
"""Words with which something is said that may be true or not, unlike "a path to that goal"."""

_CLAUSE = re.compile(r"[,;:.?!()—–]|\s-")
_SENTENCE = re.compile(r"[.?!\n]")


def turned_by(passage: Passage, place: Place) -> dict[Change, Piece]:
    """What stands right before the words in the article and turns them, unless the draft says it in its own words."""
    first = place.words[0]
    words = place.run.wording.words
    if first and words[first - 1].key == MINUS and words[first].start - words[first - 1].end <= 1:
        return {Change.NUMBER: ("removed", MINUS)}
    clause = Wording.of(_CLAUSE.split(place.before)[-1])
    says = words[first].key.casefold().split("'")[0] in CLAUSE or clause.keys[-1:] == ["that"]
    near = clause.part(max(0, len(clause) - (REACH if says else 1)), len(clause))
    if len(passage.wording) <= FEW or not negations(near.keys) % 2 or _denied(passage):
        return {}
    return {Change.NEGATION: ("removed", near.written(0, len(near)))}


def _denied(passage: Passage) -> bool:
    """Whether a draft negates a quotation itself: she would not “sell the harbour”."""
    if passage.quote is not None and passage.quote.attribution.polarity is not Polarity.AFFIRMED:
        return True
    wording = passage.wording
    before = _SENTENCE.split(wording.text[: wording.words[0].start])[-1]
    return bool(negations(Wording.of(before).keys))
