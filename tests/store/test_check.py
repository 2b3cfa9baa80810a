"""Each thing that `db check` promises, broken by hand, is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Engine, text

from quotes.pipeline import problems
from quotes.store.engine import writing
from tests.store.samples import fill

BROKEN = {
    "is not verbatim": "UPDATE quote SET text = 'It will fall' WHERE id = 1",
    "beyond the text": "UPDATE quote_span SET end_offset = 1000 WHERE quote_id = 1 AND part = 'content'",
    "does not state its claim": "UPDATE quote SET claim_id = 2 WHERE id = 1",
    "is not the text that was added": "UPDATE document SET text = text || '.' WHERE id = 1",
    "has no content": "DELETE FROM quote_span WHERE quote_id = 1 AND part = 'content'",
    "has content spans that overlap": (
        "UPDATE quote_span SET end_offset = end_offset + 60 "
        "WHERE quote_id = 2 AND part = 'content' AND start_offset = 51"
    ),
    "of another kind": "UPDATE quote SET speaker_kind = 'group' WHERE id = 1",
    "has no name under which it can be found": "DELETE FROM speaker_name WHERE speaker_id = 1",
    "has no quote": "INSERT INTO claim (identity) VALUES ('x')",
    "its extraction read another": "UPDATE quote SET extraction_id = 2 WHERE id = 1",
    "which is no earlier version": "UPDATE document SET previous_id = 1 WHERE id = 2",
    "but its judgements make it one with": "UPDATE speaker SET canonical_id = 2 WHERE id = 4",
    "is named in several documents": "UPDATE quote SET speaker_id = 1 WHERE id = 3",
    "by a person, and is one with it": (
        "INSERT INTO judgement (subject, left_id, right_id, verdict, judged_by, judged_at) "
        "VALUES ('speaker', 1, 3, 'different', 'ann', '2024-01-01 00:00:00')"
    ),
    "was set apart by nobody": "UPDATE speaker SET apart = TRUE WHERE id = 2",
    "does not count the speakers that share it": "UPDATE likeness SET size = size + 1 WHERE subject = 'speaker'",
    "and no judgement says so": "UPDATE organisation SET external_id = 'wikidata:Q1'",
    "that is not there": (
        "INSERT INTO judgement (subject, left_id, right_id, verdict, judged_by, judged_at) "
        "VALUES ('organisation', 1, 99, 'same', 'ann', '2024-01-01 00:00:00')"
    ),
    "is not in Unicode NFC": "UPDATE document SET text = text || '\r\n' WHERE id = 1",
}


def test_a_sound_database_has_no_problems(engine: Engine) -> None:
    fill(engine)
    assert list(problems(engine)) == []


@pytest.mark.parametrize("sentence", BROKEN)
def test_what_is_broken_is_found(engine: Engine, sentence: str) -> None:
    fill(engine)
    with writing(engine) as connection:
        connection.execute(text(BROKEN[sentence]))
    assert any(sentence in problem for problem in problems(engine))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_dangling_references_and_a_lagging_index_are_found_on_sqlite(engine: Engine) -> None:
    fill(engine)
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as connection:
        connection.execute("DELETE FROM speaker WHERE id = 1")
        connection.execute("INSERT INTO quote_fts (quote_fts) VALUES ('delete-all')")
    found = list(problems(engine))
    assert any("is not there" in problem for problem in found)
    assert any("full-text index" in problem for problem in found)
