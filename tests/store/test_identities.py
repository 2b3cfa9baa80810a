"""Across documents: who is joined, who decides, and that everything can be taken back."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from quotes.errors import QuotesError
from quotes.pipeline import problems
from quotes.query.identities import history, suggestions
from quotes.records import Document, Quote, SpeakerKind
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database, writing
from quotes.store.judgements import Decision, merge, split, undo
from tests.store.samples import said, store

ANN = Decision("ann", "she asked them")


def article(
    number: int, who: str, *, role: str | None = None, organisation: str | None = None
) -> tuple[Document, Quote]:
    document = Document(f"article {number}", f"“We meet in room {number},” {who} said.")
    return document, said(document.text, f"We meet in room {number},", who, role=role, organisation=organisation)


def add(engine: Engine, *names: str) -> None:
    with engine.connect() as connection:
        there = connection.scalar(text("SELECT count(*) FROM document")) or 0
    for number, name in enumerate(names, there):
        store(engine, *article(number, name))


def partition(engine: Engine, subject: str = "speaker") -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    with engine.connect() as connection:
        for row in connection.execute(text(f"SELECT id, canonical_id FROM {subject}")):
            groups.setdefault(row.canonical_id, set()).add(row.id)
    assert all(identity == min(rows) for identity, rows in groups.items())
    return {frozenset(rows) for rows in groups.values()}


def sets(*groups: Iterable[int]) -> set[frozenset[int]]:
    return {frozenset(group) for group in groups}


def judged(engine: Engine, query: str = "1 = 1") -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        found = connection.execute(
            text(f"SELECT verdict, left_id, right_id FROM judgement WHERE withdrawn_at IS NULL AND {query} ORDER BY id")
        )
        return [tuple(row) for row in found]


def last_by_ann(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT max(id) FROM judgement WHERE judged_by = 'ann'")) or 0)


def test_full_names_are_joined_and_single_names_are_not(engine: Engine) -> None:
    add(engine, "Ines Okoro", "Ines B. Okoro", "Okoro", "Ines Okoro", "Okoro", "Ines Okoro Jr.")
    assert partition(engine) == sets([1, 2, 4], [3], [5], [6])
    doubts = {(row["left_id"], row["right_id"]) for row in suggestions(engine, "speaker")}
    assert doubts == {(1, 3), (1, 5), (1, 6), (6, 3), (6, 5)}
    assert list(problems(engine)) == []


def test_every_join_has_a_judgement_with_score_and_reason(engine: Engine) -> None:
    add(engine, "Ines Okoro", "Ines Okoro")
    [row] = history(engine, "speaker", "ines okoro")
    assert (row["left"], row["right"], row["verdict"]) == ("Ines Okoro", "Ines Okoro", "same")
    assert 0 < row["score"] <= 1
    assert row["reason"] == "same name, ines okoro"
    assert row["judged_by"].startswith("quotes")


def test_a_merge_joins_and_can_be_undone(engine: Engine) -> None:
    add(engine, "Michael Dunn", "Mike Dunn", "Mike Dunn")
    assert partition(engine) == sets([1], [2, 3])
    merge(engine, "speaker", 1, [2], ANN)
    assert partition(engine) == sets([1, 2, 3])
    assert list(suggestions(engine, "speaker")) == []
    add(engine, "Mike Dunn")
    assert partition(engine) == sets([1, 2, 3, 4])
    undo(engine, "speaker", last_by_ann(engine), ANN, NAMING)
    assert partition(engine) == sets([1], [2, 3, 4])
    assert [row["right"] for row in suggestions(engine, "speaker")] == ["Mike Dunn"]
    assert list(problems(engine)) == []


@pytest.mark.parametrize("leaving", [1, 2, 3])
def test_a_split_takes_one_out_of_what_the_program_joined(engine: Engine, leaving: int) -> None:
    add(engine, "Ines Okoro", "Ines Okoro", "Ines Okoro")
    staying = [row for row in (1, 2, 3) if row != leaving]
    split(engine, "speaker", staying[0], [leaving], ANN, NAMING)
    assert partition(engine) == sets(staying, [leaving])
    add(engine, "Ines Okoro", "Ines P. Okoro")
    assert partition(engine) == sets([*staying, 4, 5], [leaving])
    assert list(problems(engine)) == []
    undo(engine, "speaker", last_by_ann(engine), ANN, NAMING)
    assert partition(engine) == sets([1, 2, 3, 4, 5])
    assert list(problems(engine)) == []


def test_a_split_takes_a_persons_merge_back(engine: Engine) -> None:
    add(engine, "Michael Dunn", "Mike Dunn", "Mike Dunn")
    merge(engine, "speaker", 1, [2], ANN)
    split(engine, "speaker", 1, [3], ANN, NAMING)
    assert partition(engine) == sets([1], [2, 3])
    assert list(suggestions(engine, "speaker")) == []
    merge(engine, "speaker", 1, [3], ANN)
    assert partition(engine) == sets([1, 2, 3])
    assert list(problems(engine)) == []


def test_the_program_does_not_join_what_a_person_holds_different(engine: Engine) -> None:
    add(engine, "Ines B. Okoro", "Ines P. Okoro")
    assert partition(engine) == sets([1], [2])
    split(engine, "speaker", 1, [2], ANN, NAMING)
    # Nine more of the first make the second a stray; the bare name would join the first.
    add(engine, *["Ines B. Okoro"] * 9, "Ines Okoro")
    assert frozenset([2]) in partition(engine)
    merge(engine, "speaker", 2, [12], ANN)
    assert any({2, 12} <= group for group in partition(engine))
    assert list(problems(engine)) == []


def test_what_people_merged_leaves_together(engine: Engine) -> None:
    add(engine, "Ines Okoro", "Ines Okoro", "Okoro")
    merge(engine, "speaker", 2, [3], ANN)
    split(engine, "speaker", 1, [2], ANN, NAMING)
    assert partition(engine) == sets([1], [2, 3])
    assert list(problems(engine)) == []


def test_several_rows_leave_together(engine: Engine) -> None:
    add(engine, *["Ines Okoro"] * 4)
    split(engine, "speaker", 1, [2, 4], ANN, NAMING)
    assert partition(engine) == sets([1, 3], [2, 4])
    assert list(problems(engine)) == []


def test_what_cannot_be_judged_is_refused(engine: Engine) -> None:
    add(engine, "Ines Okoro", "Ines Okoro")
    with pytest.raises(QuotesError, match="cannot be split from itself"):
        split(engine, "speaker", 1, [1], ANN, NAMING)
    with pytest.raises(QuotesError, match="is the program's"):
        undo(engine, "speaker", 1, ANN, NAMING)
    with pytest.raises(QuotesError, match="No judgement 99"):
        undo(engine, "speaker", 99, ANN, NAMING)
    assert partition(engine) == sets([1, 2])


def test_a_later_contradiction_takes_a_join_back(engine: Engine) -> None:
    add(engine, "George Marsh", "George W. Marsh")
    assert partition(engine) == sets([1, 2])
    add(engine, "George H.W. Marsh")
    assert partition(engine) == sets([1], [2], [3])
    assert [row["withdrawn_by"] for row in history(engine, "speaker", "2") if row["withdrawn_at"]] == [NAMING.judge]
    assert list(problems(engine)) == []


PEOPLE = [
    ("George Marsh", None),
    ("George Marsh", "President"),
    ("George W. Marsh", "president"),
    ("George H.W. Marsh", "former president"),
    ("Marsh", "president"),
    ("Marsh", None),
    ("Helen Marsh", "spokeswoman"),
    ("Helen Marsh", "president"),
    ("Ines Okoro", None),
    ("Ines Okoro Jr.", "spokesman"),
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(people=st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=16), chance=st.randoms())
def test_the_order_of_documents_changes_nothing(
    people: list[tuple[str, str | None]], chance: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    articles = [article(number, name, role=role) for number, (name, role) in enumerate(people)]
    found = []
    for order in (articles, articles[::-1], chance.sample(articles, len(articles))):  # type: ignore[attr-defined]
        engine = open_database(str(tmp_path_factory.mktemp("order") / "quotes.db"), create=True)
        for one in order:
            store(engine, *one)
        found.append(by_text(engine))
        assert list(problems(engine)) == []
        engine.dispose()
    assert found[0] == found[1] == found[2]


def by_text(engine: Engine) -> set[frozenset[str]]:
    """The partition of speakers, each known by its quote."""
    groups: dict[int, set[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(text("SELECT speaker_id, text FROM attributed_quote")):
            groups.setdefault(row.speaker_id, set()).add(row.text)
    return {frozenset(group) for group in groups.values()}


def test_a_judgement_survives_a_new_reading(engine: Engine) -> None:
    from quotes.store.names import Article, insert_speakers

    add(engine, "Michael Dunn", "Mike Dunn", "Mike Dunn")
    merge(engine, "speaker", 1, [2], ANN)
    split(engine, "speaker", 2, [3], ANN, NAMING)
    before = partition(engine)
    with writing(engine) as connection:
        for number, name in enumerate(["Michael Dunn", "Mike Dunn", "Mike Dunn"]):
            document, quote = article(number, name)
            [row] = insert_speakers(connection, [Article(number + 1, document, [quote])], NAMING).rows.values()
            assert row == number + 1
    assert partition(engine) == before


def test_organisations_are_joined_by_what_texts_say_of_their_abbreviation(engine: Engine) -> None:
    for number, (name, short) in enumerate(
        [("HBW", None), ("Harbour Board Watch", None), ("Harbour Board Watch", "HBW")]
    ):
        document, quote = article(number, "Ines Okoro", organisation=name)
        import dataclasses

        from quotes.records import Organisation

        store(engine, document, dataclasses.replace(quote, organisation=Organisation(name, short)))
        assert partition(engine, "organisation") == [sets([1]), sets([1], [2]), sets([1, 2, 3])][number]
    assert list(suggestions(engine, "organisation")) == []
    split(engine, "organisation", 2, [1], ANN, NAMING)
    assert partition(engine, "organisation") == sets([1], [2, 3])
    assert list(problems(engine)) == []


def test_speaking_bodies_too(engine: Engine) -> None:
    document = Document("a", "“We build,” the Bridge Board said.")
    quote = said(document.text, "We build,", "the Bridge Board", kind=SpeakerKind.ORGANISATION)
    store(engine, document, quote)
    other = Document("b", "“We do,” Bridge Board said. “No,” police said.")
    store(
        engine,
        other,
        said(other.text, "We do,", "Bridge Board", kind=SpeakerKind.ORGANISATION),
        said(other.text, "No,", "police", kind=SpeakerKind.ORGANISATION),
    )
    assert partition(engine) == sets([1, 2], [3])


def test_quotes_follow_their_speaker_and_none_is_lost(engine: Engine) -> None:
    add(engine, "Michael Dunn", "Mike Dunn", "Tom Aske")
    names = {1: "Michael Dunn", 2: "Mike Dunn", 3: "Tom Aske"}
    for one, other in itertools.permutations(names, 2):
        merge(engine, "speaker", one, [other], ANN)
    assert _speakers(engine) == ["Michael Dunn"] * 3
    for judgement in _standing(engine):
        undo(engine, "speaker", judgement, ANN, NAMING)
    assert _speakers(engine) == list(names.values())


def _speakers(engine: Engine) -> Sequence[str]:
    with engine.connect() as connection:
        return connection.scalars(text("SELECT speaker FROM attributed_quote ORDER BY quote_id")).all()


def _standing(engine: Engine) -> Sequence[int]:
    query = "SELECT id FROM judgement WHERE judged_by = 'ann' AND withdrawn_at IS NULL"
    with engine.connect() as connection:
        return connection.scalars(text(query)).all()


def test_a_merge_after_a_split_leaves_nobody_apart(engine: Engine) -> None:
    add(engine, "Ines Okoro", "Ines Okoro", "Ines Okoro")
    split(engine, "speaker", 1, [2], ANN, NAMING)
    merge(engine, "speaker", 1, [2], ANN)
    assert partition(engine) == sets([1, 2, 3])
    assert list(problems(engine)) == []
