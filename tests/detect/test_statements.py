"""The probability of being a statement: on sentences, on any text, and how its features are counted."""

from __future__ import annotations

import json
import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect.acts import act_of
from quotes.detect.statements import features, head_of, statement_confidence, stem
from quotes.records import Act, Kind, Span
from quotes.text.page import Page
from tests.detect.test_polarity import marked

STATEMENTS = [
    "{The mayor} <said> [that the bridge would be rebuilt]",
    "<According to> {the report}, [the bridge is unsafe]",
    "{She} <denied> [that the bridge was unsafe]",
    "{She} <urged> [the council to close it]",
    "{She} <has not said> [when it will open]",
    "{He} <called> [the plan a gift to speculators]",
    "{Okoro}<:> [the bridge will be rebuilt]",
]
NO_STATEMENTS = [
    "{She} <hopes> [to visit the town]",
    "{Residents} <fear> [that the bridge will close]",
    "{The council} <voted> [to close the bridge]",
    "{The court} <issued> [an order]",
    "{He} <wants> [a new bridge]",
    "[the bridge] <is expected> [to close]",
    "{The board} <plans> [to sell it]",
    "<the decision> [to close it]",
]


def confidence(sentence: str) -> float:
    text, spans = marked(sentence)
    act = act_of(" ".join(span.of(text) for span in spans["cue"]))
    return statement_confidence(text, Page(text).states, **spans, kind=Kind.INDIRECT, act=act)


@pytest.mark.parametrize("sentence", STATEMENTS)
def test_what_was_said_or_written_is_likely(sentence: str) -> None:
    assert confidence(sentence) > 0.75


@pytest.mark.parametrize("sentence", NO_STATEMENTS)
def test_attitudes_intentions_and_acts_are_not(sentence: str) -> None:
    assert confidence(sentence) < 0.5


def test_words_in_quotation_marks_are_likelier_than_the_same_without() -> None:
    text, spans = marked("[they have had enough], {the union} <felt>")
    states = Page(text).states
    direct, indirect = (
        statement_confidence(text, states, **spans, kind=kind, act=Act.THOUGHT) for kind in (Kind.DIRECT, Kind.INDIRECT)
    )
    assert direct > indirect


@given(
    st.text(max_size=60),
    st.sampled_from(Kind),
    st.sampled_from(Act),
    st.lists(st.integers(0, 50), max_size=2),
    st.data(),
)
def test_it_is_a_probability(text: str, kind: Kind, act: Act, starts: list[int], data: st.DataObject) -> None:
    text = text.ljust(61, ".")
    cue, source = (tuple(Span(start, start + 9) for start in starts if data.draw(st.booleans())) for _ in range(2))
    said = statement_confidence(text, Page(text).states, cue, source, (Span(0, 60),), kind, act)
    assert 0 <= said <= 1


@pytest.mark.parametrize(
    "forms", ["said says saying say", "argue argues argued arguing", "claim claims claimed", "deny"]
)
def test_the_forms_of_a_verb_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@given(st.text(max_size=30))
def test_a_stem_is_never_longer_than_its_word(word: str) -> None:
    assert len(stem(word)) <= max(len(word.casefold()), 10)


def test_the_head_of_a_cue_is_no_link() -> None:
    assert head_of(["vow", "to"]) == "vow"
    assert head_of(["to"]) == ""


def test_the_weights_are_of_these_features() -> None:
    kept = json.loads(files("quotes.detect").joinpath("statements.json").read_text(encoding="utf-8"))
    text, spans = marked("{She} <said> [it was over]")
    found = features(text, Page(text).states, **spans, kind=Kind.INDIRECT, act=Act.SPEECH, quoted=kept["quoted"])
    assert len(set(found) & set(kept["features"])) >= 0.8 * len(found)
    assert found["quoted"] > 0 > kept["features"]["act thought"]


def test_the_time_does_not_grow_with_the_text() -> None:
    text, spans = marked("said " * 200_000 + "{She} <said> [" + "a'd " * 200_000 + "]")
    states = bytes(len(text))
    before = time.process_time()
    statement_confidence(text, states, **spans, kind=Kind.INDIRECT, act=Act.SPEECH)
    assert time.process_time() - before < 0.5
