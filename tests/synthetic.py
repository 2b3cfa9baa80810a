"""Articles made by the thousand, each of its own words, for the tests and benchmarks that need many."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

NAMES = [
    "Ines Okoro",
    "Tom Aske",
    "Mary-Ann Le Bris",
    "Josef Kříž",
    "Amina al-Sadr",
    "Lou Bell",
    "Ida Holm",
    "Sefa Tui",
]
THINGS = ["bridge", "harbour", "school", "clinic", "railway", "reservoir", "market", "stadium", "library", "tunnel"]
VERBS = ["close", "open", "flood", "move", "burn down", "be rebuilt", "be sold", "stay shut", "cost more"]


def articles(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """JSON Lines records of articles of some six quotes each."""
    chance = random.Random(seed)
    for number in range(count):
        paragraphs = [
            f"“The {chance.choice(THINGS)} will {chance.choice(VERBS)} in {2000 + number},” {name} told reporters. "
            f"“Nobody asked the {chance.choice(THINGS)} committee.”\n\n"
            f"{name.split()[-1]} said that the {chance.choice(THINGS)} would {chance.choice(VERBS)} before {number}."
            for name in chance.sample(NAMES, 3)
        ]
        yield {
            "id": f"article-{number}",
            "text": "\n\n".join(paragraphs),
            "outlet": f"Outlet {number % 7}",
            "published": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        }


def write_articles(path: Path, count: int, seed: int = 1) -> Path:
    """The articles as a JSON Lines file."""
    with path.open("w", encoding="utf-8") as lines:
        for article in articles(count, seed):
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path
