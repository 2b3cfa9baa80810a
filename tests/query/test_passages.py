"""Candidates for the words of a draft: what lists leave out is among them, and names fit as people write them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from quotes.query.passages import bearers, candidates, publications, said_by_them, stored
from quotes.records import Document, Polarity, SpeakerKind
from tests.store.samples import BRIDGE, fill, said, store
from tests.verify.conftest import told


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["the bridge will"], [1, 3]),
        (["bridge will fall"], []),
        (["bridge will fall", "wanted boats"], [4]),
        (["it will not"], [2]),
        (["$", "“", "½"], []),
        ([], []),
    ],
)
def test_terms_stand_side_by_side_and_any_of_them_is_enough(
    engine: Engine, terms: list[str], expected: list[int]
) -> None:
    fill(engine)
    with engine.connect() as connection:
        assert sorted(row[0] for row in candidates(connection, terms, 10)) == (
            expected if engine.dialect.name == "sqlite" or terms != ["it will not"] else []  # all words are stop words
        )


def test_what_was_denied_is_a_candidate(engine: Engine) -> None:
    text = "Nora Quist denied that she had signed the lease."
    quote = told(text, "that she had signed the lease", "Nora Quist", "denied")
    denied = replace(quote, attribution=replace(quote.attribution, polarity=Polarity.DENIED))
    store(engine, Document("lease", text), denied)
    with engine.connect() as connection:
        [(number, document, words)] = candidates(connection, ["signed the lease"], 10)
        [found] = stored(connection, [document])
    assert (words, found.quotes[0].id, found.quotes[0].polarity) == ("that she had signed the lease", number, "denied")


def test_documents_come_with_their_quotes_in_the_order_asked_for(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as connection:
        second, first = stored(connection, [2, 1, 99])
    assert (first.text, second.id, first.published) == (BRIDGE.text, 2, BRIDGE.published)
    assert [[span.of(first.text) for span in quote.content] for quote in first.quotes] == [
        ["The bridge will stand,"], ["It will not,", "Not in März."]]  # fmt: skip
    assert [quote.source for quote in first.quotes] == ["Jean-Yves Le Bris", "Moussa"]


def test_whom_names_fit(engine: Engine) -> None:
    fill(engine)
    text = "“We agree,” Jean-Yves Le Bris and Ida Holm said."
    both = said(text, "We agree,", "Jean-Yves Le Bris and Ida Holm", kind=SpeakerKind.GROUP)
    group = replace(both, speaker=replace(both.speaker, members=("Jean-Yves Le Bris", "Ida Holm")))
    store(engine, Document("both", text), group)
    with engine.connect() as connection:
        found = bearers(connection, ["Le Bris", "bridge board"])
        words = [row[2] for row in said_by_them(connection, found, limit=10)]
        some = [row[2] for row in said_by_them(connection, found, '"will stand"', limit=10)]
        nobody = bearers(connection, ["Nobody Atall"])
        assert said_by_them(connection, nobody, limit=10) == []
    assert len(found.organisations) == 1
    assert sorted(words) == ["The bridge will stand", "The bridge will stand,", "We agree,"]
    assert sorted(some) == ["The bridge will stand", "The bridge will stand,"]


def test_where_documents_appeared(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as connection:
        found = publications(connection, [1])
    assert (found[1]["outlet"], found[1]["title"], found[1]["document"]) == ("The Paper", "A bridge", "bridge")
