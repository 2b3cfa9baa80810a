"""Words that turn a quotation where it begins or ends, and signs that are part of a number."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from quotes.pipeline import extract
from quotes.records import Document
from quotes.verify import Finding, Verdict, check
from quotes.verify.differences import Change
from tests.store.samples import said, store

ARTICLES = (
    ("I never said that we would sell the harbour, but we did mend the crane", "Grace Pell"),
    ("It is -5 degrees in the valley and 3/4 of the pipes are frozen", "Grace Pell"),
    ("Nobody here has found any path to the old quay", "Grace Pell"),
    ("The mayor was not able to count 10² crates", "Grace Pell"),
    ("The school will be closed by Easter?", "Grace Pell"),
    ("I have read every letter. I would never sign them", "Grace Pell"),
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    for number, (words, who) in enumerate(ARTICLES):
        text = f"“{words},” {who} said."
        store(engine, Document(str(number), text), said(text, f"{words},", who))
    return engine


def found(engine: Engine, text: str) -> Finding:
    draft = Document("draft", text)
    [finding] = [one for one in check(engine, draft, extract(draft)) if one.passage.quoted]
    return finding


@pytest.mark.parametrize(
    ("draft", "change"),
    [
        ("“We would sell the harbour,” Grace Pell said.", Change.NEGATION),
        ("Grace Pell said that “we would sell the harbour”.", Change.NEGATION),
        ("“[We said we] would sell the harbour,” Grace Pell said.", Change.NEGATION),
        ("“It is 5 degrees in the valley,” Grace Pell said.", Change.NUMBER),
        ("“5 degrees in the valley,” Grace Pell said.", Change.NUMBER),
        ("“3-4 of the pipes are frozen,” Grace Pell said.", Change.NUMBER),
        ("“The mayor was notable to count 10² crates,” Grace Pell said.", Change.NEGATION),
        ("“The mayor was not able to count 102 crates,” Grace Pell said.", Change.NUMBER),
        ("“The school will be closed by Easter,” Grace Pell said.", Change.QUESTION),
        ("“I have read every letter … sign them,” Grace Pell said.", Change.NEGATION),
    ],
)
def test_what_turns_the_words_is_an_alteration(filled: Engine, draft: str, change: Change) -> None:
    finding = found(filled, draft)
    assert (finding.verdict, finding.fair) == (Verdict.ALTERED, False)
    assert change in finding.changes


@pytest.mark.parametrize(
    "draft",
    [
        "Grace Pell never said “we would sell the harbour”.",
        "“We did mend the crane,” Grace Pell said.",
        "Grace Pell spoke of “the harbour, but we did mend the crane”.",
        "Grace Pell spoke of “any path to the old quay”.",
        "“It is −5 degrees in the valley,” Grace Pell said.",
        "“3/4 of the pipes are frozen,” G. Pell said.",
        "“The school will be closed by Easter?” Grace Pell said.",
    ],
)
def test_what_does_not_turn_them_is_none(filled: Engine, draft: str) -> None:
    assert Verdict.ALTERED is not found(filled, draft).verdict is not Verdict.OTHER_SPEAKER


def test_the_missing_word_is_shown(filled: Engine) -> None:
    finding = found(filled, "“We would sell the harbour,” Grace Pell said.")
    assert finding.difference[0] == ("removed", "I never said that")
