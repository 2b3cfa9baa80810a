"""What joining costs as the database grows, and that the order of documents changes nothing.

    python -m tests.benchmarks.identities cost [--quotes 1000000] [--documents 200]
    python -m tests.benchmarks.identities orders ARTICLES.jsonl [--orders 10]

`cost` fills a SQLite database as `tests.benchmarks.million` does, then times `extract` and `store` on it, on one of a
thousand quotes and on an empty one (but for one document that warms each up) in turn, a new document each, and prints
the medians and their ratios. `orders` adds articles in shuffled orders and prints whether the partition is the same.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import Engine, text

from quotes.claims import claim
from quotes.pipeline import extract, store
from quotes.read import read
from quotes.read.options import ReadOptions
from quotes.records import Document
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database
from quotes.store.write import Reader, save
from tests.benchmarks.million import fill
from tests.synthetic import articles

SMALL = 1000


def cost(quotes: int, documents: int) -> None:
    """Prints what adding one document costs in an empty, a small and a full database."""
    taken: dict[str, list[float]] = {"empty": [], "small": [], "full": []}
    with tempfile.TemporaryDirectory() as folder:
        filled = {"small": _filled(f"{folder}/small.db", SMALL), "full": _filled(f"{folder}/full.db", quotes)}
        for number, article in enumerate(articles(documents, seed=7)):
            document = Document(f"new {number}", f"{article['text']}\n\nNumber {number}.", outlet=article["outlet"])
            empty = open_database(f"{folder}/empty {number}.db", create=True)
            for name, engine in {"empty": empty, **filled}.items():
                warm = Document("warm", f"“No,” said Uma Quist {number}.")
                store(engine, warm, extract(warm))  # statements are compiled once
                start = time.perf_counter()
                store(engine, document, extract(document))
                taken[name].append(time.perf_counter() - start)
            empty.dispose()
        for engine in filled.values():
            engine.dispose()
    medians = {name: statistics.median(times) * 1000 for name, times in taken.items()}
    shown = ", ".join(f"{name} {median:.1f} ms" for name, median in medians.items())
    print(f"median of {documents} documents: {shown}")
    print(f"full / empty: {medians['full'] / medians['empty']:.2f}; / small: {medians['full'] / medians['small']:.2f}")


def _filled(path: str, quotes: int) -> Engine:
    start = time.perf_counter()
    engine = open_database(path, create=True)
    fill(engine, quotes)
    with engine.connect() as connection:
        found = connection.scalar(text("SELECT count(*) FROM quote"))
        largest = connection.scalar(text("SELECT max(size) FROM likeness"))
    print(f"filled in {time.perf_counter() - start:.0f} s: {found:,} quotes, largest identity {largest:,} rows")
    return engine


def partition(engine: Engine) -> frozenset[frozenset[str]]:
    """Which speakers and organisations, each known by its name and document, are one."""
    groups: dict[tuple[str, int], set[str]] = {}
    with engine.connect() as connection:
        for subject in ("speaker", "organisation"):
            kind = "kind" if subject == "speaker" else "'organisation'"
            found = f"SELECT canonical_id, {kind} AS kind, {subject}.name, sha256 FROM {subject} "
            for row in connection.execute(text(f"{found} JOIN document ON document.id = document_id")):
                bearer = f"{row.kind} {row.name} {row.sha256}"
                groups.setdefault((subject, row.canonical_id), set()).add(bearer)
    return frozenset(frozenset(group) for group in groups.values())


def orders(path: Path, count: int) -> None:
    """Prints whether shuffled orders of the same articles end in the same partition."""
    documents = [item for item in read(str(path), ReadOptions(language="en")) if isinstance(item, Document)]
    work = [(document, [(q, claim(q.text(document))) for q in extract(document)]) for document in documents]
    found = []
    for seed in range(count):
        random.Random(seed).shuffle(work)
        with tempfile.TemporaryDirectory() as folder:
            engine = open_database(f"{folder}/quotes.db", create=True)
            for document, quotes in work:
                save(engine, (document, quotes), Reader("benchmark", "1", NAMING))
            found.append(partition(engine))
            engine.dispose()
        print(
            f"order {seed + 1}: {len(found[-1]):,} identities, {'the same' if found[-1] == found[0] else 'DIFFERENT'}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    costing = commands.add_parser("cost")
    costing.add_argument("--quotes", type=int, default=1_000_000)
    costing.add_argument("--documents", type=int, default=200)
    ordering = commands.add_parser("orders")
    ordering.add_argument("path", type=Path)
    ordering.add_argument("--orders", type=int, default=10)
    given = parser.parse_args()
    if given.command == "cost":
        cost(given.quotes, given.documents)
    else:
        orders(given.path, given.orders)


if __name__ == "__main__":
    main()
