"""What joining costs as the database grows, and that the order of documents changes nothing.

    python -m tests.benchmarks.identities cost [--quotes 1000000] [--documents 200]
    python -m tests.benchmarks.identities orders ARTICLES.jsonl [--orders 10]

`cost` fills a SQLite database with synthetic documents, made straight into rows of the form that `save` leaves, then
times `extract` and `store` on it, on one of a thousand quotes and on an empty one (but for one document that warms
each up) in turn, a new document each, and prints the medians and their ratios. Half of the speakers are five famous
names, so that the largest identity has tens of thousands of rows. `orders` adds articles in shuffled orders and prints
whether the partition is the same.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import Engine, insert, text

from quotes.claims import claim
from quotes.pipeline import extract, store
from quotes.read import read
from quotes.read.options import ReadOptions
from quotes.records import Document, Speaker, SpeakerKind
from quotes.resolve.cards import speaker_card
from quotes.resolve.identities import JUDGE
from quotes.resolve.names import name_key
from quotes.resolve.naming import NAMING
from quotes.store.engine import now, open_database, writing
from quotes.store.tables import METADATA
from quotes.store.write import Reader, save
from tests.synthetic import NAMES, articles

FAMOUS = [name for name in NAMES if " " in name][:5]
GIVEN = ["Ada", "Bo", "Cai", "Dag", "Eli", "Fay", "Gus", "Hal", "Ivo", "Joy", "Kay", "Lea", "Max", "Ned", "Oda", "Pia"]
FAMILY = [
    "Abel",
    "Birk",
    "Cole",
    "Dorn",
    "Eide",
    "Falk",
    "Gram",
    "Hove",
    "Iden",
    "Jahn",
    "Kern",
    "Lund",
    "Moen",
    "Nash",
]
QUOTES_A_DOCUMENT, SPEAKERS_A_DOCUMENT = 20, 5
BATCH = 500
SMALL = 1000
FILLED = ("document", "extraction", "speaker", "speaker_name", "claim", "quote", "quote_span", "judgement")


def names(chance: random.Random) -> list[str]:
    """Who speaks in a document: famous people and others, each of one of some fifty thousand names."""
    rare = (
        f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}{chance.choice(FAMILY).casefold()}{chance.randrange(16):x}"
        for _ in range(SPEAKERS_A_DOCUMENT)
    )
    return list(dict.fromkeys(chance.choice(FAMOUS) if chance.random() < 0.5 else name for name in rare))


def fill(engine: Engine, quotes: int) -> None:
    """Documents, speakers with their cards and judgements, quotes and claims, as `save` would have left them."""
    chance = random.Random(1)
    heads: dict[tuple[str, str], list[int]] = {}  # card → number of its likeness, head, size
    ids = {"document": 0, "speaker": 0, "quote": 0}
    documents = quotes // QUOTES_A_DOCUMENT
    with writing(engine) as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # the cards come last: their sizes are known then
        for first in range(0, documents, BATCH):
            rows: dict[str, list[dict[str, object]]] = {name: [] for name in METADATA.tables}
            for _ in range(first, min(first + BATCH, documents)):
                _document(rows, ids, heads, chance)
            for name in FILLED:
                connection.execute(insert(METADATA.tables[name]), rows[name])
        cards = [
            {"id": n, "subject": "speaker", "block": block, "variant": variant, "kin": block.split()[-1], "short": "",
             "head_id": head, "size": size}
            for (block, variant), (n, head, size) in heads.items()
        ]  # fmt: skip
        connection.execute(insert(METADATA.tables["likeness"]), cards)


def _document(
    rows: dict[str, list[dict[str, object]]],
    ids: dict[str, int],
    heads: dict[tuple[str, str], list[int]],
    chance: random.Random,
) -> None:
    at = now()
    ids["document"] += 1
    id_ = ids["document"]
    rows["document"].append({"id": id_, "name": f"d{id_}", "text": "x", "sha256": f"synthetic {id_}", "added_at": at})
    rows["extraction"].append({"id": id_, "document_id": id_, "model": "m", "version": "1", "extracted_at": at})
    speakers = [_speaker(rows, ids, heads, name) for name in names(chance)]
    for _ in range(QUOTES_A_DOCUMENT):
        ids["quote"] += 1
        quote = ids["quote"]
        words = f"the {quote % 991} boats of {quote % 7919} came in {quote}"
        rows["claim"].append({"id": quote, "text": words, "identity": claim(words).identity})
        rows["quote"].append(
            {"id": quote, "document_id": id_, "extraction_id": id_, "claim_id": quote, "text": words, "confidence": 0.9,
             "speaker_id": chance.choice(speakers), "speaker_kind": "person", "kind": "indirect", "act": "speech"}
        )  # fmt: skip
        rows["quote_span"].append(
            {"quote_id": quote, "part": "content", "start_offset": 0, "end_offset": 1, "text": "x"}
        )


def _speaker(
    rows: dict[str, list[dict[str, object]]], ids: dict[str, int], heads: dict[tuple[str, str], list[int]], name: str
) -> int:
    ids["speaker"] += 1
    id_ = ids["speaker"]
    card = speaker_card(Speaker(name, SpeakerKind.PERSON))
    likeness = heads.setdefault((card.block, card.variant), [len(heads) + 1, id_, 0])
    likeness[2] += 1
    rows["speaker"].append(
        {"id": id_, "name": name, "kind": "person", "identity": f"synthetic {id_}", "canonical_id": likeness[1],
         "likeness_id": likeness[0], "apart": False}
    )  # fmt: skip
    rows["speaker_name"].append({"speaker_id": id_, "name": name, "key": f" {name_key(name)} "})
    if likeness[1] != id_:
        rows["judgement"].append(
            {"subject": "speaker", "left_id": likeness[1], "right_id": id_, "verdict": "same", "score": 0.97,
             "judged_by": JUDGE, "judged_at": now(), "reason": "same name"}
        )  # fmt: skip
    return id_


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
            for row in connection.execute(text(f"SELECT identity, canonical_id FROM {subject}")):
                groups.setdefault((subject, row.canonical_id), set()).add(row.identity)
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
