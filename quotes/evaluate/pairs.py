"""Which predicted attribution found which gold one.

In: a text and the attributions of its gold and predicted records. Out: their spans as sets of word tokens, and pairs by
content. A module of its own because every figure, and what is left out of all of them, rests on the same pairs.

Spans are compared as sets of word tokens, so marks and punctuation at an edge never count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")
SAME_CONTENT = 0.5
"""Token F1 from which two contents are taken for the same statement."""

Tokens = frozenset[int]


class Words:
    """The word tokens of one text, and which of them stand inside double quotation marks."""

    def __init__(self, text: str) -> None:
        spans = [m.span() for m in WORD.finditer(text)]
        quoted = _inside_double_marks(text)
        self.starts, self.ends = [s for s, _ in spans], [e for _, e in spans]
        self.quoted = [quoted[s] for s, _ in spans]

    def tokens(self, fragments: Sequence[Sequence[int]]) -> Tokens:
        """Tokens that share a character with a fragment."""
        return frozenset(
            i for s, e in fragments for i in range(bisect_right(self.ends, s), bisect_left(self.starts, e))
        )


def _inside_double_marks(text: str) -> list[bool]:
    flags, inside = [False] * len(text), False
    for i, character in enumerate(text):
        if character in "\n”»":
            inside = False
        elif character in "“«„":
            inside = True
        elif character == '"':
            inside = not inside
        else:
            flags[i] = inside
    return flags


def best_pairs(gold: Sequence[Tokens], predicted: Sequence[Tokens]) -> Iterator[tuple[float, int, int]]:
    """One-to-one pairs of contents that share a word, by falling token F1: the F1 and the index of each."""
    scored = [
        (2 * len(a & b) / (len(a) + len(b)), i, j) for i, a in enumerate(gold) for j, b in enumerate(predicted) if a & b
    ]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for share, i, j in sorted(scored, key=lambda t: (-t[0], t[1], t[2])):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            yield share, i, j
