"""How fast documents are stored, and how that compares to a bare `executemany` of the same rows.

    python -m tests.benchmarks.storing [--documents 1000] [--rounds 3]

Prints documents a second of processor time for `store.write.save_all`, which `quotes add` uses, and for `save`, one
transaction a document (detection is done before the clock starts), and the ratios of their times to that of the sqlite3
module putting the same rows into the same tables, indexes and triggers by one `executemany` a table, all in one
transaction. All are timed in turn; medians are printed.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from quotes.claims import claim
from quotes.pipeline import TOGETHER, extract
from quotes.records import Claim, Document, Quote
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database
from quotes.store.tables import METADATA
from quotes.store.write import Reader, save, save_all
from tests.synthetic import articles

Work = list[tuple[Document, list[tuple[Quote, Claim]]]]


def prepared(count: int) -> Work:
    documents = [Document(a["id"], a["text"], outlet=a["outlet"]) for a in articles(count)]
    return [(d, [(quote, claim(quote.text(d))) for quote in extract(d)]) for d in documents]


def seconds_of_saving(work: Work, path: Path, together: int) -> float:
    engine = open_database(str(path), create=True)
    reader = Reader("benchmark", "1", NAMING)
    start = time.process_time()
    for first in range(0, len(work), together):
        if together == 1:
            save(engine, work[first], reader)
        else:
            save_all(engine, work[first : first + together], reader)
    taken = time.process_time() - start
    engine.dispose()
    return taken


def seconds_of_executemany(filled: Path, path: Path) -> float:
    """Puts the rows of a filled database into a new one."""
    open_database(str(path), create=True).dispose()
    with sqlite3.connect(filled) as source:
        rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in METADATA.tables}
    target = sqlite3.connect(path)
    target.execute("PRAGMA synchronous = NORMAL")
    start = time.process_time()
    for table in METADATA.sorted_tables:
        if rows[table.name]:
            marks = ", ".join("?" * len(rows[table.name][0]))
            target.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows[table.name])
    target.commit()
    taken = time.process_time() - start
    target.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    work = prepared(arguments.documents)
    times: dict[str, list[float]] = {"save_all": [], "save": [], "executemany": []}
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            times["save_all"].append(seconds_of_saving(work, Path(folder) / "together.db", TOGETHER))
            times["save"].append(seconds_of_saving(work, Path(folder) / "saved.db", 1))
            times["executemany"].append(seconds_of_executemany(Path(folder) / "saved.db", Path(folder) / "bare.db"))
    quotes = sum(len(found) for _, found in work)
    print(f"documents {len(work)}, quotes {quotes}, rounds {arguments.rounds}, processor time")
    for name, taken in times.items():
        ratio = statistics.median(one / bare for one, bare in zip(taken, times["executemany"], strict=True))
        print(f"{name}: {len(work) / statistics.median(taken):.0f} documents a second, {ratio:.1f} times executemany")


if __name__ == "__main__":
    main()
