"""The finished model as a folder: network, tokenizer, labels, all that `quotes.detect` opens.

In: a fitted network, the tokenizer it was fitted with, held-back documents. Out: `model.onnx`, `tokenizer.json` and
`labels.json` with their hashes and the calibration. A module because the order matters: export, then calibrate what
was exported, then seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.detect.folder import LABELS
from quotes.detect.model import forget, open_model
from quotes.train.calibrate import calibrated
from quotes.train.export import export
from quotes.train.network import Network


def package(
    network: Network, tokenizer: Any, held_back: Mapping[str, Any], folder: Path, scheme: str, **named: str
) -> None:
    """Write a model folder; calibration is fitted on `held_back` (documents by id); `named`: its name and version."""
    folder.mkdir(parents=True, exist_ok=True)
    export(network, folder / "model.onnx", scheme)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    seal(folder, {}, **named)
    forget()
    seal(folder, calibrated(open_model(folder), held_back), **named)
    forget()


def seal(folder: Path, calibration: dict[str, list[float]], name: str = "", version: str = "") -> None:
    """Write `labels.json`: what the code must agree with, the hashes of the other files, and what the model is called.

    Without a name it is called after its folder, without a version after its hash.
    """
    hashes = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in ("model.onnx", "tokenizer.json")}
    called = {"name": name or folder.name, "version": version or hashes["model.onnx"][:8]}
    labels = {**called, **LABELS, "calibration": calibration, "sha256": hashes}
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
