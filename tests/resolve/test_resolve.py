"""Who speaks, in which role, for whom and through whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import detect
from quotes.records import Act, Attribution, Document, Kind, Quote, Span, SpeakerKind
from quotes.resolve import resolve


def quotes(text: str, **known: str) -> list[Quote]:
    document = replace(Document("d", text), **known)  # type: ignore[arg-type]
    return resolve(document, detect(document))


def names(text: str) -> list[str | None]:
    return [quote.speaker.name for quote in quotes(text)]


@pytest.mark.parametrize(
    ("source", "name", "role", "organisation"),
    [
        ("Sark Health Minister Ines Okoro", "Ines Okoro", "Sark Health Minister", None),
        ("Sark police commander Colonel Bo Ash", "Bo Ash", "commander", "Sark police"),
        ("Channel 24’s Bo Ash", "Bo Ash", None, "Channel 24"),
        ("Bo Ash, a leader of Union of Dock Workers (UDW),", "Bo Ash", "leader", "Union of Dock Workers"),
        ("Bo Ash, a UDFW official,", "Bo Ash", "official", "UDFW"),
        ("Bo Ash, a Sark national and resident of Brecqhou,", "Bo Ash", "Sark national and resident of Brecqhou", None),
        ("The island’s interim premier, Ines Okoro,", "Ines Okoro", "island’s interim premier", None),
        ("The mayor of Sark, Ines Okoro,", "Ines Okoro", "mayor of Sark", None),
        ("Ines Okoro, 44, mayor of Sark,", "Ines Okoro", "mayor of Sark", None),
        ("Sen. Ines Okoro", "Ines Okoro", "Sen.", None),
    ],
)
def test_role_and_organisation(source: str, name: str, role: str | None, organisation: str | None) -> None:
    (quote,) = quotes(f"{source} said that it was over.")
    assert (quote.speaker.name, quote.speaker.kind, quote.role) == (name, SpeakerKind.PERSON, role)
    assert (quote.organisation.name if quote.organisation else None) == organisation


def test_an_abbreviation_belongs_to_its_organisation() -> None:
    first, second = quotes(
        "Bo Ash, a leader of Union of Dock Workers (UDW), said it was over.\n\nThe UDW said that it was not."
    )
    assert first.organisation and first.organisation.abbreviation == "UDW"
    assert second.speaker.name == "Union of Dock Workers"
    assert second.speaker.kind is SpeakerKind.ORGANISATION


@pytest.mark.parametrize(
    ("words", "conduit"),
    [
        ("told AFP on Monday", "AFP"),
        ("told news agency AFP by telephone", "AFP"),
        ("told the AFP news agency", "AFP"),
        ("told Sark Inter radio", "Sark Inter radio"),
        ("told Sark’s Channel Two television", "Channel Two television"),
        ("told a press conference on Saturday", "a press conference"),
        ("said in a statement", "a statement"),
        ("wrote on Twitter", "Twitter"),
        ("said in an interview with The Sark Post", "The Sark Post"),
        ("told him", None),
        ("said", None),
    ],
)
def test_conduit(words: str, conduit: str | None) -> None:
    (quote,) = quotes(f"“It is over,” Ines Okoro {words}.")
    assert quote.conduit == conduit


def test_a_surname_is_joined_to_the_full_name_with_its_role() -> None:
    first, second = quotes("Health Minister Ines van Dyk said it was late.\n\n“It is over,” van Dyk said.")
    assert second.speaker == replace(first.speaker, aliases=second.speaker.aliases)
    assert second.role == first.role == "Health Minister"


def test_a_bare_first_name_is_another_person() -> None:
    text = "“We left,” Ines Ag Okoro told AFP.\n\n“We stayed,” Ines, a woman who fled, told AFP."
    assert names(text) == ["Ines Ag Okoro", "Ines"]


def test_a_surname_that_two_people_share_names_nobody() -> None:
    text = "Ann Lee and Bob Ash met Tom Lee.\n\nLee said that it was over."
    assert names(text) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee left. “It is over,” she said.", "Ann Lee"),
        ("“It is over,” Ann Lee said. She said that it was late.", "Ann Lee"),
        ("Ann Lee met Tom Ash. “It is over,” she said.", "Ann Lee"),
        ("Ann Lee met Tom Ash. “It is over,” he said.", "Tom Ash"),
        ("“It is over,” she said.", None),
    ],
)
def test_pronouns_only_where_clear(text: str, expected: str | None) -> None:
    assert names(text)[-1] == expected


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("Human Rights Watch", SpeakerKind.ORGANISATION, "Human Rights Watch"),
        ("Residents in the north", SpeakerKind.GROUP, "Residents in the north"),
        ("Western leaders", SpeakerKind.GROUP, "Western leaders"),
        ("A spokesman for the ministry", SpeakerKind.UNNAMED, None),
        ("Ann Lee and Tom Ash", SpeakerKind.GROUP, "Ann Lee and Tom Ash"),
        ("They", SpeakerKind.GROUP, None),
    ],
)
def test_speaker_kind(source: str, kind: SpeakerKind, name: str | None) -> None:
    (quote,) = quotes(f"{source} said that it was over.")
    assert (quote.speaker.kind, quote.speaker.name) == (kind, name)


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("Harbour Committee members", "Harbour Committee"),
        ("Norwegian army sources", "Norwegian army"),
        ("Monitors from the African Union", "African Union"),
        ("Government watchdog groups", None),
        ("Rights campaigners", None),
        ("Three Norwegian officials", None),
    ],
)
def test_a_group_called_by_its_body_speaks_for_it(source: str, body: str | None) -> None:
    (quote,) = quotes(f"{source} said that the pier is rotten.")
    assert quote.speaker.kind is SpeakerKind.GROUP
    assert (quote.organisation and quote.organisation.name) == body


def test_the_author_speaks_as_i() -> None:
    (quote,) = quotes("I think that it is over.", byline="Ines Okoro")
    assert (quote.speaker.kind, quote.speaker.name) == (SpeakerKind.AUTHOR, "Ines Okoro")


def test_a_description_stands_for_the_organisation_that_has_just_spoken() -> None:
    text = "But Human Rights Watch said people had died. The London-based rights group said it was grave."
    assert names(text) == ["Human Rights Watch", "Human Rights Watch"]


@given(st.text())
def test_any_text_resolves(text: str) -> None:
    document = Document("d", text)
    attributions = detect(document)
    assert [quote.attribution for quote in resolve(document, attributions)] == attributions


PIECES = [
    "“Yes,” ",
    "Ann Lee",
    "Lee",
    "she ",
    "said ",
    "told AFP ",
    ", a nurse of Sark",
    "(UDW)",
    ". ",
    "\n\n",
    "The ",
    "’s ",
    "Dr. ",
    "and ",
    "it is ",
    "😀 ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_resolving_keeps_every_attribution(text: str) -> None:
    document = Document("d", text)
    attributions = detect(document)
    found = resolve(document, attributions)
    assert [quote.attribution for quote in found] == attributions
    assert all(quote.speaker.name is None or quote.speaker.name.strip() for quote in found)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join), st.data())
def test_any_spans_resolve(text: str, data: st.DataObject) -> None:
    """What a detector hands over may begin and end anywhere."""

    def spans(least: int) -> tuple[Span, ...]:
        ends = data.draw(st.lists(st.integers(0, len(text)), min_size=2 * least, max_size=4, unique=True).map(sorted))
        return tuple(Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False))

    attribution = Attribution(spans(1), spans(0), spans(0), Kind.DIRECT, Act.SPEECH, 0.5)
    (quote,) = resolve(Document("d", text), [attribution])
    assert quote.attribution == attribution
    assert 0 <= quote.speaker_confidence <= 1
    named = quote.speaker.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)
    assert quote.speaker.name or not named


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Then Ann Lee said it was over.", "Lee said", "Ann Lee"),
        ("Ann Lee left. The senator, she said, was late.", "she said", "Ann Lee"),
        ("Sen. Ann Lee left. Bob Ash stayed. The senator said it was over.", "senator", "Ann Lee"),
        ("They asked Ann Lee, who said it was over.", "who", "Ann Lee"),
        ("Trump’s campaign said it was over.", "Trump’s campaign", "Trump’s campaign"),
        ("One of the nurses, Ann Lee, said it was over.", "One of the nurses, Ann Lee", "Ann Lee"),
        ("A study by the Relief Fund found that it was over.", "A study by the Relief Fund", "Relief Fund"),
        ("One nurse said it was over.", "One nurse", None),
    ],
)
def test_whom_a_source_means(text: str, source: str, name: str | None) -> None:
    start = text.index(source)
    at = Span(start, start + len(source))
    attribution = Attribution((Span(len(text) - 5, len(text)),), (), (at,), Kind.INDIRECT, Act.SPEECH, 1.0)
    (quote,) = resolve(Document("d", text), [attribution])
    assert quote.speaker.name == name
