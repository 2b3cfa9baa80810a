"""Which small words belong to an office in front of a name: choices from annotated articles, and fitting them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from click.testing import CliRunner

from quotes.train import descriptions

TEXT = "It was late, said county harbour master Bo Ash. They met harbour master Bo Ash of Tiree."
GIVEN = [{"speaker": "Bo Ash", "speaker_kind": "person", "role": "harbour master", "organisation": "county of Sark"}]


def asked(text: str, role: str, organisation: str | None = None) -> list[tuple[str, bool]]:
    given = [{"speaker": "Bo Ash", "speaker_kind": "person", "role": role, "organisation": organisation}]
    return [
        (name[5:], c.right[0])
        for c in descriptions.choices(text, given)
        for name in c.candidates[0]
        if name[:5] == "word "
    ]


def test_words_of_the_role_and_of_its_body_belong_and_the_next_one_does_not() -> None:
    given = asked(TEXT, "harbour master of Sark", "county of Sark")
    assert given == [("harbour", True), ("county", True), ("said", False), ("harbour", True), ("met", False)]


def test_an_office_that_is_called_differently_teaches_nothing() -> None:
    assert asked("They met a former clerk Bo Ash.", "town clerk") == []
    assert asked("They met a clerk, Bo Ash.", "driver") == []


def test_the_command_writes_weights_or_tells_how_often_they_are_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, target = tmp_path / "gold.jsonl", tmp_path / "descriptions.json"
    corpus.write_text(f"{json.dumps({'text': TEXT, 'attributions': GIVEN})}\n" * 8, encoding="utf-8")
    monkeypatch.setattr(descriptions, "TARGET", target)
    told = CliRunner().invoke(descriptions.main, [str(corpus), "--folds", "4"], catch_exceptions=False)
    assert told.output == "40 of 40 words right, 100.0 per cent\n"
    assert not target.exists()
    CliRunner().invoke(descriptions.main, [str(corpus)], catch_exceptions=False)
    weights = json.loads(target.read_text(encoding="utf-8"))
    assert weights["word harbour"] > 0 > weights["word said"]
