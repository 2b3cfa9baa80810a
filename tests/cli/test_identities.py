from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Quotes, Result

ARTICLES = {
    "bridge": "“The bridge will stand,” Mayor Michael Dunn told Harbour Radio.",
    "harbour": "“The harbour will close,” said Mike Dunn.\n\n“It will not,” said Ines Okoro, an engineer at the "
    "Union of Dock Workers (UDW).",
    "school": "“The bridge will stand,” said Mike Dunn, the mayor. “The school will stay open,” said Ines Okoro.",
}


@pytest.fixture
def asked(quotes: Quotes, tmp_path: Path) -> Quotes:
    for number, (name, words) in enumerate(ARTICLES.items(), 1):
        head = f"---\noutlet: The Paper\ndate: 2024-03-0{number}\n---\n\n"
        (tmp_path / f"{name}.txt").write_text(head + words + "\n", encoding="utf-8")
    assert quotes("add", "bridge.txt", "harbour.txt", "school.txt").status == 0
    return quotes


def rows(result: Result) -> list[dict[str, Any]]:
    assert (result.status, result.err) == (0, "")
    return [json.loads(line) for line in result.out.splitlines()]


def speakers(asked: Quotes) -> dict[str, int]:
    return {row["speaker"]: row["quotes"] for row in rows(asked("speakers"))}


def test_the_list_says_what_speakers_were_and_when(asked: Quotes) -> None:
    found = {row["speaker"]: row for row in rows(asked("speakers"))}
    assert found["Mike Dunn"]["documents"] == 2
    assert "Mayor (2024-03-01)" in found["Michael Dunn"]["affiliations"]
    assert found["Ines Okoro"]["quotes"] == 2
    assert rows(asked("organisations"))[0]["organisation"] == "Union of Dock Workers"


def test_merge_suggest_history_undo_and_split(asked: Quotes) -> None:
    [pair] = rows(asked("speakers", "suggest"))
    assert {pair["left"], pair["right"]} == {"Michael Dunn", "Mike Dunn"}
    assert rows(asked("speakers", "suggest", "okoro")) == []
    merged = asked("speakers", "merge", "michael dunn", "mike dunn", "--reason", "one mayor", "--by", "ann")
    assert (merged.status, merged.err) == (0, "One speaker now: michael dunn and mike dunn.\n")
    assert speakers(asked) == {"Michael Dunn": 3, "Ines Okoro": 2}
    assert len(rows(asked("list", "--speaker", "mike dunn"))) == 3
    assert rows(asked("speakers", "suggest")) == []
    judged = next(row for row in rows(asked("speakers", "history", "mike dunn")) if row["judged_by"] == "ann")
    assert (judged["verdict"], judged["reason"], judged["score"]) == ("same", "one mayor", None)
    assert asked("speakers", "undo", str(judged["judgement_id"])).status == 0
    assert speakers(asked) == {"Michael Dunn": 1, "Mike Dunn": 2, "Ines Okoro": 2}
    assert asked("speakers", "split", "michael dunn", "mike dunn").status == 0
    assert rows(asked("speakers", "suggest")) == []
    assert asked("db", "check").status == 0


def test_a_name_splits_all_that_bear_it(asked: Quotes) -> None:
    assert asked("speakers", "merge", "michael dunn", "mike dunn").status == 0
    assert asked("speakers", "split", "michael dunn", "mike dunn").status == 0
    assert speakers(asked) == {"Michael Dunn": 1, "Mike Dunn": 2, "Ines Okoro": 2}


def test_the_profile(asked: Quotes) -> None:
    asked("speakers", "merge", "michael dunn", "mike dunn")
    lines = rows(asked("speakers", "show", "dunn"))
    assert lines[0]["value"].startswith("Michael Dunn, number ")
    found = {(line["about"], line["value"]): line["quotes"] for line in lines}
    assert found["name", "Mike Dunn"] == 2
    assert found["conduit", "Harbour Radio"] == 1
    assert found["outlet", "The Paper"] == 3
    assert found["kind", "direct"] == 3
    assert found["claim", "The bridge will stand,"] == 2
    assert found["co-speaker", "Ines Okoro"] == 2
    assert ("role", "Mayor") in found
    body = {(line["about"], line["value"]) for line in rows(asked("organisations", "show", "UDW"))}
    assert ("speaker", "Ines Okoro") in body


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("known.csv", "name,aliases,wikidata,description\nMichael Dunn,Mike Dunn; Dunn,Q42,mayor\nAnn Bell,,Q7,\n"),
        (
            "known.jsonl",
            '{"name": "Michael Dunn", "aliases": ["Mike Dunn"], "wikidata": "https://wd.example/Q42"}\n'
            '{"name": "Ann Bell", "wikidata": "Q7"}\n',
        ),
    ],
)
def test_links_are_shown_everywhere(asked: Quotes, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    first = rows(asked("speakers", "link", name, "--by", "ann"))
    assert [(row["external_id"], row["outcome"]) for row in first] == [
        ("wikidata:Q42", "linked"),
        ("wikidata:Q7", "not found"),
    ]
    assert [row["outcome"] for row in rows(asked("speakers", "link", name))] == ["linked already", "not found"]
    assert {row["speaker"]: row["external_id"] for row in rows(asked("speakers"))}["Michael Dunn"] == "wikidata:Q42"
    query = "SELECT count(*) AS n FROM attributed_quote WHERE speaker_external_id = 'wikidata:Q42'"
    assert rows(asked("sql", query)) == [{"n": 3}]
    exported = [json.loads(line) for line in asked("export").out.splitlines()]
    assert sum(row["speaker_external_id"] == "wikidata:Q42" for row in exported) == 3
    judged = next(row for row in rows(asked("speakers", "history", "mike dunn")) if row["external_id"])
    assert asked("speakers", "undo", str(judged["judgement_id"])).status == 0
    assert rows(asked("sql", query)) == [{"n": 0}]
    assert asked("db", "check").status == 0


def test_organisations_are_judged_the_same_way(asked: Quotes, tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text("name,aliases,wikidata\nUnion of Dock Workers,UDW,Q5\n", encoding="utf-8")
    assert rows(asked("organisations", "link", "bodies.csv"))[0]["outcome"] == "linked"
    assert rows(asked("organisations"))[0]["external_id"] == "wikidata:Q5"
    assert rows(asked("organisations", "suggest")) == []
    assert len(rows(asked("organisations", "history", "UDW"))) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["speakers", "merge", "dunn", "okoro"], '"dunn" fits 2'),
        (["speakers", "show", "nobody"], "No speaker is called 'nobody'"),
        (["speakers", "undo", "99"], "No judgement 99"),
        (["speakers", "link", "bad.csv"], "needs a name and a wikidata number"),
        (["speakers", "link", "bad.jsonl"], "no JSON object"),
    ],
)
def test_errors_are_one_line(asked: Quotes, tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "bad.csv").write_text("name,wikidata\nAnn Bell,forty-two\n", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"name": \n', encoding="utf-8")
    result = asked(*arguments)
    assert (result.status, result.out) == (1, "")
    assert says in result.err
    assert result.err.count("\n") == 1
