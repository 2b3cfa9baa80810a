"""Migrations up and down on both databases, and that they make what `tables` says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_alembic.config import Config
from pytest_alembic.tests import (  # noqa: F401
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Engine, inspect, text

from quotes.store.engine import connect, migrations, writing
from quotes.store.tables import METADATA
from quotes.store.views import VIEWS


@pytest.fixture
def alembic_config() -> Config:
    return Config(config_options={"script_location": str(migrations())})


@pytest.fixture
def alembic_engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine.execution_options(writing=True, migrating=True)
    engine.dispose()


def test_the_views_have_the_columns_they_are_documented_with(engine: Engine) -> None:
    for view in VIEWS.tables.values():
        found = [column["name"] for column in inspect(engine).get_columns(view.name)]
        assert found == [column.name for column in view.columns]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_keeps_the_comments(engine: Engine) -> None:
    found = {column["name"]: column["comment"] for column in inspect(engine).get_columns("quote")}
    assert all(found[column.name] == column.comment for column in METADATA.tables["quote"].columns)
    assert all(found.values())


def test_every_table_and_column_has_a_comment() -> None:
    for table in (*METADATA.tables.values(), *VIEWS.tables.values()):
        assert table.comment, table.name
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name}"


def test_the_full_text_index_follows_the_quotes(engine: Engine) -> None:
    from quotes.store.fulltext import found_by
    from tests.store.samples import fill

    fill(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE quote SET text = 'A tunnel instead' WHERE text LIKE 'It will not%'"))
        connection.execute(text("DELETE FROM quote WHERE text LIKE 'they wanted%'"))
    with engine.connect() as connection:
        hits = {words: len(connection.execute(found_by(connection.dialect, words)).all()) for words in
                ("tunnels", "März", "boats", "BRIDGE")}  # fmt: skip
    assert hits == {"tunnels": 1, "März": 0, "boats": 0, "BRIDGE": 2}
