"""The rule, on cards alone."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import Card, Likeness
from quotes.resolve.cards import facts_of
from quotes.resolve.identities import View, cells, of_name, of_short_form


def cards(**sizes: int) -> list[Likeness]:
    """`cards(middle_w=5, none=3)`: cards of one name with their sizes; heads are numbered in order."""
    variants = {"" if name == "none" else name.replace("_", "=", 1).replace("__", " "): n for name, n in sizes.items()}
    return [
        Likeness(Card("person george marsh", variant, "marsh"), head, size)
        for head, (variant, size) in enumerate(variants.items(), 1)
    ]


def grouped(named: Sequence[Likeness]) -> set[frozenset[str]]:
    return {frozenset(one.card.variant for one in group) for group in cells(named)}


def sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset("" if word == "none" else word for word in group.split()) for group in groups}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (cards(none=9, middle_j=3, gender_m=2), sets("none middle=j gender=m")),
        (cards(middle_f=1, middle_fitzgerald=1), sets("middle=f middle=fitzgerald")),
        (cards(gender_m=4, gender_f=4), sets("gender=m", "gender=f")),
        (cards(none=9, gender_m=4, gender_f=4), sets("none", "gender=m", "gender=f")),
        (cards(none=60, middle_w=50, **{"middle_h.w": 30}), sets("none", "middle=w", "middle=h.w")),
        (cards(none=600, gender_m=40, gender_f=3), sets("none gender=m", "gender=f")),
        (cards(none=60, gender_m=5, gender_f=1), sets("none gender=m", "gender=f")),
        (cards(none=60, gender_m=1, gender_f=1), sets("none", "gender=m", "gender=f")),
        (cards(none=60, middle_w=9, gender_m=1, gender_f=1), sets("none middle=w", "gender=m", "gender=f")),
        (cards(none=5, gender_m=2, gender_f=1), sets("none", "gender=m", "gender=f")),
        (cards(decade_199=3, decade_202=3), sets("decade=199 decade=202")),
        (cards(decade_196=1, decade_202=1), sets("decade=196", "decade=202")),
        (cards(decade_196=1, decade_199=1, decade_202=1), sets("decade=196 decade=199 decade=202")),
        (cards(born_2003=1, born_2005=1, born_2007=1), sets("born=2003 born=2005 born=2007")),
        (cards(born_1961=1, born_2005=1), sets("born=1961", "born=2005")),
        (cards(era_39=3, era_40=3), sets("era=39 era=40")),
        (cards(country_french=3, country_malian=3), sets("country=french", "country=malian")),
        (cards(profession_office=3, profession_private=3), sets("profession=office", "profession=private")),
        (cards(profession_office=3, profession_sport=3), sets("profession=office", "profession=sport")),
        (cards(profession_office=3, profession_business=3), sets("profession=office profession=business")),
        (cards(profession_office=3, profession_arts=3), sets("profession=office profession=arts")),
        (
            cards(profession_office=3, profession_sport=3, **{"profession_office.sport": 1}),
            sets("profession=office profession=sport profession=office.sport"),
        ),
        (cards(none=1, profession_office=1, profession_sport=1), sets("none", "profession=office", "profession=sport")),
    ],
)
def test_who_is_one_and_who_is_not(named: list[Likeness], expected: set[frozenset[str]]) -> None:
    assert grouped(named) == expected


VARIANTS = [
    "",
    "middle=j",
    "middle=w",
    "middle=h.w",
    "middle=john",
    "gender=m",
    "gender=f middle=j",
    "decade=196",
    "decade=199",
    "decade=202",
    "born=1961",
    "born=1963",
    "born=1965",
    "profession=office",
    "profession=sport",
    "profession=office.sport",
    "profession=law.office",
    "profession=arts",
    "decade=202 gender=m profession=law",
]


@given(st.dictionaries(st.sampled_from(VARIANTS), st.integers(1, 200), min_size=1), st.randoms())
def test_the_order_changes_nothing(sizes: dict[str, int], chance: random.Random) -> None:
    def partition(order: list[str]) -> set[frozenset[str]]:
        return grouped([Likeness(Card("person a b", v, "b"), head, sizes[v]) for head, v in enumerate(order, 1)])

    order = list(sizes)
    before = partition(order)
    chance.shuffle(order)
    assert partition(order) == before
    assert frozenset().union(*before) == sizes.keys()
    assert sum(len(group) for group in before) == len(sizes)


def test_joins_and_doubts_say_why() -> None:
    view = of_name(cards(none=60, gender_m=5, gender_f=1))
    assert {(o.left, o.right, o.verdict) for o in view.opinions} == {(1, 2, "same"), (1, 3, "unsure")}
    assert all("george marsh" in o.reason or "gender f" in o.reason or "others" in o.reason for o in view.opinions)


def test_a_doubt_says_all_that_speaks_against_it_and_weighs_less_the_more_does() -> None:
    striker, minister, old = "born=2005 profession=sport", "profession=office", "born=1961 profession=office"
    reasons = {}
    for other in (minister, old):
        named = [
            Likeness(Card("person john carver", v, "carver"), head, 1) for head, v in enumerate((striker, other), 1)
        ]
        [opinion] = of_name(named).opinions
        reasons[other] = (opinion.verdict, opinion.score, opinion.reason)
    assert reasons[minister] == ("unsure", 0.5, "same name, but profession sport against office")
    assert reasons[old] == ("unsure", 0.25, "same name, but born 2005 against 1961, profession sport against office")


@given(st.dictionaries(st.sampled_from(VARIANTS), st.integers(1, 200), min_size=1))
def test_in_a_group_nobody_contradicts_what_is_known_of_the_others_together(sizes: dict[str, int]) -> None:
    named = [Likeness(Card("person a b", v, "b"), head, size) for head, (v, size) in enumerate(sizes.items(), 1)]
    for group in cells(named):
        genders = {facts_of(one.card.variant).get("gender") for one in group} - {None}
        assert len(genders) <= 1
    assert len(of_name(named).opinions) == len(named) - 1


def body(name: str, variant: str, head: int, size: int = 1) -> Likeness:
    return Likeness(Card(f"organisation {name}", variant, ""), head, size)


def short_form(short: Likeness, declaring: Sequence[Likeness]) -> View:
    named = {
        block: [one for one in declaring if one.card.block == block] for block in {d.card.block for d in declaring}
    }
    return of_short_form(short, declaring, named)


def test_an_abbreviation_is_the_one_body_that_articles_say() -> None:
    short = body("afp", "", 1, 40)
    [opinion] = short_form(short, [body("agence france presse", "short=afp", 2)]).opinions
    assert (opinion.verdict, opinion.left, opinion.right) == ("same", 2, 1)


def test_an_abbreviation_of_two_bodies_is_left_to_a_person() -> None:
    bodies = [body("agence france presse", "short=afp", 2, 3), body("armed forces of palau", "short=afp", 3)]
    assert {o.verdict for o in short_form(body("afp", "", 1), bodies).opinions} == {"unsure"}
    rare = [body("agence france presse", "short=afp", 2, 30), body("armed forces of palau", "short=afp", 3)]
    assert {(o.left, o.verdict) for o in short_form(body("afp", "", 1), rare).opinions} == {
        (2, "same"),
        (3, "unsure"),
    }


def person(name: str, variant: str, head: int, size: int = 1) -> Likeness:
    return Likeness(Card(f"person {name}", variant, "okoro"), head, size)


def test_an_office_with_a_family_name_is_the_one_whom_articles_give_it() -> None:
    bare = person("president okoro", "decade=202", 1)
    ines = person("ines okoro", "decade=202 short=president.okoro", 2, 5)
    assert [o.verdict for o in short_form(bare, [ines]).opinions] == ["same"]
    joel = person("joel okoro", "short=president.okoro", 3, 2)
    assert [o.verdict for o in short_form(bare, [ines, joel]).opinions] == ["unsure", "unsure"]
    long_ago = person("joel okoro", "decade=182 short=president.okoro", 3, 2)
    assert [(o.left, o.verdict) for o in short_form(bare, [ines, long_ago]).opinions] == [(2, "same")]
    son = person("ines okoro", "gender=m short=president.okoro", 3, 2)
    mother = person("ines okoro", "gender=f short=president.okoro", 4, 2)
    assert [o.verdict for o in short_form(bare, [son, mother]).opinions] == ["unsure"]
