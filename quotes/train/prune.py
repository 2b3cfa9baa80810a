"""A narrower network that gives nearly the same answers, without fitting.

In: a fitted network and batches of its corpus. Out: a network with fewer inner units a layer. A module because it
looks at what the units do on text, which the network itself does not know.

One unit after another goes, the one for which the others can best make good, and they do: optimal brain surgery
(Hassibi and Stork 1993) by whole units, with least squares of each layer's own output, as in He et al. (2017).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import torch
from torch import Tensor, nn

from quotes.train.batches import Batch
from quotes.train.network import Layer, Network

DAMPING = 1e-4
"""Share of the mean second moment added to each unit's own: what two units alike on these texts would hide."""


def narrowed(network: Network, inner: int, batches: Iterable[Batch]) -> Network:
    """The network with `inner` units between the two products of each layer; ValueError where it has no more."""
    if inner > network.shape.inner:
        raise ValueError(f"The network has layers of {network.shape.inner} inner units: it has no more to keep.")
    moments = _second_moments(network.eval(), batches)
    small = Network(replace(network.shape, inner=inner))
    weights = {key: value for key, value in network.state_dict().items() if ".up." not in key and ".down." not in key}
    for number, (layer, moment) in enumerate(zip(_layers(network), moments, strict=True)):
        units, down = _solved(moment, torch.cat([layer.down.weight, layer.down.bias[:, None]], 1).double().T, inner)
        weights |= {
            f"layers.{number}.up.weight": layer.up.weight[units],
            f"layers.{number}.up.bias": layer.up.bias[units],
            f"layers.{number}.down.weight": down[:-1].T.float(),
            f"layers.{number}.down.bias": down[-1].float(),
        }
    small.load_state_dict(weights)
    return small


def _layers(network: Network) -> list[Layer]:
    return [layer for layer in network.layers if isinstance(layer, Layer)]


def _second_moments(network: Network, batches: Iterable[Batch]) -> list[Tensor]:
    """Of each layer the sums of products of its units' activations, with a unit that is always 1 at the end."""
    size = network.shape.inner + 1
    moments = [torch.zeros(size, size, dtype=torch.float64) for _ in network.layers]
    shown = torch.zeros(0, dtype=torch.bool)

    def watch(moment: Tensor, active: Tensor) -> None:
        rows = nn.functional.pad(active[shown].float(), (0, 1), value=1.0)
        moment += (rows.T @ rows).double()

    hooks = [
        layer.down.register_forward_pre_hook(lambda _, got, moment=moment: watch(moment, got[0]))
        for layer, moment in zip(_layers(network), moments, strict=True)
    ]
    with torch.no_grad():
        for batch in batches:
            shown = batch["mask"].bool()
            network(*(batch[key] for key in ("ids", "case", "state", "paragraph", "mask")))
    for hook in hooks:
        hook.remove()
    return moments


def _solved(moment: Tensor, down: Tensor, inner: int) -> tuple[Tensor, Tensor]:
    """The units that stay, and the (inner + 1, hidden) weights from them that come nearest to `down` of all."""
    damping = DAMPING * moment.diagonal().mean() * torch.eye(len(moment), dtype=moment.dtype)
    inverse = torch.linalg.inv(moment + damping)
    weights = inverse @ moment @ down
    lasting = torch.ones(len(moment), dtype=torch.bool)
    for _ in range(len(moment) - 1 - inner):
        lost = torch.where(lasting, (weights**2).sum(1) / inverse.diagonal().clamp(min=1e-30), torch.inf)
        going = int(lost[:-1].argmin())  # the last is the bias
        lasting[going] = False
        share = inverse[:, going, None] / inverse[going, going]
        weights -= share * weights[going]
        inverse -= share * inverse[going]
    return lasting[:-1].nonzero()[:, 0], weights[lasting]
