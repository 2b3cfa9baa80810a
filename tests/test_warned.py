"""What warns a reader, end to end: read with the text, and read again off what a database keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.pipeline import as_record, extract, warned
from quotes.records import Attribution, Document, Polarity, Quote, SourceType, Speaker

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
QUIST = (
    "Joe Sattler went to get lunch. He said “I want soup.” Joe ended up getting a sandwich.\n\n"
    "Nora Quist, the party treasurer, was asked twice about the loan. She did not say “never again,” but many in the "
    "room thought it.\n\n"
    "Quist never said the loan was illegal. She denied that she had signed it. Nobody has said the money is lost.\n\n"
    "If Quist said “I quit,” the party would fall apart, one member told the Herald.\n"
)


def as_stored(quote: Quote) -> Quote:
    """A quote with no more than a database from before these fields keeps of it."""
    given = quote.attribution
    kept = Attribution(given.content, given.cue, given.source, given.kind, given.act, given.confidence)
    return Quote(kept, Speaker(quote.speaker.name, quote.speaker.kind), quote.organisation, quote.role, quote.conduit)


def stance(quote: Quote) -> tuple[Polarity, float, SourceType]:
    return quote.attribution.polarity, quote.attribution.statement_confidence, quote.source_type


def test_what_she_did_not_say_is_not_affirmed() -> None:
    document = Document("quist", QUIST)
    found = {quote.text(document).strip("“”"): quote for quote in extract(document)}
    polarities = {words: quote.attribution.polarity for words, quote in found.items()}
    assert polarities["I want soup."] is Polarity.AFFIRMED
    for words in ("never again,", "the loan was illegal", "that she had signed it", "the money is lost"):
        assert polarities.get(words, Polarity.DENIED) is Polarity.DENIED, words
    assert polarities["never again,"] is polarities["the loan was illegal"] is Polarity.DENIED
    assert not [words for words, quote in found.items() if words == "I quit," and quote.speaker.name == "Nora Quist"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_stored_quote_is_read_as_a_fresh_one(path: Path) -> None:
    document = Document(path.stem, frontmatter.loads(path.read_text(encoding="utf-8")).content)
    fresh = extract(document)
    stored = [as_stored(quote) for quote in fresh]
    again = warned(document.text, stored)
    assert [stance(quote) for quote in again] == [stance(quote) for quote in fresh]
    assert [
        replace(quote, attribution=old.attribution, source_type=old.source_type)
        for quote, old in zip(again, stored, strict=True)
    ] == stored
    backwards = warned(document.text, stored[::-1])
    assert [stance(quote) for quote in backwards[::-1]] == [stance(quote) for quote in fresh]


def test_the_record_tells_them() -> None:
    words = "“The talks about the harbour are over and will not begin again this year,” said one official on Friday, "
    document = Document("d", f"{words}speaking on condition of anonymity.")
    told, *_ = as_record(document, extract(document))["attributions"]
    assert (told["polarity"], told["source_type"]) == ("affirmed", "anonymous")
    assert told["statement_confidence"] > 0.9


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="She said not “ yes ”. denied,\n asked whether it\u0301", max_size=200))
def test_any_text_is_read_again_alike(text: str) -> None:
    fresh = extract(Document("d", text))
    again = warned(text, [as_stored(quote) for quote in fresh])
    assert [stance(quote) for quote in again] == [stance(quote) for quote in fresh]
