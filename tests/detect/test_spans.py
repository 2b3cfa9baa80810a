import numpy as np
import pytest

from quotes.detect.acts import act_of
from quotes.detect.confidence import FEATURES, confidence
from quotes.detect.decode import Found, Scored, Stretch
from quotes.detect.model import open_model
from quotes.detect.spans import Spans
from quotes.detect.windows import pieces
from quotes.records import Act, Kind, Span
from quotes.text.page import Page


def page(text: str) -> Spans:
    read = Page(text)
    cut = pieces(read, open_model().tokenizer)
    n = len(cut)
    nothing = np.zeros((n, 3, 3), np.float32)
    return Spans(read, Scored(cut, nothing, nothing[:, 0], nothing[:, :1], nothing[:1, :2], np.zeros(n, np.int64)))


def covering(made: Spans, words: str) -> Stretch:
    start = made.text.index(words)
    inside = [
        i for i, (s, e) in enumerate(zip(made.starts, made.ends, strict=True)) if s < start + len(words) and e > start
    ]
    return Stretch(inside[0], inside[-1])


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("She said, “We won.” Then she left.", "We won", "“We won.”"),
        ("She said ‘we won’, he said.", "we won", "‘we won’"),
        ("She said it was “a disgrace”, and left.", "it was “a disgrace", "it was “a disgrace”"),
        ("She paid $25 million (£20m), he said.", "25 million", "$25 million"),
        ("She said that pay would rise.", ", pay would rise.".strip(", "), "pay would rise"),
        ("“One paragraph\n\n“Two,” she said.", "One paragraph", "“One paragraph"),
    ],
)
def test_content_takes_in_its_marks_and_no_other_punctuation(text: str, words: str, expected: str) -> None:
    made = page(text)
    span = made.span(covering(made, words), marks=True)
    assert span
    assert span.of(text) == expected


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("seek", ["witnesses to fire"]),
        ("said", ["Two boats burned"]),
        (None, ["witnesses to fire By Oona", "Two boats burned"]),
    ],
)
def test_a_statement_is_in_one_line_of_the_heading_or_in_the_body(cue: str | None, expected: list[str]) -> None:
    made = page("Police seek witnesses to fire\n\nBy Oona Tenby\n\nTwo boats burned, the harbour said.")
    first, last = covering(made, "witnesses"), covering(made, "Oona")
    content = [Stretch(first.first, last.last), covering(made, "Two boats burned")]
    one = Found(content, covering(made, cue) if cue else None, None, dict.fromkeys(FEATURES, 0.0))
    got = made.attributions([one], {})
    assert [" ".join(s.of(made.text).split()) for a in got for s in a.content] == expected


def test_a_colon_can_be_a_cue() -> None:
    made = page("Poll: Okoro ahead")
    span = made.span(covering(made, ":"))
    assert span == Span(4, 5)


def test_kind() -> None:
    text = "“All of it,” he said. It was “in part” so. ‘Single too,’ he said. None."
    ends = {
        "“All of it,”": Kind.DIRECT,
        "It was “in part” so": Kind.MIXED,
        "‘Single too,’": Kind.DIRECT,
        "None": Kind.INDIRECT,
    }
    for words, kind in ends.items():
        start = text.index(words)
        assert Page(text).kind([Span(start, start + len(words))]) is kind, words


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", Act.SPEECH),
        ("according to", Act.SPEECH),
        ("wrote on Twitter", Act.WRITING),
        ("tweeted", Act.WRITING),
        ("believes", Act.THOUGHT),
        ("hoping", Act.THOUGHT),
        ("said she hoped", Act.SPEECH),
        ("", Act.SPEECH),
        (":", Act.SPEECH),
    ],
)
def test_act(cue: str, act: Act) -> None:
    assert act_of(cue) is act


def test_confidence_rises_with_what_the_network_was_sure_of() -> None:
    weights = [0.0, *(0.2 for _ in FEATURES)]
    sure, unsure = dict.fromkeys(FEATURES, 0.9), dict.fromkeys(FEATURES, 0.1)
    assert confidence(unsure, Kind.DIRECT, {"direct": weights}) < confidence(sure, Kind.DIRECT, {"direct": weights}) < 1
    assert confidence(sure, Kind.MIXED, {"direct": weights}) == 0.5
    assert 0 <= confidence(sure, Kind.DIRECT, {"direct": [-1e9, *weights[1:]]}) <= 1
