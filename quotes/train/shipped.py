"""The shipped network as one that can be fitted on: its weights back from 8 bits.

In: the ONNX file that `quotes.train.export` wrote. Out: a `Network` whose answers are those of the file but for the
rounding of activations; exported again, its weights round to the same 8 bits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from quotes.train.network import Network, Shape

MARKS = {"case.weight": "cases", "state.weight": "states", "paragraph.weight": "paragraphs"}
"""Embedding tables by their names in a `Network` and in the file."""


def shipped(path: Path) -> Network:
    """Read a network back; heads that the file does not have begin anew."""
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(path)).graph.initializer}
    layers = 1 + max(int(name.split(".")[1]) for name in kept if name.startswith("layers."))
    shape = Shape(
        hidden=kept["norm.weight"].shape[0],
        layers=layers,
        inner=kept["layers.0.up.bias"].shape[0],
        vocabulary=kept["words"].shape[0],
        positions=kept["positions"].shape[0],
    )
    network = Network(shape)
    own = network.state_dict()
    for name in own:
        array = _array(kept, name)
        if array is not None:
            own[name] = torch.from_numpy(np.array(array, np.float32))
    network.load_state_dict(own)
    return network


def _array(kept: dict[str, NDArray[Any]], name: str) -> NDArray[Any] | None:
    """One weight of a network, None where the file has none."""
    if name in MARKS:
        return kept[MARKS[name]]
    if name == "words.weight":
        return kept["words"].astype(np.float32) * kept["words.scale"]
    if name == "positions.weight":
        return kept["positions"]
    array = kept.get(name)
    if array is None or array.ndim < 2:
        return array
    if array.dtype == np.int8:
        array = array.astype(np.float32) * kept[name.removesuffix("weight") + "scale"]
    return array.T
