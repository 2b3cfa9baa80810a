"""Peak memory of `quotes extract` over many articles in one process: it must stay flat.

    python -m tests.benchmarks.memory [--documents 10000] [--steps 10]

Extracts made-up articles one after the other and prints the process's peak after each tenth of them.
"""

from __future__ import annotations

import argparse
import resource
import sys
from itertools import islice

from quotes.pipeline import as_record, extract
from quotes.records import Document
from tests.synthetic import articles


def peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=10)
    arguments = parser.parse_args()
    made = articles(arguments.documents)
    for step in range(1, arguments.steps + 1):
        for article in islice(made, arguments.documents // arguments.steps):
            document = Document(article["id"], article["text"])
            as_record(document, extract(document))
        print(f"{step * arguments.documents // arguments.steps:>7} documents: {peak_mb():.0f} MB at most")


if __name__ == "__main__":
    main()
