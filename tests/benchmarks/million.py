"""A database of synthetic articles with a million quotes, made straight into rows of the form that `save` leaves.

    python -m tests.benchmarks.million quotes.db [--quotes 1000000]
    python -m tests.benchmarks.million postgresql://me@localhost/news

Names, outlets and words follow Zipf's law, as real ones do: the most frequent speaker has a few per cent of all quotes,
most have one; the most frequent word stands in a tenth of all. What the store counts is counted by its own code.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, Engine, text

from quotes.claims import claim
from quotes.records import Organisation, Speaker, SpeakerKind
from quotes.resolve.naming import NAMING
from quotes.store.engine import now, open_database, writing
from quotes.store.pending import count_all
from quotes.store.tables import METADATA

DOCUMENTS_TO_QUOTES = 0.22
BATCH = 5000  # documents whose rows are written at once
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "el", "or")]
ROLES = ["minister", "mayor", "spokeswoman", "chief executive", "professor", "farmer", "captain", "union leader"]
KINDS, ACTS = ("direct", "mixed", "indirect"), ("speech", "writing", "thought")
TYPES = ("named person", "named organisation", "document", "anonymous", "unnamed person", "unnamed group")


class Zipf:
    """Draws from things of which the n-th is drawn 1/(n + shift) times as often as the first."""

    def __init__(self, things: Sequence[Any], shift: float, chance: random.Random) -> None:
        self.things, self.chance = things, chance
        self.weights = list(accumulate(1 / (n + shift) for n in range(1, len(things) + 1)))

    def draw(self, count: int) -> list[Any]:
        """Some of the things, each as often as it should be."""
        return self.chance.choices(self.things, cum_weights=self.weights, k=count)


class World:
    """Who and what there is to write about."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        lengths = self.chance.choices((2, 2, 3), k=30_000)
        words = list(dict.fromkeys("".join(self.chance.choices(SYLLABLES, k=length)) for length in lengths))
        given = [w.title() for w in words[:900]]
        family = [w.title() for w in words[900:12_000]]
        people = [f"{self.chance.choice(given)} {self.chance.choice(family)}" for _ in range(150_000)]
        self.words = Zipf(words, 9, self.chance)
        self.people = Zipf(list(dict.fromkeys(people)), 1, self.chance)
        names = [f"{self.chance.choice(family)} {self.chance.choice(('Council', 'Union', 'Bank', 'Institute'))}"
                 for _ in range(20_000)]  # fmt: skip
        self.bodies = Zipf(list(dict.fromkeys(names)), 4, self.chance)
        self.outlets = Zipf([f"The {self.chance.choice(family)} Courier" for _ in range(400)], 3, self.chance)
        conduits = ["reporters", "AFP", "a statement", "Reuters", "the committee", "Twitter"]
        self.conduits = Zipf(conduits + [f"the {self.chance.choice(family)} Post" for _ in range(3000)], 2, self.chance)
        self.repeated = Zipf([" ".join(self.words.draw(9)) for _ in range(4000)], 5, self.chance)

    def sentence(self) -> str:
        """Some words, now and then ones that others have said."""
        if self.chance.random() < 0.06:
            return str(self.repeated.draw(1)[0])
        return " ".join(self.words.draw(self.chance.randint(6, 28)))


class Rows:
    """The rows of the database, as they grow."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tables: dict[str, list[tuple[Any, ...]]] = {}
        self.ids: dict[str, int] = {}
        self.numbered: dict[tuple[str, str], int] = {}
        self.likenesses: dict[tuple[str, str], list[Any]] = {}
        self.at = now()

    def add(self, table: str, *values: Any) -> int:
        """A row with the next number."""
        self.ids[table] = self.ids.get(table, 0) + 1
        self.tables.setdefault(table, []).append((self.ids[table], *values))
        return self.ids[table]

    def once(self, table: str, name: str, *more: Any) -> int:
        """The row of something that has one row only."""
        if (table, name) not in self.numbered:
            self.numbered[table, name] = self.add(table, name, *more)
        return self.numbered[table, name]

    def document(self, quotes: int) -> None:
        """An article with its quotes."""
        world, chance = self.world, self.world.chance
        day = date(2014, 1, 1) + timedelta(days=chance.randrange(4000)) if chance.random() > 0.02 else None
        outlet = self.once("outlet", world.outlets.draw(1)[0])
        number = self.ids.get("document", 0) + 1
        said = [world.sentence() for _ in range(quotes)]
        body = f"Article {number}. " + "".join(f"A said that {words}. " for words in said)
        document = self.add("document", "en", body, hashlib.sha256(body.encode()).hexdigest(), None, True, self.at)
        self.add("publication", document, True, True, f"articles/{number}.txt", f"https://news.example/{number}",
                 outlet, f"Headline {number}", None, day, None, None, self.at)  # fmt: skip
        extraction = self.add("extraction", document, "synthetic", "1", self.at)
        speakers = [self.bearer("speaker", name, document, day) for name in dict.fromkeys(world.people.draw(3))]
        bodies = [self.bearer("organisation", name, document, day) for name in dict.fromkeys(world.bodies.draw(2))]
        for words in said:
            speaker, heard = chance.choice(speakers), chance.random() < 0.2
            body_row = chance.choice(bodies) if chance.random() < 0.5 else (None, None)
            conduit = self.once("conduit", world.conduits.draw(1)[0]) if heard else None
            role = chance.choice(ROLES) if chance.random() < 0.5 else None
            kind, listed = chance.choice(KINDS), chance.random() < 0.85
            quote = self.add(
                "quote", document, extraction, self.once("claim", claim(words).identity, 0), *speaker, "person",
                *body_row, role, conduit, kind, "speech", "affirmed" if listed else "denied", TYPES[0], words, 0.9,
                0.8, 0.9, day, outlet, None, listed,
            )  # fmt: skip
            start = body.index(words)
            spans = (("content", start, start + len(words)), ("cue", start - 10, start - 6),
                     ("source", start - 12, start - 11))  # fmt: skip
            self.tables.setdefault("quote_span", []).extend((quote, *span) for span in spans)

    def bearer(self, table: str, name: str, document: int, day: date | None) -> tuple[int, int]:
        """The row of a name in a document, and its canonical row: the first with the name."""
        number = self.ids.get(table, 0) + 1
        likeness = self.likenesses.setdefault((table, name), [len(self.likenesses) + 1, number, 0])
        likeness[2] += 1
        values = (likeness[1], likeness[0], False, None, 0, 0, None, None)
        row = self.add(table, document, name, *(("person", None, None) if table == "speaker" else (None,)), *values)
        if row != likeness[1]:
            self.add("judgement", table, likeness[1], row, None, "same", 0.97, "synthetic", self.at, None, None, None,
                     None)  # fmt: skip
        return row, likeness[1]

    def cards(self) -> Iterator[tuple[Any, ...]]:
        """The rows of `likeness`, whose sizes are known at the end."""
        for (table, name), (number, head, size) in self.likenesses.items():
            if table == "speaker":
                card = NAMING.speaker_card(Speaker(name, SpeakerKind.PERSON))
            else:
                card = NAMING.organisation_card(Organisation(name))
            yield number, table, card.block or name, f"row={number}", card.kin, "", head, size


def fill(engine: Engine, quotes: int, seed: int = 1) -> None:
    """Fills a new database."""
    rows = Rows(World(seed))
    chance = rows.world.chance
    with writing(engine.execution_options(migrating=True)) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))  # references hold: they are made so
        indexes = _drop_indexes(connection)
        for first in range(0, round(quotes * DOCUMENTS_TO_QUOTES), BATCH):
            for _ in range(first, min(first + BATCH, round(quotes * DOCUMENTS_TO_QUOTES))):
                rows.document(chance.randint(1, 8))
            for name, found in rows.tables.items():
                _write(connection, name, found)
            rows.tables.clear()
        _write(connection, "likeness", rows.cards())
        for statement in indexes:
            connection.exec_driver_sql(statement)
        if connection.dialect.name == "postgresql":
            for name, last in {**rows.ids, "likeness": len(rows.likenesses)}.items():
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})"))
        count_all(connection, NAMING)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE")
    engine.dispose()


def _drop_indexes(connection: Connection) -> list[str]:
    """Drops what makes writing slow; the statements that make it again."""
    if connection.dialect.name == "postgresql":
        found = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'quote' AND indexname LIKE 'ix_%'"
    else:
        found = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'quote' AND type = 'index' AND sql IS NOT NULL"
    indexes = dict(connection.execute(text(found)).all())
    for name in indexes:
        connection.execute(text(f"DROP INDEX {name}"))
    return list(indexes.values())


def _write(connection: Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = [column.name for column in METADATA.tables[table].columns]
    raw: Any = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        texts = ([str(v) if hasattr(v, "isoformat") else v for v in row] for row in rows)
        raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", texts)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--quotes", type=int, default=1_000_000)
    given = parser.parse_args()
    start = time.perf_counter()
    engine = open_database(given.database, create=True)
    fill(engine, given.quotes)
    print(f"filled in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
