"""Whom a description means, where the source is given."""

from __future__ import annotations

import pytest

from quotes.records import Act, Attribution, Document, Kind, Span, SpeakerKind
from quotes.resolve import resolve


def speakers(text: str, *sources: str) -> list[tuple[str | None, SpeakerKind]]:
    """The speaker of each source, found in order."""
    attributions, at = [], 0
    for source in sources:
        at = text.index(source, at)
        spans = (Span(at, at + len(source)),)
        attributions.append(Attribution((Span(0, 1),), (), spans, Kind.INDIRECT, Act.SPEECH, 1.0))
        at += len(source)
    return [(q.speaker.name, q.speaker.kind) for q in resolve(Document("d", text), attributions)]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("So a crofter from Tiree, Hector Ash, shouted no.", "a crofter from Tiree", "Hector Ash"),
        ("A teacher called Bo Ash said so.", "A teacher called Bo Ash", "Bo Ash"),
        ("A man who gave his name as Bo said so.", "A man who gave his name as Bo", "Bo"),
        ("Minister for Justice Ann Ash said so.", "Minister for Justice Ann Ash", "Ann Ash"),
        ("Head of research Ann Ash said so.", "Head of research Ann Ash", "Ann Ash"),
        ("A lawyer for the actor Ann Ash said so.", "A lawyer for the actor Ann Ash", None),
        ("Ann Ash sells shoes. “It is hard,” the shopkeeper said.", "the shopkeeper", "Ann Ash"),
        ("Ann Ash, 44, ran. “It is hard,” the 44-year-old said.", "the 44-year-old", "Ann Ash"),
        ("Coroner blames trust\n\nA man died. Ann Ash, the coroner, said so.", "Coroner", "Ann Ash"),
        ("Ann Ash sat down. The Environment Secretary has said no.", "The Environment Secretary", None),
        ("Ann Ash sat down. The owner, a gem merchant, has said no.", "The owner, a gem merchant", None),
        ("One judge who sat with Judge Ann Ash said no.", "One judge", None),
        ("“Yes,” said trader Ann Ash. Another trader said no.", "Another trader", None),
        ("They met Ann Ash, a Utah Republican. The Utah Republican said no.", "The Utah Republican", "Ann Ash"),
        ("They met Ann Ash, a Republican. The Utah Republican said no.", "The Utah Republican", None),
        ("The mayor, Ann Ash, took questions.\n\nMayor: A desk.", "Mayor", "Ann Ash"),
    ],
)
def test_a_person_described(text: str, source: str, name: str | None) -> None:
    at = text.rindex(source)
    assert speakers(text[:at].replace(source, "x" * len(source)) + text[at:], source)[0][0] == name


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ann Ash sat down. A spokeswoman for the club said no. She left.", "She", None),
        ("Ann Ash sat down. A spokesman for the club said no. She left.", "She", "Ann Ash"),
        ("Ann Ash sat down. A clerk for the club told her to go. She left.", "She", "Ann Ash"),
        ("Ann Ash sat down. A spokeswoman for the club said no.\n\nShe left.", "She", "Ann Ash"),
        ("Bo Ash sat down. A clerk of the club said no. He left.", "He", None),
    ],
)
def test_a_pronoun_goes_on_with_whoever_spoke_last_without_a_name(text: str, pronoun: str, name: str | None) -> None:
    described = text[text.index(". A ") + 2 : text.index(" club") + 5]
    assert speakers(text, described, pronoun)[-1][0] == name


def test_a_colleague_without_a_name_stays_without_one() -> None:
    text = "Ann Ash sat down. “No,” a colleague said. “No,” the colleague said."
    assert speakers(text, "a colleague", "the colleague") == [(None, SpeakerKind.UNNAMED)] * 2


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Pell Holdings fell. The lender said so.", "The lender", ("Pell Holdings", SpeakerKind.ORGANISATION)),
        ("The Tolland Trust met. The trust said so.", "The trust", ("Tolland Trust", SpeakerKind.ORGANISATION)),
        (
            "Tolland Airways met the Dockers Union. The company said so.",
            "The company",
            ("Tolland Airways", SpeakerKind.ORGANISATION),
        ),
        ("He left after a jury found him guilty.", "a jury", (None, SpeakerKind.GROUP)),
        ("It was described by one brokerage as brave.", "one brokerage", (None, SpeakerKind.UNNAMED)),
        ("The government said so.", "The government", ("government", SpeakerKind.ORGANISATION)),
    ],
)
def test_a_body_described(text: str, source: str, expected: tuple[str | None, SpeakerKind]) -> None:
    assert speakers(text, source) == [expected]


def test_who_answers_in_an_interview() -> None:
    text = "Karim Mengal coached them. He spoke to us.\n\nQ: Why?\n\nA: Because."
    assert speakers(text, "A") == [("Karim Mengal", SpeakerKind.PERSON)]
