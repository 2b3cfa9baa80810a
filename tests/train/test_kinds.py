"""Fitting what names name: the softmax, and choices from annotated articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from click.testing import CliRunner

from quotes.records import SpeakerKind
from quotes.train import kinds
from quotes.train.softmax import Choice, fitted

TEXT = "Ines Okoro said it was late. The Harbour Council said it was not."


def test_the_right_candidates_get_the_weights() -> None:
    choices = [Choice([{"old": 1.0}, {"new": 1.0, "rare": 1.0}], [True, False])] + [
        Choice([{"old": 1.0}, {"new": 1.0}], [True, False]) for _ in range(9)
    ]
    weights = fitted(choices, least=4)
    assert weights["old"] > 0 > weights["new"]
    assert weights["old"] == pytest.approx(-weights["new"], abs=1e-3)
    assert "rare" not in weights


def test_several_right_candidates_count_together() -> None:
    choices = [Choice([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}], [True, True, False]) for _ in range(9)]
    weights = fitted(choices, least=4)
    assert weights["a"] == pytest.approx(weights["b"], abs=1e-3)
    assert weights["a"] > weights["c"]


def test_annotation_tells_kinds_of_full_names_and_surnames() -> None:
    known = kinds.told_by_speakers(
        [
            {"speaker": "Ines Okoro", "speaker_kind": "person", "organisation": "Harbour Council"},
            {"speaker": None, "speaker_kind": "unnamed", "organisation": None},
        ]
    )
    assert known == {("Ines Okoro", SpeakerKind.PERSON), ("Harbour Council", SpeakerKind.ORGANISATION)}
    entities = [(0, 10, "PERSON"), (33, 48, "ORGANIZATION"), (0, 4, "MISC")]
    assert kinds.told_by_entities(TEXT, entities) == known


def test_choices_have_one_candidate_for_each_kind() -> None:
    known = {("Ines Okoro", SpeakerKind.PERSON), ("Harbour Council", SpeakerKind.ORGANISATION)}
    choices = kinds.kind_choices(TEXT, known, 0.5)
    assert sorted(choice.right for choice in choices) == [[False, True, False], [True, False, False]]
    assert all(choice.weight == 0.5 for choice in choices)


def test_weights_are_written_and_folds_only_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus.jsonl"
    attributions = [{"speaker": "Ines Okoro", "speaker_kind": "person", "organisation": "Harbour Council"}]
    corpus.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": attributions}) + "\n" * 2, encoding="utf-8")
    monkeypatch.setattr(kinds, "TARGET", tmp_path / "kinds.json")
    given = ["--corpus", str(corpus), "1"] * 4
    measured = CliRunner().invoke(kinds.main, [*given, "--folds", "2"])
    assert measured.output == "8 of 8 names right, 100.0 per cent\n"
    assert not (tmp_path / "kinds.json").exists()
    assert CliRunner().invoke(kinds.main, given).exit_code == 0
    assert set(json.loads((tmp_path / "kinds.json").read_text(encoding="utf-8"))) <= set(SpeakerKind)
