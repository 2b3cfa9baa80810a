"""What is read as an attribution and is none: a headline's label, a deed that names somebody.

In: the text and the spans of what was found. Out: whether nobody says it. A module because these are matters of
wording that the network has too few examples of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Kind, Span
from quotes.text.words import word_set

LABELS = word_set(
    "q&a explainer analysis opinion comment editorial interview obituary factbox timeline exclusive breaking live "
    "watch video photos pictures podcast gallery update"
)
"""What stands before the colon of a headline and names no one."""
NAMING = re.compile(r"(?:names?|named|naming|appoints?|appointed|nominates?|nominated)$", re.IGNORECASE)
NAMED_TO = re.compile(r"[A-Z][^\n]*?\b(?:to [a-z]+|as)\b")


def said_by_nobody(text: str, cue: Sequence[Span], source: Sequence[Span], content: Sequence[Span], kind: Kind) -> bool:
    """Whether the source is a label ("Q&A: how it works"), or somebody is given an office ("names Bo Ash to lead")."""
    if not cue or not source:
        return False
    words = cue[-1].of(text)
    if words == ":" and source[0].of(text).casefold() in LABELS:
        return True
    first = content[0]
    deed = kind is Kind.INDIRECT and NAMING.search(words) and first.start > cue[-1].start
    return bool(deed and NAMED_TO.match(text, first.start, min(first.end, first.start + 200)))
