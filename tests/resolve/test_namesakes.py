"""Three who share a name in three articles: a striker of nineteen, a minister, a lighthouse keeper of 1961."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from quotes.claims import claim
from quotes.pipeline import extract, problems
from quotes.query.identities import suggestions
from quotes.records import Document
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database
from quotes.store.write import Reader, save

CARVERS = [
    Document(
        "a",
        "John Carver, the 19-year-old Holm United striker, said he would stay. “I love this club,” Carver said.",
        published=date(2024, 3, 14),
    ),
    Document(
        "b",
        "John Carver, the finance minister, said taxes would rise. “There is no other way,” Carver said.",
        published=date(2024, 3, 15),
    ),
    Document(
        "c",
        "John Carver, who kept the Holm lighthouse for forty years, said in 1958 that he had never slept at night.",
        published=date(1961, 3, 15),
    ),
]
AGAIN = [
    Document("d", "Striker John Carver said it was a fine match.", published=date(2024, 5, 1)),
    Document("e", "The finance minister, John Carver, said rates would fall.", published=date(2023, 5, 1)),
]


def people(documents: list[Document], path: Path) -> tuple[set[frozenset[str]], list[str]]:
    """Documents whose "John Carver" is one, and the reasons of the doubts."""
    engine = open_database(str(path), create=True)
    for document in documents:
        found = [(q, claim(q.text(document))) for q in extract(document)]
        save(engine, (document, found), Reader("m", "1", NAMING))
    groups: dict[int, set[str]] = {}
    with engine.connect() as connection:
        for identity, name in connection.exec_driver_sql(
            "SELECT canonical_id, publication.name FROM speaker "
            "JOIN publication ON publication.document_id = speaker.document_id"
        ):
            groups.setdefault(identity, set()).add(name)
    doubts = [str(row["reason"]) for row in suggestions(engine, "speaker")]
    assert list(problems(engine)) == []
    engine.dispose()
    return {frozenset(group) for group in groups.values()}, doubts


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_namesakes_are_three_speakers_and_suggested(order: tuple[int, ...], tmp_path: Path) -> None:
    found, doubts = people([CARVERS[i] for i in order], tmp_path / "quotes.db")
    assert found == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert len(doubts) == 2
    assert all(doubt.startswith("same name, but ") for doubt in doubts)


def test_each_is_known_again(tmp_path: Path) -> None:
    documents = [*CARVERS, *AGAIN]
    random.Random(2).shuffle(documents)
    found, _ = people(documents, tmp_path / "quotes.db")
    assert found == {frozenset("ad"), frozenset("be"), frozenset("c")}


def test_a_father_and_his_son_stay_two() -> None:
    document = Document(
        "f",
        "Sam Carver Sr. said the farm would be sold. His son, Sam Carver Jr., said it would not.\n\n“It is my land,” "
        "Carver Sr. said.\n\n“It will be mine,” Carver Jr. said.",
    )
    cards = [NAMING.speaker_card(quote.speaker, [], None, document.text) for quote in extract(document)]
    assert [card.block for card in cards] == [f"person sam carver {suffix}" for suffix in ("sr", "jr", "sr", "jr")]


def test_those_who_speak_together_have_the_cards_of_those_who_speak_alone() -> None:
    document = Document("g", "Hal Vane and Ned Vane said the fees would ruin them.")
    member, *_ = (member for quote in extract(document) for member in NAMING.members(quote.speaker))
    [alone] = extract(Document("h", "Hal Vane said the fees were theft."))
    assert NAMING.speaker_card(member).block == NAMING.speaker_card(alone.speaker).block == "person hal vane"
