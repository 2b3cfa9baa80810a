"""What a reader is told beside a verdict, in a few words each.

In: places. Out: sentences and parts of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.query.passages import StoredQuote
from quotes.text.wording import Wording
from quotes.verify.differences import NEGATIONS
from quotes.verify.sources import Place

CONDITIONS = NEGATIONS | {"if", "unless", "until", "except"}
"""What turns the meaning of the rest of a sentence."""


def of_quote(place: Place) -> Iterator[str]:
    """What a reader must know of the quote whose words they are."""
    quote = place.quote
    if quote is None:
        yield "in quotation marks there, by nobody known" if place.quoted else "the article's own words"
        return
    if not place.quoted:
        yield f"reported without quotation marks, of {who(quote)}"
    if not quote.statement:
        yield "thought or done there, rather than said"


def who(quote: StoredQuote) -> str:
    """Who says a quote, as far as its article tells."""
    return quote.speaker or quote.source or "nobody named"


def sure(quote: StoredQuote) -> str:
    """How sure the name is, in brackets."""
    return f" ({quote.speaker_confidence:.2f} sure)" if quote.speaker else ""


def left_out(place: Place) -> str:
    """The sentence that words are taken from, where what is left of it turns their meaning: "not", "if"."""
    page, inward = place.source.page, place.source.page.inward(place.span)
    start, end = place.source.sentence(place.span)
    parts = [(low, high) for low, high in ((start, inward.start), (inward.end, end)) if low < high]
    outside = Wording.of(page.text, parts).keys
    turned = any(key in CONDITIONS or key.endswith("n't") for key in outside)
    return " ".join(page.text[start:end].split()) if turned else ""


def where(wording: Wording, place: Place) -> str:
    """Which words of a draft stand where."""
    first, last = place.edits[0].ours[0], place.edits[-1].ours[1]
    return f"“{wording.written(first, last)}”: {cited(place, words=False)}"


def cited(place: Place, *, words: bool = True) -> str:
    """A place by the number of its quote or document, and its words."""
    quote = place.quote
    number = f"quote {quote.id}, {who(quote)}" if quote else f"document {place.source.document.id}"
    return f"“{place.text}” ({number})" if words else number
