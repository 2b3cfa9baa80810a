from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.detect.folder import DATA
from tests.cli.conftest import ARTICLE, Quotes


@pytest.mark.parametrize(
    "arguments",
    [["list", "--speaker", "nobody"], ["list", "--limit", "0"], ["sources", "zzz"], ["search", "zzz"],
     ["sql", "SELECT 1 AS a WHERE 0 = 1"], ["speakers", "--about", "zzz"], ["list", "--speaker", "9" * 30]],
)  # fmt: skip
@pytest.mark.parametrize("form", ["-t", "--json", "--nl", "--csv", "--format=markdown"])
def test_an_empty_answer_is_an_answer(asked: Quotes, arguments: list[str], form: str) -> None:
    result = asked(*arguments, form)
    assert result.status == 0
    assert "Error" not in result.err


def test_the_same_text_under_another_name_is_told(asked: Quotes, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(ARTICLE, encoding="utf-8")
    assert "copy.txt has the very text of bridge.txt" in asked("add", "copy.txt").err


def test_sources_say_when_they_are_only_near(asked: Quotes) -> None:
    near = asked("sources", "a bridge of zebras")
    assert near.err.startswith("No source found. Nearest")
    assert {json.loads(line)["match"] for line in near.out.splitlines()} == {"nearest"}
    assert len(asked("sources", "a bridge of zebras", "--limit", "1").out.splitlines()) == 1
    assert "nearest" in asked("sources", "a bridge of zebras", "-t").out
    none = asked("sources", "zebras")
    assert (none.out, none.err) == ("", "No source found.\n")


def test_add_says_what_it_did_and_can_be_run_again(asked: Quotes, tmp_path: Path) -> None:
    again = asked("add", "bridge.txt")
    assert again.out == ""
    assert again.err == "Documents: 1 already known. Quotes added: 0.\n"
    (tmp_path / "bridge.txt").write_text(ARTICLE + "\n“Wait,” Okoro said.\n", encoding="utf-8")
    newer = asked("add", "bridge.txt")
    assert "New version: bridge.txt" in newer.err
    assert "Documents: 1 new version." in newer.err


def test_refused_inputs_are_named_and_the_rest_goes_on(quotes: Quotes, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    result = quotes("add", "empty.txt", "none.txt", "bridge.txt")
    assert result.status == 3
    assert "Refused: empty.txt" in result.err
    assert "Refused: none.txt" in result.err
    assert "Documents: 1 added, 2 refused." in result.err


def test_extract_needs_no_database_and_is_verbatim(quotes: Quotes, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    result = quotes("extract", "bridge.txt", "none.txt")
    assert result.status == 3
    [line] = result.out.splitlines()
    record = json.loads(line)
    first = record["attributions"][0]
    start, end = first["content"][0]
    assert record["text"][start:end] == "The bridge will stand,"
    assert (first["speaker"], first["speaker_kind"], first["role"]) == ("Ines Okoro", "person", "Mayor")
    assert (first["conduit"], first["kind"], first["act"]) == ("Harbour Radio", "direct", "speech")
    assert not list(tmp_path.glob("*.db"))


def test_extract_keeps_the_ids_of_json_lines(quotes: Quotes, tmp_path: Path) -> None:
    lines = [{"id": "a", "text": "“Yes,” Ann Bell said."}, {"id": "b", "text": "Nobody spoke to the crew of the boat."}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    out = [json.loads(line) for line in quotes("extract", "in.jsonl", "--language", "en").out.splitlines()]
    assert [(record["id"], record["text"]) for record in out] == [("a", lines[0]["text"]), ("b", lines[1]["text"])]


def test_extract_leaves_the_text_of_records_as_it_is(quotes: Quotes, tmp_path: Path) -> None:
    text = "Ame\u0301lie came to town.\r\n\r\n“Yes, we are open,” Ame\u0301lie Bell said."
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
    record = json.loads(quotes("extract", "in.jsonl", "--language", "en").out)
    assert record["text"] == text
    [attribution] = record["attributions"]
    assert [text[start:end] for start, end in attribution["content"]] == ["Yes, we are open,"]


def test_a_model_of_ones_own_reads_and_is_named(quotes: Quotes, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(DATA, own)
    labels = json.loads((own / "labels.json").read_text())
    (own / "labels.json").write_text(json.dumps({**labels, "name": "mine", "version": "7"}))
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    assert quotes("add", "bridge.txt", "--model", "own").status == 0
    [row] = json.loads(quotes("sql", "SELECT model, version FROM extraction", "--json").out)
    assert row == {"model": "mine", "version": "7"}
    own.rename(tmp_path / "broken")
    (tmp_path / "broken" / "model.onnx").unlink()
    refused = quotes("extract", "bridge.txt", "--model", "broken")
    assert refused.status != 0
    assert "train it again" in refused.err
    assert quotes("extract", "bridge.txt").status == 0


def test_list_as_people_type_names(asked: Quotes) -> None:
    rows = [json.loads(line) for line in asked("list", "--speaker", "okoro").out.splitlines()]
    assert {row["speaker"] for row in rows} == {"Ines Okoro"}
    assert asked("list", "--speaker", "nobody").status == 0


def test_a_table_is_limited_and_says_so(asked: Quotes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cli.asking.TABLE_ROWS", 1)
    result = asked("list", "-t")
    assert "Ines Okoro" in result.out or "Tom Aske" in result.out
    assert "1 of 2 quotes" in result.err
    assert len(asked("list", "--nl").out.splitlines()) == 2


@pytest.mark.parametrize("form", ["--csv", "--json", "--nl", "-t", "--table", "--tsv", "--format=markdown"])
def test_every_format_of_every_list(asked: Quotes, form: str) -> None:
    for command in (["list"], ["speakers"], ["documents"], ["claims"], ["search", "bridge"], ["sources", "bridge"]):
        result = asked(*command, form)
        assert (result.status, result.err) == (0, "")
        assert result.out


def test_show_has_the_paragraph_and_the_chain(asked: Quotes) -> None:
    number = json.loads(asked("list", "--speaker", "okoro", "--limit", "1").out)["quote_id"]
    shown = asked("show", str(number), "-t").out
    for part in ("It has stood for a century", "Ines Okoro (person)", "Harbour Radio", "The Paper", "code points"):
        assert part in shown
    record = json.loads(asked("show", str(number)).out)
    start, end = record["content_spans"][0]
    offset = record["paragraph_start"]
    assert record["paragraph"][start - offset : end - offset] in record["text"]


def test_search_marks_words(asked: Quotes) -> None:
    rows = [json.loads(line) for line in asked("search", "BRIDGES").out.splitlines()]
    assert rows
    assert all("**bridge**" in row["match"] and "**" not in row["text"] for row in rows)
    assert "No quote" in asked("search", "tunnel").err


def test_sources_by_text_and_by_number(asked: Quotes) -> None:
    row = json.loads(asked("sources", "stood for a century").out)
    assert row["speaker"] == "Ines Okoro"
    assert json.loads(asked("sources", str(row["claim_id"])).out) == row
    missing = asked("sources", "999")
    assert (missing.status, missing.out) == (0, "")


def test_sql_reads_and_only_reads(asked: Quotes, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT speaker, count(*) AS n FROM attributed_quote WHERE speaker = :who GROUP BY speaker"
    assert json.loads(asked("sql", query, "-p", "who", "Ines Okoro").out) == {"speaker": "Ines Okoro", "n": 1}
    refused = asked("sql", "DELETE FROM quote")
    assert refused.status == 1
    assert refused.err.startswith("Error: ")
    assert refused.err.count("\n") == 1
    assert json.loads(asked("sql", "SELECT count(*) AS n FROM quote").out) == {"n": 2}


def test_sql_keeps_columns_of_one_name_apart_and_refuses_what_it_cannot_fill(asked: Quotes) -> None:
    assert json.loads(asked("sql", "SELECT 1 AS a, 2 AS a, 3 AS a_2").out) == {"a": 1, "a_3": 2, "a_2": 3}
    unused = asked("sql", "SELECT 1", "-p", "x", "2")
    assert (unused.status, unused.err.count("\n")) == (1, 1)
    assert ":x" in unused.err
    assert asked("sql", "SELECT 1 AS a WHERE 0 = 1", "--csv").out == "a\n"


def test_a_number_given_as_a_parameter_is_a_number(asked: Quotes) -> None:
    query = "SELECT count(*) AS n FROM quote GROUP BY document_id HAVING count(*) >= :n"
    assert json.loads(asked("sql", query, "-p", "n", "2").out) == {"n": 2}


def test_sql_describes_what_can_be_asked(quotes: Quotes) -> None:
    tables = [json.loads(line)["table"] for line in quotes("sql", "--tables").out.splitlines()]
    assert tables[0] == "attributed_quote"
    columns = [json.loads(line) for line in quotes("sql", "--schema").out.splitlines()]
    assert all(row["holds"] for row in columns)
    assert quotes("sql").status == 2


def test_export_has_the_columns_of_the_view(asked: Quotes) -> None:
    header = asked("export", "--format", "csv").out.splitlines()[0]
    view = json.loads(asked("sql", "SELECT * FROM attributed_quote LIMIT 1").out)
    assert header.split(",") == list(view)
    rows = asked("export", "--kind", "indirect").out.splitlines()
    assert [json.loads(row)["speaker"] for row in rows] == ["Tom Aske"]


def test_db_commands(asked: Quotes) -> None:
    assert asked("db", "check").err == "Every quote is verbatim, whole and linked.\n"
    values = {row["name"]: row["value"] for row in map(json.loads, asked("db", "info").out.splitlines())}
    assert values["quote"] == 2
    assert asked("db", "upgrade").status == 0


def test_db_check_fails_on_a_changed_quote(asked: Quotes, database_url: str) -> None:
    from sqlalchemy import text

    from quotes.store.engine import open_database, writing

    engine = open_database(database_url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE quote SET text = 'The bridge will fall,'"))
    engine.dispose()
    result = asked("db", "check")
    assert result.status == 1
    assert "is not verbatim" in result.out


def test_db_check_lists_its_checks_and_what_none_proves(quotes: Quotes) -> None:
    from quotes.store.checks import CHECKS, NOT_PROVED

    *told, empty, last = quotes("db", "check", "--list").out.splitlines()
    assert told == [f"{check.name}: {check.proves}" for check in CHECKS]
    assert (empty, last) == ("", NOT_PROVED)


def test_db_check_makes_only_the_checks_named(asked: Quotes, database_url: str) -> None:
    spoil(database_url, "UPDATE quote SET text = 'The bridge will fall,' WHERE id = 1; UPDATE claim SET quotes = 7")
    assert asked("db", "check", "--only", "texts").status == 0
    result = asked("db", "check", "--only", "counts", "--only", "verbatim")
    assert result.status == 1
    assert {line.split(":")[0] for line in result.out.splitlines()} == {"counts", "verbatim"}
    assert "no check. Choose from storage, " in asked("db", "check", "--only", "nothing").err
    assert asked("db", "check", "--only", "texts", "--repair").status == 2


def test_db_check_repairs_what_is_computed_and_nothing_else(asked: Quotes, database_url: str) -> None:
    assert asked("db", "check", "--repair").err.startswith("Nothing to repair.")
    spoil(database_url, "UPDATE claim SET quotes = 7; DROP VIEW affiliation; DROP TABLE pending_document")
    result = asked("db", "check", "--repair")
    assert result.status == 0
    assert [line.split(":")[0] for line in result.out.splitlines()] == ["schema", "counts"]
    spoil(database_url, "UPDATE quote SET kind = 'mixed' WHERE id = 1")
    result = asked("db", "check", "--repair")
    assert result.status == 1
    assert any(line.startswith("kinds: quote 1 is stored as mixed") for line in result.out.splitlines())


def spoil(database_url: str, statements: str) -> None:
    from sqlalchemy import text

    from quotes.store.engine import connect, writing

    engine = connect(database_url)
    with writing(engine) as connection:
        for statement in statements.split("; "):
            connection.execute(text(statement))
    engine.dispose()


def test_demo_answers_three_questions(quotes: Quotes, tmp_path: Path) -> None:
    result = quotes("demo", str(tmp_path / "demo.db"))
    assert result.status == 0
    assert result.out.count("$ quotes ") == 3
    assert "Imogen Tarrant" in result.out
    assert quotes("demo", str(tmp_path / "demo.db")).status == 2


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["list", "--since", "yesterday"], 2, "is no date"),
        (["list", "--since", "2024-02-30"], 2, "is no date"),
        (["list", "--since", "2024-05-xx"], 2, "is no date"),
        (["list", "--since", "2024-05-01-02"], 2, "is no date"),
        (["add", "x.txt", "--language", "klingon"], 2, "code of a language"),
        (["show", "99999999999"], 2, "QUOTE_ID: 99999999999 is not from 1 to 999,999,999"),
        (["list", "--limit", "abc"], 2, "--limit: 'abc' is not a whole number"),
        (["list", "--limit", "-1"], 2, "--limit: -1 is not from 0 to 999,999,999"),
        (["list", "--min-confidence", "x"], 2, "--min-confidence: 'x' is not a number"),
        (["list", "--min-confidence", "nan"], 2, "--min-confidence: nan is not from 0 to 1"),
        (["list", "--kind", "reported"], 2, "--kind: 'reported' is not one of"),
        (
            ["list", "--columns", "speaker,colour,shape", "--csv"],
            2,
            "no column colour, shape. There are: quote_id, text",
        ),
        (["list", "--columns", ","], 2, "--columns: write names"),
        (["sql", "SELECT 1", "--limit", "99999999999999999999999"], 2, "is not from 1 to 999,999,999"),
        (["sql", "SELECT 1", "--timeout", "inf"], 2, "--timeout: inf is not from 0.001 to 86,400"),
        (["list", "--db", ""], 1, "Give a path"),
        (["list", "--sort", "colour"], 2, "colour"),
        (["speakers", "--sort", "colour"], 2, "can be sorted by"),
        (["list", "--csv", "--json"], 2, "one format"),
        (["list", "--colour"], 2, "Try: quotes list --help"),
        (["lists"], 2, "lists"),
        (["show", "99"], 1, "no quote 99"),
        (["add", "x.csv", "--field", "text"], 2, "NAME=FIELD"),
        (["list", "--db", "none.db"], 1, "quotes add"),
        (["list", "--db", "mysql://me@host/x"], 1, "not supported"),
    ],
)
def test_errors_are_one_line_that_says_what_next(asked: Quotes, arguments: list[str], status: int, says: str) -> None:
    result = asked(*arguments)
    assert (result.status, result.out) == (status, "")
    assert says in result.err
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize("since", ["2024", "2024-03", "2024-3-1", "2024-03-01"])
def test_days_months_and_years(asked: Quotes, since: str) -> None:
    assert len(asked("list", "--since", since, "--until", since).out.splitlines()) == 2


def test_an_unexpected_error_is_one_line_and_a_traceback_only_after_debug(
    asked: Quotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("quotes.query.quotes", broken)
    result = asked("list")
    assert (result.status, result.err) == (1, "Error: ZeroDivisionError: oops. Run it again with --debug.\n")
    with pytest.raises(ZeroDivisionError):
        asked("list", "--debug")


def test_an_interruption_ends_with_130(asked: Quotes, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quotes.query.quotes", interrupted)
    assert asked("list").status == 130


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_closed_pipe_is_quiet(asked: Quotes, database_url: str) -> None:
    program = [sys.executable, "-c", "from quotes.cli import main; main()", "sql"]
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) SELECT i FROM n"
    with subprocess.Popen([*program, many], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_no_color_is_kept(asked: Quotes) -> None:
    environment = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "1"}
    program = [sys.executable, "-c", "from quotes.cli import main; main()", "speakers", "-t"]
    out = subprocess.run(program, capture_output=True, env=environment, check=True).stdout
    assert b"\x1b[3" not in out


@pytest.mark.parametrize(("given", "used"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_numpy_gets_one_thread_unless_told_otherwise(given: dict[str, str], used: str) -> None:
    program = (
        "import os, sys, quotes.cli\n"
        "assert 'numpy' not in sys.modules, 'numpy reads the variable when it is imported'\n"
        "sys.argv = ['quotes', '--version']\n"
        "try: quotes.cli.main()\n"
        "finally: print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    environment = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"} | given
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == used


def test_a_filter_given_again_takes_either_value(asked: Quotes) -> None:
    def speakers(*arguments: str) -> set[str]:
        return {json.loads(line)["speaker"] for line in asked("list", *arguments).out.splitlines()}

    both = {"Ines Okoro", "Tom Aske"}
    assert speakers("--kind", "direct", "--kind", "indirect") == both
    assert speakers("--kind", "direct") == {"Ines Okoro"}
    assert speakers("--outlet", "nobody", "--outlet", "the paper") == both
    assert speakers("--conduit", "nobody", "--conduit", "harbour radio") == {"Ines Okoro"}
    assert speakers("--act", "thought", "--act", "speech") == both


@pytest.mark.parametrize("form", ["--csv", "--json", "--nl", "-t"])
def test_columns_are_chosen_and_ordered(asked: Quotes, form: str) -> None:
    out = asked("list", "--columns", "role,speaker,role", form).out
    assert out.index("role") < out.index("speaker")
    assert "quote_id" not in out
    assert "Mayor" in out


def test_a_wide_table_tells_more(asked: Quotes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert "confidence" not in asked("list", "-t").out
    monkeypatch.setenv("COLUMNS", "200")
    wide = asked("list", "-t").out
    assert all(name in wide.splitlines()[0].split() for name in ("role", "kind", "confidence", "conduit"))
    assert "Harbour Radio" in wide


@pytest.mark.parametrize("polarity", ["denied", "questioned"])
def test_a_table_says_what_was_not_affirmed(asked: Quotes, monkeypatch: pytest.MonkeyPatch, polarity: str) -> None:
    import quotes.query

    real = quotes.query.quotes
    rows = lambda values: lambda *a, **k: ({**row, "polarity": value} for row, value in zip(real(*a, **k), values))  # noqa: B905, E731
    monkeypatch.setattr(quotes.query, "quotes", rows(["affirmed", polarity]))
    for more in ([], ["--columns", "text"]):
        assert polarity in asked("list", "-t", *more).out
    monkeypatch.setattr(quotes.query, "quotes", rows(["affirmed", "affirmed"]))
    assert "affirmed" not in asked("list", "-t").out


@pytest.mark.parametrize("arguments", [["list", "--excel"], ["list", "--csv", "--excel"], ["export", "--excel"]])
def test_spreadsheets_get_their_own_csv(asked: Quotes, arguments: list[str]) -> None:
    out = asked(*arguments).out
    assert out.startswith("\ufeffquote_id,")
    assert out.count("\n") == 3


FORMULAS = """---
title: =cmd|'/c calc'!A1
outlet: '@Marlow Post'
date: 2024-03-15
---
“-Nothing- will change,” said Rolf Anders.

“=HYPERLINK is not a plan,” said Pia Lund.

“+5 per cent is too much,” said Uma Reyes.
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_cell_of_a_spreadsheet_is_a_formula(quotes: Quotes, tmp_path: Path) -> None:
    (tmp_path / "fees.txt").write_text(FORMULAS, encoding="utf-8")
    assert quotes("add", "fees.txt").status == 0
    plain, safe = quotes("list", "--csv").out, quotes("list", "--excel").out
    before, after = (list(csv.reader(io.StringIO(text))) for text in (plain, safe.removeprefix("\ufeff")))
    assert {"-Nothing- will change,", "=HYPERLINK is not a plan,", "+5 per cent is too much,"} <= {
        cell for row in before for cell in row
    }
    assert [[cell.removeprefix("'") for cell in row] for row in after] == before
    assert not [cell for row in after for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert sum(cell.startswith("'") for row in after for cell in row) == 9
    assert quotes("sql", "SELECT -5 AS a, '=1' AS b, -0.5 AS c", "--excel").out == "\ufeffa,b,c\r\n-5,'=1,-0.5\r\n"


def test_a_page_goes_on_behind_a_quote(asked: Quotes) -> None:
    whole = [json.loads(line)["quote_id"] for line in asked("list").out.splitlines()]
    rest = [json.loads(line)["quote_id"] for line in asked("list", "--after", str(whole[1])).out.splitlines()]
    assert rest == whole[2:]
    refused = asked("list", "--after", "1", "--sort", "speaker")
    assert (refused.status, "goes with --sort" in refused.err) == (2, True)


def test_a_table_that_is_cut_says_how_many_there_are(asked: Quotes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cli.asking.TABLE_ROWS", 1)
    monkeypatch.setattr("quotes.cli.asking.MOST_COUNTED", 2)
    assert "1 of more than 2 quotes." in asked("list", "-t").err


def test_an_empty_list_says_what_is_left_out(quotes: Quotes) -> None:
    Path("denied.txt").write_text("Nora Quist denied that she had signed it.\n", encoding="utf-8")
    assert quotes("add", "denied.txt").status == 0
    assert "List them with --all." in quotes("list").err
    assert len(quotes("list", "--all").out.splitlines()) == 1
    assert len(quotes("list", "--polarity", "denied").out.splitlines()) == 1


def test_documents_are_listed_in_their_latest_versions(quotes: Quotes) -> None:
    rows = [
        {"id": str(n), "url": "https://a.example/x", "text": f"“We will swim {n} miles,” said Pia Lund."}
        for n in (1, 2)
    ]
    Path("x.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert quotes("add", "x.jsonl").status == 0
    assert [json.loads(line)["document"] for line in quotes("documents").out.splitlines()] == ["2"]
    assert len(quotes("documents", "--all-versions").out.splitlines()) == 2
