"""Fitting which short names of bodies stand for longer ones: what annotators tell of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from click.testing import CliRunner

from quotes.train import joining

TEXT = "The Harbour Finance Board met. “It is late,” said the Board. The Board left, as did Harbour Finance Board’s."


def article(speaker: str) -> dict[str, object]:
    at = TEXT.index("the Board")
    item = {"source": [[at, at + 9]], "speaker": speaker, "speaker_kind": "organisation"}
    return {"id": "board", "text": TEXT, "attributions": [item]}


def test_a_speaker_of_a_longer_name_than_the_source_tells_what_it_stands_for() -> None:
    (choice,) = joining.choices_of(article("Harbour Finance Board"), {})
    assert choice.right == [True, False]


def test_a_speaker_of_the_very_name_stands_for_no_longer_one() -> None:
    (choice,) = joining.choices_of(article("Board"), {})
    assert choice.right == [False, True]


def test_what_somebody_judged_goes_before_what_annotators_tell() -> None:
    (choice,) = joining.choices_of(article("Board"), {"board": "harbour finance board"})
    assert choice.right == [True, False]


def test_nothing_is_told_where_nobody_speaks() -> None:
    assert joining.choices_of({**article("Board"), "attributions": []}, {}) == []


def test_the_weights_are_written_with_what_they_were_fitted_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "TARGET", tmp_path / "joining.json")
    corpus, judged = tmp_path / "articles.jsonl", tmp_path / "judged.jsonl"
    lines = [{**article("Harbour Finance Board"), "id": str(n)} for n in range(6)]
    corpus.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    judged.write_text(json.dumps({"id": "0", "short_for": {"board": None}}), encoding="utf-8")
    command = ["--corpus", str(corpus), "--judged", str(judged)]
    done = CliRunner().invoke(joining.main, [*command, "--folds", "3"], catch_exceptions=False)
    assert done.output.startswith("5 of 6 right"), done.output
    CliRunner().invoke(joining.main, command, catch_exceptions=False)
    weights = json.loads((tmp_path / "joining.json").read_text(encoding="utf-8"))
    assert weights["ends it"] > 0 > weights["none, bias"]
