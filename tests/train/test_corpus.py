import gzip
import json
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quotes.train.corpus import joined, read_examples, read_unlabelled


def test_reads_plain_and_packed_lines(tmp_path: Path) -> None:
    line = {
        "id": "a",
        "text": "Ann said no.",
        "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]]}],
    }
    (tmp_path / "c.jsonl").write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    named = json.dumps({"id": "a", "entities": [[0, 3, "PERSON"], [4, 8, "VERB"]]})
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(named.encode()))
    (one,) = read_examples(tmp_path / "c.jsonl", tmp_path / "e.jsonl.gz")
    assert one.relations[0].source == ((0, 3),)
    assert one.entities == ((0, 3, "PERSON"),)


def test_texts_that_nobody_labelled_have_the_names_that_the_shipped_model_finds(tmp_path: Path) -> None:
    text = "Kenya will rebuild the bridge, Ines Okoro told reporters in Nairobi on Monday."
    (tmp_path / "t.jsonl").write_text(json.dumps({"id": "a", "text": text, "attributions": "unread"}), encoding="utf-8")
    (one,) = read_unlabelled(tmp_path / "t.jsonl")
    assert (one.id, one.text, one.relations, one.labelled) == ("a", text, (), False)
    assert {text[s:e]: kind for s, e, kind in one.entities or ()}["Nairobi"] == "LOCATION"


def test_sentences_of_one_statement_are_joined_and_paragraphs_are_not() -> None:
    text = "One. Two.\n\nThree."
    assert joined(text, ((0, 4), (5, 9), (11, 17))) == ((0, 9), (11, 17))


@given(st.text(alphabet="ab \n", max_size=40), st.data())
def test_joining_keeps_every_word(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    fragments = tuple(zip(edges[::2], edges[1::2], strict=False))
    out = joined(text, fragments)
    assert {i for s, e in fragments for i in range(s, e)} <= {i for s, e in out for i in range(s, e)}
    assert all(a[1] <= b[0] for a, b in pairwise(out))
