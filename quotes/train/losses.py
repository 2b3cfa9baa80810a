"""What the network is punished for: wrong tags, wrong pointers, wrong entities, and straying from a teacher.

In: scores and a batch's targets. Out: what is to be lowered, in parts. A module because the weights of the parts are
the balance of the task.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from quotes.train.batches import IGNORED, Batch
from quotes.train.corpus import ROLES
from quotes.train.lessons import Taught
from quotes.train.network import Scores, pointer_scores

LINK_SHARE, ENTITY_SHARE = 0.3, 0.1


class Losses(NamedTuple):
    """What is to be lowered, each the mean over what it was asked of."""

    tags: Tensor
    links: Tensor
    entities: Tensor

    def whole(self) -> Tensor:
        """Their balance."""
        return self.tags + LINK_SHARE * self.links + ENTITY_SHARE * self.entities

    def towards(self, taught: Taught, share: float) -> Losses:
        """These with a share of the distance from the teachers; names stay with their labels."""
        tags, links = (a + share * (b - a) for a, b in zip(self[:2], taught, strict=True))
        return Losses(tags, links, self.entities)


def gold_losses(scores: Scores, batch: Batch) -> Losses:
    """Cross entropy of tags, pointers and entities."""
    tags = _entropy(_by_role(scores.tags).permute(0, 2, 1, 3), batch["tags"]) * 3
    cue, source = pointer_scores(scores.links.float(), batch["mask"])
    links = _entropy(cue, batch["cue"]) + _entropy(source, batch["source"])
    return Losses(tags, links, _entropy(scores.entities, batch["entities"]))


def taught_losses(scores: Scores, teachers: Sequence[Taught], batch: Batch) -> Taught:
    """Mean divergence from the teachers' probabilities: tags of all words, pointers of those that they mark."""
    each = [_divergences(scores, teacher, batch) for teacher in teachers]
    return Taught(*(torch.stack(part).mean() for part in zip(*each, strict=True)))


def _divergences(scores: Scores, teacher: Taught, batch: Batch) -> Taught:
    words = batch["first"].bool()
    tags = _divergence(_by_role(scores.tags)[words], _by_role(teacher.tags)[words]) * 3
    marked = _by_role(teacher.tags).argmax(-1).bool() & words[..., None]
    content, cue = marked[..., ROLES.index("content")], marked[..., ROLES.index("cue")]
    own = pointer_scores(scores.links.float(), batch["mask"])
    other = pointer_scores(teacher.links.float(), batch["mask"])
    to_cue, to_source = (
        _divergence(a[aimed], b[aimed]) for a, b, aimed in zip(own, other, (content, content | cue), strict=True)
    )
    return Taught(tags, to_cue + to_source)


def _by_role(tags: Tensor) -> Tensor:
    return tags.view(*tags.shape[:-1], 3, 3)


def _entropy(logits: Tensor, aim: Tensor) -> Tensor:
    if not (aim != IGNORED).any():
        return logits.sum() * 0
    return functional.cross_entropy(logits.flatten(0, -2).float(), aim.flatten(), ignore_index=IGNORED)


def _divergence(own: Tensor, other: Tensor) -> Tensor:
    if not len(own):
        return own.sum() * 0
    own, other = functional.log_softmax(own.float(), -1), functional.log_softmax(other.float(), -1)
    return functional.kl_div(own, other, log_target=True, reduction="sum") / own[..., 0].numel()
