from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.formats import FORMATS, write

ROWS: list[dict[str, Any]] = [
    {"id": 1, "text": 'He said, "no|yes"', "day": None, "sure": 0.5},
    {"id": 2, "text": "two\nlines 🌉 عربي", "day": "2024-03-01", "sure": 1.0},
]


def written(rows: list[dict[str, Any]], format_: str, **options: Any) -> str:
    stream = io.StringIO()
    assert write(iter(rows), format_, stream, **options) == len(rows)
    return stream.getvalue()


def test_json_lines_and_json_give_the_rows_back() -> None:
    assert [json.loads(line) for line in written(ROWS, "jsonl").splitlines()] == ROWS
    assert json.loads(written(ROWS, "json")) == ROWS


@pytest.mark.parametrize(("format_", "dialect"), [("csv", "excel"), ("tsv", "excel-tab")])
def test_separated_values_give_the_texts_back(format_: str, dialect: str) -> None:
    found = list(csv.DictReader(io.StringIO(written(ROWS, format_)), dialect=dialect))
    assert [row["text"] for row in found] == [row["text"] for row in ROWS]
    assert found[0]["day"] == ""


def test_markdown_is_one_line_a_row() -> None:
    lines = written(ROWS, "markdown").splitlines()
    assert lines[:2] == ["| id | text | day | sure |", "| --- | --- | --- | --- |"]
    assert lines[2] == '| 1 | He said, "no\\|yes" |  | 0.5 |'
    assert len(lines) == 4


def test_a_table_shows_every_word_however_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = [{"id": 1, "text": "word " * 30 + "last", "outlet": "The Paper of Record"}]
    shown = written(rows, "table")
    assert shown.split().count("word") == 30
    assert "last" in shown
    assert all(len(line) <= 60 for line in shown.splitlines())


@pytest.mark.parametrize("format_", ["table", "json", "jsonl"])
def test_nothing_moves_the_cursor_or_turns_the_line(format_: str) -> None:
    shown = written([{"text": "a\x1b[2Jb\x9b1mc\u202ed"}], format_)
    assert not set("\x1b\x9b\u202e") & set(shown)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160, 200])
def test_every_column_is_seen_however_narrow(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    row = {f"column_{letter}": f"{letter}-value " * 3 + f"{letter}-end" for letter in "abcdefg"}
    shown = "".join(written([row, row], "table").split())
    assert all(f"{letter}-end" in shown and f"column_{letter}" in shown for letter in "abcdefg")


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_an_answer(format_: str) -> None:
    assert written([], format_).strip() in ("", "[]")


def test_an_empty_answer_keeps_its_header() -> None:
    assert written([], "csv", columns=("id", "text")) == "id,text\n"


@pytest.mark.parametrize("format_", FORMATS)
def test_columns_can_be_picked(format_: str) -> None:
    assert "yes" not in written(ROWS, format_, columns=("id", "day"))


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.none() | st.integers()}), min_size=1), st.data())
def test_any_text_is_written(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    format_ = data.draw(st.sampled_from(FORMATS))
    assert written(rows, format_) or format_ == "table"
