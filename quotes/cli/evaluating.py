"""The command that measures: evaluate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import detector, output, show
from quotes.errors import InputRefused

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
COLUMNS = ("figure", "precision", "recall", "f1", "low", "high", "value", "predicted", "gold")


@click.command(
    epilog="""\b
Examples:
  quotes evaluate gold.jsonl
  quotes evaluate gold.jsonl predicted.jsonl --json
""",
)
@click.argument("gold", type=FILE)
@click.argument("predicted", type=FILE, required=False)
@detector
@output
def evaluate(gold: Path, predicted: Path | None) -> None:
    """Measure extracted quotes against a gold file, in per cent.

    GOLD and PREDICTED are JSON Lines in the form that `quotes extract` writes. Without PREDICTED the texts of GOLD are
    extracted now. What GOLD marks as "nested", a statement within a statement, counts towards no figure but
    nested_recall, nor does what finds it. Low and high bound F1 in 95 of 100 draws of the documents with replacement.
    """
    from quotes.evaluate import evaluate as measured
    from quotes.pipeline import as_record, extract
    from quotes.records import Document

    wanted = list(_records(gold))
    documents = (Document(item["id"], item["text"]) for item in wanted)
    given = _records(predicted) if predicted else (as_record(d, extract(d)) for d in documents)
    rows = ({column: row.get(column) for column in COLUMNS} for row in measured(wanted, given))
    show(rows, table=COLUMNS)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a file in the form of the corpora."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            record["id"], record["attributions"]
        except (ValueError, KeyError, TypeError):
            raise InputRefused(
                f"{path}:{number}", 'this is no JSON object with "id" and "attributions"; write one with quotes extract'
            ) from None
        yield record


COMMANDS: list[click.Command] = [evaluate]
