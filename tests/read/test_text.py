from __future__ import annotations

from datetime import date

from quotes.read import ReadOptions

from .conftest import Write, one, refusal


def test_a_file_without_front_matter_is_taken_whole(write: Write, article: str) -> None:
    path = write("a.txt", "\n  " + article + "\n\n")
    document = one(path)
    assert (document.id, document.text, document.language) == (path, "\n  " + article + "\n\n", "en")
    assert (document.outlet, document.title, document.published) == (None, None, None)


def test_front_matter(write: Write, article: str) -> None:
    head = "---\ntitle: The pier\noutlet: Harbour Post\ndate: 5 March 2024\nbyline: Jane Roe\nurl: https://h.example/1\n---\n"
    document = one(write("a.txt", head + article))
    assert document.text == article.strip()
    assert (document.title, document.outlet, document.byline) == ("The pier", "Harbour Post", "Jane Roe")
    assert (document.published, document.url) == (date(2024, 3, 5), "https://h.example/1")


def test_line_ends_and_mark(write: Write, article: str) -> None:
    assert one(write("a.txt", "\ufeff" + article.replace("\n", "\r\n"))).text == article


def test_front_matter_and_nothing_else_is_empty(write: Write) -> None:
    assert "empty" in refusal(write("a.txt", "---\ntitle: The pier\n---\n")).reason


def test_a_declared_language_is_believed(write: Write, article: str) -> None:
    path = write("a.txt", "---\nlanguage: fr\n---\n" + article)
    assert refusal(path).reason == "in French (as declared); pass --language fr to add it all the same"
    assert one(path, ReadOptions(language="fr")).language == "fr"
    assert one(write("b.txt", "---\nlanguage: en-GB\n---\nPouvez-vous le dire ? Non, c’est la vie.")).language == "en"
