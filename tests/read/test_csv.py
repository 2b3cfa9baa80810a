from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import ReadOptions, read
from quotes.read.csv import documents
from quotes.records import Document

from .conftest import Write, one, refusal


def _table(*rows: list[str], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_with_line_breaks_and_quotes(write: Write, article: str, delimiter: str, end: str) -> None:
    text = article + '"Never," she said; "not, at all."'
    table = _table(["id", "text", "outlet"], ["a", text.replace("\n", end), "Post"], [], delimiter=delimiter, end=end)
    document = one(write("a.csv", table))
    assert (document.id, document.text, document.outlet) == ("a", text, "Post")


def test_ids_are_lines_where_there_are_none(write: Write, article: str) -> None:
    path = write("a.csv", _table(["body"], [article], [article]))
    found = list(read(path, ReadOptions(fields={"text": "body"})))
    assert [each.id for each in found if isinstance(each, Document)] == [
        f"{path}:2",
        f"{path}:{3 + article.count(chr(10))}",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("id,body\n1,t\n", 'has no column "text"'),
        ("id,text\n", "a header and no rows"),
        ("id,text\n1\n", "has 1 fields where the header has 2"),
        ("id,text\n1,a,b\n", "has 3 fields"),
        ('id,text\n1,"never closed\n', "no valid CSV"),
        ('id,text\n1,"closed" too soon\n', "no valid CSV"),
        ("id,text\n1,\n", "empty"),
    ],
)
def test_refusals(write: Write, content: str, reason: str) -> None:
    assert reason in refusal(write("a.csv", content)).reason


def test_a_bad_row_is_refused_and_the_rest_read(write: Write, article: str) -> None:
    path = write("a.csv", _table(["id", "text"], ["1", article]) + "x\r\n" + _table(["3", article]))
    first, bad, last = read(path)
    assert isinstance(bad, InputRefused)
    assert bad.location == f"{path}:{3 + article.count(chr(10))}"
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert last.id == "3"


def test_a_field_longer_than_the_module_allows_by_itself(write: Write, article: str) -> None:
    long = article * 500
    assert one(write("a.csv", _table(["text"], [long]))).text == long


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets(write: Write, article: str, encoding: str) -> None:
    path = write("a.csv", _table(["text", "id"], [article, "1"], delimiter=";").encode(encoding))
    assert one(path).text == article


def test_an_open_quotation_mark_does_not_swallow_the_file(write: Write) -> None:
    path = write("a.csv", b'text\n"' + b"many words in here\n" * 1_000_000)
    tracemalloc.start()
    found = refusal(path, ReadOptions(max_bytes=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "close its quotation mark" in found.reason
    assert peak < 3_000_000


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1), min_size=1))
def test_texts_come_back_as_written(texts: list[str]) -> None:
    stream = io.StringIO(_table(["text", "id"], *([text, "i"] for text in texts), end="\n"), newline="")
    for text, found in zip(texts, documents(stream, "f", ReadOptions()), strict=True):
        if isinstance(found, Document) and text.isascii():
            assert found.text == text


@given(st.text())
def test_any_file_gives_documents_or_refusals(content: str) -> None:
    assert list(documents(io.StringIO("text\n" + content, newline=""), "f", ReadOptions()))
