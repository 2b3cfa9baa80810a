from __future__ import annotations

from datetime import date

import pytest

from quotes.errors import InputRefused
from quotes.read.metadata import Record


def test_all_fields() -> None:
    values = {
        "url": "https://harbour.example/a",
        "outlet": "The Harbour Post",
        "title": " Pier\nto close ",
        "author": ["Jane Roe", "Al Doe"],
        "date": "2024-03-05",
        "language": "en",
    }
    document = Record(values, "f:1", {}).document("i", "text")
    assert (document.url, document.outlet, document.title) == (
        "https://harbour.example/a",
        "The Harbour Post",
        "Pier to close",
    )
    assert (document.byline, document.published, document.language) == ("Jane Roe, Al Doe", date(2024, 3, 5), "en")


def test_declared_names_replace_the_usual_ones() -> None:
    record = Record({"body": "b", "text": "t", "guid": 7}, "f:1", {"text": "body", "id": "guid"})
    assert (record.text(), record.id()) == ("b", "7")


@pytest.mark.parametrize("absent", ["", " ", "null", "~", None])
def test_absent_values(absent: str | None) -> None:
    assert Record({"title": absent}, "f:1", {}).document("i", "t").title is None


@pytest.mark.parametrize("wrong", [None, 3, ["a"], {"a": 1}, True])
def test_text_must_be_a_string(wrong: object) -> None:
    with pytest.raises(InputRefused, match='"text"') as refused:
        Record({"text": wrong}, "f:1", {}).text()
    assert refused.value.location == "f:1"


@pytest.mark.parametrize("wrong", [True, 1.5, ["a"]])
def test_id_must_be_a_string_or_whole_number(wrong: object) -> None:
    with pytest.raises(InputRefused, match='"id"'):
        Record({"id": wrong}, "f:1", {}).id()


@pytest.mark.parametrize("wrong", [3, {"name": "Jane"}, [1]])
def test_labels_must_be_strings(wrong: object) -> None:
    with pytest.raises(InputRefused, match='"byline"'):
        Record({"byline": wrong}, "f:1", {}).document("i", "t")


@pytest.mark.parametrize(
    ("raw", "id_"), [("a  b ", "a  b "), ("e\u0301", "e\u0301"), ("a\nb", "a b"), ("\ud800", None), ("", "")]
)
def test_an_id_stays_as_it_is_if_it_can_be_printed(raw: str, id_: str | None) -> None:
    assert Record({"id": raw}, "f:1", {}).id() == id_
