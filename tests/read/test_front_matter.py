from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.read import front_matter


def test_scalars_stay_as_written() -> None:
    found, content = front_matter.split("---\ntitle: 1984\nbyline: Yes\ndate: 2024-03-05\n---\n\nBody.\n\nMore.\n")
    assert found == {"title": "1984", "byline": "Yes", "date": "2024-03-05"}
    assert content == "Body.\n\nMore."


@pytest.mark.parametrize(
    "text",
    [
        "No front matter.\n---\ntitle: no\n---\n",
        "\n---\ntitle: not at the very start\n---\nBody",
        "---\ntitle: never closed\n",
        "---\nHe said: I will go\n---\nBody",  # a mapping to YAML, but of no key that we know
        "---\ntitle: [unclosed\n---\nBody",
        "---\njust words\n---\nBody",
        "---\n- title\n---\nBody",
        "---\n" + "title: " + "[" * 5_000 + "\n---\nBody",
        "---\n" + f"title: {'x' * front_matter.LONGEST}\n---\nBody",
        "---\na: b\n---x\n" + "title: long\n" * front_matter.LONGEST + "---\nBody",
        "----",
    ],
    ids=str.split("before late unclosed unknown malformed words list nested long rest rule"),
)
def test_everything_else_is_text_untouched(text: str) -> None:
    assert front_matter.split(text) == ({}, text)


@given(st.text())
def test_no_text_breaks_it_or_vanishes(text: str) -> None:
    assert front_matter.split("---\n" + text + "\n---\nBody\n") is not None
    found, content = front_matter.split(text)
    assert found or content == text
