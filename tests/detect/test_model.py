import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.detect.model import DATA, open_model
from quotes.errors import ModelRefused


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def test_the_model_is_small_and_whole() -> None:
    assert (DATA / "model.onnx").stat().st_size <= 25_000_000
    assert not list(DATA.glob("*.data"))
    assert not list(DATA.glob("*.pkl"))


def test_a_damaged_model_is_refused(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (copied / "model.onnx").read_bytes()
    (copied / "model.onnx").write_bytes(whole[:-1] + b"?")
    with pytest.raises(ModelRefused, match="train it again"):
        open_model(copied)
    monkeypatch.setattr("quotes.detect.model.DATA", copied)
    with pytest.raises(ModelRefused, match="install `quotes` again"):
        open_model()


def test_a_model_with_other_labels_is_refused(copied: Path) -> None:
    labels = json.loads((copied / "labels.json").read_text())
    (copied / "labels.json").write_text(json.dumps({**labels, "roles": ["source", "content"]}))
    with pytest.raises(ModelRefused, match="train it again"):
        open_model(copied)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="cannot be read"):
        open_model(tmp_path)


def test_importing_the_detector_opens_nothing() -> None:
    code = "import sys, quotes.detect; print(sorted({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
