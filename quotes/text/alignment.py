"""A passage laid beside a longer text: where its words stand in it, and word by word what differs.

In: the `Wording`s of both. Out: where the passage stands, whole or nearest, and the edits that make it of what stands
there. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from quotes.text.wording import Wording
from quotes.text.words import word_set

Range = tuple[int, int]
"""Indices of words: the first, and one past the last."""

Block = tuple[int, int, int]
"""Words that two texts share: index in the one, in the other, and how many."""

TURN = 2
"""Words that stand in many places: where they are matched says little."""

MOST = 50
"""Places of one passage in one text that are looked at: what stands there more often is a turn of phrase."""

EDGE = 3
"""Words before and behind the stretch with most of a passage's words that may belong to it as well."""

SHORT_WORD, LITTLE = 3, 0.4
"""A word of so many letters, or one that stands everywhere, weighs so much beside another."""

COMMON = word_set(
    "that this these those with from have been being will would could should they them their there then than what "
    "when where which were said says your just some into over also about because while very more most much"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that two wordings share ("equal"), or that one has in place of the other's, which may be none."""

    equal: bool
    ours: Range
    theirs: Range


def weight(keys: Sequence[str]) -> float:
    """How much words say, roughly: long words and numbers one each, short and common ones less."""
    light = (key in COMMON or (len(key) <= SHORT_WORD and not key.isdigit()) for key in keys)
    return sum(LITTLE if one else 1.0 for one in light)


def segments(passage: Wording, *, brackets: bool = False) -> list[Range]:
    """The runs of words between cuts and breaks; with `brackets`, what stands in brackets is taken for a cut, too.

    >>> segments(Wording.of("a b […] c [that is, d] e"), brackets=True)
    [(0, 2), (2, 3), (6, 7)]
    """
    runs: list[Range] = []
    start = 0
    for place, word in enumerate(passage.words):
        out = brackets and word.bracketed
        if out or word.cut or place in passage.breaks:
            runs.append((start, place))
            start = place + out
    return [run for run in [*runs, (start, len(passage))] if run[0] < run[1]]


def whole(passage: Wording, text: Wording, *, brackets: bool = False) -> Iterator[list[Range]]:
    """Every place where all segments of a passage stand in a text, in order, as one range each.

    From each place of the first segment, the others are taken where they come next.
    """
    keys = [passage.keys[first:last] for first, last in segments(passage, brackets=brackets)]
    start = text.find(keys[0]) if keys else -1
    for _ in range(MOST):
        if start < 0:
            return
        ranges = _onward(keys, text, start)
        if not ranges:
            return
        yield ranges
        start = text.find(keys[0], start + 1)


def _onward(keys: Sequence[Sequence[str]], text: Wording, start: int) -> list[Range]:
    ranges = [(start, start + len(keys[0]))]
    for segment in keys[1:]:
        at = text.find(segment, ranges[-1][1])
        if at < 0:
            return []
        ranges.append((at, at + len(segment)))
    return ranges


def between(passage: Wording, ranges: Sequence[Range], *, brackets: bool = False) -> list[Edit]:
    """The edits of a passage whose segments stand at some ranges of a text: all is equal but what is between them."""
    edits: list[Edit] = []
    at, behind = 0, ranges[0][0]
    for ours, theirs in zip(segments(passage, brackets=brackets), ranges, strict=True):
        if (at, behind) != (ours[0], theirs[0]):
            edits.append(Edit(False, (at, ours[0]), (behind, theirs[0])))
        edits.append(Edit(True, ours, theirs))
        at, behind = ours[1], theirs[1]
    return [*edits, Edit(False, (at, len(passage)), (behind, behind))] if at < len(passage) else edits


def longest(passage: Wording, first: int, text: Wording) -> Range:
    """Where the longest run of a passage's words from `first` on stands in a text; an empty range where none does."""
    found, length, low, high = (0, 0), 0, 1, len(passage) - first
    while low <= high:  # what holds a run holds every shorter one
        length = (low + high) // 2
        at = text.find(passage.keys[first : first + length])
        if at < 0:
            high = length - 1
        else:
            found, low = (at, at + length), length + 1
    return found


def nearest(passage: Wording, text: Wording) -> tuple[float, list[Edit]]:
    """The stretch of a text that a passage is most like: which share of its words stands there, and the edits.

    The share is of their weight. Looked at is the stretch that has most of the words, somewhat longer than the passage.
    """
    start, end = _window(passage, text)
    found = SequenceMatcher(None, passage.keys, text.keys[start:end], autojunk=False).get_matching_blocks()
    blocks = [(a, start + b, size) for a, b, size in found if size]
    edits = list(_edits(_tight(blocks, passage.keys, text.keys), len(passage), len(text)))
    shared = sum(weight(passage.keys[edit.ours[0] : edit.ours[1]]) for edit in edits if edit.equal)
    return shared / (weight(passage.keys) or 1.0), edits


def _window(passage: Wording, text: Wording) -> Range:
    """The stretch of a text in which most of a passage's words stand."""
    size = len(passage) + max(6, len(passage) // 2)
    size += sum(word.cut or word.bracketed for word in passage.words) * len(passage)
    words = dict.fromkeys(passage.keys)
    found = [weight([key]) if key in words else 0.0 for key in text.keys]
    if size >= len(found):
        return 0, len(found)
    sum_ = best = sum(found[:size])
    start = 0
    for place in range(size, len(found)):
        sum_ += found[place] - found[place - size]
        if sum_ > best + 1e-9:
            best, start = sum_, place - size + 1
    return max(0, start - EDGE), min(len(found), start + size + EDGE)


def _tight(found: Sequence[Block], ours: Sequence[str], theirs: Sequence[str]) -> list[Block]:
    """Matching blocks, those of a word or two as near to the next one as the same words stand."""
    blocks = list(found)
    for i in range(len(blocks) - 2, -1, -1):
        a, b, size = blocks[i]
        words = list(ours[a : a + size])
        if size <= TURN:
            near = range(blocks[i + 1][1] - size, b, -1)
            blocks[i] = (a, next((place for place in near if theirs[place : place + size] == words), b), size)
    return blocks


def _edits(found: Sequence[Block], ours: int, theirs: int) -> Iterator[Edit]:
    """Matching blocks, and what stands between them; before the first and behind the last as much as was replaced."""
    if not found:
        return
    a, b = 0, max(0, found[0][1] - found[0][0])
    for place, other, size in found:
        if (a, b) != (place, other):
            yield Edit(False, (a, place), (b, other))
        a, b = place + size, other + size
        yield Edit(True, (place, a), (other, b))
    if a < ours:
        yield Edit(False, (a, ours), (b, min(theirs, b + ours - a)))
