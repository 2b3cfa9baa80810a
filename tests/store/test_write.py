from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from quotes.claims import claim
from quotes.errors import DatabaseError
from quotes.pipeline import problems
from quotes.records import Act, Attribution, Document, Quote, Span, Speaker, SpeakerKind
from quotes.resolve.naming import NAMING
from quotes.store.engine import open_database
from quotes.store.write import Found, Outcome, Reader, recognise, save, save_all
from quotes.text.page import Page
from tests.store.samples import BRIDGE, HARBOUR, bridge_quotes, fill, harbour_quotes, said, store


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_everything_of_a_quote_is_stored(engine: Engine) -> None:
    saved = store(engine, BRIDGE, *bridge_quotes())
    assert (saved.outcome, saved.quotes) == (Outcome.ADDED, 2)
    found = rows(
        engine,
        "SELECT text, speaker, speaker_kind, role, organisation, conduit, outlet, source, cue, "
        "start_offset, end_offset FROM attributed_quote ORDER BY quote_id",
    )
    assert found == [
        ("The bridge will stand,", "Jean-Yves Le Bris", "person", "engineer", "Bridge Board", None, "The Paper",
         "Jean-Yves Le Bris", "said", 1, 23),
        ("It will not, […] Not in März.", "Moussa", "person", None, None, "Radio Élan", "The Paper",
         "Moussa", "said", 51, 91),
    ]  # fmt: skip
    assert rows(engine, "SELECT model, version FROM extraction") == [("test", "1")]
    assert rows(engine, "SELECT speaker, role, organisation, quotes FROM affiliation") == [
        ("Jean-Yves Le Bris", "engineer", "Bridge Board", 1)
    ]


def test_the_same_text_is_one_document_whatever_its_name(engine: Engine) -> None:
    first = store(engine, BRIDGE, *bridge_quotes())
    again = store(engine, dataclasses.replace(BRIDGE, id="elsewhere", url=None), *bridge_quotes())
    assert again.outcome is Outcome.KNOWN
    known = recognise(engine, BRIDGE, NAMING)
    assert known is not None and known.outcome is Outcome.KNOWN
    assert again.name == first.name == known.name == "bridge"
    assert rows(engine, "SELECT count(*) FROM quote") == [(2,)]


def test_new_text_at_a_known_url_is_a_new_version(engine: Engine) -> None:
    store(engine, BRIDGE, *bridge_quotes())
    second = store(engine, dataclasses.replace(BRIDGE, text=BRIDGE.text + " More."), *bridge_quotes())
    third = store(engine, dataclasses.replace(BRIDGE, text=BRIDGE.text + " Still more."), *bridge_quotes())
    assert second.outcome is third.outcome is Outcome.NEW_VERSION
    assert rows(engine, "SELECT previous_id FROM document ORDER BY id") == [
        (None,), (1,), (2,)
    ]  # fmt: skip


def test_speakers_with_a_full_name_are_one_across_documents_others_are_not(engine: Engine) -> None:
    fill(engine)
    other = Document("other", "“I was there,” said Moussa.")
    store(engine, other, said(other.text, "I was there,", "Moussa"))
    names = rows(
        engine,
        "SELECT DISTINCT identity.id, identity.name FROM speaker "
        "JOIN speaker AS identity ON identity.id = speaker.canonical_id",
    )
    assert [name for _, name in names].count("Jean-Yves Le Bris") == 1
    assert [name for _, name in names].count("Moussa") == 2


def test_equal_words_are_one_claim(engine: Engine) -> None:
    fill(engine)
    assert rows(engine, "SELECT count(*) FROM quote") == [(4,)]
    assert rows(engine, "SELECT count(*) FROM claim") == [(3,)]


def test_a_span_beyond_the_text_stores_nothing(engine: Engine) -> None:
    quote = bridge_quotes()[0]
    outside = dataclasses.replace(quote.attribution, source=(Span(0, len(BRIDGE.text) + 1),))
    with pytest.raises(ValueError, match="runs past the text"):
        store(engine, BRIDGE, dataclasses.replace(quote, attribution=outside))
    assert rows(engine, "SELECT count(*) FROM document") == [(0,)]


def test_a_refusal_of_the_database_stores_nothing_and_is_one_line(engine: Engine) -> None:
    quote = bridge_quotes()[0]
    impossible = dataclasses.replace(quote.attribution, confidence=7.0)
    with pytest.raises(DatabaseError, match="Cannot store bridge: ") as caught:
        store(engine, BRIDGE, dataclasses.replace(quote, attribution=impossible))
    assert "\n" not in str(caught.value)
    assert rows(engine, "SELECT count(*) FROM document") == [(0,)]


def test_a_document_without_quotes_is_stored(engine: Engine) -> None:
    assert store(engine, Document("quiet", "Nobody spoke.")).outcome is Outcome.ADDED
    assert list(problems(engine)) == []


# Emoji, combining marks, right-to-left letters, marks of direction and quotation, line ends.
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("😀👩‍🚀é́ אב ع“”«»\u200f\u202e\n")),
    min_size=1,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_every_stored_span_is_verbatim(engine: Engine, data: st.DataObject) -> None:
    import unicodedata

    words = unicodedata.normalize("NFC", data.draw(TEXTS))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(words)), min_size=2, max_size=8)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    page = Page(words)
    kind = page.kind(map(page.inward, spans))
    quote = Quote(
        Attribution(tuple(spans), (), tuple(spans[:1]), kind, Act.SPEECH, 0.5),
        Speaker(spans[0].of(words), SpeakerKind.PERSON),
    )
    store(engine, Document("any", words), quote)
    stored = rows(engine, "SELECT document.text, quote.text FROM quote JOIN document ON document.id = document_id")
    assert all(piece in str(whole) for whole, said in stored for piece in str(said).split(" […] "))
    assert list(problems(engine)) == []


def test_concurrent_readers_see_whole_documents(engine: Engine) -> None:
    store(engine, BRIDGE, *bridge_quotes())
    with engine.connect() as reader:
        before = reader.execute(text("SELECT count(*) FROM quote")).scalar()
        store(engine, HARBOUR, *harbour_quotes())
    assert before == 2
    assert rows(engine, "SELECT count(*) FROM quote") == [(4,)]


READER = Reader("test", "1", NAMING)


def found(document: Document, *quotes: Quote) -> Found:
    return document, [(quote, claim(quote.text(document))) for quote in quotes]


def test_documents_stored_together_end_as_one_by_one(engine: Engine, tmp_path: Path) -> None:
    newer = dataclasses.replace(BRIDGE, id="newer", text=BRIDGE.text + " More.")
    elsewhere = dataclasses.replace(HARBOUR, id="elsewhere", url="https://echo.example/h", outlet="The Echo")
    batch = [
        found(BRIDGE, *bridge_quotes()),
        found(BRIDGE, *bridge_quotes()),
        found(HARBOUR, *harbour_quotes()),
        found(newer, *bridge_quotes()),
        found(elsewhere, *harbour_quotes()),
        found(Document("quiet", "Nobody spoke.")),
    ]
    outcomes = [saved.outcome for saved in save_all(engine, batch, READER)]
    assert outcomes == [Outcome.ADDED, Outcome.KNOWN, Outcome.ADDED, Outcome.NEW_VERSION, Outcome.PUBLISHED_AGAIN,
                        Outcome.ADDED]  # fmt: skip
    assert save_all(engine, [], READER) == []
    query = "SELECT text, speaker, outlet, publications, listed FROM attributed_quote ORDER BY quote_id"
    together = rows(engine, query)
    assert not list(problems(engine))
    other = open_database(str(tmp_path / "other.db"), create=True)
    for one in batch:
        save(other, one, READER)
    singly = rows(other, query)
    other.dispose()
    assert together == singly


def test_of_documents_stored_together_only_the_refused_one_is_lost(engine: Engine) -> None:
    quote = bridge_quotes()[0]
    impossible = dataclasses.replace(quote, attribution=dataclasses.replace(quote.attribution, confidence=7.0))
    quiet = found(Document("quiet", "Nobody spoke."))
    with pytest.raises(DatabaseError, match="Cannot store bridge"):
        save_all(engine, [found(HARBOUR, *harbour_quotes()), found(BRIDGE, impossible), quiet], READER)
    assert rows(engine, "SELECT count(*) FROM document") == [(2,)]
    assert not list(problems(engine))
