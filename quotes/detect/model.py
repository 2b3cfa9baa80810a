"""The trained network: a text in, its scores out.

In: a text. Out: `Scored`, one row a word piece. A module because it is the only importer of onnxruntime and
tokenizers; it opens them when the first text comes, not before.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from quotes.detect.decode import ENTITIES, LINK, ROLES, Scored
from quotes.detect.windows import WINDOW, Ints, Pieces, pieces, windows
from quotes.errors import ModelRefused

DATA = Path(__file__).parent / "data"
ELSEWHERE = "QUOTES_MODEL"
"""Environment variable that names another model folder; workers inherit it."""
CLS, SEP = 101, 102
LABELS = {"format": 1, "roles": list(ROLES), "entities": list(ENTITIES), "window": WINDOW, "link": LINK}


@dataclass(frozen=True, slots=True)
class Model:
    """An open model: the session, its tokenizer, and the calibration that was fitted with it."""

    session: Any
    tokenizer: Any
    calibration: dict[str, list[float]]

    def score(self, text: str, cut: Pieces | None = None) -> Scored:
        """Read a whole text, one window at a time: a window's scores do not depend on its neighbours."""
        cut = cut or pieces(text, self.tokenizer)
        n = len(cut)
        tags, entities = np.zeros((n, 9), np.float32), np.zeros((n, 9), np.float32)
        links = np.zeros((n, 4, LINK), np.float32)
        spans = windows(cut)
        none = np.zeros((len(spans), 2, LINK), np.float32)
        window, edge = np.zeros(n, np.int64), np.full(n, -1)
        for number, (low, high) in enumerate(spans):
            got = self._run(cut.ids[low:high], cut.case[low:high], cut.state[low:high], cut.paragraph[low:high])
            mine = low + np.flatnonzero(_inwardness(low, high, n) > edge[low:high])
            edge[low:high] = np.maximum(edge[low:high], _inwardness(low, high, n))
            tags[mine], entities[mine] = got[0][mine - low + 1], got[1][mine - low + 1]
            linked = got[2].reshape(-1, 4, LINK)
            links[mine] = linked[mine - low + 1]
            none[number] = linked[0, [1, 3]]
            window[mine] = number
        return Scored(cut, _log_softmax(tags.reshape(n, 3, 3)), _log_softmax(entities), links, none, window)

    def _run(self, ids: Ints, case: Ints, state: Ints, paragraph: Ints) -> list[Any]:
        row = np.zeros((4, 1, len(ids) + 2), np.int32)
        row[:, 0, 1:-1] = ids, case, state, paragraph
        row[0, 0, 0], row[0, 0, -1] = CLS, SEP
        feed = dict(zip(("ids", "case", "state", "paragraph"), row, strict=True))
        return [out[0] for out in self.session.run(["tags", "entities", "links"], feed)]


def _inwardness(low: int, high: int, n: int) -> Ints:
    """How far each piece of a window is from an edge at which the window cuts the text."""
    at = np.arange(high - low)
    far = np.full(high - low, WINDOW)
    return np.minimum(at if low else far, at[::-1] if high < n else far)


def _log_softmax(scores: Any) -> Any:
    top = scores.max(-1, keepdims=True) if scores.size else scores
    return scores - top - np.log(np.exp(scores - top).sum(-1, keepdims=True))


def open_model(folder: Path | None = None) -> Model:
    """Open the model in a folder, once; refused where it is damaged or made for another version of this code."""
    return _opened(folder or _chosen())


def model_name() -> tuple[str, str]:
    """Name and version of the model that reads, as its maker gave them; nothing is opened but its labels."""
    labels = _checked(_chosen())
    return labels["name"], labels["version"]


def _chosen() -> Path:
    return Path(os.environ.get(ELSEWHERE) or DATA).absolute()


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Model:
    import onnxruntime
    from tokenizers import Tokenizer

    labels = _checked(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = (
        1  # one thread a process; processes share the documents
    )
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(session, tokenizer, labels["calibration"])


def _remedy(folder: Path) -> str:
    return "install `quotes` again" if folder == DATA else "train it again"


@lru_cache(maxsize=2)
def _checked(folder: Path) -> dict[str, Any]:
    try:
        labels: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        labels["name"], labels["version"]
        for name, pinned in labels["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != pinned:
                raise ModelRefused(f"{folder / name} is not the file this model was made with: {_remedy(folder)}.")
    except (OSError, ValueError, KeyError) as error:
        raise ModelRefused(f"The model in {folder} cannot be read ({error}): {_remedy(folder)}.") from error
    for key, expected in LABELS.items():
        if labels.get(key) != expected:
            raise ModelRefused(
                f"The model in {folder} has {key} {labels.get(key)} and this version of `quotes` needs {expected}: "
                "train it again."
            )
    return labels


def forget() -> None:
    """Open models anew when they are asked for again: their files have changed."""
    _opened.cache_clear()
    _checked.cache_clear()
