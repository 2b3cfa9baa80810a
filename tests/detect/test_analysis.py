from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import analyse, detect
from quotes.detect.analysis import BLOCK, blocks
from quotes.records import Document

TEXT = "“We will rebuild the bridge by spring,” said Mayor Ines Okoro of Lagos."


@given(st.text(alphabet="ab \n", max_size=300), st.integers(4, 40))
def test_blocks_cover_the_text_in_order(text: str, size: int) -> None:
    spans = list(blocks(text, size))
    assert "".join(text[s:e] for s, e in spans) == text
    assert all(0 < e - s <= size for s, e in spans) or not text


def test_blocks_end_between_paragraphs() -> None:
    text = "A paragraph.\n\n" * 20
    assert all(text[:e].endswith("\n") for _, e in blocks(text, 100))


def test_names_come_from_the_same_reading() -> None:
    got = analyse(Document("a", TEXT))
    assert got.attributions == tuple(detect(Document("a", TEXT)))
    people = [n.span.of(TEXT) for n in got.names if n.kind == "PERSON"]
    assert [p.removeprefix("Mayor ") for p in people] == ["Ines Okoro"]
    assert ("Lagos", "LOCATION") in [(n.span.of(TEXT), n.kind) for n in got.names]


def test_offsets_of_later_blocks_are_those_of_the_text() -> None:
    filler = "The road runs along the river.\n\n" * (BLOCK // 32 + 10)
    text = filler + TEXT
    found = [a for a in detect(Document("a", text)) if a.content[0].start >= len(filler)]
    assert [a.content[0].of(text) for a in found] == ["We will rebuild the bridge by spring,"]
