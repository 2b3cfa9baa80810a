"""What the network's names change in those that spelling gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.records import Document, Span, SpeakerKind
from quotes.resolve import resolve
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.resolve.layout import Layout
from quotes.resolve.profiles import enter_profiles
from quotes.resolve.references import Spoken, choose
from quotes.resolve.seen import Seen


def spans(text: str, *names: str) -> list[Span]:
    return sorted(Span(text.index(name), text.index(name) + len(name)) for name in names)


def entity(text: str, name: str, seen: Seen) -> Entity:
    found = Cast(Layout(text), seen).named(name)
    assert found is not None
    return found


def test_what_the_network_never_reads_as_a_person_is_none() -> None:
    text = "They wrote to Wexcombe Looms, which said no."
    assert entity(text, "Wexcombe Looms", Seen()).kind is SpeakerKind.PERSON
    found = entity(text, "Wexcombe Looms", Seen(others=spans(text, "Wexcombe Looms")))
    assert found.kind is SpeakerKind.ORGANISATION and not found.place


def test_a_place_is_told_from_a_body() -> None:
    text = "They met in Wexcombe Magna, which is small."
    assert entity(text, "Wexcombe Magna", Seen(places=spans(text, "Wexcombe Magna"))).place


def test_one_reading_as_a_person_is_enough() -> None:
    text = "They met Quilla Tenby. Then Quilla Tenby left."
    seen = Seen(people=spans(text, "Quilla Tenby"), others=[Span(text.rindex("Quilla"), text.rindex(" left"))])
    assert entity(text, "Quilla Tenby", seen).kind is SpeakerKind.PERSON


def test_who_is_called_by_surname_is_no_body_whoever_is_from_there() -> None:
    text = "They met Wexcombe Magna. The pupil Oona Tenby is a student of Wexcombe Magna. Later Magna left."
    cast = Cast(
        Layout(text), Seen(people=[*spans(text, "Wexcombe Magna"), Span(text.rindex("Magna"), text.rindex(" left"))])
    )
    enter_profiles(cast)
    assert {e.name: e.kind for e in cast.entities}["Wexcombe Magna"] is SpeakerKind.PERSON


def test_an_unknown_title_is_cut_off() -> None:
    text = "Then Krontier Quilla Tenby left."
    found = entity(text, "Quilla Tenby", Seen(people=spans(text, "Quilla Tenby")))
    assert found.name == "Quilla Tenby"
    assert found.mentions[0].titles == ("Krontier",)


def test_a_body_in_front_of_its_person_is_cut_off() -> None:
    text = "They asked the head of the Wool Growers’ Association Quilla Tenby."
    cast = Cast(Layout(text), Seen(people=spans(text, "Quilla Tenby")))
    assert {e.name: e.kind for e in cast.entities} == {
        "Wool Growers’ Association": SpeakerKind.ORGANISATION,
        "Quilla Tenby": SpeakerKind.PERSON,
    }


def test_a_particle_is_not_cut_off() -> None:
    text = "Then Gerrit van den Brand left."
    found = entity(text, "Gerrit van den Brand", Seen(people=spans(text, "van den Brand")))
    assert found.name == "Gerrit van den Brand"


NAMES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda t: Span(t[0], t[0] + t[1])), max_size=5)


@given(st.text(max_size=60), NAMES, NAMES, NAMES)
def test_any_names_do(text: str, people: list[Span], places: list[Span], others: list[Span]) -> None:
    assert resolve(Document("d", text), [], sorted(people), sorted(places), sorted(others)) == []


def test_a_lone_word_that_the_network_never_read_is_no_she() -> None:
    text = "They met Quilla Tenby, and the talks went on. “Nonsense,” said the agent of the harbour. He left early."
    known = Cast(Layout(text), Seen(people=spans(text, "Quilla Tenby")))
    chosen = choose(known, text.rindex("He"), "he", Spoken(), [e for e in known.entities if e.name == "Nonsense"])
    assert chosen.entity is None
    unread = Cast(Layout(text))
    nonsense = [e for e in unread.entities if e.name == "Nonsense"]
    assert choose(unread, text.rindex("He"), "he", Spoken(), nonsense).entity is nonsense[0]
