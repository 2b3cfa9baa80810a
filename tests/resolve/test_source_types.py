"""Source types: of single sources, of annotated articles, and of sources that would not be named.

`source_types.csv` labels 409 attributions of the press by careful reading: all whose source is no named person or body,
and an eighth of the others; half of the articles are `held` back. `anonymous.csv` does so for sources near "anonymity"
and the like in the other training corpus.
"""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import SourceType, Span, Speaker, SpeakerKind
from quotes.resolve.source_types import source_types

CORPORA = Path(__file__).parents[2] / "../shared/corpora"
GOLD, ANONYMOUS = (Path(__file__).with_name(f"{name}.csv") for name in ("source_types", "anonymous"))
ACCURACY = {"written": 0.98, "held": 0.95}
NOBODY, MANY = Speaker(None, SpeakerKind.UNNAMED), Speaker(None, SpeakerKind.GROUP)


def typed(text: str, *sources: str, speakers: tuple[Speaker, ...] = ()) -> list[SourceType]:
    """The types of sources that stand in a text, in order; unnamed where no speakers are given."""
    at, spans = 0, []
    for source in sources:
        at = text.index(source, at)
        spans.append((Span(at, at + len(source)),))
        at += len(source)
    return source_types(text, spans, speakers or (NOBODY,) * len(spans))


@pytest.mark.parametrize(
    ("source", "speaker", "type_"),
    [
        ("Ines Okoro", Speaker("Ines Okoro", SpeakerKind.PERSON), "named person"),
        ("she", Speaker("Ines Okoro", SpeakerKind.PERSON), "named person"),
        ("the mayor’s letter", Speaker("Ines Okoro", SpeakerKind.PERSON), "document"),
        ("Okoro’s remarks", Speaker("Ines Okoro", SpeakerKind.PERSON), "named person"),
        ("the ministry", Speaker("Ministry of Works", SpeakerKind.ORGANISATION), "named organisation"),
        ("the company", Speaker(None, SpeakerKind.ORGANISATION), "unnamed group"),
        ("a Ministry of Works report seen by the Herald", Speaker("Ministry", SpeakerKind.ORGANISATION), "document"),
        ("the Harlan Report", Speaker("Harlan Report", SpeakerKind.ORGANISATION), "named organisation"),
        ("court papers", NOBODY, "document"),
        ("A study published on Monday", NOBODY, "document"),
        ("a man in the video", NOBODY, "unnamed person"),
        ("one neighbour", NOBODY, "unnamed person"),
        ("residents of the valley", MANY, "unnamed group"),
        ("officials", NOBODY, "unnamed group"),
        ("Ann Lee and Bo Ash", MANY, "named person"),
        ("both", Speaker("Ann Lee and Bo Ash", SpeakerKind.GROUP), "named person"),
        ("they", Speaker(None, SpeakerKind.GROUP, members=("Ann Lee", "Bo Ash")), "named person"),
        ("Republicans and Democrats", MANY, "unnamed group"),
        ("I", Speaker("Ann Lee", SpeakerKind.AUTHOR), "named person"),
        ("I", Speaker(None, SpeakerKind.AUTHOR), "unnamed person"),
    ],
)
def test_a_source(source: str, speaker: Speaker, type_: str) -> None:
    assert typed(f"“It is over,” {source} said.", source, speakers=(speaker,)) == [type_]


@pytest.mark.parametrize(
    "told",
    [
        "who spoke on condition of anonymity",
        "who asked not to be named",
        "who declined to be identified",
        "who was not authorised to speak publicly",
        "who requested anonymity to speak freely",
        "who did not want to be named",
        "speaking on the condition that he not be named",
        "whose name is being withheld",
        "who spoke anonymously",
    ],
)
def test_a_source_that_would_not_be_named_is_anonymous_and_stays_so(told: str) -> None:
    text = (
        f"“It is over,” said one official, {told}. The mayor was away. “I am sure,” the official said. He added more."
    )
    assert typed(text, "one official", "the official", "He") == [SourceType.ANONYMOUS] * 3


def test_others_in_the_article_are_not_anonymous() -> None:
    text = "“It is over,” said an official who asked not to be named. A neighbour said it was late. Ms Lee agreed."
    speakers = (NOBODY, NOBODY, Speaker("Ann Lee", SpeakerKind.PERSON))
    types = typed(text, "an official", "A neighbour", "Ms Lee", speakers=speakers)
    assert types == [SourceType.ANONYMOUS, SourceType.UNNAMED_PERSON, SourceType.NAMED_PERSON]


def test_a_pronoun_for_a_document_is_one() -> None:
    text = "A report found nothing. It said the bridge was safe."
    assert typed(text, "A report", "It") == [SourceType.DOCUMENT] * 2


@pytest.mark.parametrize("part", ACCURACY)
def test_annotated_articles(part: str) -> None:
    path = CORPORA / "press_train.jsonl"
    if not path.exists():
        pytest.skip("the training corpora are not on this machine")
    counts: Counter[bool] = Counter()
    with GOLD.open(encoding="utf-8") as rows:
        wanted = {
            (r["article"], r["content"], r["source"]): r["source_type"]
            for r in csv.DictReader(rows)
            if r["part"] == part
        }
    for document in map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n"))):
        for key, type_ in types_of(document):
            counts.update([wanted[key] == type_] if key in wanted else [])
    assert counts.total() >= 150
    assert counts[True] / counts.total() >= ACCURACY[part]


def test_sources_that_would_not_be_named() -> None:
    path = CORPORA / "polnear_train.jsonl"
    if not path.exists():
        pytest.skip("the training corpora are not on this machine")
    with ANONYMOUS.open(encoding="utf-8") as rows:
        wanted = {(r["article"], r["content"], r["source"]): r["anonymous"] == "1" for r in csv.DictReader(rows)}
    counts: Counter[tuple[bool, bool]] = Counter()
    for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
        document = json.loads(line)
        if any(key[0] == document["id"] for key in wanted):
            items = [item for item in document["attributions"] if item["content"]]
            named = [{**item, "speaker": None, "speaker_kind": "unnamed"} for item in items]
            for key, type_ in types_of({**document, "attributions": named}):
                counts.update([(wanted[key], type_ == "anonymous")] if key in wanted else [])
    assert counts[True, True] / (counts[True, True] + counts[True, False]) >= 0.85, counts
    assert counts[True, True] / (counts[True, True] + counts[False, True]) >= 0.8, counts  # no speaker is told here


def types_of(document: dict[str, Any]) -> list[tuple[tuple[str, str, str], str]]:
    items = sorted(document["attributions"], key=lambda a: a["content"][0][0])
    sources = [tuple(Span(s, e) for s, e in item["source"]) for item in items]
    speakers = [Speaker(item["speaker"], SpeakerKind(item["speaker_kind"])) for item in items]
    types = source_types(document["text"], sources, speakers)
    keys = [(document["id"], *(str(i[part][0][0]) if i[part] else "" for part in ("content", "source"))) for i in items]
    return list(zip(keys, types, strict=True))  # type: ignore[arg-type]


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 70), st.integers(1, 10)), max_size=5), st.data())
def test_any_text_has_types(text: str, places: list[tuple[int, int]], data: st.DataObject) -> None:
    text = text.ljust(81, ".")
    sources = [(Span(start, start + length),) for start, length in sorted(places)]
    speakers = [Speaker(data.draw(st.none() | st.text()), data.draw(st.sampled_from(SpeakerKind))) for _ in sources]
    assert len(source_types(text, sources, speakers)) == len(sources)


@pytest.mark.parametrize("filler", ["an official spoke anonymously ", "A", "a ", "official, "])
def test_the_time_grows_no_faster_than_the_text(filler: str) -> None:
    text = filler * (300_000 // len(filler))
    sources = [(Span(at, at + 20),) for at in range(0, len(text) - 20, 300)]
    before = time.process_time()
    source_types(text, [*sources, (Span(0, len(text)),)], [MANY] * (len(sources) + 1))
    assert time.process_time() - before < 5
