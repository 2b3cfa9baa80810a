"""Where names stand: what the network read divides, widens and adds to what capitals say."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quotes.records import NAME_KINDS, Name, Span, SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.kinds import kinds_of
from quotes.resolve.proposals import proposals
from quotes.text.page import Page


def read(text: str, *names: tuple[str, str], sure: float = 0.9) -> list[Name]:
    """Every place of some words as names of a kind."""
    found = []
    for words, kind in names:
        at = text.find(words)
        while at >= 0:
            shares = tuple(sure if kind == known else 0.02 for known in NAME_KINDS)
            found.append(Name(Span(at, at + len(words)), kind, shares))
            at = text.find(words, at + 1)
    return sorted(found, key=lambda name: name.span)


def written(text: str, *names: tuple[str, str], sure: float = 0.9) -> list[str]:
    return [mention.name for mention in proposals(Page(text), read(text, *names, sure=sure))[0]]


def test_a_name_that_stands_alone_elsewhere_is_taken_out_of_a_run() -> None:
    text = "They left Camp Strava. Later Strava said so, and Strava meant it."
    assert written(text, ("Strava", "ORGANIZATION")) == ["Strava"] * 3
    assert written("They left Camp Strava.", ("Strava", "ORGANIZATION")) == ["Camp Strava"]


def test_first_names_and_the_nouns_of_bodies_stay_with_the_name() -> None:
    text = "They met Ines Okoro. Later Okoro left, and Okoro slept. The Okoro Institute wept."
    assert written(text, ("Okoro", "PERSON")) == ["Ines Okoro", "Okoro", "Okoro", "Okoro Institute"]


def test_an_adjective_in_front_is_no_part_of_a_name() -> None:
    assert written("Then Tolland-based Wexcombe Looms closed.") == ["Wexcombe Looms"]


def test_an_unknown_title_is_cut_off() -> None:
    text = "Then Krontier Quilla Tenby left."
    (mention,) = proposals(Page(text), read(text, ("Quilla Tenby", "PERSON")))[0]
    assert (mention.name, mention.titles, text[mention.whole :][:8]) == ("Quilla Tenby", ("Krontier",), "Krontier")


def test_a_name_is_as_wide_as_the_network_reads_it() -> None:
    assert written("Then Save the Children left.", ("Save the Children", "ORGANIZATION")) == ["Save the Children"]


def test_a_name_that_capitals_pass_over_is_added_where_the_network_is_sure() -> None:
    text = "Then the Ballymore Executive closed."
    named = ("Ballymore Executive", "ORGANIZATION")
    assert written(text, named) == ["Ballymore Executive"]
    assert written(text, named, sure=0.4) == []


def test_offices_members_and_currencies_are_not_added() -> None:
    text = "The President left. A Republican slept. It cost NZ$9 million."
    assert written(text, ("President", "PERSON"), ("Republican", "ORGANIZATION"), ("NZ", "LOCATION")) == []


def test_a_lone_capital_that_the_network_never_reads_has_no_kind() -> None:
    text = "Nonsense followed. They met Quilla Tenby."
    found = proposals(Page(text), read(text, ("Quilla Tenby", "PERSON")))[0]
    kinds = kinds_of(Page(text), found, read(text, ("Quilla Tenby", "PERSON")))
    assert kinds[("Quilla", "Tenby")].kind is SpeakerKind.PERSON
    assert all(kind.kind is None for words, kind in kinds.items() if words == ("Nonsense",))


def test_a_name_has_one_kind_all_over_the_article() -> None:
    text = "They wrote to Wexcombe Looms, which said no. Wexcombe Looms closed."
    names = read(text, ("Wexcombe Looms", "ORGANIZATION"))
    cast = Cast(Page(text), names)
    (entity,) = [entity for entity in cast.entities if entity.name == "Wexcombe Looms"]
    assert entity.kind is SpeakerKind.ORGANISATION
    assert entity.sure > 0.9
    assert len(entity.mentions) == 2


def test_what_is_read_as_a_place_is_no_person_and_employs_nobody() -> None:
    text = "They met in Wexcombe Magna, which is small."
    entity = Cast(Page(text), read(text, ("Wexcombe Magna", "LOCATION"))).named("Wexcombe Magna")
    assert entity is not None
    assert entity.place
    assert entity.kind is SpeakerKind.ORGANISATION


@given(st.text(st.sampled_from("Aa Bob-ledN$9.,’s\n“”"), max_size=60), st.data())
def test_mentions_are_in_order_apart_and_verbatim(text: str, data: st.DataObject) -> None:
    page = Page(text)
    spots = st.integers(0, max(0, len(page.text) - 1))
    names = []
    for start in sorted(data.draw(st.sets(spots, max_size=4))) if page.text else []:
        end = data.draw(st.integers(start + 1, len(page.text)))
        names.append(Name(Span(start, end), data.draw(st.sampled_from(NAME_KINDS)), (0.7, 0.1, 0.1, 0.0)))
    found = proposals(page, names)[0]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(mention.name == " ".join(page.text[mention.start : mention.end].split()) for mention in found)


def test_a_body_of_a_country_whose_noun_is_written_small_is_named() -> None:
    text = "Norland's military said so. The Danish defence ministry agreed, but a ministry did not."
    assert written(text) == ["Norland's military", "Danish defence ministry"]


def test_a_users_name_is_a_name_wherever_it_stands_and_a_body_with_a_number_is_none() -> None:
    text = "It is late, said brann91. Brann91 left, and so did those of the g20 and of covid19."
    assert written(text, ("brann91", "PERSON"), ("g20", "PERSON")) == ["brann91", "Brann91"]
    assert "covid19" not in written(f"COVID19 is back. {text}", ("COVID19", "PERSON"))
