import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.page import Page
from quotes.text.signed import MAX_LETTER


def signed(text: str) -> list[tuple[list[str], str]]:
    page = Page(text)
    return [([span.of(page.text) for span in one.content], one.source.of(page.text)) for one in page.signed]


def test_a_credit_stands_behind_words_or_under_them() -> None:
    assert signed("Nobody asked us. — Bo Ash, crofter") == [(["Nobody asked us."], "Bo Ash, crofter")]
    assert signed("Nobody asked us.\n\n-- Bo Ash, crofter") == [(["Nobody asked us."], "Bo Ash, crofter")]
    assert signed("Stay away. — Bo Ash, harbour master") == [(["Stay away."], "Bo Ash, harbour master")]
    assert signed("“Nobody asked us.”\n\n— Bo Ash") == [(["“Nobody asked us.”"], "Bo Ash")]


def test_a_byline_at_the_end_is_no_credit() -> None:
    assert signed("The pier is shut.\n\n— Bo Ash") == []
    assert signed("The pier is shut — Bo Ash, a crofter, saw it.") == []
    assert signed("— Bo Ash, crofter") == []


@pytest.mark.parametrize(
    "text",
    [
        "The pier is shut.\n\n— Ann Lee, Associated Press",
        "The pier is shut. — Bo Ash, Reuters photographer",
        "The pier is shut.\n\n-- Ann Lee, Staff Writer",
        "The pier is shut.\n\n— Ann Lee, with reporting by Bo Ash",
        "The pier is shut.\n\n— Ann Lee, reporting from Tiree",
        "“It is shut,” said Ann Lee. “We are done.”\n\n— Bo Ash",
        "‘It is shut,’ said Ann Lee. ‘We are done.’ — Bo Ash",
    ],
)
def test_who_signs_an_article_or_a_picture_has_not_said_it(text: str) -> None:
    assert signed(text) == []


@pytest.mark.parametrize("mark", ["-", "--", "—"])
def test_items_of_a_list_are_no_credits(mark: str) -> None:
    assert signed(f"Police named the dead.\n\n{mark} Bo Ash, 34, crofter\n\n{mark} Ann Lee, 22, nurse") == []
    assert signed(f"The winner is:\n\n{mark} Bo Ash, crofter") == []


def test_a_knight_opens_no_letter() -> None:
    knights = "Sir Bo Ash, who leads Tiree, said no.\n\nThe Road Ahead\n\nSir Ian Lee, a singer, left.\n\nHarbour Town"
    assert signed(knights) == []


def test_a_letter_ends_with_its_writer() -> None:
    text = "Dear editor,  your leader was wrong.\n\nWe pay.\n\nYours,\n\nBo Ash\n\nSir, – He does not.\n\nOdile Marsh"
    assert signed(text) == [(["your leader was wrong.", "We pay."], "Bo Ash"), (["He does not."], "Odile Marsh")]


def test_a_letter_without_a_name_is_nobodys() -> None:
    two = "Sir, – He does not.\n\nOdile Marsh\n\nSir, – She does.\n\nIda Crane\n\n"
    theirs = [(["He does not."], "Odile Marsh"), (["She does."], "Ida Crane")]
    assert signed(f"{two}Sir, – We pay.\n\nThe pier is shut today.") == theirs
    assert signed(two + "Sir, – We pay." + "\n\nThe pier is shut." * (MAX_LETTER + 1) + "\n\nBo Ash") == theirs


def test_a_letter_alone_is_the_article_of_its_writer() -> None:
    assert signed("Sir, – We pay.\n\nBo Ash") == []


@given(st.text(string.ascii_letters + " \n.,—-“”:"))
def test_whatever_is_signed_lies_on_the_page(text: str) -> None:
    page = Page(text)
    for one in page.signed:
        assert all(0 <= span.start < span.end <= one.source.start for span in one.content)
        assert one.source.end <= len(page.text)
