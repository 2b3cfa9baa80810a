"""Any text and any spans resolve; who speaks, in which role and for whom is in `tests/cases/speakers.csv`."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import detect
from quotes.records import Act, Attribution, Document, Kind, Quote, Span, SpeakerKind
from quotes.resolve import resolve


def quotes(text: str, **known: str) -> list[Quote]:
    document = replace(Document("d", text), **known)  # type: ignore[arg-type]
    return resolve(document, detect(document))


def test_an_abbreviation_belongs_to_its_organisation() -> None:
    first, second = quotes(
        "Bo Ash, a leader of Union of Dock Workers (UDW), said it was over.\n\nThe UDW said that it was not."
    )
    assert first.organisation and first.organisation.abbreviation == "UDW"
    assert second.speaker.name == "Union of Dock Workers"
    assert second.speaker.kind is SpeakerKind.ORGANISATION


def test_the_author_speaks_as_i() -> None:
    (quote,) = quotes("I think that it is over.", byline="Ines Okoro")
    assert (quote.speaker.kind, quote.speaker.name) == (SpeakerKind.AUTHOR, "Ines Okoro")


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
