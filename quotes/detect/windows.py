"""A text as the numbers the network reads: word pieces with three marks each, in windows of whole paragraphs.

In: a `Page` and a tokenizer. Out: `Pieces` (ids, offsets, letter case, quotation state, paragraph starts, word starts)
and the windows over them. A module because training and detection must cut and mark a text in exactly the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.text.page import Page

Ints = NDArray[np.int64]

LOWER, TITLE, UPPER, DIGIT, OTHER = range(5)
CASES, STATES, STARTS = 5, 4, 2

_SURROGATE = re.compile("[\ud800-\udfff]")  # half characters, from broken decoding: the tokenizer refuses them

WINDOW = 256
"""Word pieces the network sees at once, [CLS] and [SEP] included."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """One entry a word piece; `first` is True where a word begins, `start`/`end` are places of the page."""

    ids: Ints
    start: Ints
    end: Ints
    case: Ints
    state: Ints
    paragraph: Ints
    first: NDArray[np.bool_]
    paragraph_starts: Ints

    def __len__(self) -> int:
        return len(self.ids)


def pieces(page: Page, tokenizer: Any) -> Pieces:
    """Cut the text of a page into word pieces with their marks."""
    text = page.text
    encoding = tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    start, end = offsets[:, 0], offsets[:, 1]
    words = np.asarray(encoding.word_ids, dtype=np.int64)
    first = np.ones(len(start), dtype=np.bool_)
    first[1:] = words[1:] != words[:-1]
    states = np.frombuffer(bytes(page.states) or b"\0", dtype=np.uint8).astype(np.int64)
    opens = np.array([s for s, _ in page.paragraphs], dtype=np.int64)
    paragraph_starts = np.unique(np.searchsorted(start, opens)) if len(start) else opens[:0]
    paragraph_starts = paragraph_starts[paragraph_starts < len(start)]
    paragraph = np.zeros(len(start), dtype=np.int64)
    paragraph[paragraph_starts] = 1
    return Pieces(
        ids=np.asarray(encoding.ids, dtype=np.int64),
        start=start,
        end=end,
        case=_cases(text, start, end, first),
        state=states[start] if len(start) else start,
        paragraph=paragraph,
        first=first,
        paragraph_starts=paragraph_starts,
    )


def _cases(text: str, start: Ints, end: Ints, first: NDArray[np.bool_]) -> Ints:
    """The letter case of the word that each piece belongs to."""
    heads = np.flatnonzero(first)
    if not len(heads):
        return start
    lasts = np.append(heads[1:], len(start)) - 1
    of_word = [_case(text[s:e]) for s, e in zip(start[heads].tolist(), end[lasts].tolist(), strict=True)]
    of_piece: Ints = np.asarray(of_word, dtype=np.int64)[np.cumsum(first) - 1]
    return of_piece


def _case(word: str) -> int:
    if word.islower():
        return LOWER
    if word[:1].isupper():
        return UPPER if len(word) > 1 and word.isupper() else TITLE
    if word[:1].isdigit():
        return DIGIT
    return LOWER if word[:1].isalpha() else OTHER


def windows(text: Pieces, size: int = WINDOW, first_size: int | None = None) -> list[tuple[int, int]]:
    """Cover the pieces with windows of at most `size - 2`, broken between paragraphs where possible.

    A paragraph longer than a window is broken into overlapping windows. `first_size` shortens the first window, so that
    training sees other cuts in every epoch.
    """
    room = size - 2
    budget = min(room, max(8, first_size - 2)) if first_size else room
    edges = [*text.paragraph_starts.tolist(), len(text)]
    if edges[0] != 0:
        edges.insert(0, 0)
    out: list[tuple[int, int]] = []
    start = 0
    for begin, end in pairwise(edges):
        if end - start > budget and begin > start:
            out.append((start, begin))
            start, budget = begin, room
        while end - start > room:
            stop = _word_edge(text, start + room, start + room // 2)
            out.append((start, stop))
            start = _word_edge(text, stop - room // 3, stop - room // 2)
            budget = room
    if start < len(text):
        out.append((start, len(text)))
    return out


def _word_edge(text: Pieces, position: int, lowest: int) -> int:
    """The last start of a word from a position down to `lowest`, or the position itself inside a long word."""
    for at in range(position, max(position - 64, lowest), -1):
        if at >= len(text) or text.first[at]:
            return at
    return position
