"""The bodies and roles that an article gives its people."""

from __future__ import annotations

import pytest

from quotes.resolve.bodies import is_place_name
from quotes.resolve.cast import Cast
from quotes.resolve.layout import Layout
from quotes.resolve.profiles import enter_profiles


@pytest.mark.parametrize("name", ["’s", "...", ""])
def test_marks_alone_are_no_place(name: str) -> None:
    assert not is_place_name(name)


def profile(text: str, name: str) -> tuple[str | None, str | None]:
    """Role and body of a person of the text."""
    cast = Cast(Layout(text))
    enter_profiles(cast)
    entity = cast.named(name)
    assert entity is not None
    return entity.role, entity.organisation


@pytest.mark.parametrize(
    ("text", "role", "body"),
    [
        ("Bo Ash, director of Little Lanterns, left.", "director", "Little Lanterns"),
        ("Bo Ash, a crofter, left.", "crofter", None),
        ("Bo Ash, a kuia of the lake, left.", "kuia of the lake", None),
        ("Bo Ash, 44, is the president of the Dockers Union.", "president", "Dockers Union"),
        ("Bo Ash, who manages the Dockers Union, left.", "head", "Dockers Union"),
        ("Bo Ash of the Tolland Institute left.", None, "Tolland Institute"),
        ("Bo Ash (Tolland Institute) left.", None, "Tolland Institute"),
        ("Bo Ash (R-Ohio) left.", None, None),
        ("Bo Ash of Tolland left.", None, None),
        ("They met Millers’ Union of Sark spokesperson Bo Ash.", "spokesperson", "Millers’ Union of Sark"),
        ("Then cloth seller Bo Ash left.", "seller", None),
        ("Then Bo Ash, head of the county council, left.", "head", "county council"),
        ("The Dockers Union met. Its chairman, Bo Ash, left.", "chairman", "Dockers Union"),
        ("The Dockers Union met. Then union spokesman Bo Ash left.", "union spokesman", "Dockers Union"),
        ("Pell Bank lost money. Chief executive Bo Ash left.", "Chief executive", "Pell Bank"),
        ("Pell Bank lost money. Bo Ash, a lawyer, left.", "lawyer", None),
        ("Chief executive Bo Ash left. Pell Bank lost money. So Ash slept.", "Chief executive", None),
        ("It lost NZ$9 million. Chief executive Bo Ash left.", "Chief executive", None),
        ("Bo Ash, minister of Culture, left.", "minister of Culture", None),
        ("Then former Ghanaian minister Bo Ash left.", "former Ghanaian minister", None),
        ("Sark High Court sat. Justice Bo Ash left.", "Justice", "Sark High Court"),
        ("Marine biologist Bo Ash left.", "Marine biologist", None),
        ("Then Regional Minister Bo Ash left.", "Regional Minister", None),
        ("The Regional Minister, Mrs Bo Ash, left.", "Regional Minister", None),
        ("Bo Ash KC, a barrister, left.", "barrister", None),
        ("At the White House, White House Press Secretary Bo Ash left.", "Press Secretary", "White House"),
        ("Then Senate Republican leader Bo Ash left.", "Republican leader", "Senate"),
        ("The Harbour Committee met. Then Harbour Chairman Bo Ash left.", "Harbour Chairman", "Harbour Committee"),
        (
            "Ms. Orr’s campaign began. Bo Ash, an adviser to the campaign, left.",
            "adviser to the campaign",
            "Orr campaign",
        ),
        ("Bo Ash, who as a young captain was the Pell Bank physician, left.", "physician", "Pell Bank"),
        ("The United Nations met. Secretary General Bo Ash left.", "Secretary General", "United Nations"),
        (
            "Bo Ash rose. He holds a post of power as the attorney general, at the Justice Department.",
            "attorney general",
            "Justice Department",
        ),
        ("Bo Ash, who runs the pantry at the Tolland Institute, left.", "head", "Tolland Institute"),
        ("Then a substitute clerk named Bo Ash left.", "substitute clerk", None),
        ("Bo Ash, a county commissioner and the owner of a shop, left.", "county commissioner", None),
        ("“Go,” said Bo Ash, who took over as chief executive of Pell Bank in May.", "chief executive", "Pell Bank"),
        ("The trust’s lawyer, Adv. Bo Ash, left.", "trust’s lawyer", None),
        ("Then Senate President Bo Ash left.", "President", "Senate"),
        ("The Justice Department wept. General Bo Ash left.", "General", None),
        ("Bo Ash was appointed with Di Orr. They met as the mayor, Ed Pell, slept.", None, None),
    ],
)
def test_role_and_body(text: str, role: str | None, body: str | None) -> None:
    assert profile(text, "Bo Ash") == (role, body)


@pytest.mark.parametrize(
    "text",
    [
        "The Tolland Act passed. Its chairman, Bo Ash, left.",  # a law employs nobody
        "Chief executive Bo Ash told The Tolland Courier so.",  # nor does he work for the paper he spoke to
        "Bo Ash, a Tiree Democrat, left.",  # a member of a party
        "Bo Ash, who runs 40 lorries out of Tiree, left.",  # where they start from
        "The Tolland Institute’s study was clear. Its lead author, Bo Ash, left.",  # of the study
        "The Supreme Court sat. Judge Bo Ash left.",  # of some lower one
        "Pell Bank lost money. Then city finance director Bo Ash left.",  # of the city
        "Tolland Bank fell.\n\nIt rained.\n\nIt rained.\n\nSpokesman Bo Ash left.",  # too far
    ],
)
def test_no_body_is_guessed(text: str) -> None:
    assert profile(text, "Bo Ash")[1] is None
