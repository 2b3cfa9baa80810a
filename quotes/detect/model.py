"""The trained network: a page in, its scores out.

In: a `Page`. Out: `Scored`, one row a word piece. A module because it is the only importer of onnxruntime and
tokenizers; it opens them when the first text comes, not before.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from quotes.detect.decode import LINK, Scored
from quotes.detect.folder import DATA, NETWORK, TOKENIZER, read_folder, refused
from quotes.detect.windows import WINDOW, Ints, Pieces, pieces, windows
from quotes.text.page import Page

ELSEWHERE = "QUOTES_MODEL"
"""Environment variable that names another model folder; workers inherit it."""
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Model:
    """An open model: the session, its tokenizer, and the calibration that was fitted with it."""

    session: Any
    tokenizer: Any
    calibration: dict[str, list[float]]

    def score(self, page: Page, cut: Pieces | None = None) -> Scored:
        """Read a whole page, one window at a time: a window's scores do not depend on its neighbours."""
        cut = cut or pieces(page, self.tokenizer)
        n = len(cut)
        tags, entities = np.zeros((n, 9), np.float32), np.zeros((n, 9), np.float32)
        links = np.zeros((n, 4, LINK), np.float32)
        spans = windows(cut)
        none = np.zeros((len(spans), 2, LINK), np.float32)
        window, edge = np.zeros(n, np.int64), np.full(n, -1)
        for number, (low, high) in enumerate(spans):
            got = self.run(cut.ids[low:high], cut.case[low:high], cut.state[low:high], cut.paragraph[low:high])
            mine = low + np.flatnonzero(_inwardness(low, high, n) > edge[low:high])
            edge[low:high] = np.maximum(edge[low:high], _inwardness(low, high, n))
            tags[mine], entities[mine] = got[0][mine - low + 1], got[1][mine - low + 1]
            linked = got[2].reshape(-1, 4, LINK)
            links[mine] = linked[mine - low + 1]
            none[number] = linked[0, [1, 3]]
            window[mine] = number
        return Scored(cut, _log_softmax(tags.reshape(n, 3, 3)), _log_softmax(entities), links, none, window)

    def run(self, ids: Ints, case: Ints, state: Ints, paragraph: Ints) -> list[Any]:
        """The network's answer for one window: tags, entities and links, a row a piece, [CLS] and [SEP] included."""
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
    labels = read_folder(_chosen())
    return labels["name"], labels["version"]


def _chosen() -> Path:
    return Path(os.environ.get(ELSEWHERE) or DATA).absolute()


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Model:
    labels = read_folder(folder)
    model = Model(_session(folder), _tokenizer(folder), labels["calibration"])
    _try(model, folder)
    return model


def _session(folder: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = (
        1  # one thread a process; processes share the documents
    )
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(folder / NETWORK), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # of many kinds, which have no other ancestor
        raise refused(folder, f"{NETWORK} is no network that can be run") from error


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # the library raises no other kind
        raise refused(folder, f"{TOKENIZER} is no tokenizer") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _try(model: Model, folder: Path) -> None:
    """Refuses a network and a tokenizer that were not made for each other, or for this program."""
    most = max([CLS, SEP, *model.tokenizer.get_vocab().values()])
    one = np.array([most])
    try:
        tags, entities, links = model.run(one, np.zeros_like(one), np.zeros_like(one), np.ones_like(one))
    except Exception as error:
        raise refused(folder, f"{NETWORK} and {TOKENIZER} do not fit each other or this program") from error
    shapes = [out.shape for out in (tags, entities, links)]
    rows = len(one) + 2
    if [(shape[0], math.prod(shape[1:])) for shape in shapes] != [(rows, 9), (rows, 9), (rows, 4 * LINK)]:
        raise refused(folder, f"{NETWORK} has other outputs than this program needs")


def forget() -> None:
    """Open models anew when they are asked for again: their files have changed."""
    _opened.cache_clear()
    read_folder.cache_clear()
