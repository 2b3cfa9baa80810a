from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from quotes.errors import NameNotUnique, QuotesError
from quotes.query import (
    COUNTED,
    SORTS,
    Wanted,
    count,
    counted,
    inventory,
    quote_in_context,
    quotes,
    quotes_by_speaker,
    search,
    sorts,
    sources_of_claim,
)
from quotes.records import Document, Organisation, SpeakerKind
from quotes.store.engine import REVISION
from tests.store.samples import fill, said, store


def texts(engine: Engine, **wanted: Any) -> list[str]:
    return [row["text"] for row in quotes(engine, Wanted(**wanted), sort="id")]


STAND, NOT, AGAIN, BOATS = (
    "The bridge will stand,",
    "It will not, […] Not in März.",
    "The bridge will stand",
    "they wanted boats",
)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [STAND, NOT, AGAIN, BOATS]),
        ({"speaker": ("le bris",)}, [STAND, AGAIN]),
        ({"speaker": ("LE BRIS, Jean-Yves",)}, [STAND, AGAIN]),
        ({"speaker": ("Mr Le Bris",)}, [STAND, AGAIN]),
        ({"speaker": ("moussa", "dockers")}, [NOT, BOATS]),
        ({"speaker": ("1",)}, [STAND, AGAIN]),
        ({"speaker": ("bri",)}, []),
        ({"speaker": ("nobody",)}, []),
        ({"speaker": ("%",)}, []),
        ({"organisation": ("bridge board",)}, [STAND]),
        ({"organisation": ("1",)}, [STAND]),
        ({"outlet": ("radio elan",)}, [AGAIN, BOATS]),
        ({"outlet": ("radio",)}, [AGAIN, BOATS]),
        ({"conduit": ("élan",)}, [NOT, AGAIN]),
        ({"outlet": ("paper", "radio")}, [STAND, NOT, AGAIN, BOATS]),
        ({"kind": ("direct", "indirect")}, [STAND, NOT, AGAIN, BOATS]),
        ({"kind": ("direct",)}, [STAND, NOT, AGAIN]),
        ({"kind": ("indirect",)}, [BOATS]),
        ({"act": ("speech",)}, [STAND, NOT, AGAIN, BOATS]),
        ({"since": date(2024, 3, 2)}, [AGAIN, BOATS]),
        ({"until": date(2024, 3, 1)}, [STAND, NOT]),
        ({"about": "bridge"}, [STAND, AGAIN]),
        ({"about": "bridge", "outlet": ("paper",)}, [STAND]),
        ({"min_confidence": 0.7}, [STAND, NOT, AGAIN]),
    ],
)
def test_conditions(engine: Engine, wanted: dict[str, Any], expected: list[str]) -> None:
    fill(engine)
    assert texts(engine, **wanted) == expected
    assert count(engine, Wanted(**wanted)) == len(expected)


def test_a_name_that_fits_several_is_listed_not_guessed(engine: Engine) -> None:
    fill(engine)
    more = Document("more", "“No,” said Anne Le Bris. “Yes,” said Moussa.")
    store(engine, more, said(more.text, "No,", "Anne Le Bris"), said(more.text, "Yes,", "Moussa"))
    with pytest.raises(NameNotUnique, match=r"Anne Le Bris; .* Jean-Yves Le Bris") as caught:
        texts(engine, speaker=("le bris",))
    assert len(caught.value.matches) == 2
    with pytest.raises(NameNotUnique, match='"moussa" fits 2'):
        texts(engine, speaker=("moussa",))


def test_a_full_name_wins_over_longer_ones(engine: Engine) -> None:
    two = Document("two", "“No,” said Ann Bell. “Yes,” said Ann Bell Moore.")
    store(engine, two, said(two.text, "No,", "Ann Bell"), said(two.text, "Yes,", "Ann Bell Moore"))
    assert texts(engine, speaker=("ann bell",)) == ["No,"]
    with pytest.raises(NameNotUnique):
        texts(engine, speaker=("bell",))


def test_an_organisation_speaks_itself_and_through_its_people(engine: Engine) -> None:
    text = "“We build,” the Bridge Board said. “We do,” said Ida Holm of the board."
    board = Document("board", text)
    store(
        engine,
        board,
        said(text, "We build,", "the Bridge Board", full="Bridge Board", kind=SpeakerKind.ORGANISATION),
        said(text, "We do,", "Ida Holm", organisation="Bridge Board"),
    )
    assert texts(engine, organisation=("bridge board",)) == ["We build,", "We do,"]


def test_an_outlet_and_a_conduit_go_by_all_names_of_the_organisation(engine: Engine) -> None:
    words = "“We meet,” Ida Holm of the Island News Service told INS."
    quote = said(words, "We meet,", "Ida Holm", organisation="Island News Service", conduit="INS", cue="told")
    explained = dataclasses.replace(quote, organisation=Organisation("Island News Service", "INS"))
    store(engine, Document("a", words, outlet="INS"), explained)
    assert (
        texts(engine, outlet=("island news service",))
        == texts(engine, conduit=("Island News Service",))
        == ["We meet,"]
    )
    assert texts(engine, outlet=("island news",)) == []


@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_sorting_and_paging_lose_nothing(engine: Engine, sort: str) -> None:
    fill(engine)
    whole = [row["quote_id"] for row in quotes(engine, sort=sort)]
    pages = [row["quote_id"] for offset in range(4) for row in quotes(engine, sort=sort, limit=1, offset=offset)]
    assert whole == pages
    assert sorted(whole) == [1, 2, 3, 4]


def test_the_latest_comes_first(engine: Engine) -> None:
    fill(engine)
    assert [row["quote_id"] for row in quotes(engine)] == [3, 4, 1, 2]
    assert [row["quote_id"] for row in quotes_by_speaker(engine, "le bris")] == [3, 1]


def test_sources_are_earliest_first_by_number_and_by_text(engine: Engine) -> None:
    fill(engine)
    assert [row["quote_id"] for row in sources_of_claim(engine, 1)] == [1, 3]
    assert [row["quote_id"] for row in sources_of_claim(engine, "the bridge will stand")] == [1, 3]
    assert list(sources_of_claim(engine, "no bridge anywhere")) == []
    assert [row["quote_id"] for row in sources_of_claim(engine, "no bridge anywhere", any_word=True)] == [1, 3]
    assert list(sources_of_claim(engine, "tunnels")) == []
    assert list(sources_of_claim(engine, 99)) == []


def test_search_gives_the_best_first_and_marks_it(engine: Engine) -> None:
    fill(engine)
    found = list(search(engine, "boats"))
    assert [(row["quote_id"], row["match"]) for row in found] == [(4, "they wanted \x02boats\x03")]
    assert next(search(engine, "bridge", limit=1))["text"].startswith("The bridge")


def test_a_quote_in_its_paragraph(engine: Engine) -> None:
    fill(engine)
    context = quote_in_context(engine, 2)
    assert context.paragraph == "“It will not,” said Moussa. “Not in März.” 🌉"
    for _, start, end in context.spans:
        assert context.paragraph[start - context.paragraph_start : end - context.paragraph_start]
    parts = {part: context.paragraph[start - 50 + 0 : end - 50] for part, start, end in context.spans}
    assert context.paragraph_start == 50
    assert parts["source"] == "Moussa"
    with pytest.raises(QuotesError, match="no quote 99"):
        quote_in_context(engine, 99)


@pytest.mark.parametrize("what", COUNTED)
def test_every_count_sorts_by_each_of_its_columns(engine: Engine, what: str) -> None:
    fill(engine)
    for sort in sorts(what):
        up, down = list(counted(engine, what, sort=sort)), list(counted(engine, what, sort=f"-{sort}"))
        assert len(up) == len(down) > 0
        assert list(up[0]) == sorts(what)
    assert len(list(counted(engine, what, limit=1))) == 1


def test_counts(engine: Engine) -> None:
    fill(engine)
    speakers = {row["speaker"]: (row["quotes"], row["documents"]) for row in counted(engine, "speakers")}
    assert speakers == {"Jean-Yves Le Bris": (2, 2), "Moussa": (1, 1), "Dockers": (1, 1)}
    about = {row["speaker"]: row["quotes"] for row in counted(engine, "speakers", about="bridge")}
    assert about == {"Jean-Yves Le Bris": 2}
    assert next(iter(counted(engine, "claims")))["documents"] == 2
    store(engine, Document("quiet", "Nobody spoke."))
    assert {row["quotes"] for row in counted(engine, "documents")} == {2, 0}


def test_the_inventory_counts_every_table(engine: Engine) -> None:
    fill(engine)
    values = {row["name"]: row["value"] for row in inventory(engine)}
    assert (values["quote"], values["document"], values["claim"], values["judgement"]) == (4, 2, 3, 1)
    assert values["schema"] == REVISION


def test_no_question_writes(engine: Engine) -> None:
    from sqlalchemy import event

    fill(engine)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, *rest: statements.append(sql))
    list(quotes(engine, Wanted(speaker=("moussa",), about="not")))
    list(search(engine, "boats"))
    list(sources_of_claim(engine, "boats"))
    assert statements
    assert all(sql.lstrip().upper().startswith(("SELECT", "BEGIN", "WITH")) for sql in statements)
