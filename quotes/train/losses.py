"""What the network is punished for: wrong tags, wrong pointers, wrong entities, and straying from a teacher.

In: scores and a batch's targets. Out: one number to lower, and its parts for the log. A module because the weights of
the parts are the balance of the task.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from quotes.train.batches import IGNORED, Batch
from quotes.train.network import Scores, pointer_scores

LINK_SHARE, ENTITY_SHARE = 0.3, 0.1


def gold_loss(scores: Scores, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Cross entropy of tags, pointers and entities."""
    tags = _entropy(_by_role(scores.tags).permute(0, 2, 1, 3), batch["tags"]) * 3
    cue, source = pointer_scores(scores.links.float(), batch["mask"])
    links = _entropy(cue, batch["cue"]) + _entropy(source, batch["source"])
    entities = _entropy(scores.entities, batch["entities"])
    total = tags + LINK_SHARE * links + ENTITY_SHARE * entities
    return total, {"tags": tags.item(), "links": links.item(), "entities": entities.item()}


def taught_loss(scores: Scores, teacher: Scores, batch: Batch) -> Tensor:
    """Divergence from the teacher's probabilities, on the words that have targets."""
    words = batch["tags"][:, 0] != IGNORED
    tags = _divergence(_by_role(scores.tags)[words], _by_role(teacher.tags)[words]) * 3
    own = pointer_scores(scores.links.float(), batch["mask"])
    other = pointer_scores(teacher.links.float(), batch["mask"])
    links = torch.zeros((), device=tags.device)
    for a, b, key in zip(own, other, ("cue", "source"), strict=True):
        aimed = batch[key] != IGNORED
        links = links + _divergence(a[aimed], b[aimed])
    entities = _divergence(scores.entities[words], teacher.entities[words])
    return tags + LINK_SHARE * links + ENTITY_SHARE * entities


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
