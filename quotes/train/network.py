"""The network in PyTorch: a BERT-shaped body that reads letter case and quotation marks, with heads for spans and
links.

In: the arrays of `quotes.detect.windows`. Out: per word piece the scores of the three roles' BIO tags and of the
entities' BIO tags, and four vectors whose dot products point from content to cue and to source. A module because
training and export share it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.detect.windows import CASES, STARTS, STATES

TAGS = 9  # (O, B, I) of source, cue, content
ENTITY_TAGS = 9  # O, then B and I of PERSON, ORGANIZATION, LOCATION, MISC
LINK = 128
"""Dimensions of a pointer's query and key."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the body, MiniLM's unless told; `relative` adds MPNet's position biases."""

    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    relative: bool = False
    first_position: int = 0
    dropout: float = 0.1


class Scores(NamedTuple):
    """tags (B, T, 9), entities (B, T, 9), links (B, T, 4 x LINK): cue query, cue key, source query, source key."""

    tags: Tensor
    entities: Tensor
    links: Tensor


class Dropout(nn.Module):
    """Dropout whose masks are cut from one pool: drawing fresh ones takes the CPU longer than a layer's products."""

    pool: Tensor

    def __init__(self, share: float, size: int = 1 << 23) -> None:
        super().__init__()
        self.share = share
        generator = torch.Generator().manual_seed(0)
        kept = torch.rand(size, generator=generator) >= share
        self.register_buffer("pool", kept.to(torch.bfloat16) / (1 - share), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """`x`, with a share of it dropped while training."""
        if not self.training or not self.share:
            return x
        if x.device.type != "cpu":
            return functional.dropout(x, self.share)
        at = int(torch.randint(0, self.pool.numel() - x.numel(), (1,)))
        return x * self.pool[at : at + x.numel()].view(x.shape).to(x.dtype)


class Linear(nn.Linear):
    """A linear layer that can act as if its weights and inputs had 8 bits, so that the network learns to bear it."""

    rounded = False

    def forward(self, x: Tensor) -> Tensor:
        """As `nn.Linear`, through the steps that the exported graph will take when `rounded`."""
        if not self.rounded:
            return super().forward(x)
        low, high = x.detach().amin().clamp(max=0), x.detach().amax().clamp(min=0)
        step = ((high - low) / 255).clamp(min=1e-6)
        x = x + (torch.round(x.detach() / step) * step - x.detach())
        step = (self.weight.detach().abs().amax(1, keepdim=True) / 127).clamp(min=1e-8)
        weight = self.weight + (torch.round(self.weight.detach() / step) * step - self.weight.detach())
        return functional.linear(x, weight, self.bias)


def rounded(network: Network, on: bool = True) -> Network:
    """Switch the 8-bit acting of a network's body on or off."""
    for module in network.modules():
        if isinstance(module, Linear):
            module.rounded = on
    return network


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, shape: Shape, dropout: Dropout) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = Linear(shape.hidden, 3 * shape.hidden)
        self.out = Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12 if not shape.relative else 1e-5)
        self.up = Linear(shape.hidden, shape.inner)
        self.down = Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12 if not shape.relative else 1e-5)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(B, T, hidden) and the (B or 1, heads or 1, T or 1, T) added to attention scores."""
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (1 / math.sqrt(h // self.heads)) + bias
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        out: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return out


class Network(nn.Module):
    """Body and heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.case = nn.Embedding(CASES, shape.hidden)
        self.state = nn.Embedding(STATES, shape.hidden)
        self.paragraph = nn.Embedding(STARTS, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12 if not shape.relative else 1e-5)
        self.dropout = Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape, self.dropout) for _ in range(shape.layers))
        if shape.relative:
            self.relative = nn.Embedding(32, shape.heads)
        self.tags = nn.Linear(shape.hidden, TAGS)
        self.entities = nn.Linear(shape.hidden, ENTITY_TAGS)
        self.links = Linear(shape.hidden, 4 * LINK)
        for extra in (self.case, self.state, self.paragraph):
            nn.init.zeros_(extra.weight)
        for head in (self.tags, self.entities, self.links):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Tensor, case: Tensor, state: Tensor, paragraph: Tensor, mask: Tensor) -> Scores:
        """All of (B, T); `mask` is 1 on word pieces, 0 on padding."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(at + self.shape.first_position)
        x = x + self.case(case) + self.state(state) + self.paragraph(paragraph)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.shape.relative:
            bias = bias + self.relative(_buckets(at)).permute(2, 0, 1)[None]
        if torch.is_autocast_enabled(x.device.type):
            x, bias = x.to(torch.bfloat16), bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias)
        return Scores(self.tags(x), self.entities(x), self.links(x))


def _buckets(at: Tensor) -> Tensor:
    """MPNet's (T5's) relative position buckets: 32, logarithmic from 8 to 128 either way."""
    distance = at[:, None] - at[None, :]
    buckets = (distance < 0).long() * 16
    distance = distance.abs()
    far = 8 + (torch.log(distance.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return buckets + torch.where(distance < 8, distance, far.clamp(max=15))


def pointer_scores(links: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """(B, T, T) scores from each piece to its cue's and its source's first piece; position 0 ([CLS]) means none."""
    cue_query, cue_key, source_query, source_key = links.chunk(4, -1)
    closed = (1.0 - mask[:, None, :].to(links.dtype)) * -1e4
    scale = 1 / math.sqrt(LINK)
    cue = cue_query @ cue_key.transpose(-1, -2) * scale + closed
    source = source_query @ source_key.transpose(-1, -2) * scale + closed
    return cue, source


def save(network: Network, path: Path, **more: Any) -> None:
    """Write weights and shape; `more` is kept beside them."""
    partial = path.with_suffix(".partial")
    torch.save({"shape": asdict(network.shape), "weights": network.state_dict(), **more}, partial)
    partial.replace(path)


def load(path: Path) -> tuple[Network, dict[str, Any]]:
    """Read what `save` wrote."""
    kept = torch.load(path, weights_only=True)
    network = Network(Shape(**kept["shape"]))
    network.load_state_dict(kept["weights"])
    return network, kept


def mixed(shares: Sequence[tuple[Network, float]]) -> Network:
    """The average of networks of one shape that began alike, each with its share (Wortsman et al. 2022)."""
    whole = sum(share for _, share in shares)
    weights = [(network.state_dict(), share / whole) for network, share in shares]
    mean = {key: sum(own[key] * share for own, share in weights) for key in weights[0][0]}
    network = Network(shares[0][0].shape)
    network.load_state_dict(mean)
    return network


def shallower(network: Network, layers: int) -> Network:
    """A network to go on fitting with fewer layers, evenly spaced, first and last kept; ValueError if it has less."""
    if layers > network.shape.layers:
        raise ValueError(f"The network has {network.shape.layers} layers: it has no more to keep.")
    small, weights = Network(replace(network.shape, layers=layers)), network.state_dict()
    own = {key: value for key, value in weights.items() if not key.startswith("layers.")}
    for new, old in enumerate(torch.linspace(0, network.shape.layers - 1, layers).round().int().tolist()):
        at = f"layers.{old}."
        own |= {f"layers.{new}.{k.removeprefix(at)}": v for k, v in weights.items() if k.startswith(at)}
    small.load_state_dict(own)
    return small


def blinded(network: Network, without: Iterable[str]) -> Network:
    """The network without some of its marks (`case`, `state`, `paragraph`), now and while it is fitted."""
    for mark in without:
        nn.init.zeros_(getattr(network, mark).weight).requires_grad_(False)
    return network
