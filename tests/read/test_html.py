from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import html

from .conftest import Write, one, refusal

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pier to close | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<link rel="canonical" href="https://harbour.example/news/pier"></head><body>
<nav><a href="/">Home</a> <a href="/n">All the news</a></nav><article><h1>Pier to close</h1>
<p>The council voted on Tuesday to close the old pier, said its leader, <a href="/m">Mary Ann Moss</a>, after a long
and <em>bitter</em> debate about money that has not been there for years.</p>
<blockquote><p>“We had no choice,” she told the meeting.</p><p>“None at all.”</p></blockquote>
<h2>What now</h2><p>Fishermen were angry.<br>“It’s a disgrace,” said Tom Hale, who had come to hear the council.</p>
<ul><li>First: "a thing"</li><li>Second <b>thing</b></li></ul>
<p>The pier was built in 1893 and has been closed twice. A decision is due in May, the mayor's office said.</p>
</article><footer>Copyright 2020 Harbour</footer></body></html>"""


def test_text_in_paragraphs_and_metadata(write: Write) -> None:
    document = one(write("a.html", PAGE))
    paragraphs = document.text.split("\n\n")
    assert paragraphs[-8:] == [
        "The council voted on Tuesday to close the old pier, said its leader, Mary Ann Moss, after a long and bitter "
        "debate about money that has not been there for years.",
        "“We had no choice,” she told the meeting.",
        "“None at all.”",
        "What now",
        "Fishermen were angry.\n“It’s a disgrace,” said Tom Hale, who had come to hear the council.",
        'First: "a thing"',
        "Second thing",
        "The pier was built in 1893 and has been closed twice. A decision is due in May, the mayor's office said.",
    ]
    assert "All the news" not in document.text
    assert "Copyright" not in document.text
    assert (document.title, document.byline, document.outlet) == ("Pier to close", "Jane Roe", "The Harbour Post")
    assert (document.published, document.url) == (date(2024, 3, 5), "https://harbour.example/news/pier")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', "2024-03-05T10:00:00+00:00"),
        ('<meta property="article:published_time" content="2024-03-05T23:30:00-05:00">', "2024-03-05T23:30:00-05:00"),
        ('<meta property="article:published_time" content="2024-03-05">', None),
        (
            '<meta property="article:published_time" content="2024-03-05">'
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-05T10:00"}</script>',
            "2024-03-05T10:00:00",
        ),
        (
            '<meta property="article:published_time" content="2024-03-05">'
            '<script type="application/json">{"datePublished": "2019-01-01T10:00"}</script>',
            None,
        ),
    ],
)
def test_the_moment_of_publication(head: str, expected: str | None) -> None:
    given = '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
    document = html.document(PAGE.replace(given, head), "a.html")
    assert document.published == date(2024, 3, 5)
    assert (document.published_at.isoformat() if document.published_at else None) == expected


def test_attributes_beyond_the_limit_are_cut_and_the_text_stays() -> None:
    many = " ".join(f'a{i}="x > y"' for i in range(html.MAX_ATTRIBUTES * 2))
    page = PAGE.replace("<article>", f"<article {many}>").replace("<blockquote>", f"<blockquote {many} / >")
    assert html.document(page, "a.html").text == html.document(PAGE, "a.html").text
    few = " ".join(f"a{i}=1" for i in range(html.MAX_ATTRIBUTES))
    assert html._MANY_ATTRIBUTES.sub("cut", f"<p {few}>") == f"<p {few}>"


def test_tracking_parameters_are_no_part_of_an_address() -> None:
    page = PAGE.replace("news/pier", "news/pier?utm_source=x#top")
    assert html.document(page, "a.html").url == "https://harbour.example/news/pier"


def test_the_host_is_the_outlet_of_a_page_that_names_none() -> None:
    page = PAGE.replace('<meta property="og:site_name" content="The Harbour Post">', "").replace(
        " | The Harbour Post", ""
    )
    assert html.document(page, "a.html", "https://www.harbour.example/news/pier").outlet == "harbour.example"


def test_a_home_page_is_no_canonical_address_of_an_article() -> None:
    page = PAGE.replace("https://harbour.example/news/pier", "https://harbour.example/")
    fetched = "https://harbour.example/news/pier?id=4"
    assert html.document(page, "a.html", fetched).url == fetched


def test_a_page_does_not_pass_for_an_article_of_another_site() -> None:
    for fetched in ("https://other.example/news/pier", "http://127.0.0.1:8000/pier"):
        assert html.document(PAGE, "a.html", fetched).url == fetched


def test_no_date_is_taken_from_the_running_text() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', "").replace(
        "The pier was", "On 4 July 2019 the pier was"
    )
    assert html.document(page, "a.html").published is None


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<!doctype html><html><head><title>App</title><script>var a = 'text';</script></head><body><div id=root></div>",
        "<html>",
        "<html><body>" + "<div>" * 50_000,
    ],
)
def test_text_free_pages_are_refused(
    page: str, write: Write, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    assert refusal(write("a.html", page)).reason == html.NO_ARTICLE
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le"])
def test_declared_encodings(write: Write, encoding: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{encoding}"')
    assert "“We had no choice,” she told" in one(write("a.html", page.encode(encoding))).text


def test_latin_1_means_cp1252_as_in_browsers(write: Write) -> None:
    page = PAGE.replace('charset="utf-8"', 'http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"')
    assert "“We had no choice,” she told" in one(write("a.html", page.encode("cp1252"))).text


def test_an_xml_declaration_does_not_turn_text_into_mojibake(write: Write) -> None:
    page = '<?xml version="1.0" encoding="iso-8859-1"?>' + PAGE
    assert "“We had no choice,” she told" in one(write("a.html", page)).text


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text(alphabet="<>/pdivbr =\"'&;a\n", max_size=200))
def test_any_page_gives_a_document_or_a_refusal(text: str, markup: str) -> None:
    try:
        html.document(f"<html><body><article>{markup}<p>{text}</p></article></body></html>", "a.html")
    except InputRefused as refused:
        assert refused.location == "a.html"
