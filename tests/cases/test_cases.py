"""Single behaviours of the whole program, one a row: who says what, in which role, for whom, through whom.

`speakers.csv` has sentences of our own (`\\n` is a line end) and `n`, which attribution of the text is meant, from 1.
`reports.csv` has the articles in `reports/`, each written after a public report about a system of this kind (CC0), and
`words` of the content that is meant: the shortest with them, or where several say the same, number `n` of them. There
`absent` is 1 where nobody says the words.

An empty cell is not looked at, `-` is none, `|` stands between answers that are equally right. Names are compared
without case. `xfail` is 1 where the program is wrong today: take it out when that is mended, as the test then demands.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from quotes.pipeline import documents, extract
from quotes.records import Document, Quote

HERE = Path(__file__).parent
LOOKED_AT = ("speaker", "kind", "role", "organisation", "conduit", "members", "polarity", "gender", "age")
NONE = "-"

Row = dict[str, str]
Found = list[tuple[str, Quote]]


def table(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


SPEAKERS, REPORTS = table("speakers.csv"), table("reports.csv")


def marked(rows: list[Row]) -> list[object]:
    """Each row as a case of its id; one that is not yet right must fail."""
    wrong = pytest.mark.xfail(strict=True, raises=AssertionError, reason="wrong today")
    return [pytest.param(row, id=row["id"], marks=[wrong] if row["xfail"] else []) for row in rows]


@cache
def of_text(text: str) -> Found:
    """Every quote of a text, with its words."""
    document = Document("case", text)
    return [(quote.text(document), quote) for quote in extract(document)]


@cache
def of_report(file: str) -> Found:
    (document,) = documents([str(HERE / "reports" / file)])
    assert isinstance(document, Document), document
    return [(quote.text(document), quote) for quote in extract(document)]


def found(quote: Quote) -> Row:
    """What the program says of a quote, as the cells of a row."""
    speaker, body = quote.speaker, quote.organisation
    told = {
        "speaker": speaker.name,
        "kind": speaker.kind.value,
        "role": quote.role,
        "organisation": body and body.name,
        "conduit": quote.conduit,
        "members": "; ".join(speaker.members),
        "polarity": quote.attribution.polarity.value,
        "gender": speaker.gender,
        "age": speaker.age and str(speaker.age),
    }
    return {name: " ".join((value or NONE).split()) for name, value in told.items()}


def differences(row: Row, quote: Quote) -> dict[str, tuple[str, str]]:
    """Of the cells looked at, those that are not right: what was found, and what is right."""
    told = found(quote)
    wanted = {name: row[name] for name in LOOKED_AT if row.get(name)}
    return {
        name: (told[name], right)
        for name, right in wanted.items()
        if told[name].casefold() not in right.casefold().split("|")
    }


@pytest.mark.parametrize("row", marked(SPEAKERS))
def test_a_sentence(row: Row) -> None:
    quotes = of_text(row["text"].replace(r"\n", "\n"))
    number = int(row["n"])
    assert len(quotes) >= number, f"{len(quotes)} attributions were found"
    assert differences(row, quotes[number - 1][1]) == {}


@pytest.mark.parametrize("row", marked(REPORTS))
def test_a_report(row: Row) -> None:
    said = [(words, quote) for words, quote in of_report(row["file"]) if row["words"] in words]
    if row["absent"]:
        assert said == []
        return
    number = int(row["n"] or 1)
    assert len(said) >= number, f"{len(said)} contents have these words"
    _, meant = said[number - 1] if row["n"] else min(said, key=lambda pair: len(pair[0]))
    assert differences(row, meant) == {}


def test_every_row_has_an_id_and_looks_at_something() -> None:
    ids = [row["id"] for row in SPEAKERS + REPORTS]
    assert len(set(ids)) == len(ids)
    idle = [row["id"] for row in SPEAKERS if not any(row.get(name) for name in LOOKED_AT)]
    assert idle == []
    assert {row["file"] for row in REPORTS} == {path.name for path in (HERE / "reports").iterdir()}
