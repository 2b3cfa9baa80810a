"""The real article that the project is measured by: every required attribution has all that belongs to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotes.detect import detect
from quotes.evaluate.speakers import same_head
from quotes.records import Act, Attribution, Document, Kind, Quote, Span
from quotes.resolve import resolve
from quotes.text.names import name_key

GOLD = Path(__file__).parents[3] / "shared" / "seeds" / "mali-france24.gold.jsonl"
pytestmark = pytest.mark.skipif(
    not GOLD.exists(), reason="the seed article and its gold file are not beside this checkout"
)


def article() -> dict[str, Any]:
    record: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    return record


def attribution(item: dict[str, Any]) -> Attribution:
    spans = {part: tuple(Span(*span) for span in item[part]) for part in ("content", "cue", "source")}
    return Attribution(**spans, kind=Kind(item["kind"]), act=Act.SPEECH, confidence=1.0)


def test_all_direct_attributions() -> None:
    gold = article()
    document = Document("mali", gold["text"])
    found = [q for q in resolve(document, detect(document)) if q.attribution.kind is Kind.DIRECT]
    expected = [a for a in gold["attributions"] if a["kind"] == "direct"]
    assert [[[s.start, s.end] for s in q.attribution.content] for q in found] == [a["content"] for a in expected]
    assert [name_key(q.speaker.name or "") for q in found] == [name_key(a["speaker"]) for a in expected]
    assert [q.conduit for q in found] == [a.get("conduit") for a in expected]


def test_every_required_attribution_has_its_speaker_role_body_and_conduit() -> None:
    gold = article()
    items = gold["attributions"]
    quotes = resolve(Document("mali", gold["text"]), [attribution(item) for item in items])
    wrong = [
        said for item, quote in zip(items, quotes, strict=True) if item["required"] for said in faults(item, quote)
    ]
    assert wrong == []


def faults(item: dict[str, Any], quote: Quote) -> list[str]:
    """What of the gold a quote has not: role and body only where the gold gives them, for it gives them once."""
    body = quote.organisation.name if quote.organisation else None
    given = {"role": quote.role, "organisation": body, "conduit": quote.conduit}
    bad = [
        f"{item['speaker']}: {key} {given[key]!r}, not {item[key]!r}"
        for key in given
        if item.get(key) and not (given[key] and same_head(item[key], str(given[key])))
    ]
    if quote.conduit and not item.get("conduit"):
        bad.append(f"{item['speaker']}: conduit {quote.conduit!r}")
    if quote.speaker.kind != item["speaker_kind"]:
        bad.append(f"{item['speaker']}: {quote.speaker.kind}, not {item['speaker_kind']}")
    if name_key(quote.speaker.name or "") != name_key(item["speaker"]):
        bad.append(f"{quote.speaker.name}, not {item['speaker']}")
    return bad
