"""What warns a reader, from the article to the list: cases of `shared/cases`, stored and asked as a user would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from quotes.errors import NameNotUnique, QuotesError
from quotes.pipeline import add, problems
from quotes.query import Wanted, counted, quote_in_context, quotes, search, sources_of_claim
from quotes.query.identities import suggestions
from quotes.records import Document, SourceType
from tests.store.samples import said, store

LOAN = """Joe Sattler went to get lunch. He said “I want soup.” Joe ended up getting a sandwich.

Nora Quist, the party treasurer, was asked twice about the loan. She did not say “never again,” but many in the room \
thought it.

Quist never said the loan was illegal. She denied that she had signed it. Nobody has said the money is lost.

If Quist said “I quit,” the party would fall apart, one member told the Herald.
"""
FEES = """Hal Vane and Ned Vane said the fees would ruin them.

“We will both be gone by Christmas,” the brothers said in a joint statement.

Ministers Petra Lindqvist and Rolf Anders told the Herald that the fees had been agreed in 2019.

“We were not consulted,” said fishermen Cato Blix, Wim Kuyper and Dov Lasker.
"""
FERRY = (
    "(Coastline Agency) — “Not one berth will be lost,” said Helga Strand, the ferry line's chief executive, "
    "on Wednesday."
)
CARVERS = {
    "a": ("2024-03-14", "John Carver, the 19-year-old Holm United striker, said he would stay. “I love this club,” "
          "Carver said."),
    "b": ("2024-03-15", "John Carver, the finance minister, said taxes would rise. “There is no other way,” Carver "
          "said."),
    "c": ("1961-03-15", "John Carver, who kept the Holm lighthouse for forty years, said in 1958 that he had never "
          "slept at night."),
}  # fmt: skip


def article(folder: Path, name: str, words: str, **known: str) -> str:
    """A file with front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in known.items())
    path = folder / f"{name}.txt"
    path.write_text(f"---\n{lines}---\n{words}\n" if known else words, encoding="utf-8")
    return str(path)


def texts(engine: Engine, **wanted: object) -> list[str]:
    return [row["text"] for row in quotes(engine, Wanted(**wanted), sort="id")]  # type: ignore[arg-type]


def test_what_was_not_said_is_not_listed_as_said(engine: Engine, tmp_path: Path) -> None:
    add(engine, [article(tmp_path, "loan", LOAN)])
    for listed in (texts(engine), texts(engine, speaker=("quist",))):
        assert not {"never again,", "the loan was illegal", "the money is lost", "I quit,"} & set(listed)
    denied = texts(engine, polarity=("denied",))
    assert {"never again,", "the loan was illegal", "the money is lost"} <= set(denied)
    assert set(denied) < set(texts(engine, everything=True))
    assert "I want soup." in texts(engine)
    assert [row["text"] for row in search(engine, "illegal")] == []
    assert all(row["quotes"] == 1 for row in counted(engine, "claims"))
    claims = [row["claim"] for row in counted(engine, "claims")]
    assert "the loan was illegal" not in claims
    assert "the loan was illegal" in [row["claim"] for row in counted(engine, "claims", everything=True)]
    assert not list(problems(engine))


def test_persons_who_speak_jointly_are_found_each(engine: Engine, tmp_path: Path) -> None:
    add(engine, [article(tmp_path, "fees", FEES + "\n“I am leaving,” Hal Vane said.\n")])
    joint = ["the fees would ruin them", "We will both be gone by Christmas,"]
    assert texts(engine, speaker=("hal vane",)) == [*joint, "I am leaving,"]
    assert texts(engine, speaker=("Ned Vane",)) == joint
    assert texts(engine, speaker=("rolf anders",)) == ["that the fees had been agreed in 2019"]
    assert texts(engine, speaker=("Wim Kuyper",)) == ["We were not consulted,"]
    names = [row["speaker"] for row in quotes(engine, Wanted(speaker=("dov lasker",)))]
    assert names == ["Cato Blix, Wim Kuyper and Dov Lasker"]


@pytest.mark.parametrize("order", [("echo", "post"), ("post", "echo")])
def test_a_text_in_two_papers_is_one_document_and_an_update_is_no_second_report(
    engine: Engine, tmp_path: Path, order: Sequence[str]
) -> None:
    echo, post = "https://carrowecho.example/ferry", "https://marlowpost.example/ferry"
    files = {
        "echo": article(tmp_path, "echo", FERRY, title="Ferry sold", outlet="Carrow Echo", date="2024-03-16", url=echo),
        "post": article(tmp_path, "post", FERRY, title="Ferry sold", outlet="Marlow Post", date="2024-03-14", url=post),
    }
    updated = f"{FERRY}\n\n“That was a slip,” she said on Sunday."
    update = article(tmp_path, "update", updated, title="Ferry sold (updated)", outlet="Carrow Echo",
                     date="2024-03-17", url=echo)  # fmt: skip
    summary = add(engine, [*(files[name] for name in order), update])
    assert {outcome.value: n for outcome, n in summary.outcomes.items()} == {
        "added": 1, "published again": 1, "new version": 1
    }  # fmt: skip
    [source] = sources_of_claim(engine, "Not one berth will be lost")
    assert (source["outlet"], str(source["published"])) == ("Marlow Post", "2024-03-14")
    assert source["carriers"] == "Marlow Post 2024-03-14; Carrow Echo 2024-03-16"
    assert source["carried_by"] == 2
    assert quote_in_context(engine, source["quote_id"]).row["carried_by"] == 2
    assert texts(engine, speaker=("strand",)) == ["Not one berth will be lost,", "That was a slip,"]
    assert [row["quotes"] for row in counted(engine, "speakers")] == [2]
    assert len(texts(engine, all_versions=True)) == 3
    assert not list(problems(engine))


def test_a_new_version_takes_the_place_of_the_old(engine: Engine) -> None:
    url = "https://paper.example/bridge"
    first = Document("one", "“We build,” Ida Holm said. “It stands,” Ida Holm said.", url=url)
    store(engine, first, said(first.text, "We build,", "Ida Holm"), said(first.text, "It stands,", "Ida Holm"))
    second = Document("two", "“We build,” Ida Holm said. “It fell,” Ida Holm said.", url=url)
    store(engine, second, said(second.text, "We build,", "Ida Holm"), said(second.text, "It fell,", "Ida Holm"))
    assert texts(engine, speaker=("holm",)) == ["We build,", "It fell,"]
    assert len(texts(engine, speaker=("holm",), all_versions=True)) == 4
    assert [row["quotes"] for row in counted(engine, "speakers")] == [2]
    assert [row["document_id"] for row in counted(engine, "documents")] == [2]
    assert len(list(counted(engine, "documents", all_versions=True))) == 2
    assert [row["carried_by"] for row in sources_of_claim(engine, "we build")] == [2]
    store(engine, Document("again", first.text, url="https://other.example/b", outlet="Other"))
    assert texts(engine, speaker=("holm",)) == ["We build,", "It stands,", "It fell,"]
    assert not list(problems(engine))


def test_namesakes_who_contradict_each_other_stay_apart(engine: Engine, tmp_path: Path) -> None:
    add(engine, [article(tmp_path, name, words, date=day) for name, (day, words) in CARVERS.items()])
    assert [row["speaker"] for row in counted(engine, "speakers")] == ["John Carver"] * 3
    assert len(list(suggestions(engine, "speaker"))) == 2
    with pytest.raises(NameNotUnique, match=r"If \d and \d are one: quotes speakers merge \d \d"):
        texts(engine, speaker=("john carver",))


def test_how_sure_a_name_is_can_be_asked(engine: Engine) -> None:
    import dataclasses

    words = "“We build,” Ida Holm said. “It stands,” Tom Aske said."
    sure = dataclasses.replace(said(words, "We build,", "Ida Holm"), speaker_confidence=0.97)
    unsure = dataclasses.replace(said(words, "It stands,", "Tom Aske"), speaker_confidence=0.21,
                                 source_type=SourceType.ANONYMOUS)  # fmt: skip
    store(engine, Document("sure", words), sure, unsure)
    assert texts(engine, min_speaker_confidence=0.5) == ["We build,"]
    assert texts(engine, source_type=("anonymous",)) == ["It stands,"]
    assert [row["speaker_confidence"] for row in quotes(engine, sort="id")] == [0.97, 0.21]
    with engine.begin() as connection:
        connection.execute(text("UPDATE quote SET speaker_confidence = NULL"))
    assert texts(engine, min_speaker_confidence=0.1) == []
    assert texts(engine) == ["We build,", "It stands,"]


def test_a_name_that_is_somebodys_own_is_not_ambiguous(engine: Engine) -> None:
    words = "“We build,” Donald Vane said. “It stands,” Donald Vane Jr. said. “So,” said Vane."
    store(engine, Document("a", words), said(words, "We build,", "Donald Vane"),
          said(words, "It stands,", "Donald Vane Jr."))  # fmt: skip
    assert texts(engine, speaker=("donald vane",)) == ["We build,"]
    assert texts(engine, speaker=("Donald Vane Jr.",)) == ["It stands,"]


def versions(engine: Engine, *given: tuple[str, str, str]) -> None:
    """Stores texts at URLs: (name of the text, what Ida Holm says in it, URL)."""
    for name, words, url in given:
        text_ = f"“{words},” Ida Holm said. This is {name}."
        store(engine, Document(name, text_, url=url, outlet=url), said(text_, f"{words},", "Ida Holm"))


def test_words_of_several_versions_are_listed_once(engine: Engine) -> None:
    versions(engine, ("one", "We build", "p"), ("two", "We build", "p"), ("two", "We build", "q"),
             ("three", "We build", "p"))  # fmt: skip
    assert texts(engine) == ["We build,"]
    assert [row["quotes"] for row in counted(engine, "speakers")] == [1]
    assert [row["carried_by"] for row in sources_of_claim(engine, "we build")] == [2]
    assert not list(problems(engine))


def test_words_that_come_back_in_a_later_version_are_listed_once(engine: Engine) -> None:
    versions(engine, ("one", "We build", "p"), ("one", "We build", "q"), ("two", "We wait", "p"),
             ("three", "We build", "p"))  # fmt: skip
    assert texts(engine) == ["We build,"]
    assert not list(problems(engine))


def test_a_version_that_says_what_one_before_denied_is_a_source(engine: Engine, tmp_path: Path) -> None:
    url = "https://paper.example/ferry"
    first = article(tmp_path, "one", "Nora Quist denied that the ferry was sold.", url=url, date="2024-03-01")
    add(engine, [first, article(tmp_path, "two", "Nora Quist said that the ferry was sold.", url=url)])
    assert [row["polarity"] for row in sources_of_claim(engine, "ferry was sold")] == ["affirmed"]
    both = [row["polarity"] for row in sources_of_claim(engine, "ferry was sold", everything=True)]
    assert sorted(both) == ["affirmed", "denied"]
    assert not list(problems(engine))


def test_members_are_found_by_their_own_groups_when_groups_are_merged(engine: Engine, tmp_path: Path) -> None:
    from quotes.store.judgements import Decision, merge

    add(engine, [article(tmp_path, "a", "“We build,” said Ines Okoro and Jon Vale."),
                 article(tmp_path, "b", "“We wait,” said Ines Okoro and Mara Quint."),
                 article(tmp_path, "c", "“I go,” said Ines Okoro.")])  # fmt: skip
    with engine.connect() as connection:
        groups = list(connection.scalars(text("SELECT id FROM speaker WHERE kind = 'group' ORDER BY id")))
    merge(engine, "speaker", groups[0], groups[1:], Decision("ann"))
    assert texts(engine, speaker=("mara quint",)) == ["We wait,"]
    assert texts(engine, speaker=("jon vale",)) == ["We build,"]
    assert texts(engine, speaker=("okoro",)) == ["We build,", "We wait,", "I go,"]
    assert not list(problems(engine))


def test_a_join_taken_back_while_documents_are_stored_loses_nothing(engine: Engine, tmp_path: Path) -> None:
    add(engine, [article(tmp_path, "a", "“The bridge will stand,” said Robin Smith."),
                 article(tmp_path, "b", "“The ferry will sail,” said Mr. Robin Smith.")])  # fmt: skip
    add(engine, [article(tmp_path, "c", "“The port will close,” said Mr. Robin Smith. “I go,” Mr. Smith said."),
                 article(tmp_path, "d", "“The beds are full,” said Mrs. Robin Smith. “I stay here,” Mrs. Smith said.")],
        )  # fmt: skip
    assert len(texts(engine)) == 6
    assert not list(problems(engine))


def test_a_page_goes_on_behind_a_quote_that_is_there(engine: Engine) -> None:
    with pytest.raises(QuotesError, match="no quote 99"):
        list(quotes(engine, after=99))
    versions(engine, ("one", "We build", "p"))
    with pytest.raises(QuotesError, match="not both"):
        list(quotes(engine, after=1, offset=1))
