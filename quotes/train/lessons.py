"""What the teachers say of the drawn batches, asked once and kept on disk.

In: batches, teachers, a file. Out: the batches, each with the teachers' scores. A module because a large teacher takes
several times longer to read a window than the student to learn from it: its answers are shared by epochs and by fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import torch
from torch import Tensor

from quotes.train.batches import Batch
from quotes.train.corpus import Example
from quotes.train.network import Network, Scores


class Taught(NamedTuple):
    """What a teacher is asked: tags (B, T, 9) and links (B, T, 4 x LINK) as in `Scores`. Names it is not."""

    tags: Tensor
    links: Tensor


KEYS = [f"taught_{part}" for part in Taught._fields]
"""Keys of a batch: the teachers' scores, one teacher a row, in half precision."""


def lessons(path: Path, drawn: Callable[[], list[Batch]], teachers: Sequence[Network], of: str) -> list[Batch]:
    """The batches kept in `path`; where there are none, `drawn()` is read by the teachers and kept.

    `of` (see `origin`) says whose answers to what they are; a file of others is refused.
    """
    if not path.exists():
        with click.progressbar(drawn(), label=f"teachers read for {path.name}") as shown:
            taught = [batch | answered(batch, teachers) for batch in shown]
        partial = path.with_suffix(".partial")
        torch.save({"of": of, "batches": taught}, partial)
        partial.replace(path)
    kept = torch.load(path, weights_only=True, mmap=True)
    if kept["of"] != of:
        raise click.ClickException(f"{path} holds answers of other teachers or about other texts: name another folder.")
    batches: list[Batch] = kept["batches"]
    return batches


def origin(examples: Sequence[Example], teachers: Sequence[Network], batch: int) -> str:
    """SHA-256 of what answers depend on: the texts with their labels, the teachers' weights, the size of a batch."""
    digest = hashlib.sha256(repr((batch, list(examples))).encode())
    for teacher in teachers:
        for weight in teacher.state_dict().values():
            digest.update(weight.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def answered(batch: Batch, teachers: Sequence[Network]) -> Batch:
    """The teachers' scores of one batch, (teachers, B, T, ...) under each of `KEYS`."""
    answers = [_asked(teacher.eval(), batch) for teacher in teachers]
    stacked = [torch.stack(part).to("cpu", torch.float16) for part in zip(*answers, strict=True)]
    return dict(zip(KEYS, stacked, strict=True))


def _asked(teacher: Network, batch: Batch) -> Taught:
    device = teacher.words.weight.device
    inputs = [batch[key].to(device) for key in ("ids", "case", "state", "paragraph", "mask")]
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        scores = Scores(*teacher(*inputs))
    return Taught(scores.tags, scores.links)


def teachers_of(batch: Batch) -> list[Taught]:
    """What each teacher said of a batch."""
    return [Taught(*parts) for parts in zip(*(batch[key] for key in KEYS), strict=True)]
