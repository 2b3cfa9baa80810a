"""What differs between two wordings, in the terms of a reader: a number, a negation, a name, words left out.

In: two wordings and their edits. Out: the kinds of change, and the edits written out. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from quotes.text.alignment import Edit
from quotes.text.wording import LEFT_OUT, MINUS, Token, Wording
from quotes.text.words import word_set


class Change(StrEnum):
    """How a passage differs from what stands in an article; the first four are fair in a quotation."""

    CUT = "cut"
    BRACKETS = "brackets"
    CASE = "letter case"
    PUNCTUATION = "punctuation"
    QUESTION = "question mark"
    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    OMITTED = "words left out"
    ADDED = "words added"
    REPLACED = "other words"


FAIR = frozenset({Change.CUT, Change.BRACKETS, Change.CASE, Change.PUNCTUATION})
NEGATIONS = word_set("not no never none nobody nothing neither nor cannot without hardly")
UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion"}
COUNTING = frozenset({*SCALES.values(), "hundred", "dozen", "half", "third", "quarter", "twice", "double"})
VALUES = {word: str(value) for value, word in enumerate(UNITS)} | {w: str(20 + 10 * i) for i, w in enumerate(TENS)}
SHOWN = 16  # words of the article that are shown where a draft left more out
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)('?s|st|nd|rd|th|[a-z]{1,2})?")


def figures(keys: Iterable[str]) -> frozenset[str]:
    """The numbers among words, however written: of "16m" and "sixteen million" the same.

    >>> sorted(figures(["sixteen", "million", "crowns"]))
    ['16', 'million']
    """
    found = set()
    for key in keys:
        amount = _AMOUNT.fullmatch(key)
        if amount:
            found |= {amount[1], SCALES[amount[2]]} if amount[2] in SCALES else {amount[1]}
        elif key in VALUES or key in COUNTING:
            found.add(VALUES.get(key, key))
    return frozenset(found - {"1"})  # "one" is a pronoun more often than a number


def negations(keys: Iterable[str]) -> int:
    """How many words negate."""
    return sum(key in NEGATIONS or key.endswith("n't") for key in keys)


def names(words: Sequence[Token], *, opened: bool = False) -> frozenset[str]:
    """The words written as names are; with `opened`, the first begins a sentence and tells nothing."""
    told = (word.key for place, word in enumerate(words) if word.key[:1].isupper() and (place or not opened))
    return frozenset(key.casefold().removesuffix("'s") for key in told if key != "I" and not key.startswith("I'"))


def changes(ours: Wording, theirs: Wording, edits: Sequence[Edit], joints: frozenset[int] = frozenset()) -> set[Change]:
    """The kinds of change between what a draft has and what an article has; none for what is only typography.

    `joints` are words of the article's that stand behind a break there, where any punctuation is as good.
    """
    found: set[Change] = set()
    for edit in edits:
        found |= _in_equal(ours, theirs, edit, joints) if edit.equal else _in_other(ours, theirs, edit)
    return found


def _in_equal(ours: Wording, theirs: Wording, edit: Edit, joints: frozenset[int]) -> set[Change]:
    found: set[Change] = set()
    for place, other in zip(range(*edit.ours), range(*edit.theirs), strict=True):
        mine, real = ours.words[place], theirs.words[other]
        loose = mine.cut or place in ours.breaks or other in joints
        if mine.key != real.key and not ((loose or place == 0) and mine.key[1:] == real.key[1:]):
            found.add(Change.CASE)
        if place > edit.ours[0] and not loose:
            found |= _marks(mine.marks, real.marks)
            if mine.marks != real.marks and (_one_figure(ours, place) or _one_figure(theirs, other)):
                found.add(Change.NUMBER)  # "3/4" is not "3-4"
    return found


def _one_figure(wording: Wording, place: int) -> bool:
    """Whether a word and the one before it are digits with a single sign between them."""
    before, word = wording.words[place - 1 : place + 1]
    return before.key.isdigit() and word.key[:1].isdigit() and word.start - before.end == 1 and bool(word.marks)


def _marks(mine: str, real: str) -> set[Change]:
    if mine == real:
        return set()
    if LEFT_OUT in real:
        return {Change.OMITTED}  # the article left words out there, and said so
    return {Change.QUESTION} if ("?" in mine) != ("?" in real) else {Change.PUNCTUATION}


def _in_other(ours: Wording, theirs: Wording, edit: Edit) -> set[Change]:
    mine, real = ours.words[slice(*edit.ours)], theirs.words[slice(*edit.theirs)]
    if "".join(_keys(mine)) == "".join(_keys(real)) and not _told(mine, real):
        return {Change.PUNCTUATION}  # "ice-cream", "icecream", but not "not able", "notable"
    behind = ours.words[edit.ours[1] : edit.ours[1] + 1]
    if not mine and any(word.cut for word in behind):
        return {Change.CUT} | _reversed(theirs.words[edit.theirs[0] : edit.theirs[1] + 1])
    if not mine and edit.ours[1] in ours.breaks:
        return set()  # between two parts of an interrupted quotation
    if mine and all(word.bracketed for word in mine):
        return {Change.BRACKETS} | _told(mine, real)
    return _told(mine, real) | _kind(mine, real) | _renamed(mine, real, opened=edit.ours[0] == 0)


def _reversed(gone: Sequence[Token]) -> set[Change]:
    """Whether a cut within a sentence takes its "not" away; `gone` are the words left out and the one behind them."""
    ends = [place for place, word in enumerate(gone) if any(mark in word.marks for mark in ".?!")]
    within = gone[ends[-1] if ends else 0 :]  # of the sentence that goes on behind the cut
    return {Change.NEGATION} if len(within) <= SHOWN and negations(_keys(within[:-1])) % 2 else set()


def _told(mine: Sequence[Token], real: Sequence[Token]) -> set[Change]:
    """What is worst about words that differ: a number, a negation."""
    mine_, real_ = _keys(mine), _keys(real)
    number = figures(mine_) != figures(real_) or (MINUS in mine_) != (MINUS in real_)
    negation = negations(mine_) % 2 != negations(real_) % 2
    return ({Change.NUMBER} if number else set()) | ({Change.NEGATION} if negation else set())


def _keys(words: Iterable[Token]) -> list[str]:
    return [word.key.casefold() for word in words]


def _renamed(mine: Sequence[Token], real: Sequence[Token], *, opened: bool) -> set[Change]:
    return {Change.NAME} if names(mine, opened=opened) != names(real, opened=opened) else set()


def _kind(mine: Sequence[Token], real: Sequence[Token]) -> set[Change]:
    return {Change.REPLACED if mine and real else Change.ADDED if mine else Change.OMITTED}


Piece = tuple[str, str]
"""What is done with words, and they: of a draft ("same" or "added") or of an article ("removed")."""


def pieces(ours: Wording, theirs: Wording, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """The edits that make a draft's words of an article's."""
    found: list[Piece] = []
    for edit in edits:
        mine, real = ours.written(*edit.ours), theirs.written(*edit.theirs)
        if edit.equal:
            found.append(("same", mine))
        else:
            found += [("removed", _clipped(real))] if real else []
            found += [("added", mine)] if mine else []
    return tuple(found)


def written(found: Iterable[Piece]) -> str:
    """Pieces as word diffs are written.

    >>> written([("same", "We will"), ("removed", "not"), ("added", "never"), ("same", "sell")])
    'We will [-not-] {+never+} sell'
    """
    forms = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(forms[kind].format(words) for kind, words in found)


def _clipped(words: str) -> str:
    """Some words, of many the first and last."""
    found = words.split()
    return words if len(found) <= SHOWN else " ".join([*found[: SHOWN // 2], "…", *found[-SHOWN // 2 :]])
