import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.detect.folder import DATA
from quotes.detect.model import forget, open_model
from quotes.errors import ModelRefused


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    forget()
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
    for module in ("model", "folder"):
        monkeypatch.setattr(f"quotes.detect.{module}.DATA", copied)
    with pytest.raises(ModelRefused, match="install `quotes` again"):
        open_model()


def test_a_model_with_other_labels_is_refused(copied: Path) -> None:
    labels = json.loads((copied / "labels.json").read_text())
    (copied / "labels.json").write_text(json.dumps({**labels, "roles": ["source", "content"]}))
    with pytest.raises(ModelRefused, match="train it again"):
        open_model(copied)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match=r"labels\.json is missing; train it again"):
        open_model(tmp_path)


def test_importing_the_detector_opens_nothing() -> None:
    code = "import sys, quotes.detect; print(sorted({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def reseal(folder: Path, **fields: object) -> None:
    """Labels that agree with the files, as a folder put together by hand has them."""
    labels = json.loads((folder / "labels.json").read_text())
    for name in labels["sha256"]:
        labels["sha256"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "labels.json").write_text(json.dumps({**labels, **fields}))


@pytest.mark.parametrize("name", ["labels.json", "tokenizer.json", "model.onnx"])
@pytest.mark.parametrize("wrong", ["missing", "empty", "pipe", "device", "directory", "huge", "dangling link"])
def test_a_file_of_the_wrong_kind_is_named_and_not_opened(copied: Path, name: str, wrong: str) -> None:
    path = copied / name
    path.unlink()
    match wrong:
        case "empty":
            path.touch()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "directory":
            path.mkdir()
        case "huge":
            with path.open("wb") as stream:
                stream.truncate(1 << 40)  # sparse: reading it would take hours
        case "dangling link":
            path.symlink_to(copied / "none")
    with pytest.raises(ModelRefused, match=rf"^The model in \S+ cannot be used: {name} .+; train it again\.$"):
        open_model(copied)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"calibration": None}, "no calibration"),
        ({"calibration": {"direct": [1, 2]}}, "a calibration of 'direct'"),
        ({"calibration": {"direct": ["1"] * 14}}, "a calibration of 'direct'"),
        ({"calibration": {"direct": [float("nan")] * 14}}, "a calibration of 'direct'"),
        ({"calibration": {"shouted": [1.0] * 14}}, "a calibration of 'shouted'"),
        ({"sha256": []}, "no sha256"),
        ({"sha256": {}}, "is not the file"),
        ({"name": 5}, "no name"),
        ({"window": 512}, "window 512"),
    ],
)
def test_labels_that_do_not_fit_are_named(copied: Path, fields: dict[str, object], reason: str) -> None:
    reseal(copied, **fields)
    with pytest.raises(ModelRefused, match=reason):
        open_model(copied)


@pytest.mark.parametrize("labels", ["", "[]", "{", "[" * 100_000, "\0"])
def test_labels_that_are_none_are_refused(copied: Path, labels: str) -> None:
    (copied / "labels.json").write_text(labels)
    with pytest.raises(ModelRefused, match=r"labels\.json"):
        open_model(copied)


def test_a_garbled_network_or_tokenizer_is_named(copied: Path) -> None:
    for name, reason in (("model.onnx", "no network"), ("tokenizer.json", "no tokenizer")):
        whole = (copied / name).read_bytes()
        for garbled in (b"garbled", whole[: len(whole) // 2], b"{}"):
            (copied / name).write_bytes(garbled)
            reseal(copied)
            forget()
            with pytest.raises(ModelRefused, match=reason):
                open_model(copied)
        (copied / name).write_bytes(whole)


def test_a_tokenizer_of_another_network_is_refused(copied: Path) -> None:
    tokenizer = json.loads((copied / "tokenizer.json").read_text())
    tokenizer["model"]["vocab"]["quotes"] = 10_000_000
    (copied / "tokenizer.json").write_text(json.dumps(tokenizer))
    reseal(copied)
    with pytest.raises(ModelRefused, match="do not fit each other"):
        open_model(copied)


def test_a_network_for_something_else_is_refused(copied: Path) -> None:
    onnx = pytest.importorskip("onnx")
    pixels = onnx.helper.make_tensor_value_info("pixels", onnx.TensorProto.FLOAT, [1, 3])
    cat = onnx.helper.make_tensor_value_info("cat", onnx.TensorProto.FLOAT, [1, 3])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Relu", ["pixels"], ["cat"])], "cats", [pixels], [cat])
    made = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(made, copied / "model.onnx")
    reseal(copied)
    with pytest.raises(ModelRefused, match="do not fit each other"):
        open_model(copied)


def test_the_command_line_says_in_a_line_what_is_wrong(copied: Path, tmp_path: Path) -> None:
    (copied / "model.onnx").unlink()
    (tmp_path / "a.txt").write_text("“We will,” said Ann Lee.")
    command = [sys.executable, "-m", "quotes", "extract", str(tmp_path / "a.txt"), "--model", str(copied)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    expected = f"Error: The model in {copied} cannot be used: model.onnx is missing; train it again.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)
