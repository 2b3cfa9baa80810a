from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import ReadOptions, jsonl, read
from quotes.records import Document

from .conftest import Write, one, refusal


def _lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_ids_texts_and_metadata(write: Write, article: str) -> None:
    path = write(
        "a.jsonl", _lines({"id": "one", "text": f" \n{article} \n"}, {"id": 2, "text": article, "date": "2024-03-05"})
    )
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.text) == ("one", f" \n{article} \n")
    assert (second.id, second.published) == ("2", date(2024, 3, 5))


def test_declared_field_names(write: Write, article: str) -> None:
    path = write("a.jsonl", _lines({"guid": "g", "body": article, "source": "Harbour Post"}))
    document = one(path, ReadOptions(fields={"id": "guid", "text": "body", "outlet": "source"}))
    assert (document.id, document.text, document.outlet) == ("g", article, "Harbour Post")


def test_a_record_without_id_is_called_by_its_line(write: Write, article: str) -> None:
    path = write("a.jsonl", "\n\r\n" + _lines({"text": article}))
    assert one(path).id == f"{path}:3"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json}", "invalid JSON"),
        ('{"text": "cut', "invalid JSON"),
        ("[" * 100_000, "invalid JSON"),
        ("1" * 5_000, "invalid JSON"),
        ('"a string"', "no JSON object"),
        ('{"id": "x"}', 'has no "text"'),
        ('{"id": "x", "text": 3}', "is a number"),
        ('{"id": [1], "text": "t"}', '"id" is a list'),
        ('{"id": "x", "text": ""}', "empty"),
        ('{"id": "x", "text": "nul \\u0000"}', "binary"),
        ('{"id": "x", "text": "half \\ud800"}', "surrogate"),
        ('{"id": "x", "text": "t", "title": {}}', '"title" is an object'),
    ],
)
def test_a_bad_line_is_refused_and_the_rest_read(write: Write, article: str, line: str, reason: str) -> None:
    path = write("a.jsonl", _lines({"id": 1, "text": article}) + line + "\n" + _lines({"id": 3, "text": article}))
    first, bad, last = read(path)
    assert isinstance(bad, InputRefused)
    assert bad.location == f"{path}:2"
    assert reason in bad.reason
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.id, last.id) == ("1", "3")


@pytest.mark.parametrize("content", ['{\n  "id": 1,\n  "text": "t"\n}\n', '[{"id": 1, "text": "t"}]', "[\n"])
def test_json_that_is_not_lines_is_refused_once(write: Write, content: str) -> None:
    path = write("a.jsonl", content)
    assert (refusal(path).location, refusal(path).reason) == (path, jsonl.NOT_LINES)


def test_an_empty_file(write: Write) -> None:
    assert "empty" in refusal(write("a.jsonl", "")).reason
    assert "empty" in refusal(write("b.jsonl", "\n \n")).reason


def test_the_limit_is_on_each_line(write: Write, article: str) -> None:
    small = _lines({"id": 1, "text": article})
    path = write("a.jsonl", small * 3 + _lines({"id": "big", "text": article * 100}) + small)
    found = list(read(path, ReadOptions(max_bytes=len(small.encode()))))
    assert [isinstance(each, InputRefused) for each in found] == [False, False, False, True, False]
    assert str(found[3]).startswith(f"{path}:4: larger than ")


def test_undecodable_lines_are_refused_alone(write: Write, article: str) -> None:
    good = _lines({"id": 1, "text": article}).encode()
    bad = '{"id": 2, "text": "café"}\n'.encode("latin-1")
    path = write("a.jsonl", good * 200 + bad + good)
    found = list(read(path))
    assert [str(each) for each in found if isinstance(each, InputRefused)] == [
        f"{path}:201: not in the encoding of the file; name its encoding with --encoding"
    ]
    assert len(found) == 202


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_that_are_certain(write: Write, article: str, encoding: str) -> None:
    path = write("a.jsonl", _lines({"id": 1, "text": article}).encode(encoding))
    assert one(path).text == article


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_that_are_forced(write: Write, article: str, encoding: str) -> None:
    path = write("a.jsonl", _lines({"id": 1, "text": article}).encode(encoding))
    assert one(path, ReadOptions(encoding=encoding)).text == article


def test_a_mark_is_no_part_of_the_first_line(write: Write, article: str) -> None:
    path = write("a.jsonl", _lines({"id": 1, "text": article}).encode("utf-8-sig"))
    assert one(path, ReadOptions(encoding="utf-8")).text == article


def test_utf_16_that_breaks_off(write: Write, article: str) -> None:
    path = write("a.jsonl", _lines({"id": 1, "text": article}).encode("utf-16") + b"\x00\xd8\x00")
    *_, last = read(path)
    assert isinstance(last, InputRefused)


def test_ten_thousand_documents_are_not_held(tmp_path: Path, article: str) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(10_000):
            stream.write(_lines({"id": number, "text": article}))
    assert path.stat().st_size > 4_000_000
    documents: Iterator[Document | InputRefused] = read(path.as_posix())
    next(documents)
    tracemalloc.start()
    count = 1 + sum(isinstance(document, Document) for document in documents)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 500_000


def test_a_line_without_end_is_not_held(write: Write) -> None:
    path = write("a.jsonl", b'{"text": "' + b"a" * 20_000_000)
    tracemalloc.start()
    assert "larger than" in refusal(path, ReadOptions(max_bytes=100_000)).reason
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


@given(st.text())
def test_offsets_count_from_the_text_as_given(text: str) -> None:
    line = json.dumps({"id": "x", "text": text})
    found = jsonl._document(line, "f:1", ReadOptions())
    if isinstance(found, Document) and text.isascii() and "\r" not in text:
        assert found.text == text


@given(st.text())
def test_any_line_gives_a_document_or_a_refusal(line: str) -> None:
    assert isinstance(jsonl._document(line, "f:1", ReadOptions()), (Document, InputRefused))
