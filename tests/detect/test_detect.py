"""What a user sees of the detector, on sentences made for the purpose."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.detect import detect
from quotes.records import Act, Attribution, Document, Kind

WORDS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        "said",
        "Ms Okoro",
        "the mayor",
        "that",
        ",",
        ".",
        "\n\n",
        "told",
        "AFP",
        "roads",
        "are",
        "bad",
        "é",
        "🏳️‍🌈",
    ]
)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ANY = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


def found(text: str) -> list[Attribution]:
    return detect(Document("made", text))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_no_statement_takes_in_a_byline(path: Path) -> None:
    title = "Police seek witnesses to fire"
    text = f"{title}\n\nOona Tenby\n\n{path.read_text(encoding='utf-8')}"
    start = len(title) + 2
    byline = range(start, start + len("Oona Tenby"))
    assert not [s for a in found(text) for s in a.content if s.start in byline or s.end - 1 in byline]


def assert_sound(text: str, attributions: list[Attribution]) -> None:
    for one in attributions:
        assert one.content
        for role in (one.content, one.cue, one.source):
            assert all(0 <= s.start < s.end <= len(text) for s in role)
            assert all(a.end <= b.start for a, b in pairwise(role))
        assert 0 <= one.confidence <= 1
    assert [a.content for a in attributions] == sorted(a.content for a in attributions)
    taken = sorted(s for a in attributions for s in a.content)
    assert all(a.end <= b.start for a, b in pairwise(taken))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ANY)
def test_any_text_gives_sound_spans(text: str) -> None:
    assert_sound(text, found(text))


@pytest.mark.parametrize("text", ["", " ", "a", "“", "\n", "”", "🏳️‍🌈", "\u200b", "\ud800", "\x00", "“AFP>100J““ࠀ‚sAID"])
def test_tiny_texts(text: str) -> None:
    assert_sound(text, found(text))


def test_a_megabyte_on_one_line() -> None:
    text = ("“We will rebuild the bridge,” said Mayor Ines Okoro. " * 200_000)[:200_000]
    assert_sound(text, found(text))


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“")]
)
def test_a_direct_quote_in_every_style_of_marks(opening: str, closing: str) -> None:
    text = f"{opening}We will rebuild the bridge by spring,{closing} said Mayor Ines Okoro."
    (one,) = found(text)
    assert one.kind is Kind.DIRECT
    assert one.content[0].of(text) == "We will rebuild the bridge by spring,"
    assert "Okoro" in one.source[0].of(text)
    assert one.cue[0].of(text) == "said"


def test_a_broken_quote_is_one_attribution() -> None:
    text = "“We have no water,” Tendai Moyo said. “We have not had any since Friday.”"
    (one,) = found(text)
    assert [s.of(text) for s in one.content] == ["We have no water,", "We have not had any since Friday."]


def test_an_indirect_statement() -> None:
    text = "The ministry said on Monday that the dam would reopen next year."
    (one,) = found(text)
    assert one.kind is Kind.INDIRECT
    assert one.act is Act.SPEECH
    assert "the dam would reopen next year" in one.content[0].of(text)
    assert "ministry" in one.source[0].of(text)


def test_the_same_text_gives_the_same_answer() -> None:
    text = "“It is over,” she said.\n\nAccording to the union, 300 jobs are at risk."
    assert found(text) == found(text)


def test_a_paragraph_far_away_changes_nothing() -> None:
    text = "“We will rebuild the bridge by spring,” said Mayor Ines Okoro."
    filler = "\n\nThe road runs along the river for nine miles." * 60
    alone, followed = found(text), [a for a in found(text + filler) if a.content[0].start < len(text)]
    assert [(a.content, a.source, a.cue) for a in alone] == [(a.content, a.source, a.cue) for a in followed]
