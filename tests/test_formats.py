from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.formats import FORMATS, Layout, write
from quotes.formats.cells import harmless
from quotes.formats.table import fitted, shown_columns

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


def test_a_spreadsheet_runs_nothing() -> None:
    row = {"=a": "=1+1", "b": "+5 per cent", "c": "-Nothing-", "d": "@sum", "e": "\t=1", "f": "\r=1", "g": "＝1"}
    found = written([row], "excel")
    assert found.startswith("\ufeff'=a,b,c,")
    [cells] = csv.DictReader(io.StringIO(found.removeprefix("\ufeff"), newline=""))
    assert all(cell.startswith("'") for cell in cells.values())
    assert "'" not in written([row], "csv")


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    row = {"a": -5, "b": -0.25, "c": "-5", "d": "+1,000.50", "e": "-1e-5", "f": None, "g": "plain"}
    assert "'" not in written([row], "excel")
    assert harmless(-5) == -5


@given(st.text())
def test_a_cell_is_harmless_or_a_number_and_loses_nothing(value: str) -> None:
    cell = str(harmless(value))
    assert cell.removeprefix("'") == value.removeprefix("'")
    assert not cell.startswith(("=", "@", "\t", "\r"))
    if cell.startswith(("+", "-")):
        assert set(cell) <= set("+-0123456789.,eE%")


WIDE = {"id": 12, "speaker": "Imogen Tarrant", "text": "word " * 40, "outlet": "The Paper of Record", "role": "r" * 40}


def test_no_column_is_narrower_than_its_content_where_there_is_room() -> None:
    needed = [4, 14, 199, 19]
    assert fitted(["id", "speaker", "text", "outlet"], needed, 300) == needed
    widths = fitted(["id", "speaker", "text", "outlet"], needed, 200)
    assert widths == [4, 14, 200 - 9 - 37, 19]
    assert sum(fitted(["id", "speaker", "text", "outlet"], needed, 80) or []) == 80 - 9
    assert fitted(["id", "speaker", "text", "outlet"], needed, 40) is None


@example([15, 15, 15], 50)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=9), st.integers(10, 300))
def test_widths_fill_the_terminal_and_never_more(needed: list[int], width: int) -> None:
    widths = fitted(["a"] * len(needed), needed, width)
    if widths is not None:
        assert all(0 < given <= wanted for given, wanted in zip(widths, needed, strict=True))
        assert sum(widths) <= width - 3 * (len(needed) - 1)
        assert widths == needed or sum(widths) == min(sum(needed), width - 3 * (len(needed) - 1))


def test_columns_are_added_where_there_is_room() -> None:
    layout = Layout(("id", "speaker", "text"), ("outlet", "role", "missing"))
    assert shown_columns([WIDE], layout, 80) == ["id", "speaker", "text"]
    assert shown_columns([WIDE], layout, 120) == ["id", "speaker", "text", "outlet"]
    assert shown_columns([WIDE], layout, 200) == ["id", "speaker", "text", "outlet", "role"]
    assert shown_columns([{**WIDE, "outlet": None}], layout, 200) == ["id", "speaker", "text", "role"]


def test_what_is_unusual_is_always_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = Layout(("id", "text"), (), {"polarity": "affirmed"})
    rows = [{"id": 1, "text": "a", "polarity": "affirmed"}, {"id": 2, "text": "b", "polarity": "denied"}]
    assert "polarity" not in written(rows[:1], "table", layout=layout)
    for width in ("20", "80"):
        monkeypatch.setenv("COLUMNS", width)
        assert "denied" in written(rows, "table", layout=layout)


def test_widths_are_kept_to_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    row = {"id": 1, "speaker": "Ines Okoro", "text": "word " * 30, "outlet": "The Paper"}
    found = written([row], "table")
    assert "Ines Okoro" in found
    assert {len(line) for line in found.splitlines()} == {80}
