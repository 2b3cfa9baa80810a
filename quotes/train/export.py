"""From a fitted network to one ONNX file of 8-bit weights.

In: a `Network`. Out: a self-contained ONNX file for `quotes.detect.model`. The graph is written node by node, with
onnxruntime's fused operators, because exporters produce graphs that its optimiser fuses only in part. A module
because the file's inputs and outputs are a contract with the run time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from quotes.train.network import Network

INPUTS = ("ids", "case", "state", "paragraph")
OUTPUTS = ("tags", "entities", "links", "vectors")
MICROSOFT = "com.microsoft"


class _Graph:
    """Collects nodes and weights; every method returns the name of its result."""

    def __init__(self, scheme: str, block: int) -> None:
        self.scheme, self.block = scheme, block
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0

    def add(self, op: str, inputs: list[str], outputs: int = 1, domain: str = "", **attributes: Any) -> list[str]:
        self.count += 1
        names = [f"{op}_{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def table(self, name: str, weight: NDArray[np.float32], rows: str) -> str:
        """Rows of an embedding table kept as 8-bit integers with one scale a row."""
        scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8).astype(np.float32) / 127
        small = self.constant(name, np.rint(weight / scale).astype(np.int8))
        scales = self.constant(name + ".scale", scale)
        (picked,) = self.add("Gather", [small, rows])
        (whole,) = self.add("Cast", [picked], to=TensorProto.FLOAT)
        (by,) = self.add("Gather", [scales, rows])
        return self.add("Mul", [whole, by])[0]

    def linear(
        self,
        name: str,
        x: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32] | None = None,
        exact: bool = False,
    ) -> str:
        """x @ weight.T + bias; `weight` is (out, in); `exact`: in floating point whatever the scheme."""
        added = "" if bias is None else self.constant(name + ".bias", bias)
        if self.scheme == "dynamic" and not exact:
            return self._by_channels(name, x, weight, added)
        if self.scheme == "blocks" and not exact:
            y = self._by_blocks(name, x, weight)
        else:
            y = self.add("MatMul", [x, self.constant(name + ".weight", np.ascontiguousarray(weight.T))])[0]
        return self.add("Add", [y, added])[0] if added else y

    def _by_channels(self, name: str, x: str, weight: NDArray[np.float32], bias: str) -> str:
        """8-bit weights with a scale a channel; activations are quantised with one scale a call."""
        scale = (np.maximum(np.abs(weight).max(1), 1e-8) / 127).astype(np.float32)
        small = np.ascontiguousarray(np.rint(weight / scale[:, None]).astype(np.int8).T)
        inputs = [x, self.constant(name + ".weight", small), self.constant(name + ".scale", scale), "", bias]
        return self.add("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)[0]

    def _by_blocks(self, name: str, x: str, weight: NDArray[np.float32]) -> str:
        """8-bit weights with a scale a block; activations are quantised by block too (accuracy level 4)."""
        n, k = weight.shape
        blocks = weight.reshape(n, k // self.block, self.block)
        scale = (np.maximum(np.abs(blocks).max(-1), 1e-8) / 127).astype(np.float32)
        small = (np.rint(blocks / scale[..., None]) + 128).clip(0, 255).astype(np.uint8)
        inputs = [x, self.constant(name + ".weight", small), self.constant(name + ".scale", scale.reshape(n, -1))]
        attributes = {"K": k, "N": n, "bits": 8, "block_size": self.block, "accuracy_level": 4}
        return self.add("MatMulNBits", inputs, domain=MICROSOFT, **attributes)[0]


def export(
    network: Network,
    path: Path,
    scheme: str = "dynamic",
    block: int = 128,
    length: int = 256,
) -> None:
    """Write the network.

    `scheme` is "float", "dynamic" (a scale a channel of the weights, one for the activations) or "blocks" (a scale a
    block of inputs on both sides, four times as exact and half as fast). The rows of a batch must be of one length:
    without a mask for padding, attention takes onnxruntime's faster path (a quarter less time for attention).
    """
    if network.shape.relative:
        raise ValueError("The graph has no position biases: a network with MPNet's body can teach, not ship.")
    weights = {k: _array(v) for k, v in network.state_dict().items()}
    graph = _Graph(scheme, block)
    x = _embedded(graph, weights, length)
    for n in range(network.shape.layers):
        x = _layer(graph, weights, f"layers.{n}.", x, network.shape.heads)
    outputs = _heads(graph, weights, x)
    graph.nodes.append(helper.make_node("Identity", [x], ["vectors"]))
    inputs = [helper.make_tensor_value_info(i, TensorProto.INT32, ["batch", "length"]) for i in INPUTS]
    shape = ["batch", "length", None]
    results = [helper.make_tensor_value_info(o, TensorProto.FLOAT, shape) for o in (*outputs, "vectors")]
    whole = helper.make_graph(graph.nodes, "quotes", inputs, results, graph.weights)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(whole, opset_imports=opsets, ir_version=9, producer_name="quotes.train")
    path.write_bytes(model.SerializeToString())


def _array(value: Tensor) -> NDArray[np.float32]:
    return np.ascontiguousarray(value.detach().float().cpu().numpy())


def _norm(weights: dict[str, NDArray[np.float32]], graph: _Graph, name: str) -> list[str]:
    return [graph.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]


def _embedded(graph: _Graph, weights: dict[str, NDArray[np.float32]], length: int) -> str:
    x = graph.table("words", weights["words.weight"], "ids")
    for mark in ("case", "state", "paragraph"):
        (more,) = graph.add("Gather", [graph.constant(mark + "s", weights[mark + ".weight"]), mark])
        (x,) = graph.add("Add", [x, more])
    (shape,) = graph.add("Shape", ["ids"], start=1, end=2)
    zero, axis = graph.constant("zero", np.zeros(1, np.int64)), graph.constant("axis", np.zeros(1, np.int64))
    (positions,) = graph.add(
        "Slice", [graph.constant("positions", weights["positions.weight"][:length]), zero, shape, axis]
    )
    (x,) = graph.add("Add", [x, positions])
    return graph.add("LayerNormalization", [x, *_norm(weights, graph, "norm")], epsilon=1e-12)[0]


def _layer(graph: _Graph, weights: dict[str, NDArray[np.float32]], name: str, x: str, heads: int) -> str:
    qkv = graph.linear(name + "qkv", x, weights[name + "qkv.weight"])
    q, k, v = graph.add("Split", [qkv], outputs=3, axis=-1, num_outputs=3)
    bias = graph.constant(name + "qkv.bias", weights[name + "qkv.bias"])
    (mixed,) = graph.add("MultiHeadAttention", [q, k, v, bias], domain=MICROSOFT, num_heads=heads)
    out = graph.linear(name + "out", mixed, weights[name + "out.weight"], weights[name + "out.bias"])
    x = _added(graph, weights, name + "norm1", out, x)
    up = graph.linear(name + "up", x, weights[name + "up.weight"])
    (hot,) = graph.add("BiasGelu", [up, graph.constant(name + "up.bias", weights[name + "up.bias"])], domain=MICROSOFT)
    down = graph.linear(name + "down", hot, weights[name + "down.weight"], weights[name + "down.bias"])
    return _added(graph, weights, name + "norm2", down, x)


def _added(graph: _Graph, weights: dict[str, NDArray[np.float32]], norm: str, new: str, old: str) -> str:
    """Layer norm of new + old; two operators, since the fused one runs at a fifth of their speed on a CPU."""
    (whole,) = graph.add("Add", [new, old])
    return graph.add("LayerNormalization", [whole, *_norm(weights, graph, norm)], epsilon=1e-12)[0]


def _heads(graph: _Graph, weights: dict[str, NDArray[np.float32]], x: str) -> tuple[str, ...]:
    for head in ("tags", "entities", "links"):
        y = graph.linear(head, x, weights[head + ".weight"], weights[head + ".bias"], exact=head != "links")
        graph.nodes.append(helper.make_node("Identity", [y], [head]))
    return ("tags", "entities", "links")
