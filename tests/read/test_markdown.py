from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import markdown

from .conftest import Write, one, refusal

PAGE = """---
outlet: Harbour Post
---
# The *pier*

The council **voted** on Tuesday, said [Mary Ann Moss](https://h.example "leader"),
the _leader_ of the council &amp; more\\*.

> “We had no choice,” she said.

## What now

- First `thing`
- Second thing

```
code_is_left_out()
```

![a picture](x.jpg)

    “Indented,” he said.

| Yes | 12 |
|-----|----|
| No  | 3  |

<div>markup</div>

Last line\\
and its end.
"""


def test_paragraphs_without_marks() -> None:
    document = markdown.document(PAGE, "p.md")
    assert document.text.split("\n\n") == [
        "The pier",
        "The council voted on Tuesday, said Mary Ann Moss, the leader of the council & more*.",
        "“We had no choice,” she said.",
        "What now",
        "First thing",
        "Second thing",
        "“Indented,” he said.",
        "Yes",
        "12",
        "No",
        "3",
        "Last line\nand its end.",
    ]
    assert (document.title, document.outlet) == ("The pier", "Harbour Post")


def test_title_of_the_front_matter_wins() -> None:
    assert markdown.document("---\ntitle: One\n---\n# Two\n\nText", "p.md").title == "One"


def test_through_a_file(write: Write, article: str) -> None:
    assert one(write("a.md", article)).text == article.strip()
    assert "empty" in refusal(write("b.md", "```\nonly code\n```\n")).reason


@given(st.text())
def test_any_text_gives_a_document_or_a_refusal(raw: str) -> None:
    try:
        document = markdown.document(raw, "p.md")
    except InputRefused:
        return
    assert document.text == document.text.strip("\n")
