from __future__ import annotations

import io
import json
import sys
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import ReadOptions, read
from quotes.read import json as reader
from quotes.records import Document

from .conftest import Write, one, refusal


def found(text: str, **options: Any) -> list[Document | InputRefused]:
    return list(reader.documents(io.StringIO(text), "a.json", ReadOptions(**options)))


@pytest.mark.parametrize("indent", [None, 1])
def test_an_array_is_read_as_records(write: Write, article: str, indent: int | None) -> None:
    records = [{"id": "a", "text": article, "published": "2024-03-15"}, {"text": article, "outlet": "Post"}]
    path = write("a.json", json.dumps(records, indent=indent))
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.text, str(first.published)) == ("a", article, "2024-03-15")
    assert (second.id, second.outlet) == (f"{path}:2", "Post")


@pytest.mark.parametrize("indent", [None, 1])
def test_one_object_and_several_are_read(write: Write, article: str, indent: int | None) -> None:
    record = json.dumps({"id": "a", "text": article}, indent=indent)
    assert one(write("a.json", record)).id == "a"
    assert [each.id for each in read(write("b.json", f"{record}\n{record}\n")) if isinstance(each, Document)] == [
        "a",
        "a",
    ]


@pytest.mark.parametrize("options", [ReadOptions(), ReadOptions(input_format="json")])
def test_an_array_on_standard_input(monkeypatch: pytest.MonkeyPatch, article: str, options: ReadOptions) -> None:
    data = json.dumps([{"id": "a", "text": article}]).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert one("-", options).id == "a"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("[]", "empty"),
        ("[1, 2]", reader.NO_RECORDS),
        ('["a"]', reader.NO_RECORDS),
        ('"a"', reader.NO_RECORDS),
        ("12", reader.NO_RECORDS),
        ("The mayor said so.", reader.NO_RECORDS),
        ("[[]]", reader.NO_RECORDS),
        ('{"articles": []}', 'has no "text"'),
        ('[{"text": "x', "invalid JSON (Unterminated string"),
        ('[{"id": }]', "invalid JSON"),
        ("[" * 100_000, "beyond what can be read"),
    ],
)
def test_what_holds_no_records_is_refused_once(text: str, reason: str) -> None:
    (refused,) = found(text)
    assert isinstance(refused, InputRefused)
    assert reason in refused.reason


@pytest.mark.parametrize("end", ["", ",", " {}]", ', {"text": ]'])
def test_a_broken_array_keeps_what_stands_before(end: str) -> None:
    first, broken = found('[{"id": "a", "text": "The pier"}' + end)
    assert isinstance(first, Document)
    assert isinstance(broken, InputRefused)
    assert "what stands behind it was not read" in broken.reason


def test_an_element_that_is_no_object_is_refused_alone() -> None:
    first, bad, last = found('[{"text": "The pier"}, 5, {"text": "The end"}]')
    assert isinstance(bad, InputRefused)
    assert (bad.location, type(first), type(last)) == ("a.json:2", Document, Document)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings(write: Write, article: str, encoding: str) -> None:
    path = write("a.json", json.dumps([{"text": article}], ensure_ascii=False).encode(encoding))
    assert one(path).text == article


def test_an_element_over_the_limit_ends_the_file(write: Write, article: str) -> None:
    path = write("a.json", json.dumps([{"text": article}, {"text": article * 500}]))
    first, large = read(path, ReadOptions(max_bytes=20_000))
    assert isinstance(first, Document)
    assert "larger than 20,000 bytes" in str(large)


def test_memory_does_not_grow_with_the_array(write: Write, article: str) -> None:
    path = write("a.json", json.dumps([{"text": article}] * 20_000))
    tracemalloc.start()
    try:
        assert sum(isinstance(each, Document) for each in read(path)) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_the_lines_reader_says_how_arrays_are_read(write: Write) -> None:
    assert "--input-format json" in refusal(write("a.jsonl", "[\n{}]")).reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=3), min_size=1, max_size=5), st.integers(1, 50))
def test_every_array_of_objects_is_taken_apart(values: list[dict[str, Any]], chunk: int) -> None:
    stream = reader._Values(io.StringIO(json.dumps(values, ensure_ascii=False)), "a.json", 10_000)
    stream.chunk = chunk
    assert list(stream) == values


@given(st.text(max_size=80))
def test_any_text_gives_documents_and_refusals(text: str) -> None:
    assert all(isinstance(each, (Document, InputRefused)) for each in found(text))
