"""A model's folder: are its files what they must be, before anything opens them.

In: a folder. Out: its labels, or `ModelRefused`, which says in one line what is wrong. People train models of
their own and copy folders about: nothing in one may hang the program or fill the memory.
"""

from __future__ import annotations

import hashlib
import json
import math
import stat
from functools import lru_cache
from pathlib import Path
from typing import Any

from quotes.detect.confidence import FEATURES
from quotes.detect.decode import ENTITIES, LINK, ROLES
from quotes.detect.windows import WINDOW
from quotes.errors import ModelRefused
from quotes.records import Kind

DATA = Path(__file__).parent / "data"
NETWORK, TOKENIZER, LABELLED = "model.onnx", "tokenizer.json", "labels.json"
LABELS = {"format": 1, "roles": list(ROLES), "entities": list(ENTITIES), "window": WINDOW, "link": LINK}
MAX_BYTES = {LABELLED: 1_000_000, TOKENIZER: 50_000_000, NETWORK: 500_000_000}
"""A hundred times and, for the network, twenty times what the shipped files have: BERT large has 440 MB at 8 bits."""


def refused(folder: Path, what: str) -> ModelRefused:
    """The refusal of a folder, with what to do about it."""
    remedy = "install `quotes` again" if folder == DATA else "train it again"
    return ModelRefused(f"The model in {folder} cannot be used: {what}; {remedy}.")


@lru_cache(maxsize=2)
def read_folder(folder: Path) -> dict[str, Any]:
    """The labels of a model, once all its files are found to be in order."""
    for name, most in MAX_BYTES.items():
        _require_file(folder, name, most)
    labels = _labels(folder)
    for key, expected in LABELS.items():
        if labels.get(key) != expected:
            raise refused(folder, f"{LABELLED} has {key} {labels.get(key)!r:.80} and this version needs {expected}")
    _require_fields(folder, labels)
    for name in (TOKENIZER, NETWORK):
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise refused(folder, f"{name} cannot be read ({error.strerror})") from error
        if found != labels["sha256"].get(name):
            raise refused(folder, f"{name} is not the file that this model was made with")
    return labels


def _require_file(folder: Path, name: str, most: int) -> None:
    """Refuses what is missing, no regular file, empty or far too large; a pipe or a device is not opened."""
    try:
        status = (folder / name).stat()
    except FileNotFoundError:
        raise refused(folder, f"{name} is missing") from None
    except OSError as error:
        raise refused(folder, f"{name} cannot be read ({error.strerror})") from error
    if not stat.S_ISREG(status.st_mode):
        raise refused(folder, f"{name} is no regular file")
    if not 0 < status.st_size <= most:
        raise refused(folder, f"{name} has {status.st_size:,} bytes, and 1 to {most:,} are allowed")


def _labels(folder: Path) -> dict[str, Any]:
    try:
        labels = json.loads((folder / LABELLED).read_text(encoding="utf-8"))
    except OSError as error:
        raise refused(folder, f"{LABELLED} cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise refused(folder, f"{LABELLED} is no valid JSON") from error
    if not isinstance(labels, dict):
        raise refused(folder, f"{LABELLED} holds no object")
    return labels


def _require_fields(folder: Path, labels: dict[str, Any]) -> None:
    """Refuses labels without a name, a version, the hashes, or weights of confidence that can be used."""
    for key in ("name", "version"):
        if not isinstance(labels.get(key), str):
            raise refused(folder, f"{LABELLED} has no {key}")
    for key in ("sha256", "calibration"):
        if not isinstance(labels.get(key), dict):
            raise refused(folder, f"{LABELLED} has no {key}")
    for kind, weights in labels["calibration"].items():
        if kind not in list(Kind) or not _are_weights(weights):
            raise refused(folder, f"{LABELLED} has a calibration of {kind!r:.80} that cannot be used")


def _are_weights(weights: object) -> bool:
    """Whether these are an intercept and a weight a feature, all of them finite numbers."""
    if not isinstance(weights, list) or len(weights) != 1 + len(FEATURES):
        return False
    return all(isinstance(w, int | float) and not isinstance(w, bool) and math.isfinite(w) for w in weights)
