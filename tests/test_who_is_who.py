"""All the articles of PolNeAR's train and development parts, added: who is one speaker, and who is not.

`most_quoted.csv` has names of the most quoted speakers, each judged by hand: `who` it is, empty where an article's own
reading made a name of what is none, or where nobody can tell ("The Post"). It holds names only, no text.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, text

from quotes.claims import claim
from quotes.pipeline import extract
from quotes.read import ReadOptions, read
from quotes.records import Claim, Document, Quote
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database
from quotes.store.write import Reader, save
from quotes.text.names import name_key
from tests.benchmarks.identities import partition

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
PARTS = [CORPORA / f"polnear_{part}.jsonl" for part in ("train", "dev")]
MOST_QUOTED = 200
FORMS = {
    "Donald Trump": ["donald trump", "donald j trump", "trump"],
    "Hillary Clinton": ["hillary clinton", "hillary rodham clinton", "clinton", "hillary"],
}
OTHERS = [
    "Bill Clinton",
    "Chelsea Clinton",
    "Donald Trump Jr.",
    "Ivanka Trump",
    "Melania Trump",
    "Eric Trump",
    "Mike Pence",
]
Work = list[tuple[Document, list[tuple[Quote, Claim]]]]
pytestmark = pytest.mark.skipif(not all(map(Path.is_file, PARTS)), reason="the corpora are not beside the repository")


class Said(NamedTuple):
    """Whose a quote is: the name in its document, its kind, and the number of the identity."""

    name: str
    kind: str
    identity: int


@pytest.fixture(scope="module")
def work() -> Work:
    documents = [item for part in PARTS for item in read(str(part), ReadOptions(language="en"))]
    return [(d, [(q, claim(q.text(d))) for q in extract(d)]) for d in documents if isinstance(d, Document)]


def added(work: Work, path: Path) -> Engine:
    engine = open_database(str(path), create=True)
    for document, quotes in work:
        save(engine, (document, quotes), Reader("test", "1", NAMING))
    return engine


@pytest.fixture(scope="module")
def engine(work: Work, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = added(work, tmp_path_factory.mktemp("polnear") / "quotes.db")
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def said(engine: Engine) -> list[Said]:
    query = "SELECT speaker.name, speaker.kind, canonical_id FROM quote JOIN speaker ON speaker.id = quote.speaker_id"
    with engine.connect() as connection:
        return [Said(*row) for row in connection.execute(text(query))]


@pytest.mark.parametrize("who", FORMS)
def test_a_candidate_is_one_speaker(said: list[Said], who: str) -> None:
    by_identity = Counter(one.identity for one in said if one.kind == "person" and name_key(one.name) in FORMS[who])
    identity, most = by_identity.most_common(1)[0]
    assert most >= 0.97 * by_identity.total()
    assert {name_key(one.name) for one in said if one.identity == identity} <= set(FORMS[who])


def test_relatives_and_running_mates_are_others(said: list[Said]) -> None:
    identities = {name: {one.identity for one in said if one.name.rstrip(".") == name.rstrip(".")}
                  for name in [*FORMS, *OTHERS]}  # fmt: skip
    assert all(identities[name] for name in FORMS)
    for name, found in identities.items():
        for other, others in identities.items():
            assert name == other or not found & others, f"{name} is {other}"


def test_of_the_most_quoted_at_most_four_are_duplicates_or_mixtures(said: list[Said]) -> None:
    with Path(__file__).with_name("most_quoted.csv").open(encoding="utf-8") as lines:
        judged = {(name_key(row["name"]), row["kind"]): name_key(row["who"]) for row in csv.DictReader(lines)}
    names: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for one in said:
        names[one.identity].add((name_key(one.name), one.kind))
    most = Counter(one.identity for one in said).most_common(MOST_QUOTED)
    known = [identity for identity, _ in most if names[identity] & judged.keys()]
    assert len(known) >= MOST_QUOTED / 2, "judge the new names, in most_quoted.csv"
    faults, seen = [], set()
    for identity, _ in most:
        who = {judged.get(name, name[0]) for name in names[identity]} - {""}
        if len(who) > 1 or who & seen:
            faults.append(sorted(names[identity]))
        seen |= who
    assert len(faults) <= 4, faults


def test_the_order_of_the_articles_changes_nothing(work: Work, engine: Engine, tmp_path: Path) -> None:
    shuffled = list(work)
    random.Random(4).shuffle(shuffled)
    other = added(shuffled, tmp_path / "quotes.db")
    assert partition(other) == partition(engine)
    other.dispose()
