"""The network, its targets and its ONNX file, on a network too small to be good."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import onnxruntime  # noqa: E402
from click.testing import CliRunner  # noqa: E402
from safetensors.torch import save_file  # noqa: E402

from quotes.detect.model import DATA, open_model  # noqa: E402
from quotes.train.__main__ import main  # noqa: E402
from quotes.train.batches import IGNORED, batches, targets  # noqa: E402
from quotes.train.corpus import ROLES, Example, Relation  # noqa: E402
from quotes.train.export import export  # noqa: E402
from quotes.train.fit import Fit, Settings  # noqa: E402
from quotes.train.losses import taught_loss  # noqa: E402
from quotes.train.network import MINILM, Network, Shape, blinded, load, mixed, rounded, save, shrunk  # noqa: E402

SMALL = Shape(hidden=128, layers=2, heads=4, inner=256)
TEXT = "“We will rebuild,” said Ines Okoro.\n\nPoll: Okoro ahead"


def at(words: str, start: int = 0) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words, start)
    return ((start, start + len(words)),)


EXAMPLE = Example(
    "a",
    TEXT,
    (
        Relation(at("Ines Okoro"), at("said"), at("“We will rebuild,”")),
        Relation(at("Poll"), at(":"), at("Okoro ahead")),
    ),
    tuple((s, e, "PERSON") for s, e in at("Ines Okoro")),
)


@pytest.fixture(scope="module")
def tokenizer():
    return open_model().tokenizer


@pytest.fixture
def network() -> Network:
    torch.manual_seed(1)
    return Network(SMALL).eval()


def test_targets_tag_words_and_point_at_first_words(tokenizer) -> None:
    from quotes.detect.windows import pieces

    cut = pieces(TEXT, tokenizer)
    aim = targets(EXAMPLE, cut)
    word = {TEXT[cut.start[i] : cut.end[i]]: i for i in np.flatnonzero(cut.first)}
    assert aim.tags[2, word["We"]] == 1
    assert aim.tags[2, word["rebuild"]] == 2
    assert aim.tags[2, word["“"]] == 0
    assert aim.tags[1, word[":"]] == 1
    assert aim.cue[word["We"]] == word["said"]
    assert aim.source[word["said"]] == aim.source[word["We"]] == word["In"] if "In" in word else True
    assert aim.cue[word["said"]] == IGNORED
    assert aim.entities[word["said"]] == 0


@pytest.mark.parametrize(("scheme", "bound"), [("float", 0.02), ("blocks", 0.05), ("dynamic", 0.1)])
def test_the_onnx_file_says_what_the_network_says(network: Network, tmp_path: Path, scheme: str, bound: float) -> None:
    export(network, tmp_path / "m.onnx", scheme)
    session = onnxruntime.InferenceSession(str(tmp_path / "m.onnx"))
    rng = np.random.default_rng(1)
    feed = {
        "ids": rng.integers(1000, 30000, (2, 40)).astype(np.int32),
        "case": rng.integers(0, 5, (2, 40)).astype(np.int32),
        "state": rng.integers(0, 4, (2, 40)).astype(np.int32),
        "paragraph": rng.integers(0, 2, (2, 40)).astype(np.int32),
    }
    tags, entities, links, vectors = session.run(["tags", "entities", "links", "vectors"], feed)
    with torch.no_grad():
        inputs = [torch.from_numpy(v).long() for v in feed.values()]
        expected = network(*inputs, torch.ones_like(inputs[0]))
    for got, want in zip((tags, entities, links), expected, strict=True):
        difference = np.abs(got - want.numpy()).mean() / want.abs().mean().item()
        assert difference < bound, (scheme, difference)
    assert vectors.shape == (2, 40, SMALL.hidden)


def test_rounding_changes_little_and_is_off_again(network: Network) -> None:
    inputs = [torch.ones(1, 12, dtype=torch.long) * k for k in (5000, 1, 1, 0, 1)]
    with torch.no_grad():
        plain = network(*inputs).tags
        eight = rounded(network)(*inputs).tags
        again = rounded(network, False)(*inputs).tags
    assert not torch.equal(plain, eight)
    assert torch.allclose(plain, eight, atol=0.2)
    assert torch.equal(plain, again)


def test_fitting_learns_resumes_and_repeats(network: Network, tokenizer, tmp_path: Path) -> None:
    def fitted(folder: str, epochs: int) -> tuple[Network, Fit]:
        torch.manual_seed(1)
        fit = Fit(Network(SMALL), tmp_path / folder, Settings(epochs=epochs, batch=4, body=1e-3, heads=1e-3))
        return fit.run([EXAMPLE] * 8, tokenizer), fit

    once, fit = fitted("one", 3)
    twice, _ = fitted("two", 3)
    assert all(torch.equal(a, b) for a, b in zip(once.parameters(), twice.parameters(), strict=True))
    lines = (tmp_path / "one" / "log.jsonl").read_text().splitlines()
    assert len(lines) == 3
    again, resumed = fitted("one", 3)
    assert resumed.epoch == 3
    assert all(torch.equal(a, b) for a, b in zip(once.parameters(), again.parameters(), strict=True))
    batch = batches([EXAMPLE] * 4, tokenizer, 4, None)[0]
    first = fit.step(batch)["tags"]
    for _ in range(15):
        for group in fit.optimizer.param_groups:
            group["lr"] = 1e-3
        last = fit.step(batch)["tags"]
    assert last < first


def test_saved_networks_come_back(network: Network, tmp_path: Path) -> None:
    save(network, tmp_path / "n.pt", epoch=3)
    again, kept = load(tmp_path / "n.pt")
    assert kept["epoch"] == 3
    assert all(torch.equal(a, b) for a, b in zip(network.parameters(), again.parameters(), strict=True))


def test_a_mix_is_the_weighted_mean(network: Network, tmp_path: Path) -> None:
    torch.manual_seed(2)
    other = Network(SMALL)
    save(network, tmp_path / "a.pt")
    save(other, tmp_path / "b.pt")
    mean = mixed({tmp_path / "a.pt": 1.0, tmp_path / "b.pt": 3.0})
    for a, b, c in zip(network.parameters(), other.parameters(), mean.parameters(), strict=True):
        torch.testing.assert_close(c, 0.25 * a + 0.75 * b)


def test_a_smaller_network_goes_on_from_what_matters_most(network: Network, tokenizer) -> None:
    batch = batches([EXAMPLE] * 2, tokenizer, 2, None)[0]
    inputs = [batch[k] for k in ("ids", "case", "state", "paragraph", "mask")]
    with torch.no_grad():
        for layer in network.layers:
            layer.up.weight[::2], layer.up.bias[::2] = 0, 0  # units that never speak
        network.layers[0].down.bias.fill_(0.1)
        same = shrunk(network, inner=SMALL.inner // 2).eval()
        assert same.shape.inner == SMALL.inner // 2
        for a, b in zip(network(*inputs), same(*inputs), strict=True):
            torch.testing.assert_close(a, b)
        short = shrunk(network, layers=1)
        assert torch.equal(short.layers[0].qkv.weight, network.layers[0].qkv.weight)
        assert len(short.layers) == short.shape.layers == 1
        with pytest.raises(ValueError, match="no more to keep"):
            shrunk(network, layers=SMALL.layers + 1)


def test_a_mark_that_is_left_out_stays_out(network: Network, tokenizer, tmp_path: Path) -> None:
    fit = Fit(blinded(network, ["state"]), tmp_path, Settings(epochs=1, heads=1e-2))
    batch = batches([EXAMPLE] * 2, tokenizer, 2, None)[0]
    for group in fit.optimizer.param_groups:
        group["lr"] = 1e-2
    fit.step(batch)
    assert not fit.network.state.weight.any()
    assert fit.network.case.weight.any()


def test_a_teacher_that_agrees_costs_nothing(network: Network, tokenizer) -> None:
    batch = batches([EXAMPLE] * 2, tokenizer, 2, None)[0]
    inputs = [batch[k] for k in ("ids", "case", "state", "paragraph", "mask")]
    torch.manual_seed(2)
    other = Network(SMALL).eval()
    with torch.no_grad():
        own, foreign = network(*inputs), other(*inputs)
        assert taught_loss(own, own, batch).item() == pytest.approx(0, abs=1e-5)
        assert taught_loss(own, foreign, batch).item() > 0.01


def test_one_command_goes_from_documents_to_a_model_folder(tmp_path: Path) -> None:
    base = tmp_path / "base.safetensors"
    save_file(published(), base)
    line = {
        "id": "a",
        "text": TEXT,
        "attributions": [{r: list(getattr(x, r)) for r in ROLES} for x in EXAMPLE.relations],
    }
    (tmp_path / "c.jsonl").write_text("".join(json.dumps({**line, "id": str(n)}) + "\n" for n in range(6)))
    out = tmp_path / "data"
    options = {"--corpus": tmp_path / "c.jsonl", "--base": base, "--tokenizer": DATA / "tokenizer.json", "--out": out}
    options |= {"--work": tmp_path / "work", "--held-back": 3, "--epochs": 1, "--device": "cpu"}
    ran = CliRunner().invoke(main, arguments(options))
    assert ran.exit_code == 0, ran.output
    assert "attribution" in json.loads((tmp_path / "work" / "log.jsonl").read_text())
    model = open_model(out)
    assert set(model.calibration) <= {"direct", "mixed", "indirect"}
    assert (out / "model.onnx").stat().st_size <= 25_000_000
    del options["--base"]
    assert "--base" in CliRunner().invoke(main, arguments(options)).output
    again = arguments(options | {"--out": tmp_path / "again"})
    ran = CliRunner().invoke(main, [*again, "--mix", str(tmp_path / "work" / "epoch1.pt"), "1"])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "again" / "model.onnx").read_bytes() == (out / "model.onnx").read_bytes()


def arguments(options: dict[str, Any]) -> list[str]:
    return [str(part) for pair in options.items() for part in pair]


def published() -> dict[str, torch.Tensor]:
    """A checkpoint of MiniLM's shape and names, with other numbers."""
    torch.manual_seed(1)
    sizes = {"embeddings.word_embeddings": (MINILM.vocabulary, 384), "embeddings.position_embeddings": (512, 384)}
    sizes |= {"embeddings.token_type_embeddings": (2, 384)}
    weights = {f"{name}.weight": torch.randn(*size) * 0.02 for name, size in sizes.items()}
    norms, linear = ["embeddings.LayerNorm"], []
    for n in range(MINILM.layers):
        at = f"encoder.layer.{n}."
        norms += [f"{at}attention.output.LayerNorm", f"{at}output.LayerNorm"]
        linear += [(f"{at}attention.self.{q}", 384, 384) for q in ("query", "key", "value")]
        linear += [(f"{at}attention.output.dense", 384, 384)]
        linear += [(f"{at}intermediate.dense", 1536, 384), (f"{at}output.dense", 384, 1536)]
    weights |= {f"{n}.weight": torch.ones(384) for n in norms} | {f"{n}.bias": torch.zeros(384) for n in norms}
    weights |= {f"{n}.weight": torch.randn(o, i) * 0.02 for n, o, i in linear}
    return weights | {f"{n}.bias": torch.zeros(o) for n, o, _ in linear}
