import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.train import augment
from quotes.train.augment import augmented, edited, interrupted, retold
from quotes.train.corpus import ROLES, Example, Relation

TEXT = (
    "“We will rebuild the bridge,” said Ines Okoro.\n\nThe union said that pay would rise in Lagos.\n\n"
    "Ms Okoro added: “It is ‘late’ already.”"
)


def at(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


EXAMPLE = Example(
    "a",
    TEXT,
    (
        Relation(at("Ines Okoro"), at("said"), at("“We will rebuild the bridge,”")),
        Relation(at("The union"), at("said that"), at("pay would rise in Lagos")),
        Relation(at("Ms Okoro"), at("added"), at("“It is ‘late’ already.”")),
    ),
    (*((s, e, "PERSON") for s, e in at("Ines Okoro")), *((s, e, "LOCATION") for s, e in at("Lagos"))),
)


def words(example: Example, relation: Relation, role: str) -> str:
    return " ".join(example.text[s:e] for s, e in getattr(relation, role))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_spans_follow_their_words_through_changes_that_keep_them(seed: int) -> None:
    rng = random.Random(seed)
    for change in (augment._marks, augment._letter_case, augment._breaks):
        out = edited(EXAMPLE, change(EXAMPLE, rng))
        for before, after in zip(EXAMPLE.relations, out.relations, strict=True):
            for role in ROLES:
                assert letters(words(EXAMPLE, before, role)) == letters(words(out, after, role)), (change, out.text)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_a_text_on_one_line_gets_paragraphs_between_sentences(seed: int) -> None:
    text = 'Mr. Obi left Lagos. "It is late. I go," he said. The U.S. Army came. "Now!" She stayed.'
    out = edited(flat := Example("a", text, labelled=False), augment._paragraphs(flat, random.Random(seed)))
    said = ["Mr. Obi left Lagos.", '"It is late. I go," he said.', "The U.S. Army came.", '"Now!"', "She stayed."]
    assert set(out.text.split("\n\n")) <= {" ".join(said[a:b]) for b in range(6) for a in range(b)}
    assert not out.labelled
    assert augment._paragraphs(EXAMPLE, random.Random(seed)) == []


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_any_variant_is_a_sound_example(seed: int) -> None:
    out = augmented(EXAMPLE, random.Random(seed))
    assert len(out.relations) == len(EXAMPLE.relations)
    for relation in out.relations:
        for role in ROLES:
            for s, e in getattr(relation, role):
                assert 0 <= s < e <= len(out.text)
        assert relation.content


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_lines_between_paragraphs_belong_to_nobody(seed: int) -> None:
    out = interrupted(EXAMPLE, random.Random(seed))
    for before, after in zip(EXAMPLE.relations, out.relations, strict=True):
        for role in ROLES:
            assert words(EXAMPLE, before, role) == words(out, after, role)
    own = EXAMPLE.text.split("\n\n")
    assert [line for line in out.text.split("\n\n") if line in own] == own
    for start, end, kind in out.entities or ():
        stock = {"PERSON": "surnames", "LOCATION": "places", "ORGANIZATION": "organisations"}[kind]
        assert out.text[start:end] in ("Ines Okoro", "Lagos") or out.text[start:end].endswith(
            tuple(augment._NAMES[stock])
        )


def test_no_line_comes_between_the_parts_of_one_content() -> None:
    whole = Example("a", TEXT, (Relation(at("Ms Okoro"), at("added"), ((0, TEXT.index("Ms Okoro")),)),))
    assert {interrupted(whole, random.Random(seed)).text for seed in range(50)} == {TEXT}
    assert len({interrupted(EXAMPLE, random.Random(seed)).text for seed in range(50)}) > 10


def test_verbs_of_speech_change_where_labels_or_nobody_say_they_are_cues() -> None:
    text = "He said no. As they said, it rains."
    cue = Example("a", text, (Relation(((0, 2),), ((3, 7),), ((8, 10),)),))

    def changed(example: Example) -> set[int]:
        return {s for seed in range(50) for s, _, _ in augment._cues(example, random.Random(seed))}

    assert changed(cue) == {3}
    assert changed(Example("a", text)) == set()
    assert changed(Example("a", text, labelled=False)) == {3, 20}


def test_names_change_everywhere_alike() -> None:
    out = edited(EXAMPLE, augment._names(EXAMPLE, random.Random(3)))
    assert "Ines" not in out.text
    assert words(out, out.relations[0], "source") in out.text
    assert words(out, out.relations[0], "cue") == "said"


@pytest.mark.parametrize("seed", range(8))
def test_a_quoted_paragraph_can_become_a_transcript_or_a_list(seed: int) -> None:
    out = retold(EXAMPLE, random.Random(seed))
    moved = next(r for r in out.relations if "rebuild" in words(out, r, "content"))
    assert letters(words(out, moved, "content")) == letters("We will rebuild the bridge")
    assert letters(words(out, moved, "source")) == letters("Ines Okoro")
    assert words(out, moved, "cue") in ("said", ":", "—", "―")
    rest = next(r for r in out.relations if "pay would" in words(out, r, "content"))
    assert words(out, rest, "source") == "The union"
