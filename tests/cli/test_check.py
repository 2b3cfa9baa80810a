"""`quotes check` as a newsroom runs it: statuses, formats, several drafts, standard input, the marked-up page."""

from __future__ import annotations

import csv
import io
import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import Quotes

GOOD = "“The bridge will stand,” Mayor Ines Okoro said. “It has stood for a century.”\n"
BAD = "“The bridge will not stand,” Ines Okoro said.\n\n“It has stood for a century,” Tom Aske said.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_all_verbatim_is_status_0(asked: Quotes, draft: Path) -> None:
    result = asked("check", draft.name)
    [row] = map(json.loads, result.out.splitlines())
    assert (result.status, row["verdict"], row["speaker"]) == (0, "verbatim", "Ines Okoro")
    assert (row["outlet"], row["published"], row["draft"], row["quoted"]) == (
        "The Paper",
        "2024-03-01",
        "draft.txt",
        True,
    )
    assert result.err == "1 quotation: 1 verbatim.\n"
    assert asked("list").out.count("\n") == 2


def test_anything_else_is_status_3(asked: Quotes, draft: Path) -> None:
    draft.write_text(BAD, encoding="utf-8")
    result = asked("check", draft.name, "--json")
    rows = json.loads(result.out)
    assert result.status == 3
    assert [(row["line"], row["verdict"]) for row in rows] == [(1, "altered"), (3, "another speaker's")]
    assert rows[0]["difference"] == "The bridge will {+not+} stand"
    assert result.err == "2 quotations: 1 altered, 1 another speaker's.\n"


def test_a_fair_cut_is_not_verbatim(asked: Quotes, draft: Path) -> None:
    draft.write_text("“It has stood […] a century,” Ines Okoro said.\n", encoding="utf-8")
    result = asked("check", draft.name)
    row = json.loads(result.out)
    assert (result.status, row["fair"], row["change"]) == (3, True, "cut")


def test_a_draft_without_quotations_is_fine(asked: Quotes, draft: Path) -> None:
    draft.write_text("The council met on Monday and went home before the rain began.\n", encoding="utf-8")
    result = asked("check", draft.name)
    assert (result.status, result.out, result.err) == (0, "", "0 quotations.\n")


def test_what_cannot_be_read_is_named_and_the_rest_checked(asked: Quotes, draft: Path) -> None:
    result = asked("check", draft.name, "none.txt")
    assert result.status == 3
    assert "Refused: none.txt" in result.err
    assert len(result.out.splitlines()) == 1


def test_every_format_that_add_reads(asked: Quotes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><article><p>{GOOD}</p></article></body></html>", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"---\ntitle: Draft\n---\n\n{BAD}", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "c1", "text": GOOD}), encoding="utf-8")
    rows = [json.loads(line) for line in asked("check", "a.html", "b.md", "c.jsonl").out.splitlines()]
    assert [row["draft"] for row in rows] == ["a.html", "b.md", "b.md", "c1"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert json.loads(asked("check", "-").out)["verdict"] == "verbatim"


@pytest.mark.parametrize("form", ["-t", "--json", "--nl", "--csv", "--tsv", "--excel", "--format=markdown"])
def test_every_output_format(asked: Quotes, draft: Path, form: str) -> None:
    draft.write_text(GOOD + "\n" + BAD, encoding="utf-8")
    result = asked("check", draft.name, form)
    assert result.status == 3
    assert "another speaker" in result.out


def test_columns_are_chosen(asked: Quotes, draft: Path) -> None:
    out = asked("check", draft.name, "--csv", "--columns", "line,verdict,passage").out
    assert next(csv.reader(io.StringIO(out))) == ["line", "verdict", "passage"]
    assert asked("check", draft.name, "--columns", "colour").status == 2


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_tables_fit_the_terminal(asked: Quotes, draft: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    draft.write_text(BAD, encoding="utf-8")
    out = asked("check", draft.name, "-t").out
    assert all(len(line) <= width for line in out.splitlines())
    plain = " ".join(out.split())
    assert "{+not+}" in plain
    assert "Ines" in plain


def test_without_a_database_it_says_so(quotes: Quotes, draft: Path) -> None:
    result = quotes("check", draft.name, "--db", "none.db")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "quotes add" in result.err


def test_a_page_that_cannot_be_written_is_told_in_one_line(asked: Quotes, draft: Path) -> None:
    result = asked("check", draft.name, "--html", "nowhere/out.html")
    assert (result.status, result.err.splitlines()[-1][:6]) == (1, "Error:")


def test_a_page_never_takes_the_place_of_the_draft(asked: Quotes, draft: Path) -> None:
    before = draft.read_text(encoding="utf-8")
    result = asked("check", draft.name, "--html", f"./{draft.name}")
    assert (result.status, draft.read_text(encoding="utf-8")) == (2, before)
    assert "would overwrite the draft" in result.err


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(path: Path) -> Tags:
    tags = Tags()
    tags.feed(path.read_text(encoding="utf-8"))
    return tags


def test_the_page_marks_the_draft_and_needs_nothing_else(asked: Quotes, draft: Path, tmp_path: Path) -> None:
    draft.write_text(GOOD + "\n" + BAD, encoding="utf-8")
    assert asked("check", draft.name, "--html", "out.html").status == 3
    found = page(tmp_path / "out.html")
    assert found.tags.count("mark") == 4
    assert found.tags.count("li") == 3
    assert found.tags.count("ins") == 1
    assert not {"script", "img", "link", "iframe"} & set(found.tags)
    assert all(address.startswith(("#", "https://paper.example/")) for address in found.addresses)
    assert "another speaker's" in found.text
    assert "default-src 'none'" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_nothing_of_a_draft_is_run(asked: Quotes, draft: Path, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> & \"'\u202e\x07"
    draft.write_text(f"---\ntitle: {hostile[:25]}\n---\n\n{GOOD}\n“Nobody has {hostile} ever said it,” Tom said.\n")
    asked("check", draft.name, "--html", "out.html")
    found = page(tmp_path / "out.html")
    assert not {"script", "img"} & set(found.tags)
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in found.text
    assert "\u202e" not in found.text


def test_several_drafts_stand_on_one_page(asked: Quotes, draft: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(BAD, encoding="utf-8")
    asked("check", draft.name, "other.txt", "--html", "out.html")
    found = page(tmp_path / "out.html")
    assert (found.tags.count("article"), found.tags.count("h2"), found.tags.count("li")) == (2, 2, 3)
    assert {"#n1", "#n2", "#n3", "#m1", "#m2", "#m3"} <= set(found.addresses)
