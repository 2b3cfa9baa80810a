"""The real article that the project is measured by: all direct quotes, exactly, with speaker and conduit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.detect import detect
from quotes.records import Document, Kind
from quotes.resolve import resolve
from quotes.resolve.names import name_key

GOLD = Path(__file__).parents[3] / "shared" / "seeds" / "mali-france24.gold.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason="the seed article and its gold file are not beside this checkout")
def test_all_direct_attributions() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    document = Document("mali", gold["text"])
    found = [q for q in resolve(document, detect(document)) if q.attribution.kind is Kind.DIRECT]
    expected = [a for a in gold["attributions"] if a["kind"] == "direct"]
    assert [[[s.start, s.end] for s in q.attribution.content] for q in found] == [a["content"] for a in expected]
    assert [[[s.start, s.end] for s in q.attribution.source] for q in found] == [a["source"] for a in expected]
    assert [name_key(q.speaker.name or "") for q in found] == [name_key(a["speaker"]) for a in expected]
    assert [q.conduit for q in found] == [a.get("conduit") for a in expected]
