"""What counts towards the figures: attributions of some words that stand in no other statement.

In: gold and predicted documents by id. Out: the same without what is not counted, and how many nested ones were found.
It is a module of its own so that no figure decides for itself what it leaves out.

A gold attribution with `"nested": true` stands inside another's content: what somebody says that somebody else said. It
is left out together with the prediction that finds it, which is neither right nor wrong then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from quotes.evaluate.pairs import SAME_CONTENT, Words, best_pairs

Record = Mapping[str, Any]


class Outer(NamedTuple):
    """Documents by id with the attributions that count; how many gold ones are nested, and how many of those found."""

    gold: dict[str, Record]
    predicted: dict[str, Record]
    nested: int
    found: int


def outer(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> Outer:
    """What counts of gold documents and of their predictions, an empty one where there is none."""
    wanted: dict[str, Record] = {}
    given: dict[str, Record] = {}
    nested = found = 0
    for id_, document in gold.items():
        words, answer = Words(document["text"]), predicted.get(id_, {})
        ours, theirs = (_with_words(words, record.get("attributions", [])) for record in (document, answer))
        inside = _finding_nested(words, ours, theirs)
        wanted[id_] = {**document, "attributions": [item for item in ours if not item.get("nested")]}
        given[id_] = {**answer, "attributions": [item for j, item in enumerate(theirs) if j not in inside]}
        nested += len(ours) - len(wanted[id_]["attributions"])
        found += len(inside)
    return Outer(wanted, given, nested, found)


def _with_words(words: Words, attributions: list[Record]) -> list[Record]:
    return [item for item in attributions if words.tokens(item.get("content") or [])]


def _finding_nested(words: Words, gold: list[Record], predicted: list[Record]) -> set[int]:
    """Indices of the predictions whose content is best paired with a nested one."""
    if not any(item.get("nested") for item in gold):
        return set()
    ours, theirs = ([words.tokens(item["content"]) for item in items] for items in (gold, predicted))
    return {j for share, i, j in best_pairs(ours, theirs) if share >= SAME_CONTENT and gold[i].get("nested")}
