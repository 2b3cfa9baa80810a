"""The articles written for fitting are sound: every span stands on whole words, every name is in the text."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from quotes.records import SpeakerKind

FILES = sorted((Path(__file__).parents[2] / "seeds" / "training").glob("*.jsonl"))
ROLES = ("source", "cue", "content")


def articles(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_there_are_articles_and_each_has_its_own_id() -> None:
    ids = [article["id"] for path in FILES for article in articles(path)]
    assert len(ids) > 800
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_span_holds_whole_words(path: Path) -> None:
    for article in articles(path):
        text = article["text"]
        assert unicodedata.is_normalized("NFC", text)
        for attribution in article["attributions"]:
            assert attribution["content"]
            for start, end in (fragment for role in ROLES for fragment in attribution[role]):
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
                assert not (text[start - 1 : start].isalnum() and text[start].isalnum())
                assert not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_is_in_its_article(path: Path) -> None:
    for article in articles(path):
        for attribution in article["attributions"]:
            kind, name = SpeakerKind(attribution["speaker_kind"]), attribution["speaker"]
            assert (name is not None) == (kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION))
            assert all(word.strip(".,").lower() in article["text"].lower() for word in (name or "").split())


def nine_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[at:] for at in range(9)), strict=False))


def test_no_nine_words_stand_in_a_corpus_that_may_not_be_passed_on() -> None:
    corpora = sorted((Path(__file__).parents[3] / "shared" / "corpora").glob("*.jsonl"))
    if not corpora:
        pytest.skip("../shared/corpora is not on this machine")
    ours = set[tuple[str, ...]]().union(*(nine_words(article["text"]) for path in FILES for article in articles(path)))
    assert not any(ours & nine_words(article["text"]) for path in corpora for article in articles(path))
