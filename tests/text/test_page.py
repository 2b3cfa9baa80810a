"""One reading of a text."""

from __future__ import annotations

import json
import textwrap
from functools import cache

import pytest

from quotes.pipeline import extract, seeds
from quotes.records import Document, Kind, Quote, Span
from quotes.text.page import Page

TEXT = "SARK, March 2 (AFP) — A bridge is shut.\n\n“It is (dr. Lund said) old.” Is it?\n\nMayor Okoro To Resign Friday"


def place(page: Page, words: str) -> int:
    return page.text.index(words)


def test_a_page_knows_where_everything_stands() -> None:
    page = Page(TEXT)
    assert page.dateline(place(page, "March")) and not page.dateline(place(page, "bridge"))
    assert page.towns == {"sark"}
    assert [page.paragraph(place(page, words)) for words in ("SARK", "Lund", "Okoro")] == [0, 1, 2]
    assert page.quoted(place(page, "Lund")) and not page.quoted(place(page, "Is it"))
    assert page.headline(place(page, "Okoro")) and not page.headline(place(page, "bridge"))
    assert page.text[page.sentence_start(place(page, "Lund")) : page.sentence_end(place(page, "Lund"))].startswith(
        "“It"
    )
    assert page.opens(place(page, "It is")) and not page.opens(place(page, "old"))
    assert page.words[page.word_at(place(page, "Okoro"))].text == "Okoro"


def test_a_transcript_has_turns() -> None:
    page = Page("BO ASH (Sark) (16:05): It is.\n\nThe CHAIR: Is it?\n\nASH: Yes.")
    assert [colon.start for colon in page.turns.values()] == [21, 40, 53]
    assert not Page("Bo Ash: It is.\n\nHe left.").turns


def test_a_turn_of_a_transcript_is_no_headline() -> None:
    asked = "Ines Okoro: What did you see?"
    assert Page(asked).headline(0)
    assert not Page(f"{asked}\n\nBo Ash: The pier.\n\nInes Okoro: Thank you.").headline(0)


def test_lines_with_a_colon_or_a_dash_are_no_headlines() -> None:
    page = Page("And From Chairwoman Petra Lindqvist:\n\n— Greta Holm, Mayor Of Carrow")
    assert not page.headline(5) and not page.headline(place(page, "Holm"))


def test_sentences_in_capitals_are_known() -> None:
    page = Page('"WE WILL NOT RISK A LIFE," SAID MAYOR INES OKORO. "NOT ONE."\n\nShe said so.')
    assert page.in_capitals(place(page, "OKORO")) and not page.in_capitals(place(page, "said so"))


def test_spans_go_from_the_stored_text_to_the_page_and_back() -> None:
    stored = "Council chair Marga\u00adreta Vos\u00adkuijl said so."
    page = Page(stored)
    name = Span(14, 34)
    assert name.of(stored) == "Marga\u00adreta Vos\u00adkuijl"
    assert page.inward(name).of(page.text) == "Margareta Voskuijl"
    assert page.outward(page.inward(name)) == name
    assert page.inward(Span(19, 20)).end <= len(page.text)  # of a soft hyphen alone


def test_a_wrapped_quotation_is_one() -> None:
    words = (
        "“We will not risk a single life on that bridge, and we shall not open it before the summer,” said Ines Okoro."
    )
    page = Page(textwrap.fill(words, 40))
    assert page.kind([page.inward(Span(0, page.stored.index("said")))]) is Kind.DIRECT


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n"])
def test_the_paragraphs_around_a_span(between: str) -> None:
    page = Page(between.join(("One is here.", "Two is there.", "Three is not.")))
    two = page.stored.index("is there")
    assert page.around(Span(two, two + 2)).of(page.stored) == "Two is there."
    assert page.around(Span(4, two + 2)).of(page.stored) == f"One is here.{between}Two is there."


@cache
def articles() -> list[Document]:
    lines = [json.loads(file.read_text(encoding="utf-8").splitlines()[0]) for file in seeds().glob("*.gold.jsonl")]
    return [Document(line["id"], line["text"]) for line in sorted(lines, key=lambda line: str(line["id"]))]


@cache
def said() -> list[list[tuple[object, ...]]]:
    return [[told(quote) for quote in extract(article)] for article in articles()]


def told(quote: Quote) -> tuple[object, ...]:
    members = quote.attribution.kind, quote.attribution.act, quote.attribution.polarity, quote.source_type
    return quote.speaker, quote.organisation, quote.role, quote.conduit, *members


@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_articles_say_the_same(width: int) -> None:
    for article, expected in zip(articles(), said(), strict=True):
        text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in article.text.split("\n\n"))
        assert [told(quote) for quote in extract(Document(article.id, text))] == expected, article.id


@pytest.mark.parametrize(
    "text",
    [
        "Council chair Marga\u00adreta Vos\u00adkuijl said on Tuesday the Kauf\u00adhaus would close.\n\n"
        "“It was a hard deci\u00adsion,” Voskuijl said.",
        "Council chair Margareta Vos\u200bkuijl said on Tuesday the Kaufhaus would close.\n\n"
        "“It was a hard decision,” Voskuijl\u200b said.",
    ],
)
def test_hidden_characters_hide_no_name(text: str) -> None:
    found = extract(Document("kaufhaus", text))
    assert [quote.speaker.name for quote in found] == ["Margareta Voskuijl"] * 2
    assert all(span.of(text) in text for quote in found for span in quote.attribution.content)
    assert found[1].text(Document("kaufhaus", text)).startswith("It was a hard deci")
    assert "\u00ad" in found[1].text(Document("kaufhaus", text)) or "\u00ad" not in text


def test_a_span_of_hidden_characters_has_a_kind() -> None:
    page = Page("\u200d")
    assert page.text == ""
    assert page.kind([page.inward(Span(0, 1))]) is Kind.INDIRECT
