"""`python -m quotes.train`: from annotated documents to a model folder, in one command.

In: corpora in JSON Lines, the published weights and tokenizer of a BERT-shaped encoder. Out: a folder that
`quotes.detect` opens. A module because `python -m` runs it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from tokenizers import Tokenizer

from quotes.detect import analyse
from quotes.detect.folder import DATA
from quotes.detect.model import Model
from quotes.evaluate import score
from quotes.records import Document
from quotes.train.augment import augmented
from quotes.train.batches import Batch, batches
from quotes.train.calibrate import as_json
from quotes.train.corpus import Example, read_examples, read_unlabelled, with_own_names
from quotes.train.fit import Fit, Settings
from quotes.train.network import Network, blinded, load, mixed, save, shallower
from quotes.train.package import package
from quotes.train.prune import narrowed
from quotes.train.published import pretrained
from quotes.train.shipped import shipped

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SETTINGS = Settings()
SAMPLE = 120
"""Documents to look at before inner units go."""
FOLDER = click.Path(file_okay=False, path_type=Path)


class Session:
    """A network that answers like an onnxruntime session: fitting is measured through the product's own path."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def run(self, _: list[str], feed: dict[str, Any]) -> list[Any]:
        """Tags, entities and links of one batch."""
        device = next(self.network.parameters()).device
        inputs = [torch.from_numpy(feed[k]).long().to(device) for k in ("ids", "case", "state", "paragraph")]
        self.network.eval()
        with torch.no_grad():
            scores = self.network(*inputs, torch.ones_like(inputs[0]))
        return [np.asarray(s.float().cpu()) for s in scores]


def as_documents(examples: list[Example]) -> dict[str, Any]:
    """Gold documents by id, in the corpora's form."""
    return {
        e.id: {
            "text": e.text,
            "attributions": [{"source": r.source, "cue": r.cue, "content": r.content} for r in e.relations],
        }
        for e in examples
    }


def measured(model: Model, held_back: list[Example]) -> dict[str, float]:
    """F1 of every figure on held-back documents; of `name` where the documents carry entities."""
    found = {e.id: analyse(Document(e.id, e.text), model) for e in held_back}
    said = {id_: {"attributions": as_json(list(one.attributions))} for id_, one in found.items()}
    out = {name: figure.f1 for name, figure in score(as_documents(held_back), said).items()}
    known = [e for e in held_back if e.entities is not None]
    gold = {(e.id, *entity) for e in known for entity in e.entities or ()}
    named = {(e.id, n.span.start, n.span.end, n.kind) for e in known for n in found[e.id].names}
    return out | {"name": round(200 * len(gold & named) / max(1, len(gold) + len(named)), 2)}


@click.command(context_settings={"show_default": True})
@click.option("--corpus", type=FILE, multiple=True, required=True, help="Annotated documents, JSON Lines; repeatable.")
@click.option("--entities", type=FILE, help="Entities of the same documents by id, JSON Lines, .gz allowed.")
@click.option("--base", type=FILE, help="Published weights to begin with: MiniLM, MPNet, or a BERT of 12 heads.")
@click.option("--tokenizer", type=FILE, required=True, help="The tokenizer.json that belongs to them.")
@click.option(
    "--work", type=FOLDER, default=Path("train-work"), help="Checkpoints and log; a rerun goes on from there."
)
@click.option("--out", type=FOLDER, default=DATA, help="The model folder to write.")
@click.option("--name", default="", help="What the model is called where quotes are stored. [default: as --out]")
@click.option("--release", default="", help="Its version. [default: the beginning of its SHA-256]")
@click.option("--start", type=FILE, help="A checkpoint or a model.onnx to begin with, in place of the published body.")
@click.option(
    "--mix",
    nargs=2,
    type=(FILE, float),
    multiple=True,
    metavar="CHECKPOINT SHARE",
    help="Average checkpoints, or the network of a model.onnx, in place of fitting; repeatable.",
)
@click.option("--layers", type=click.IntRange(1), help="Keep so many of the layers of what it begins with.")
@click.option("--inner", type=click.IntRange(1), help="Keep so many inner units a layer; the others are made good for.")
@click.option(
    "--without",
    type=click.Choice(["case", "state", "paragraph"]),
    multiple=True,
    help="Leave out letter case, quotation marks or paragraph starts, to see what they are worth; repeatable.",
)
@click.option(
    "--own-names",
    is_flag=True,
    help="Where a document has no entities, learn the names that the shipped model finds in it.",
)
@click.option(
    "--teacher", type=FILE, multiple=True, help="A checkpoint or a model.onnx to learn from as well; repeatable."
)
@click.option("--unlabelled", type=FILE, multiple=True, help="Texts for the teachers alone, JSON Lines; repeatable.")
@click.option(
    "--draws",
    type=click.IntRange(1),
    default=SETTINGS.draws,
    help="Augmented copies of the corpus that teachers read; epochs take them in turn.",
)
@click.option("--answers", type=FOLDER, help="Where what they say is kept, for other fits too. [default: as --work]")
@click.option("--held-back", default=12, help="Every so many-th document is for log and calibration.")
@click.option(
    "--scheme",
    type=click.Choice(["float", "dynamic", "blocks"]),
    default="dynamic",
    help="How weights are stored, and so what is fitted for.",
)
@click.option("--epochs", default=SETTINGS.epochs)
@click.option("--batch", default=SETTINGS.batch)
@click.option("--rate", "body", default=SETTINGS.body, help="Peak learning rate of the body; the larger, the lower.")
@click.option("--seed", default=SETTINGS.seed)
@click.option("--frozen", type=click.IntRange(0), default=0, help="Layers from below that stay as they are.")
@click.option("--as-printed", is_flag=True, help="Read texts as they are, not in other ways of printing them.")
@click.option("--device", default="cuda" if torch.cuda.is_available() else "cpu")
def main(
    corpus: tuple[Path, ...],
    entities: Path | None,
    base: Path | None,
    tokenizer: Path,
    work: Path,
    out: Path,
    name: str,
    release: str,
    start: Path | None,
    mix: tuple[tuple[Path, float], ...],
    layers: int | None,
    inner: int | None,
    without: tuple[str, ...],
    own_names: bool,
    teacher: tuple[Path, ...],
    unlabelled: tuple[Path, ...],
    answers: Path | None,
    held_back: int,
    scheme: str,
    **settings: Any,
) -> None:
    """Train the detector on annotated documents and write a model folder.

    From MPNet comes a teacher: its checkpoints are kept in --work, and no folder is written.
    """
    plan = Settings(**settings, rounded_from=1.0 if scheme == "float" else SETTINGS.rounded_from)
    examples = [e for path in corpus for e in read_examples(path, entities)]
    examples = with_own_names(examples) if own_names else examples
    kept = examples[held_back // 2 :: held_back]
    train = [e for number, e in enumerate(examples) if number % held_back != held_back // 2]
    train += [e for path in unlabelled for e in read_unlabelled(path)]
    if unlabelled and not teacher:
        raise click.UsageError("--unlabelled is for teachers to read: give --teacher.")
    cutter = Tokenizer.from_file(str(tokenizer))
    cutter.no_truncation()
    cutter.no_padding()

    def figures(network: Network) -> dict[str, float]:
        return measured(Model(Session(network), cutter, {}), kept)

    def sample() -> list[Batch]:
        rng = random.Random(plan.seed)  # noqa: S311  # a seeded draw, no secret
        some = rng.sample(train, min(SAMPLE, len(train)))
        return batches((augmented(e, rng) for e in some), cutter, plan.batch, rng)

    torch.manual_seed(plan.seed)
    network = blinded(_smaller(_beginning(base, start, mix), layers, inner, sample), without)
    if mix:
        work.mkdir(parents=True, exist_ok=True)
        save(network, work / "mixed.pt")
        click.echo(json.dumps({"mixed": figures(network)}))
    else:
        network = Fit(network, work, plan, [_opened(path) for path in teacher], answers).run(train, cutter, figures)
    if network.shape.relative:
        click.echo(json.dumps({"teacher": str(work / ("mixed.pt" if mix else f"epoch{plan.epochs}.pt"))}))
        return
    package(network.cpu(), cutter, as_documents(kept), out, scheme, name=name, version=release)
    click.echo(json.dumps({"written": str(out), "held_back_documents": len(kept)}))


def _beginning(base: Path | None, start: Path | None, mix: tuple[tuple[Path, float], ...]) -> Network:
    """The network before fitting, or the mix in its place."""
    if mix:
        return mixed([(_opened(path), share) for path, share in mix])
    if start:
        return _opened(start)
    if base:
        return pretrained(base)
    raise click.UsageError("Give --base, the published weights to begin with, or --start, or --mix.")


def _opened(path: Path) -> Network:
    """A checkpoint, or the network of a model folder."""
    return shipped(path) if path.suffix == ".onnx" else load(path)[0]


def _smaller(network: Network, layers: int | None, inner: int | None, sample: Callable[[], list[Batch]]) -> Network:
    try:
        network = shallower(network, layers) if layers else network
        return narrowed(network, inner, sample()) if inner else network
    except ValueError as error:
        raise click.UsageError(str(error)) from error


if __name__ == "__main__":
    main()
