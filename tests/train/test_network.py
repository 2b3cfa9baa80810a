"""The network, its targets and its ONNX file, on a network too small to be good."""

import copy
import json
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import onnxruntime  # noqa: E402
from click.testing import CliRunner  # noqa: E402
from safetensors.torch import save_file  # noqa: E402

from quotes.detect.folder import DATA  # noqa: E402
from quotes.detect.model import open_model  # noqa: E402
from quotes.text.page import Page  # noqa: E402
from quotes.train.__main__ import main  # noqa: E402
from quotes.train.batches import CLS, IGNORED, MASK, MASKED, PAD, SEP, TARGETS, batches, targets, with_holes  # noqa: E402
from quotes.train.corpus import ROLES, Example, Relation  # noqa: E402
from quotes.train.export import export  # noqa: E402
from quotes.train.fit import Fit, Settings  # noqa: E402
from quotes.train.lessons import Taught, answered, lessons, teachers_of  # noqa: E402
from quotes.train.losses import gold_losses, taught_losses  # noqa: E402
from quotes.train.network import (  # noqa: E402
    Network,
    Shape,
    blinded,
    load,
    mixed,
    rounded,
    save,
    shallower,
)
from quotes.train.prune import narrowed  # noqa: E402
from quotes.train.published import pretrained  # noqa: E402
from quotes.train.shipped import shipped  # noqa: E402

VOCABULARY = Shape().vocabulary
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

    cut = pieces(Page(TEXT), tokenizer)
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


def test_frozen_layers_stay_as_they_are(network: Network, tokenizer, tmp_path: Path) -> None:
    before = {name: weight.clone() for name, weight in network.state_dict().items()}
    fit = Fit(network, tmp_path, Settings(epochs=3, batch=1, frozen=1, as_printed=True))
    fit.run([EXAMPLE], tokenizer)
    moved = {name for name, weight in fit.network.state_dict().items() if not torch.equal(weight, before[name])}
    assert moved and not any(name.startswith(("layers.0.", "words.", "positions.", "case.", "norm.")) for name in moved)
    assert any(name.startswith("layers.1.") for name in moved)


def test_saved_networks_come_back(network: Network, tmp_path: Path) -> None:
    save(network, tmp_path / "n.pt", epoch=3)
    again, kept = load(tmp_path / "n.pt")
    assert kept["epoch"] == 3
    assert all(torch.equal(a, b) for a, b in zip(network.parameters(), again.parameters(), strict=True))


def test_a_mix_is_the_weighted_mean(network: Network) -> None:
    torch.manual_seed(2)
    other = Network(SMALL)
    mean = mixed([(network, 1.0), (other, 3.0)])
    for a, b, c in zip(network.parameters(), other.parameters(), mean.parameters(), strict=True):
        torch.testing.assert_close(c, 0.25 * a + 0.75 * b)


def test_a_shipped_network_comes_back_from_its_file(network: Network, tmp_path: Path) -> None:
    export(network, tmp_path / "a.onnx", length=SMALL.positions)
    again = shipped(tmp_path / "a.onnx")
    assert (again.shape.layers, again.shape.inner) == (SMALL.layers, SMALL.inner)
    for name, weight in network.state_dict().items():
        step = weight.abs().amax() / 127
        torch.testing.assert_close(again.state_dict()[name], weight, atol=float(step), rtol=0)
    export(again, tmp_path / "b.onnx", length=SMALL.positions)
    once_more = shipped(tmp_path / "b.onnx")
    for a, b in zip(again.parameters(), once_more.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def words_of(seed: int) -> dict[str, torch.Tensor]:
    """A batch of many different words, the last ten of each row padding."""
    ids = torch.randint(1000, 9000, (24, 64), generator=torch.Generator().manual_seed(seed))
    marks = {key: torch.zeros_like(ids) for key in ("case", "state", "paragraph")}
    return {"ids": ids, **marks, "mask": (torch.arange(64) < 54).long().expand(24, 64)}


def test_inner_units_go_whose_work_others_can_do(network: Network) -> None:
    with torch.no_grad():
        for layer in network.layers:
            quarter = SMALL.inner // 4
            layer.up.weight[:quarter], layer.up.bias[:quarter] = 0, 0.7  # units that always say the same
            layer.up.weight[quarter : 2 * quarter] = layer.up.weight[2 * quarter : 3 * quarter]  # and pairs of twins
            layer.up.bias[quarter : 2 * quarter] = layer.up.bias[2 * quarter : 3 * quarter]
            layer.down.weight.mul_(10)
        small = narrowed(network, SMALL.inner // 2, [words_of(1)]).eval()
        assert small.shape.inner == SMALL.inner // 2
        before, after = network(*words_of(2).values()), small(*words_of(2).values())
    for a, b in zip(before, after, strict=True):
        torch.testing.assert_close(a, b, atol=0.02, rtol=0.02)
    with pytest.raises(ValueError, match="no more to keep"):
        narrowed(small, SMALL.inner, [words_of(1)])


def test_a_shallower_network_keeps_first_and_last_layers(network: Network) -> None:
    short = shallower(network, 1)
    assert torch.equal(short.layers[0].qkv.weight, network.layers[0].qkv.weight)
    assert len(short.layers) == short.shape.layers == 1
    with pytest.raises(ValueError, match="no more to keep"):
        shallower(network, SMALL.layers + 1)


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
        self_taught, taught = Taught(own.tags, own.links), Taught(foreign.tags, foreign.links)
        agreed, half = taught_losses(own, [self_taught], batch), taught_losses(own, [self_taught, taught], batch)
        apart, gold = taught_losses(own, [taught], batch), gold_losses(own, batch)
    assert [loss.item() for loss in agreed] == pytest.approx([0, 0], abs=1e-5)
    assert all(loss.item() > 0.001 for loss in apart)
    assert [loss.item() for loss in half] == pytest.approx([loss.item() / 2 for loss in apart], abs=1e-5)
    led = gold.towards(apart, 0.6)
    assert led.entities is gold.entities  # teachers need not know names
    assert led.tags.item() == pytest.approx(0.4 * gold.tags.item() + 0.6 * apart.tags.item())


def test_teachers_are_asked_once_and_two_fits_share_their_answers(network: Network, tokenizer, tmp_path: Path) -> None:
    torch.manual_seed(2)
    wide = Network(Shape(hidden=96, layers=1, heads=12, inner=64, relative=True, positions=514, first_position=2))
    settings = Settings(epochs=3, draws=2, batch=2)
    small = copy.deepcopy(network)
    fits = [Fit(network, tmp_path / name, settings, [wide, small], tmp_path / "answers") for name in "ab"]
    fits[0].run([EXAMPLE] * 4, tokenizer)
    written = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "answers").iterdir()}
    assert set(written) == {"lessons0.pt", "lessons1.pt"}
    fits[1].run([EXAMPLE] * 4, tokenizer)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "answers").iterdir()} == written
    for texts, teachers in (([EXAMPLE] * 5, [wide, small]), ([EXAMPLE] * 4, [small])):
        with pytest.raises(click.ClickException, match="other teachers or about other texts"):
            Fit(network, tmp_path / "c", settings, teachers, tmp_path / "answers").run(texts, tokenizer)


def test_holes_are_drawn_anew_and_never_where_a_window_begins_or_ends() -> None:
    ids = torch.full((50, 200), 2000)
    ids[:, 0], ids[:, 150], ids[:, 151:] = CLS, SEP, PAD
    one, other = with_holes(ids), with_holes(ids)
    assert (one[:, [0, 150, 199]] == ids[:, [0, 150, 199]]).all()
    assert not torch.equal(one, other)
    assert (one[:, 1:150] == MASK).float().mean().item() == pytest.approx(MASKED, abs=0.02)
    assert set(one.flatten().tolist()) == {CLS, SEP, PAD, MASK, 2000}


def test_names_in_texts_that_nobody_labelled_are_no_targets(tokenizer) -> None:
    known = Example("a", TEXT, entities=EXAMPLE.entities, labelled=False)
    (batch,) = batches([known], tokenizer, 8, None)
    assert (batch["entities"] == IGNORED).all()


def test_a_text_that_nobody_labelled_is_learned_from_the_teachers_alone(network: Network, tokenizer, tmp_path) -> None:
    alone = Example("b", TEXT, labelled=False)
    (batch,) = batches([alone], tokenizer, 1, None)
    assert all((batch[key] == IGNORED).all() for key in TARGETS)
    assert batch["first"].sum() == (batches([EXAMPLE], tokenizer, 1, None)[0]["tags"][0, 0] != IGNORED).sum()
    scores = network(*(batch[k] for k in ("ids", "case", "state", "paragraph", "mask")))
    assert gold_losses(scores, batch).whole().item() == 0
    torch.manual_seed(2)
    teacher = Network(SMALL)
    fit = Fit(network, tmp_path, Settings(epochs=1, draws=2, batch=1), [teacher])
    before = taught_losses(scores, teachers_of(answered(batch, [teacher])), batch)
    assert before.tags.item() > 0.001
    means = [fit.step(batch | answered(batch, [teacher])) for _ in range(3)]
    assert means[0]["tags"] == 0
    assert means[0]["taught_tags"] == pytest.approx(before.tags.item(), rel=0.1)


def test_each_draw_takes_its_part_of_the_unlabelled_texts(network: Network, tokenizer, tmp_path: Path) -> None:
    texts = [EXAMPLE, *(Example(str(n), f"{TEXT} {n}", labelled=False) for n in range(5))]
    Fit(network, tmp_path, Settings(epochs=2, draws=2, batch=1), [network]).run(texts, tokenizer)
    sizes = [len(torch.load(tmp_path / f"lessons{n}.pt", weights_only=True)["batches"]) for n in (0, 1)]
    assert sizes == [1 + 3, 1 + 2]


def test_lessons_say_what_the_teachers_say(network: Network, tokenizer, tmp_path: Path) -> None:
    drawn = batches([EXAMPLE] * 2, tokenizer, 2, None)
    (kept,) = lessons(tmp_path / "l.pt", lambda: drawn, [network], "these")
    (said,) = teachers_of(kept)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        expected = network(*(drawn[0][key] for key in ("ids", "case", "state", "paragraph", "mask")))
    for part in Taught._fields:
        assert torch.allclose(getattr(said, part).float(), getattr(expected, part).float(), atol=1e-2)
    assert all(torch.equal(kept[key], value) for key, value in drawn[0].items())
    assert len(teachers_of(answered(drawn[0], [network, network]))) == 2


def test_a_published_body_keeps_its_sizes_and_its_words(tmp_path: Path) -> None:
    bert, mpnet = published(), published_by_mpnet()
    save_file(bert, tmp_path / "bert")
    save_file(mpnet, tmp_path / "mpnet")
    assert pretrained(tmp_path / "bert").shape == Shape()
    wide = pretrained(tmp_path / "mpnet")
    assert wide.shape == Shape(hidden=96, layers=1, inner=64, positions=514, relative=True, first_position=2)
    words = mpnet["embeddings.word_embeddings.weight"]
    assert torch.equal(wide.words.weight[2000], words[2004])
    assert torch.equal(wide.words.weight[101], words[0])  # [CLS] is <s>


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
    mixed_again = [*again, "--mix", str(tmp_path / "work" / "epoch1.pt"), "1"]
    assert "no more to keep" in CliRunner().invoke(main, [*mixed_again, "--inner", "2000"]).output
    ran = CliRunner().invoke(main, mixed_again)
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "again" / "model.onnx").read_bytes() == (out / "model.onnx").read_bytes()
    ran = CliRunner().invoke(main, [*mixed_again, "--inner", "1024"])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "again" / "model.onnx").stat().st_size < (out / "model.onnx").stat().st_size - 2_000_000


def test_a_network_with_mpnets_body_teaches_and_is_not_shipped(tmp_path: Path) -> None:
    save_file(published_by_mpnet(), tmp_path / "base.safetensors")
    line = {"text": TEXT, "attributions": [{r: list(getattr(x, r)) for r in ROLES} for x in EXAMPLE.relations]}
    (tmp_path / "c.jsonl").write_text("".join(json.dumps({**line, "id": str(n)}) + "\n" for n in range(6)))
    options = {"--corpus": tmp_path / "c.jsonl", "--tokenizer": DATA / "tokenizer.json", "--held-back": 3}
    options |= {"--epochs": 1, "--device": "cpu", "--out": tmp_path / "out", "--base": tmp_path / "base.safetensors"}
    ran = CliRunner().invoke(main, arguments(options | {"--work": tmp_path / "teacher", "--scheme": "float"}))
    assert ran.exit_code == 0, ran.output
    teacher = tmp_path / "teacher" / "epoch1.pt"
    assert json.loads(ran.output.splitlines()[-1]) == {"teacher": str(teacher)}
    assert not (tmp_path / "out").exists()
    with pytest.raises(ValueError, match="not ship"):
        export(load(teacher)[0], tmp_path / "model.onnx")
    save(Network(SMALL), tmp_path / "small.pt")
    del options["--base"]
    (tmp_path / "texts.jsonl").write_text(json.dumps({"id": "t", "text": TEXT}))
    options |= {"--start": tmp_path / "small.pt", "--unlabelled": tmp_path / "texts.jsonl"}
    assert "give --teacher" in CliRunner().invoke(main, arguments(options)).output
    options |= {"--teacher": teacher, "--answers": tmp_path / "answers"}
    ran = CliRunner().invoke(main, arguments(options | {"--work": tmp_path / "student", "--inner": 128}))
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "answers" / "lessons0.pt").exists()
    assert (tmp_path / "out" / "model.onnx").exists()
    assert "taught_tags" in json.loads((tmp_path / "student" / "log.jsonl").read_text())


def arguments(options: dict[str, Any]) -> list[str]:
    return [str(part) for pair in options.items() for part in pair]


def published() -> dict[str, torch.Tensor]:
    """A checkpoint of MiniLM's shape and names, with other numbers."""
    torch.manual_seed(1)
    sizes = {"embeddings.word_embeddings": (VOCABULARY, 384), "embeddings.position_embeddings": (512, 384)}
    sizes |= {"embeddings.token_type_embeddings": (2, 384)}
    weights = {f"{name}.weight": torch.randn(*size) * 0.02 for name, size in sizes.items()}
    norms, linear = ["embeddings.LayerNorm"], []
    for n in range(6):
        at = f"encoder.layer.{n}."
        norms += [f"{at}attention.output.LayerNorm", f"{at}output.LayerNorm"]
        linear += [(f"{at}attention.self.{q}", 384, 384) for q in ("query", "key", "value")]
        linear += [(f"{at}attention.output.dense", 384, 384)]
        linear += [(f"{at}intermediate.dense", 1536, 384), (f"{at}output.dense", 384, 1536)]
    weights |= {f"{n}.weight": torch.ones(384) for n in norms} | {f"{n}.bias": torch.zeros(384) for n in norms}
    weights |= {f"{n}.weight": torch.randn(o, i) * 0.02 for n, o, i in linear}
    return weights | {f"{n}.bias": torch.zeros(o) for n, o, _ in linear}


def published_by_mpnet() -> dict[str, torch.Tensor]:
    """A checkpoint of MPNet's names, one layer of 96."""
    norms = ["embeddings.LayerNorm", "encoder.layer.0.attention.LayerNorm", "encoder.layer.0.output.LayerNorm"]
    linear = [(f"encoder.layer.0.attention.attn.{part}", 96, 96) for part in "qkvo"]
    linear += [("encoder.layer.0.intermediate.dense", 64, 96), ("encoder.layer.0.output.dense", 96, 64)]
    weights = {f"{n}.{part}": torch.ones(96) for n in norms for part in ("weight", "bias")}
    weights |= {f"{n}.weight": torch.randn(o, i) * 0.02 for n, o, i in linear}
    weights |= {f"{n}.bias": torch.zeros(o) for n, o, _ in linear}
    return weights | {
        "embeddings.word_embeddings.weight": torch.randn(VOCABULARY + 5, 96),
        "embeddings.position_embeddings.weight": torch.randn(514, 96),
        "encoder.relative_attention_bias.weight": torch.randn(32, 12),
    }
