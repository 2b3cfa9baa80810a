"""Polarity: how a source stands to a content, on sentences made for it and on annotated articles.

`polarity.csv` labels 582 attributions of the two training corpora by careful reading, two thirds of them drawn among
those whose neighbourhood holds a negation or a verb of denying, refusing or asking. The rules were written with the
190 or so that are `written`; the others were labelled before any rule saw them.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect.polarity import polarity_of
from quotes.records import Polarity, Span

CORPORA = Path(__file__).parents[2] / "../shared/corpora"
GOLD = Path(__file__).with_name("polarity.csv")
PARTS = {"<": "cue", "{": "source", "[": "content"}
LEAST = {"written": (0.95, 0.95), "held": (0.95, 0.95)}  # precision and recall of both denied and questioned

AFFIRMED = """
{She} <said> [it was not over]
{She} did <not rule out> [that it was over]
{She} could <not deny> [that it was over]
{She} <never stopped saying> [that it was over]
{She} <not only said> [that it was over]
{She} <can't help but think> [it is over]
{She} <asked for> [a new inquiry]
{She} <asked> [the council to close it]
{She} <asked> [to see it]
{She} <asked> [them] yesterday [to close it]
{She} <asked> [the mayor, who was away, to say what he knew]
“[Why?]” {he} <asked>.
“[I did nothing,]” {he} <said>, denying the charge.
“[It was not me,]” {he} <denied>.
{He} <denied> it: “[It was not me.]”
{She} <dismissed> [the report as “nonsense”]
{She} did not answer the question, but, in a letter, <said> [it was over]
There is no doubt that {she} <said> [it was over]
{No 10} <said> [it was over]
{A man who did not want to be named} <said> [it was over]
{He} declined to comment, <saying> [it was over]
{He} <made no secret of> [his plans]
{She} was not at the meeting. {He} <said> [it was over]
"""
DENIED = """
{She} <did not say> [it was over]
{She} did not <say> “[never again,]” but many thought it.
{She} never <said> [the loan was illegal]
{She} <denied> [that she had signed it]
{She} <stopped short of saying> [it was over]
{Nobody} has <said> [the money is lost]
Nobody <has said> [the money is lost]
{No one} <said> [it was over]
{No official} <has confirmed> [it]
{None of them} <said> [it was over]
{Neither the mayor nor the engineer} <would say> [whether it was over]
It is not true that {she} <said> [it was over]
There is no evidence that {she} <said> [it was over]
{She} denied that {he} had <said> [it was over]
{She} <has not indicated> [that it is over]
{She} <refused to say> [whether it was over]
{She} <declined> [to confirm that it was over]
Nor did {she} <say> [it was over]
{He} left without <saying> [it was over]
{He} <denied> “[any wrongdoing]”
{She} did <not ask> [whether it was over]
{She} <said> nothing about [the loan]
{She} did not, however, <say> [it was over]
{She} did
not <say> [it was over]
"""
QUESTIONED = """
{She} <asked> [whether it was over]
{She} <asked> him [what he had seen]
{She} <asked> [him if he wanted to see it]
{She} <wondered> [if it was over]
{She} <questioned> [whether it was over]
<Asked about> [that loan], she laughed.
{The report} <raised questions about> [the loan]
{She} asked whether {he} had <said> [it was over]
{She} <doubted> [that it was over]
{She} <was not sure> [whether it was over]
It is hard <not to wonder> [whether it is over]
"""
CASES = [
    (sentence, polarity)
    for polarity, block in zip(Polarity, (AFFIRMED, DENIED, QUESTIONED), strict=True)
    for sentence in re.findall(r"\S.*(?:\n(?![\{<“A-Z]).+)*", block)
]


def marked(sentence: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """The words of a sentence without its brackets, and the spans that they mark."""
    text, spans = "", dict.fromkeys(PARTS.values(), ())
    for piece in re.split(r"([<{\[][^>}\]]*[>}\]])", sentence):
        words = piece[1:-1] if piece[:1] in PARTS and piece else piece
        if words != piece:
            spans[PARTS[piece[0]]] += (Span(len(text), len(text) + len(words)),)  # type: ignore[assignment]
        text += words
    return text, spans  # type: ignore[return-value]


@pytest.mark.parametrize(("sentence", "polarity"), CASES, ids=[sentence for sentence, _ in CASES])
def test_a_sentence(sentence: str, polarity: Polarity) -> None:
    text, spans = marked(sentence)
    spans["source"] = spans["source"][-1:]  # the source nearest to the cue, where a sentence marks two
    assert polarity_of(text, **spans) is polarity


def press_and_polnear() -> dict[str, dict[str, Any]]:
    paths = [CORPORA / f"{name}_train.jsonl" for name in ("press", "polnear")]
    if not all(path.exists() for path in paths):
        pytest.skip("the training corpora are not on this machine")
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line)
    return {document["id"]: document for document in map(json.loads, lines)}


@pytest.mark.parametrize("part", LEAST)
def test_annotated_articles(part: str) -> None:
    documents = press_and_polnear()
    counts: Counter[tuple[str, str]] = Counter()
    with GOLD.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["part"] == part:
                document = documents[row["article"]]
                counts[row["polarity"], predicted(document, row)] += 1
    for name in ("denied", "questioned"):
        hits = counts[name, name]
        precision = hits / sum(n for (_, given), n in counts.items() if given == name)
        recall = hits / sum(n for (gold, _), n in counts.items() if gold == name)
        assert precision >= LEAST[part][0], (name, counts)
        assert recall >= LEAST[part][1], (name, counts)


def predicted(document: dict[str, Any], row: dict[str, str]) -> str:
    item = next(
        a
        for a in document["attributions"]
        if a["content"]
        and str(a["content"][0][0]) == row["content"]
        and (str(a["cue"][0][0]) if a["cue"] else "") == row["cue"]
    )
    cue, source, content = (tuple(Span(s, e) for s, e in item[part]) for part in ("cue", "source", "content"))
    return polarity_of(document["text"], cue, source, content).value


spans_of = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=3)


@given(st.text(max_size=100), st.tuples(spans_of, spans_of, spans_of.filter(bool)))
def test_any_text_has_a_polarity(text: str, places: tuple[list[tuple[int, int]], ...]) -> None:
    text = text.ljust(101, "n")
    cue, source, content = (tuple(Span(start, start + length) for start, length in sorted(place)) for place in places)
    assert polarity_of(text, cue, source, content) in Polarity


@given(st.text(alphabet="not never denied asked n’t", max_size=40))
def test_what_follows_does_not_count(after: str) -> None:
    text, spans = marked("{She} <said> [it was over]. ")
    assert polarity_of(text + after, **spans) is Polarity.AFFIRMED


@pytest.mark.parametrize("filler", ["not never ", "A", "as ", "\n", "nobody "])
def test_the_time_does_not_grow_with_the_text(filler: str) -> None:
    text, spans = marked(filler * (1_000_000 // len(filler)) + "{He} <denied> [" + filler * 50_000 + "]")
    before = time.process_time()
    polarity_of(text, **spans)
    assert time.process_time() - before < 1
