from __future__ import annotations

import pickle
from typing import Any

import pytest

from quotes.read import ReadOptions


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"input_format": "pdf"}, "text, markdown, html, jsonl, json, csv"),
        ({"fields": {"body": "text"}}, "no field is called body"),
        ({"encoding": "latin-99"}, "latin-99"),
        ({"encoding": "base64"}, "base64"),
        ({"max_bytes": 0}, "greater than 0"),
        ({"timeout": 0}, "greater than 0"),
    ],
)
def test_values_that_cannot_be_meant(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ReadOptions(**wrong)


def test_options_go_to_other_processes() -> None:
    options = ReadOptions(language="fr", fields={"text": "body"})
    assert pickle.loads(pickle.dumps(options)) == options
    assert isinstance(hash(options), int)
