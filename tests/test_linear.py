"""Every stage takes time in proportion to its input, hostile input too: four times as much takes about four times.

Time is that of the processor, the least of a few runs. What is linear is measured at 3 to 6, what is quadratic at 16;
the bar stands between. A busy machine may spoil a measurement, so that a larger one may prove it wrong.
"""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable

import pytest

from quotes.detect import analyse
from quotes.errors import InputRefused
from quotes.read import ReadOptions, csv, html, json, jsonl, markdown, normal
from quotes.records import Document
from quotes.resolve import resolve
from quotes.text.page import Page
from tests.test_memory import peak_kib

TIMES = 4
BAR = 9
RUNS = 2
NOISE = 0.01  # seconds: below it is the grain of the clock


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work, the least of a few runs."""
    least = float("inf")
    for _ in range(RUNS):
        gc.collect()
        gc.disable()  # its own passes over all that is held are no part of the work
        start = time.process_time()
        try:
            work()
        finally:
            gc.enable()
        least = min(least, time.process_time() - start)
    return least


def assert_linear(prepared: Callable[[int], Callable[[], object]], size: int) -> None:
    """The work on `TIMES` the size takes less than `BAR` times as long."""
    measured = []
    for larger in (size, 2 * size, 3 * size):
        few, many = (seconds(prepared(n)) for n in (larger, larger * TIMES))
        if many < BAR * max(few, NOISE):
            return
        measured.append(f"{few:.3f} s for {larger:,}, {many:.3f} s for {larger * TIMES:,}")
    raise AssertionError("; ".join(measured))


def filled(part: str, size: int) -> str:
    return (part * (size // len(part) + 1))[:size]


@pytest.mark.parametrize(
    "part", ["“", "“‘x’”", '"a" ', "'a ", "'a' ", "‘a, ", "„a” ", "»a ", "The players' bus. ", "a\n\n", " "]
)
def test_quotation_marks(part: str) -> None:
    assert_linear(lambda size: lambda: Page(filled(part, size)).states, 40_000)


@pytest.mark.parametrize(
    "part",
    [
        "the mayor of the town of Mar-\ngareta said at last that it was done\n",
        "the mayor of the town of the valley said that it was all ov\u00ad\ner. \n",
        "a\u200b",
        "-\n",
        " \n",
        "a ",
        "a",
    ],
)
def test_lines(part: str) -> None:
    assert_linear(lambda size: lambda: Page(f"{filled(part, size)}\nwell-\nknown"), 40_000)


@pytest.mark.parametrize("part", ["The mayor said it. ", '"a" '])
def test_detection(part: str) -> None:
    analyse(Document("warm", "The mayor said it."))
    assert_linear(lambda size: lambda: analyse(Document("x", filled(part, size))), 8_000)


def numbered(form: str, size: int) -> str:
    """A text whose sentences name somebody else each time: `#` stands for letters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = (f"{letters[i % 26]}{letters[i // 26 % 26]}{letters[i // 676 % 26]}" for i in range(size // len(form)))
    return "".join(form.replace("#", word) for word in words)


@pytest.mark.parametrize(
    "form",
    [
        "The mayor said it. ",
        "“We will,” said Ann Lee, the mayor. He left. ",
        "Ann# Lee said no. Lee left. ",
        "The Bank# of England said no. The bank said so. It agreed. ",
        "Saldara said no. It said so. ",
        "Ann Lee of Sark Bank met Bo Ash of Tiree and ",
        "Q: Why? A: Because Lee# Ash said so. ",
        "Ann# Lee left. The mayor said no. ",
        "Campaign spokesman Lee served as mayor. ",
        "he said that she said that Ann Lee of the Bank said, ",
        "Mayor Lee# Says No To Bridge Plan\n\n",
    ],
)
def test_resolution(form: str) -> None:
    def prepared(size: int) -> Callable[[], object]:
        document = Document("x", numbered(form, size))
        analysis = analyse(document)
        return lambda: resolve(document, analysis.attributions, analysis.names)

    assert_linear(prepared, 10_000)


@pytest.mark.parametrize("run", ["\u0301", "\u0301\u0316", "\u0316\u0301\u0f74\u0f72", "가\u0301\u0316"])
def test_normal_form(run: str) -> None:
    assert_linear(lambda size: lambda: normal.stored("a" + run * size, "x"), 5_000)


PAGE = "<html><head>{}</head><body><article><p>The mayor said on Monday that it would be built.</p>{}</article></body>"


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("", "<p>On 2013-01-14 the mayor said it.</p>"),
        ("", "<time datetime='2013-01-14'>14 January</time> <p>The mayor said it.</p>"),
        ("", "<b>"),
        ("", "<div>"),
        ("", "<blockquote>“"),
        ("", "a<br>"),
        ("", "<a href=x>The mayor</a> "),
        ("", "<a"),
        ("", "<a b='"),
        ("", "&amp;<"),
        ('<meta property="article:published_time" content="x">', ""),
    ],
)
def test_pages(head: str, part: str) -> None:
    def prepared(size: int) -> Callable[[], object]:
        return lambda: refused_or(lambda: html.document(PAGE.format(head * (size // 40), part * (size // 20)), "x"))

    prepared(100)()
    assert_linear(prepared, 20_000)


def test_attributes() -> None:
    def prepared(size: int) -> Callable[[], object]:
        attributes = " ".join(f"a{i}=1" for i in range(size))
        return lambda: refused_or(
            lambda: html.document(PAGE.format("", f"<p {attributes}>The mayor said it.</p>"), "x")
        )

    prepared(100)()
    assert_linear(prepared, 20_000)


@pytest.mark.parametrize("part", ["[", "![", "[a](", "*a ", "*a_ ", "a**b", "> a\n", "- ", "`a ", "a\n", "|a"])
def test_markdown(part: str) -> None:
    assert_linear(lambda size: lambda: refused_or(lambda: markdown.document(filled(part, size), "x")), 10_000)


@pytest.mark.parametrize(
    ("reader", "start", "part", "end"),
    [
        (csv, "id,text\n", ",\n", ""),
        (csv, "id,published,text\n", "1,2013-01-14,The mayor said it.\n", ""),
        (jsonl, "", '{"text": "The mayor said it."}\n', ""),
        (json, "[", '{"text": "The mayor said it."},', "{}]"),
        (json, '[{"text": "', "The mayor said it. ", '"}]'),
        (json, '[{"text": "', "The mayor said it. ", ""),
        (json, "[{}", " ", "]"),
        (json, "", "[", ""),
    ],
)
def test_records(reader: object, start: str, part: str, end: str) -> None:
    def prepared(size: int) -> Callable[[], object]:
        text = start + filled(part, size) + end
        return lambda: list(reader.documents(io.StringIO(text), "x", ReadOptions()))  # type: ignore[attr-defined]

    assert_linear(prepared, 30_000)


def refused_or(work: Callable[[], object]) -> None:
    """Some work that may end in a refusal."""
    try:
        work()
    except InputRefused:
        return


@pytest.mark.parametrize("part", ["“‘", "said "])
def test_memory_stays_under_500_megabytes(part: str, tmp_path: object) -> None:
    path = f"{tmp_path}/a.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("The mayor said it. " + filled(part, 200_000))
    assert peak_kib("extract", path, "--language", "en") < 500_000
