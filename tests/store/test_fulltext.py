from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from quotes.store.engine import writing
from quotes.store.fulltext import MARK_END, MARK_START, found_by, marked, ranked, terms
from tests.store.samples import fill


def found(engine: Engine, words: str, *, any_word: bool = False) -> list[int]:
    with engine.connect() as connection:
        ids = sorted(connection.scalars(found_by(connection.dialect, words, any_word=any_word)))
        assert sorted(connection.scalars(ranked(connection.dialect, words, any_word=any_word))) == ids
        return ids


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bridge", 2),
        ("BRIDGES", 2),
        ("marz", 1),
        ("März", 1),
        ("bridge boats", 0),
        ('"bridge will"', 2),
        ('"stand bridge"', 0),
        ("“bridge will”", 2),
        ("", 0),
        ("?!", 0),
        ('"', 0),
        ("will AND OR NOT NEAR(", 0),
        ("bridge*", 2),
        ("text:bridge", 0),
    ],
)
def test_words_are_found_by_stem_without_case_and_accents(engine: Engine, words: str, expected: int) -> None:
    fill(engine)
    assert len(found(engine, words)) == expected


def test_any_word_finds_more(engine: Engine) -> None:
    fill(engine)
    assert len(found(engine, "bridge boats", any_word=True)) == 3


def test_the_words_found_are_marked(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as connection:
        texts = dict(connection.execute(marked(connection.dialect, "bridges", [1, 2])).all())
    assert texts == {1: f"The {MARK_START}bridge{MARK_END} will stand,"}


def test_what_nobody_sees_hides_no_word(engine: Engine) -> None:
    fill(engine)
    with writing(engine) as connection:
        hidden = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
        connection.execute(
            text("UPDATE quote SET text = :text WHERE id = 1"), {"text": f"A tun{hidden}nel, M\u00adärz"}
        )
    assert found(engine, "tunnels") == found(engine, '"tun\u00adnel marz"') == [1]
    with engine.connect() as connection:
        assert connection.execute(marked(connection.dialect, "tunnel", [1])).all() == [
            (1, f"A {MARK_START}tunnel{MARK_END}, März")
        ]


def test_terms_are_words_and_phrases() -> None:
    assert terms('one "two three" four" !') == ["one", "two three", "four "]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_words_may_be_looked_for(engine: Engine, words: str) -> None:
    found(engine, words)
    found(engine, words, any_word=True)
