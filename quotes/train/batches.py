"""Windows with their targets, gathered into batches of like length.

In: `Example`s. Out: dictionaries of tensors. A module because the targets (tags on the first piece of each word,
pointers from content and cue words) are the definition of the task.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from quotes.detect.windows import WINDOW, Ints, Pieces, pieces, windows
from quotes.text.page import Page
from quotes.train.corpus import ENTITIES, ROLES, Example, joined

IGNORED = -100
CLS, SEP, PAD, MASK = 101, 102, 0, 103
MASKED = 0.1
"""Share of word pieces hidden from a network that is fitted: what a statement is must not hang on one word."""
TARGETS = ("tags", "entities", "cue", "source")
Batch = dict[str, Tensor]
"""ids, case, state, paragraph; mask, 1 up to the end of a window; first, 1 on the first piece of a word; `TARGETS`."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Per word piece of a document: tags (3, n), entity tags (n), and the pieces its pointers aim at (-1: none)."""

    tags: Ints
    entities: Ints
    cue: Ints
    source: Ints


def targets(example: Example, cut: Pieces) -> Targets:
    """What the network should say of a document."""
    n = len(cut)
    tags = np.where(cut.first & example.labelled, 0, IGNORED)[None].repeat(3, 0)
    cue, source = np.full(n, IGNORED), np.full(n, IGNORED)
    spoken = np.array(
        [any(map(str.isalnum, example.text[s:e])) for s, e in zip(cut.start, cut.end, strict=True)], dtype=bool
    )
    for relation in example.relations:
        words = {
            role: [w for f in joined(example.text, getattr(relation, role)) if len(w := _words(cut, spoken, *f))]
            for role in ROLES
        }
        aims = {role: words[role][0][0] if words[role] else -1 for role in ("cue", "source")}
        for row, role in enumerate(ROLES):
            for span in words[role]:
                if (tags[row, span] == 0).all():
                    tags[row, span] = 2
                    tags[row, span[0]] = 1
        for span in words["content"]:
            cue[span], source[span] = aims["cue"], aims["source"]
        for span in words["cue"]:
            source[span] = np.where(source[span] == IGNORED, aims["source"], source[span])
    return Targets(tags, _entity_tags(example, cut), cue, source)


def _words(cut: Pieces, spoken: Any, start: int, end: int) -> Ints:
    """First pieces of the words inside a span, without punctuation at its edges unless that is all ("Poll: ...")."""
    low, high = np.searchsorted(cut.end, start, "right"), np.searchsorted(cut.start, end, "left")
    inside = np.arange(low, high)[cut.first[low:high]]
    letters = np.flatnonzero(spoken[inside])
    return inside[letters[0] : letters[-1] + 1] if len(letters) else inside


def _entity_tags(example: Example, cut: Pieces) -> Ints:
    if example.entities is None or not example.labelled:
        return np.full(len(cut), IGNORED)
    tags = np.where(cut.first, 0, IGNORED)
    everything = np.ones(len(cut), dtype=bool)
    for start, end, kind in example.entities:
        span = _words(cut, everything, start, end)
        tags[span] = 2 * ENTITIES.index(kind) + 2
        tags[span[:1]] = 2 * ENTITIES.index(kind) + 1
    return tags


def samples(
    example: Example, tokenizer: Any, rng: random.Random | None, size: int = WINDOW
) -> Iterator[dict[str, Ints]]:
    """The windows of a document with [CLS] in front; `rng` shifts where they are cut."""
    cut = pieces(Page.of_read(example.text), tokenizer)
    aim = targets(example, cut)
    first = rng.randint(size // 4, size) if rng else None
    for low, high in windows(cut, size, first):
        yield {
            "ids": np.concatenate([[CLS], cut.ids[low:high], [SEP]]),
            "case": np.pad(cut.case[low:high], 1),
            "state": np.pad(cut.state[low:high], 1),
            "paragraph": np.pad(cut.paragraph[low:high], 1),
            "first": np.pad(cut.first[low:high].astype(np.int64), 1),
            "tags": np.pad(aim.tags[:, low:high], ((0, 0), (1, 1)), constant_values=IGNORED),
            "entities": np.pad(aim.entities[low:high], 1, constant_values=IGNORED),
            "cue": _aimed(aim.cue, low, high),
            "source": _aimed(aim.source, low, high),
        }


def _aimed(aim: Ints, low: int, high: int) -> Ints:
    """Pointers as positions of the window: 0 for none, ignored where the target lies outside."""
    inside = aim[low:high]
    out = np.where(inside == -1, 0, np.where((inside >= low) & (inside < high), inside - low + 1, IGNORED))
    return np.pad(out, 1, constant_values=IGNORED)


def batches(examples: Iterable[Example], tokenizer: Any, size: int, rng: random.Random | None) -> list[Batch]:
    """All windows in batches of like length, shuffled where a generator is given."""
    drawn = [s for e in examples for s in samples(e, tokenizer, rng)]
    if rng:
        rng.shuffle(drawn)
    pool = size * 24  # sorting within pools keeps batches of like length and still mixed
    out = []
    for at in range(0, len(drawn), pool):
        near = sorted(drawn[at : at + pool], key=lambda s: len(s["ids"]))
        out += [_stacked(near[i : i + size]) for i in range(0, len(near), size)]
    if rng:
        rng.shuffle(out)
    return out


def with_holes(ids: Tensor) -> Tensor:
    """Word pieces (B, T) with some hidden, others each time; teachers read them all."""
    holes = (torch.rand(ids.shape, device=ids.device) < MASKED) & (ids != PAD) & (ids != CLS) & (ids != SEP)
    return ids.masked_fill(holes, MASK)


def _stacked(group: list[dict[str, Ints]]) -> Batch:
    longest = -(-max(len(s["ids"]) for s in group) // 8) * 8
    batch = {}
    for key in group[0]:
        filler = IGNORED if key in TARGETS else PAD
        width = [(0, 0)] * (group[0][key].ndim - 1)
        rows = [np.pad(s[key], [*width, (0, longest - s[key].shape[-1])], constant_values=filler) for s in group]
        batch[key] = torch.from_numpy(np.stack(rows))
    batch["mask"] = (batch["ids"] != PAD).long()
    return batch
