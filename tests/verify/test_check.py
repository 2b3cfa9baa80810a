"""Each verdict, on both databases: what stands, what does not, and what a reader is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from quotes.pipeline import extract
from quotes.records import Document
from quotes.verify import Finding, Verdict, as_rows, check
from tests.store.samples import said, store
from tests.verify.conftest import BRIDGE, Checked, fill


def quotations(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.passage.quoted]


def one(findings: list[Finding]) -> Finding:
    [found] = quotations(findings)
    return found


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("“We counted nine cracks in the northern arch,” Tom Aske said.", Verdict.VERBATIM),
        ('"We counted nine cracks in the northern arch," Aske said.', Verdict.VERBATIM),
        ("« We counted nine\u00a0cracks in the northern arch », Mr Aske said.", Verdict.VERBATIM),
        ("Tom Aske said they had found “nine cracks in the northern arch”.", Verdict.VERBATIM),
        ("“It has stood for a century,” Ines Okoro said. “Nobody has ever asked it to carry a train.”", None),
        ("“The bridge will not fall before the spring tides of 2031. It has stood for a century,” Okoro said.", None),
        ("“We counted ten cracks in the northern arch,” Tom Aske said.", Verdict.ALTERED),
        ("“The bridge will fall before the spring tides of 2031,” Ines Okoro said.", Verdict.ALTERED),
        ("“The bridge will not fall before […] 2031,” Ines Okoro said.", Verdict.ALTERED),
        ("“We counted nine cracks in the northern arch,” Lou Bell said.", Verdict.OTHER_SPEAKER),
        ("“We counted nine cracks in the northern arch,” Ruth Vane said.", Verdict.OTHER_SPEAKER),
        ("“Somebody always profits from a closed road,” Lou Bell said.", Verdict.OTHER_SPEAKER),
        ("“The ferry is full by seven every spring tide of 2031,” Lou Bell said.", Verdict.ALTERED),
        ("“We counted nine cracks. The ferry is full by seven every morning,” Tom Aske said.", Verdict.MERGED),
        ("“The council was warned in writing,” Tom Aske said.", Verdict.DENIED),
        ("Tom Aske denied that “the council was warned in writing”.", Verdict.VERBATIM),
        ("Tom Aske denied that “we counted nine cracks in the northern arch”.", Verdict.AFFIRMED),
        ("“The ferry would run until the bridge was mended,” Lou Bell said.", Verdict.UNQUOTED),
        ("“Twelve boats left the harbour that night,” Lou Bell said.", Verdict.UNQUOTED),
        ("“Every school in the valley shall have a piano by Easter,” Tom Aske said.", Verdict.NOT_FOUND),
    ],
)
def test_the_verdict_on_a_quotation(checked: Checked, draft: str, verdict: Verdict | None) -> None:
    found = {finding.verdict for finding in quotations(checked(draft))}
    assert found == {verdict or Verdict.VERBATIM}


def test_it_tells_where_who_and_when(checked: Checked, engine: Engine) -> None:
    text = "“We counted nine cracks in the northern arch,” Aske said."
    findings = checked(text)
    [row] = as_rows(engine, Document("draft", text), findings)
    assert (row["speaker"], row["outlet"], str(row["published"])) == ("Tom Aske", "The Paper", "2024-03-01")
    assert BRIDGE.text[row["start_offset"] : row["end_offset"]] == row["text"]
    assert text[slice(*row["spans"][0])] == "We counted nine cracks in the northern arch,"
    assert (row["quote_id"], row["also"], row["line"], row["fair"]) == (2, 1, 1, None)


def test_an_alteration_is_shown_word_by_word(checked: Checked, engine: Engine) -> None:
    text = "“The bridge will fall before the spring tides of 2030,” Ines Okoro said."
    [row] = as_rows(engine, Document("draft", text), checked(text))
    assert row["difference"] == ("The bridge will [-not-] fall before the spring tides of [-2031-] {+2030+}")
    assert set(row["change"].split(", ")) == {"number", "negation", "words left out", "other words"}
    assert row["fair"] is False


@pytest.mark.parametrize(
    "words",
    ["The bridge will not fall before […] 2031", "[It] will not fall before the spring tides", "It has stood … and "
     "nobody has ever asked it to carry a train", "The bridge will not fall before the Spring tides"],
)  # fmt: skip
def test_fair_changes_are_called_so(checked: Checked, words: str) -> None:
    found = one(checked(f"“{words},” Ines Okoro said."))
    assert (found.verdict, found.fair, found.stands) == (Verdict.ALTERED, True, False)


def test_a_cut_that_takes_the_negation_away_is_not_fair(checked: Checked) -> None:
    assert one(checked("“The bridge will … fall before the spring tides,” Ines Okoro said.")).fair is False


def test_a_cut_does_not_make_one_of_two_speakers_words(checked: Checked) -> None:
    found = one(checked("“The bridge will not fall before the spring tides […] nine cracks in the arch,” Okoro said."))
    assert found.verdict in (Verdict.MERGED, Verdict.ALTERED)
    assert not found.fair


def test_the_sentence_is_told_where_its_rest_turns_the_words(checked: Checked) -> None:
    found = one(checked("Ines Okoro said the arch could be asked “to carry a train”."))
    assert found.verdict is Verdict.VERBATIM
    assert any("nobody has ever asked it" in note for note in found.notes)


def test_a_stretch_without_a_statement_counts_from_three_words_on(checked: Checked) -> None:
    assert quotations(checked("The boat is called “Old Kitty” by those who row her across the harbour.")) == []
    found = one(checked("A sign at the harbour, “nine cracks in the northern arch”, was painted over."))
    assert found.verdict is Verdict.VERBATIM


def test_words_that_stand_everywhere_are_no_evidence(checked: Checked) -> None:
    found = one(checked("“The council,” Lou Bell said, after some thought about the question."))
    assert found.verdict is Verdict.NOT_FOUND
    assert (
        one(checked("“The ferry,” Lou Bell said, after some thought about the question.")).verdict is Verdict.VERBATIM
    )


def test_an_interrupted_quotation_may_be_right_in_one_part_only(checked: Checked) -> None:
    parts = quotations(
        checked("“The bridge will not fall,” Ines Okoro said. “Nobody has ever asked it to fly a train.”")
    )
    assert [part.verdict for part in parts] == [Verdict.VERBATIM, Verdict.ALTERED]


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("Lou Bell said that the ferry would run until the bridge was mended.", Verdict.SIMILAR),
        ("Lou Bell said that the ferry would not run until the bridge was mended.", Verdict.DIFFERS),
        ("Tom Aske said that they had counted eleven cracks in the northern arch.", Verdict.DIFFERS),
        ("Lou Bell said that pianos were cheaper in the valley.", Verdict.NOT_FOUND),
    ],
)
def test_a_statement_without_marks_gets_its_nearest_source(checked: Checked, draft: str, verdict: Verdict) -> None:
    [found] = checked(draft)
    assert (found.verdict, found.stands) == (verdict, True)


def test_an_earlier_version_of_an_article_is_named(engine: Engine) -> None:
    old = "“The dam will hold for a hundred years,” Ines Okoro said."
    new = "“The dam should hold for some years,” Ines Okoro said."
    for number, text in enumerate((old, new)):
        words = text[1 : text.index("”")]
        store(engine, Document(str(number), text, url="https://a.example/dam"), said(text, words, "Ines Okoro"))
    draft = Document("draft", old)
    found = one(check(engine, draft, extract(draft)))
    assert found.verdict is Verdict.VERBATIM
    assert "in an earlier version of the article only" in found.notes


def test_who_is_one_by_a_judgement_is_no_other_speaker(engine: Engine) -> None:
    text = "“The dam will hold for a hundred years,” Ines Okoro-Bright said."
    store(engine, Document("a", text), said(text, "The dam will hold for a hundred years,", "Ines Okoro-Bright"))
    draft = Document("draft", "“The dam will hold for a hundred years,” Bright said.")
    assert one(check(engine, draft, extract(draft))).verdict is Verdict.VERBATIM


def test_a_namesake_is_another_speaker(engine: Engine) -> None:
    text = "“You could hear them before you saw them,” Joel Tarrant said. Imogen Tarrant was driven to the coast."
    store(engine, Document("a", text), said(text, "You could hear them before you saw them,", "Joel Tarrant"))
    for name, verdict in (("Imogen Tarrant", Verdict.OTHER_SPEAKER), ("Mr Tarrant", Verdict.VERBATIM)):
        draft = Document("draft", f"“You could hear them before you saw them,” {name} said.")
        assert one(check(engine, draft, extract(draft))).verdict is verdict


def test_an_empty_database_finds_nothing(engine: Engine) -> None:
    draft = Document("draft", "“We counted nine cracks in the arch,” Tom Aske said. Bell said that it was late.")
    assert {finding.verdict for finding in check(engine, draft, extract(draft))} == {Verdict.NOT_FOUND}
    assert check(engine, Document("empty", "…"), []) == []


WORDS = [word.strip("“”,.") for word in BRIDGE.text.split("\n\n")[0].split("”")[0].split()]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_a_changed_or_missing_word_is_never_verbatim(engine: Engine, data: st.DataObject) -> None:
    fill(engine)  # what is stored already is left as it is
    place = data.draw(st.integers(1, len(WORDS) - 2))
    new = data.draw(st.sampled_from([[], ["never"], ["seven", "hundred"], [WORDS[place].upper() + "x"], ["often"]]))
    draft = Document("draft", f"“{' '.join([*WORDS[:place], *new, *WORDS[place + 1 :]])},” Ines Okoro said.")
    for found in quotations(check(engine, draft, [])):
        assert found.verdict is not Verdict.VERBATIM


@given(st.text(max_size=200))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_can_be_checked(engine: Engine, text: str) -> None:
    draft = Document("draft", f"“{text}” «{text}»")
    for found in check(engine, draft, []):
        assert all(0 <= span.start < span.end <= len(draft.text) for span in found.passage.spans)
        assert found.verdict is Verdict.NOT_FOUND
