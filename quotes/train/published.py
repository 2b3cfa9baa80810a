"""Published encoders as the body of a network: BERT (MiniLM too) and MPNet.

In: a checkpoint in safetensors. Out: a `Network` of its sizes with fresh heads. A module because each publisher names
and orders the same weights differently.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from quotes.train.network import Network, Shape


def pretrained(weights: Path) -> Network:
    """A network with the body of a published BERT (MiniLM too) or MPNet checkpoint (safetensors) and fresh heads."""
    published = load_file(weights)
    published = {k.removeprefix("bert.").removeprefix("mpnet."): v for k, v in published.items()}
    shape = _shape(published)
    network = Network(shape)
    own = network.state_dict()
    with torch.no_grad():
        for name, value in _translated(published, shape).items():
            own[name].copy_(value)
    network.load_state_dict(own)
    return network


def _shape(published: dict[str, Tensor]) -> Shape:
    """The sizes of a published body; those of MPNet are known by its position biases."""
    relative = "encoder.relative_attention_bias.weight" in published
    positions, hidden = published["embeddings.position_embeddings.weight"].shape
    return Shape(
        hidden=hidden,
        layers=sum(key.endswith(".intermediate.dense.weight") for key in published),
        inner=len(published["encoder.layer.0.intermediate.dense.bias"]),
        positions=positions,
        relative=relative,
        first_position=2 if relative else 0,
    )


def _translated(published: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    out: dict[str, Tensor] = {
        "words.weight": published["embeddings.word_embeddings.weight"],
        "positions.weight": published["embeddings.position_embeddings.weight"],
        "norm.weight": published["embeddings.LayerNorm.weight"],
        "norm.bias": published["embeddings.LayerNorm.bias"],
    }
    if shape.relative:
        out["words.weight"] = _in_bert_order(out["words.weight"])
        out["relative.weight"] = published["encoder.relative_attention_bias.weight"]
        attention, names, closing = "attention.attn", ("q", "k", "v"), ("attention.attn.o", "attention.LayerNorm")
    else:
        out["positions.weight"] = out["positions.weight"] + published["embeddings.token_type_embeddings.weight"][0]
        attention, names, closing = (
            "attention.self",
            ("query", "key", "value"),
            ("attention.output.dense", "attention.output.LayerNorm"),
        )
    for n in range(shape.layers):
        old, new = f"encoder.layer.{n}.", f"layers.{n}."
        for part in ("weight", "bias"):
            out[f"{new}qkv.{part}"] = torch.cat([published[f"{old}{attention}.{q}.{part}"] for q in names])
            out[f"{new}out.{part}"] = published[f"{old}{closing[0]}.{part}"]
            out[f"{new}norm1.{part}"] = published[f"{old}{closing[1]}.{part}"]
            out[f"{new}up.{part}"] = published[f"{old}intermediate.dense.{part}"]
            out[f"{new}down.{part}"] = published[f"{old}output.dense.{part}"]
            out[f"{new}norm2.{part}"] = published[f"{old}output.LayerNorm.{part}"]
    return out


def _in_bert_order(words: Tensor) -> Tensor:
    """MPNet's vocabulary is BERT's, four places on, with its own special tokens in front."""
    ordered = words[4 : 4 + 30522].clone()
    for bert, mpnet in ((0, 1), (100, 3), (101, 0), (102, 2)):  # [PAD], [UNK], [CLS], [SEP]
        ordered[bert] = words[mpnet]
    return ordered
