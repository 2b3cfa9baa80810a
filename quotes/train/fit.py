"""Fitting the network: epochs of augmented windows, a checkpoint after each, resumed where it stopped.

In: examples, a network, settings. Out: the average of its last weights, checkpoints and a log of every figure in a
folder. A module because the loop is the same for a student, a teacher and a student with a teacher.
"""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import torch

from quotes.train.augment import augmented
from quotes.train.batches import Batch, batches, with_holes
from quotes.train.corpus import Example
from quotes.train.lessons import lessons, origin, teachers_of
from quotes.train.losses import gold_losses, taught_losses
from quotes.train.network import Network, Scores, rounded, save

AVERAGE = 0.998
"""Decay of the running average of weights: about one epoch of batches of 8."""

FRESH = ("tags.", "entities.", "links.", "case.", "state.", "paragraph.")
"""Weights that no published checkpoint has: they learn at the higher rate."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one fit does; `body` and `heads` are peak learning rates, `teaching` the teachers' share of the loss.

    Teachers read `draws` augmented copies of the corpus, which the epochs take in turn, each with its part of the texts
    that nobody labelled; without teachers each epoch draws anew.
    From `rounded_from` (of the whole way) on the network acts as if it had 8 bits. `frozen` layers from below stay as
    they are, with the embeddings; `as_printed`: texts are read as they are, not in other ways of printing them.
    """

    epochs: int = 10
    batch: int = 8
    body: float = 1e-4
    heads: float = 3e-4
    warm_up: float = 0.06
    decay: float = 0.01
    floor: float = 0.02
    teaching: float = 0.6
    draws: int = 2
    rounded_from: float = 0.4
    seed: int = 1
    frozen: int = 0
    as_printed: bool = False
    device: str = "cpu"

    def rate(self, progress: float) -> float:
        """Share of the peak rate: a short climb, then a straight way down to `floor`."""
        if progress < self.warm_up:
            return progress / self.warm_up
        return self.floor + (1 - self.floor) * (1 - progress) / (1 - self.warm_up)


class Fit:
    """One network on its way, with its running average and its folder of checkpoints."""

    def __init__(
        self,
        network: Network,
        folder: Path,
        settings: Settings,
        teachers: Sequence[Network] = (),
        answers: Path | None = None,
    ) -> None:
        torch.manual_seed(settings.seed)
        self.settings, self.folder = settings, folder
        self.network = network.to(settings.device)
        self.network.words.weight.requires_grad_(False)  # rare words keep their place beside the frequent ones
        freeze(self.network, settings.frozen)
        self.average = copy.deepcopy(self.network)
        self.teachers = [teacher.to(settings.device) for teacher in teachers]
        self.answers = answers or folder
        self.answers.mkdir(parents=True, exist_ok=True)
        self.optimizer = _optimizer(self.network, settings)
        self.epoch = 0
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "last.pt").exists():
            self._resume()

    def run(
        self, examples: list[Example], tokenizer: Any, figures: Callable[[Network], dict[str, float]] | None = None
    ) -> Network:
        """Every epoch that is left; `figures` measures the average after each, for the log."""
        while self.epoch < self.settings.epochs:
            started = time.time()
            means = self._one_epoch(self._drawn(examples, tokenizer))
            self.epoch += 1
            self._keep()
            line: dict[str, Any] = {"epoch": self.epoch, "seconds": round(time.time() - started), **means}
            line |= figures(self.average) if figures else {}
            with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
            click.echo(json.dumps(line))
        return self.average

    def _drawn(self, examples: list[Example], tokenizer: Any) -> list[Batch]:
        """The batches of the coming epoch, with the teachers' answers where there are teachers."""
        rng = random.Random(self.settings.seed * 1000 + self.epoch)  # noqa: S311  # a seeded draw, no secret
        if not self.teachers:
            return batches(self._printed(examples, rng), tokenizer, self.settings.batch, rng)
        kept = self._taught(examples, tokenizer, self.epoch % self.settings.draws)
        rng.shuffle(kept)
        return kept

    def _taught(self, examples: list[Example], tokenizer: Any, number: int) -> list[Batch]:
        """One of the `draws`, the same for every seed, so that other fits can share the teachers' answers."""
        rng = random.Random(number)  # noqa: S311  # a seeded draw, no secret
        unlabelled = [e for e in examples if not e.labelled][number :: self.settings.draws]
        chosen = [e for e in examples if e.labelled] + unlabelled

        def drawn() -> list[Batch]:
            return batches(self._printed(chosen, rng), tokenizer, self.settings.batch, rng)

        of = origin(chosen, self.teachers, self.settings.batch)
        return lessons(self.answers / f"lessons{number}.pt", drawn, self.teachers, of)

    def _printed(self, examples: list[Example], rng: random.Random) -> Iterator[Example]:
        """The examples as they are, or each as it could have been printed otherwise."""
        return iter(examples) if self.settings.as_printed else (augmented(e, rng) for e in examples)

    def _one_epoch(self, drawn: list[Batch]) -> dict[str, float]:
        self.network.train()
        sums: dict[str, float] = {}
        with click.progressbar(drawn, label=f"epoch {self.epoch + 1} of {self.settings.epochs}") as shown:
            for number, batch in enumerate(shown):
                step = self.epoch * len(drawn) + number
                progress = step / len(drawn) / self.settings.epochs
                rounded(self.network, progress >= self.settings.rounded_from)
                rate = self.settings.rate(progress)
                for group in self.optimizer.param_groups:
                    group["lr"] = group["peak"] * rate
                for key, value in self.step({k: v.to(self.settings.device) for k, v in batch.items()}).items():
                    sums[key] = sums.get(key, 0.0) + value
                self._follow(min(AVERAGE, (1 + step) / (10 + step)))
        return {key: round(value / len(drawn), 4) for key, value in sums.items()}

    def step(self, batch: Batch) -> dict[str, float]:
        """One batch: forward, backward, update; returns the parts of the loss."""
        inputs = [with_holes(batch["ids"]), *(batch[k] for k in ("case", "state", "paragraph", "mask"))]
        with torch.autocast(self.settings.device, torch.bfloat16):
            scores = Scores(*self.network(*inputs))
            gold = losses = gold_losses(scores, batch)
            parts = {name: loss.item() for name, loss in gold._asdict().items()}
            if self.teachers:
                taught = taught_losses(scores, teachers_of(batch), batch)
                losses = gold.towards(taught, self.settings.teaching)
                parts |= {f"taught_{name}": loss.item() for name, loss in taught._asdict().items()}
        self.optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(losses.whole())
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        return parts

    def _follow(self, decay: float) -> None:
        """Move the average towards the network."""
        with torch.no_grad():
            for kept, new in zip(self.average.parameters(), self.network.parameters(), strict=True):
                if new.requires_grad:
                    kept.lerp_(new, 1 - decay)

    def _keep(self) -> None:
        save(self.average, self.folder / f"epoch{self.epoch}.pt", epoch=self.epoch)
        state = {"epoch": self.epoch, "network": self.network.state_dict(), "average": self.average.state_dict()}
        partial = self.folder / "last.partial"
        torch.save({**state, "optimizer": self.optimizer.state_dict()}, partial)
        partial.replace(self.folder / "last.pt")

    def _resume(self) -> None:
        kept = torch.load(self.folder / "last.pt", weights_only=True)
        self.network.load_state_dict(kept["network"])
        self.average.load_state_dict(kept["average"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.epoch = int(kept["epoch"])


def freeze(network: Network, layers: int) -> None:
    """Leave the layers of a network from below as they are, and the embeddings under them."""
    if layers:
        tables = (network.positions, network.case, network.state, network.paragraph, network.norm)
        for part in (*tables, *network.layers[:layers]):
            part.requires_grad_(False)


def _optimizer(network: Network, settings: Settings) -> torch.optim.AdamW:
    named = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    heads = [w for name, w in named if name.startswith(FRESH)]
    plain = [w for name, w in named if w.ndim == 1 and not name.startswith(FRESH)]
    body = [w for name, w in named if w.ndim > 1 and not name.startswith(FRESH)]
    groups = [
        {"params": body, "peak": settings.body, "weight_decay": settings.decay},
        {"params": plain, "peak": settings.body, "weight_decay": 0.0},
        {"params": heads, "peak": settings.heads, "weight_decay": settings.decay},
    ]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), eps=1e-6)
