"""A database of the first schema, where one row stood for a name in all documents, brought to this one and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from quotes.errors import DatabaseError
from quotes.pipeline import problems, upgrade
from quotes.query import Wanted, counted, quotes
from quotes.store.engine import connect, migrations, open_database, writing
from quotes.store.engine import revision as revision_of
from quotes.store.engine import upgrade as upgrade_schema

NOW = "2024-01-01 00:00:00"
DOCUMENTS = {1: "“We build,” Ines Okoro said. “No,” Moussa said.", 2: "“We do,” Ines Okoro said. “No,” Moussa said."}


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def insert(connection: Connection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


@pytest.fixture
def old(database_url: str) -> Iterator[Engine]:
    """Two documents; Ines Okoro of the Bridge Board is one row in both, each has a Moussa of its own."""
    engine = connect(database_url)
    upgrade_schema(engine, "0001")
    with writing(engine) as connection:
        speakers = {1: ("Ines Okoro", digest("person", "ines okoro"))}
        speakers |= {n + 1: ("Moussa", digest("person", "moussa", digest_of(n))) for n in DOCUMENTS}
        for id_, (name, identity) in speakers.items():
            insert(connection, "speaker", id=id_, name=name, kind="person", identity=identity)
            insert(connection, "speaker_name", speaker_id=id_, name=name, key=f" {name.casefold()} ")
        insert(connection, "organisation", id=1, name="Bridge Board", identity=digest("bridge board"))
        insert(connection, "organisation_name", organisation_id=1, name="Bridge Board", key=" bridge board ")
        for id_, words in DOCUMENTS.items():
            insert(connection, "document", id=id_, name=str(id_), text=words, sha256=digest_of(id_), added_at=NOW)
            insert(connection, "extraction", id=id_, document_id=id_, model="m", version="1", extracted_at=NOW)
            quote(connection, id_, 1, words[1 : words.index("”")], organisation_id=1, role="engineer")
            quote(connection, id_, id_ + 1, "No,")
        if connection.dialect.name == "postgresql":
            for table in ("speaker", "organisation", "document", "extraction", "claim", "quote"):
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)"))
    yield engine
    engine.dispose()


def digest_of(document: int) -> str:
    return digest(DOCUMENTS[document])


def quote(connection: Connection, document: int, speaker: int, words: str, **more: Any) -> None:
    from quotes.claims import claim

    id_, identity = document * 10 + speaker, claim(words).identity
    there = connection.scalar(text("SELECT id FROM claim WHERE identity = :i"), {"i": identity})
    if not there:
        insert(connection, "claim", id=id_, text=words, identity=identity)
    insert(connection, "quote", id=id_, document_id=document, extraction_id=document, claim_id=there or id_,
           speaker_id=speaker, speaker_kind="person", kind="direct", act="speech", text=words, confidence=1.0,
           **more)  # fmt: skip
    start = DOCUMENTS[document].index(words)
    insert(connection, "quote_span", quote_id=id_, part="content", start_offset=start, end_offset=start + len(words),
           text=words)  # fmt: skip


def flat(engine: Engine) -> list[tuple[Any, ...]]:
    query = "SELECT text, speaker, role, organisation, speaker_id FROM attributed_quote ORDER BY quote_id"
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_up_nothing_is_lost_and_names_are_compared(old: Engine) -> None:
    before = flat(old)
    assert upgrade(old) == 2
    assert flat(old) == before
    assert list(problems(old)) == []
    with old.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM speaker")) == 4
        assert connection.scalar(text("SELECT count(*) FROM judgement WHERE verdict = 'same'")) == 2
        assert connection.scalar(text("SELECT max(quotes) FROM speaker")) == 2
        assert connection.execute(text("SELECT DISTINCT speaker_confidence FROM quote")).scalars().all() == [None]


def test_everything_asked_before_is_answered_after(old: Engine) -> None:
    upgrade(old)
    assert [row["text"] for row in quotes(old, Wanted(speaker=("okoro",)))] == ["We build,", "We do,"]
    assert [row["text"] for row in quotes(old, Wanted(organisation=("bridge board",)))] == ["We build,", "We do,"]
    assert [row["quotes"] for row in counted(old, "claims")] == [2, 1, 1]


def test_a_database_without_names_is_upgraded(database_url: str) -> None:
    engine = connect(database_url)
    upgrade_schema(engine, "0001")
    with writing(engine) as connection:
        insert(connection, "document", name="quiet", text="Rain.", sha256=digest("Rain."), added_at=NOW)
        insert(connection, "extraction", document_id=1, model="m", version="1", extracted_at=NOW)
    assert upgrade(engine) == 1
    assert list(problems(engine)) == []
    engine.dispose()


def test_an_upgrade_that_was_stopped_goes_on(old: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = flat(old)
    upgrade_schema(old)
    monkeypatch.setattr("quotes.store.pending.BATCH", 1)

    def stop(done: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade(old, stop)
    url = old.url.render_as_string(hide_password=False)
    with pytest.raises(DatabaseError, match=r"is not complete\. Go on with: quotes db upgrade"):
        open_database(url)
    assert upgrade(old) == 1
    assert flat(old) == before
    assert list(problems(old)) == []
    open_database(url).dispose()


SPANS = "SELECT quote_id, part, start_offset, text FROM quote_span ORDER BY 1, 2"


def test_down_again_equal_names_are_one_row(old: Engine) -> None:
    before = flat(old)
    with old.connect() as connection:
        identities = connection.execute(text("SELECT id, identity FROM speaker ORDER BY id")).all()
        spans = connection.execute(text(SPANS)).all()
    upgrade(old)
    downgrade(old)
    assert revision_of(old) == "0001"
    assert flat(old) == before
    with old.connect() as connection:
        assert connection.execute(text("SELECT id, identity FROM speaker ORDER BY id")).all() == identities
        assert connection.scalar(text("SELECT count(*) FROM organisation_name")) == 1
        assert connection.execute(text(SPANS)).all() == spans


def downgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    with writing(engine.execution_options(migrating=True)) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
