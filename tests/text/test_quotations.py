from hypothesis import given
from hypothesis import strategies as st

from quotes.text.page import Page
from quotes.text.quotations import CLOSING, INSIDE, OPENING, OUTSIDE, paragraphs

MARKED = st.text(alphabet=st.sampled_from("ab s.,\n “”\"‘’'«»„()é"), max_size=120)


def drawn(text: str) -> str:
    return "".join(".i<>"[state] for state in Page(text).states)


def heading(text: str) -> list[int]:
    return Page(text).heading


def test_every_style_of_marks_opens_and_closes() -> None:
    for opening, closing in (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("»", "«")):
        assert drawn(f"He said {opening}no way{closing} to us") == "." * 8 + "<" + "i" * 6 + ">" + "." * 6, opening


def test_apostrophes_are_no_marks() -> None:
    assert set(drawn("The players’ union isn’t in the ’90s; it's 'em")) == {"."}


def test_a_single_quote_runs_past_an_apostrophe() -> None:
    text = "‘We don’t know,’ she said"
    assert drawn(text) == "<" + "i" * 14 + ">" + "." * 9


def test_a_mark_within_a_quotation_is_inside() -> None:
    assert drawn("“I said ‘no’ twice”") == "<" + "i" * 17 + ">"


def test_a_paragraph_break_ends_an_open_quote() -> None:
    assert drawn("“One\n\n“Two” three") == "<iii..<iii>......"


def test_inches_open_nothing() -> None:
    assert OPENING not in Page("He is 6'3\" tall and weighs 236 pounds").states


def test_an_inch_inside_a_quotation_closes_nothing() -> None:
    assert drawn('"A 12" scar," he said') == "<" + "i" * 11 + ">" + "." * 8
    assert drawn('"We lost by 2", he said') == "<" + "i" * 12 + ">" + "." * 9


def test_marks_of_tex_are_two_characters() -> None:
    assert drawn("``We pay,'' he said") == "<<" + "i" * 7 + ">>" + "." * 8
    assert OPENING not in Page("``We pay, he said").states


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = "the quick brown fox jumps over the lazy dog and then it runs off into the"
    wrapped = f"{lines}\n{lines}\n{lines}\n{lines}\nend.\n\nNext one."
    assert len(Page(wrapped).paragraphs) == 2


@given(MARKED)
def test_openings_and_closings_alternate(text: str) -> None:
    page = Page.of_read(text)
    states = page.states
    assert len(states) == len(text)
    open_ = False
    for start, end in page.paragraphs:
        open_ = False
        for state in states[start:end]:
            assert (state in (INSIDE, CLOSING)) == open_
            open_ = state in (OPENING, INSIDE)
    between = set(range(len(text))) - {i for s, e in page.paragraphs for i in range(s, e)}
    assert all(states[i] == OUTSIDE for i in between)


@given(st.text(max_size=200))
def test_paragraphs_hold_all_that_is_not_space(text: str) -> None:
    spans = paragraphs(text)
    assert spans == sorted(spans)
    assert "".join(text[s:e] for s, e in spans).split() == text.split() or "".join(text.split()) == "".join(
        "".join(text[s:e] for s, e in spans).split()
    )


def test_a_heading_is_lines_that_end_no_sentence() -> None:
    text = "Ferry runs again\n\nBy Oona Tenby\n\nThe ferry runs again, the harbour said.\n\nNo more"
    assert [text[i:].split("\n")[0] for i in heading(text)] == [
        "By Oona Tenby",
        "The ferry runs again, the harbour said.",
    ]
    assert heading("The ferry runs again.\n\nNo more") == []
    assert heading("Ferry runs again") == []
    assert heading("“It (the ferry) runs.”)\n\nNo more") == []
    assert heading("." * 1_000_000 + "a\n\nb") == [1_000_003]
    assert len(heading("one\n\ntwo\n\nthree\n\nfour\n\nfive")) == 3


@given(MARKED)
def test_a_heading_is_cut_where_paragraphs_begin(text: str) -> None:
    page = Page(text)
    assert page.heading == [start for start, _ in page.paragraphs][1 : 1 + len(page.heading)]
