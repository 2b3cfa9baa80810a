"""What the teachers say of the drawn batches, asked once and kept on disk.

In: batches, teachers, a file. Out: the batches, each with the teachers' scores. A module because a large teacher takes
several times longer to read a window than the student to learn from it: its answers are shared by epochs and by fits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click
import torch

from quotes.train.batches import Batch
from quotes.train.network import Network, Scores

TAUGHT = tuple(f"taught_{part}" for part in Scores._fields)
"""Keys of a batch: the teachers' scores, one teacher a row, in half precision."""


def lessons(path: Path, drawn: Callable[[], list[Batch]], teachers: Sequence[Network], device: str) -> list[Batch]:
    """The batches kept in `path`; where there are none, `drawn()` is read by the teachers and kept."""
    if not path.exists():
        with click.progressbar(drawn(), label=f"teachers read for {path.name}") as shown:
            taught = [batch | answered(batch, teachers, device) for batch in shown]
        partial = path.with_suffix(".partial")
        torch.save(taught, partial)
        partial.replace(path)
    kept: list[Batch] = torch.load(path, weights_only=True, mmap=True)
    return kept


def answered(batch: Batch, teachers: Sequence[Network], device: str) -> Batch:
    """The teachers' scores of one batch, (teachers, B, T, ...) under each key of `TAUGHT`."""
    inputs = [batch[key].to(device) for key in ("ids", "case", "state", "paragraph", "mask")]
    with torch.inference_mode(), torch.autocast(device, torch.bfloat16):
        answers = [Scores(*teacher.eval()(*inputs)) for teacher in teachers]
    stacked = [torch.stack(part).to("cpu", torch.float16) for part in zip(*answers, strict=True)]
    return dict(zip(TAUGHT, stacked, strict=True))


def teachers_of(batch: Batch) -> list[Scores]:
    """What each teacher said of a batch."""
    return [Scores(*parts) for parts in zip(*(batch[key] for key in TAUGHT), strict=True)]
