"""Each rule finds what it is for, and nothing where nobody speaks."""

from __future__ import annotations

import pytest

from quotes.detect import detect
from quotes.records import Act, Attribution, Document, Kind

Found = tuple[str, str, list[str]]


def found(text: str) -> list[Found]:
    return [
        (
            " … ".join(s.of(text) for s in a.source),
            " … ".join(s.of(text) for s in a.cue),
            [s.of(text) for s in a.content],
        )
        for a in detect(Document("d", text))
    ]


def one(text: str) -> Attribution:
    (attribution,) = detect(Document("d", text))
    return attribution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is over,” Ann Lee said.", ("Ann Lee", "said", ["It is over,"])),
        ("“It is over,” said Ann Lee, a nurse, on Monday.", ("Ann Lee, a nurse", "said", ["It is over,"])),
        ("‘It is over’, said Ann Lee.", ("Ann Lee", "said", ["It is over"])),
        ('"Is it over?" she asked.', ("she", "asked", ["Is it over?"])),
        (
            "“It is over,” Ann Lee, a nurse from Sark, told AFP.",
            ("Ann Lee, a nurse from Sark", "told", ["It is over,"]),
        ),
        ("“It is over,” Ann Lee, a nurse told AFP.", ("Ann Lee, a nurse", "told", ["It is over,"])),
        ("“It is over,” according to Ann Lee.", ("Ann Lee", "according to", ["It is over,"])),
        ("“It is,” she said. “It really is.”", ("she", "said", ["It is,", "It really is."])),
        ("“It is,” she said, “over.”", ("she", "said", ["It is,", "over."])),
        ("Ann Lee said: “It is over.”", ("Ann Lee", "said", ["It is over."])),
        ("Asked when, Lee told AFP on Monday: “It is over.”", ("Lee", "told", ["It is over."])),
        (
            "Ann Lee continued:\n\n“It has been over for a long time.”",
            ("Ann Lee", "continued", ["It has been over for a long time."]),
        ),
    ],
)
def test_direct_speech(text: str, expected: Found) -> None:
    assert found(text) == [expected]
    assert one(text).kind is Kind.DIRECT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said that it was over.", ("Ann Lee", "said", ["that it was over"])),
        ("The mayor, Ann Lee, said it was over.", ("The mayor, Ann Lee", "said", ["it was over"])),
        (
            "Residents of the valley have warned that it rains.",
            ("Residents of the valley", "have warned", ["that it rains"]),
        ),
        ("Lee told a press conference on Friday that it was over.", ("Lee", "told", ["that it was over"])),
        (
            "During the meeting Ann Lee also confirmed the death of a man.",
            ("Ann Lee", "confirmed", ["the death of a man"]),
        ),
        (
            "According to Ann Lee, who was there, people left.",
            ("Ann Lee, who was there", "According to", ["people left"]),
        ),
        ("People left early, according to the mayor.", ("the mayor", "according to", ["People left early"])),
        ("The bridge will stay closed, Ann Lee said on Monday.", ("Ann Lee", "said", ["The bridge will stay closed"])),
        ("Rebels vowed to strike back at the capital.", ("Rebels", "vowed", ["to strike back at the capital"])),
    ],
)
def test_indirect_speech(text: str, expected: Found) -> None:
    assert found(text) == [expected]
    assert one(text).kind is Kind.INDIRECT


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("President Lee said it would last “as long as we must.”", "it would last “as long as we must.”"),
        ("Rebels have pledged to strike “at the heart” of Sark.", "to strike “at the heart” of Sark"),
        ("The union called the cuts “a betrayal” on Monday.", "the cuts “a betrayal” on Monday"),
    ],
)
def test_mixed_speech(text: str, content: str) -> None:
    attribution = one(text)
    assert [s.of(text) for s in attribution.content] == [content]
    assert attribution.kind is Kind.MIXED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "“",
        "Bob Ash, nicknamed “Socks”, was killed in the north.",
        "The so-called “Project Fear” went on.",
        "He watched “Gone with the Wind” twice.",
        "Robert “Bob” Ash left the house.",
        "She did not say that it was over.",
        "The state claims office is in the United States.",
        "He was told that it was over.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert found(text) == []


def test_a_nickname_does_not_make_reported_speech_mixed() -> None:
    text = "Ann Lee said that Bob Ash, nicknamed “Socks”, had been killed."
    assert one(text).kind is Kind.INDIRECT


def test_a_quotation_over_three_paragraphs_is_one() -> None:
    text = "“It began in May.\n\n“Then it rained.\n\n“Now it is over,” Ann Lee said.\n\nHe left."
    assert found(text) == [("Ann Lee", "said", ["It began in May.", "Then it rained.", "Now it is over,"])]


def test_a_source_named_first_holds_for_the_paragraphs_that_follow() -> None:
    text = "Ann Lee said: “It began in May.\n\n“Then it rained.”"
    assert found(text) == [("Ann Lee", "said", ["It began in May.", "Then it rained."])]


def test_a_long_quotation_without_a_cue_has_no_source() -> None:
    attribution = one("“Nobody had ever told me that before that day.”")
    assert attribution.source == () and attribution.cue == ()


def test_an_odd_mark_spoils_nothing_after_it() -> None:
    text = "An odd “ mark stands here.\n\n“It is over,” Ann Lee said."
    assert found(text) == [("Ann Lee", "said", ["It is over,"])]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“It is over,” Ann Lee tweeted.", Act.WRITING),
        ("Ann Lee wrote that it was over.", Act.WRITING),
        ("Ann Lee believes that it is over.", Act.THOUGHT),
        ("Ann Lee said that it was over.", Act.SPEECH),
    ],
)
def test_the_cue_tells_the_act(text: str, act: Act) -> None:
    assert one(text).act is act


def test_a_second_verb_of_the_same_subject_is_a_second_attribution() -> None:
    text = "The group said the plan was bad, and called on ministers to drop it."
    assert found(text) == [
        ("The group", "said", ["the plan was bad"]),
        ("The group", "called on", ["ministers to drop it"]),
    ]
