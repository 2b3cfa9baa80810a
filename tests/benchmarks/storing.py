"""How fast documents are stored, and how that compares to a bare `executemany` of the same rows.

    python -m tests.benchmarks.storing [--documents 1000] [--rounds 3]

Prints documents a second of `store.write.save` alone, one transaction a document (detection is done before the clock
starts), then the ratio of its time to that of the sqlite3 module putting the same rows into the same tables, indexes
and triggers by one `executemany` a table, all in one transaction. Both are timed in turn; medians are printed.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from quotes.claims import claim
from quotes.pipeline import extract
from quotes.records import Claim, Document, Quote
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database
from quotes.store.tables import METADATA
from quotes.store.write import save
from tests.synthetic import articles

Work = list[tuple[Document, list[tuple[Quote, Claim]]]]


def prepared(count: int) -> Work:
    documents = [Document(a["id"], a["text"], outlet=a["outlet"]) for a in articles(count)]
    return [(d, [(quote, claim(quote.text(d))) for quote in extract(d)]) for d in documents]


def seconds_of_saving(work: Work, path: Path) -> float:
    engine = open_database(str(path), create=True)
    start = time.perf_counter()
    for document, quotes in work:
        save(engine, document, quotes, model="benchmark", version="1", naming=NAMING)
    taken = time.perf_counter() - start
    engine.dispose()
    return taken


def seconds_of_executemany(filled: Path, path: Path) -> float:
    """Puts the rows of a filled database into a new one."""
    open_database(str(path), create=True).dispose()
    with sqlite3.connect(filled) as source:
        rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in METADATA.tables}
    target = sqlite3.connect(path)
    target.execute("PRAGMA synchronous = NORMAL")
    start = time.perf_counter()
    for table in METADATA.sorted_tables:
        if rows[table.name]:
            marks = ", ".join("?" * len(rows[table.name][0]))
            target.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows[table.name])
    target.commit()
    taken = time.perf_counter() - start
    target.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    work = prepared(arguments.documents)
    saving, bare = [], []
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            saving.append(seconds_of_saving(work, Path(folder) / "saved.db"))
            bare.append(seconds_of_executemany(Path(folder) / "saved.db", Path(folder) / "bare.db"))
    quotes = sum(len(found) for _, found in work)
    print(f"documents {len(work)}, quotes {quotes}, rounds {arguments.rounds}")
    print(f"save: {len(work) / statistics.median(saving):.0f} documents a second")
    print(f"executemany: {len(work) / statistics.median(bare):.0f} documents a second")
    ratio = statistics.median(one / other for one, other in zip(saving, bare, strict=True))
    print(f"time of save / time of executemany: {ratio:.1f}")


if __name__ == "__main__":
    main()
