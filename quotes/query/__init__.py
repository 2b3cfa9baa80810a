"""Questions → rows: what the command line and Python users ask of the database. It only reads."""

from quotes.query.counts import COUNTED, counted, inventory, sorts
from quotes.query.names import number
from quotes.query.quote import (
    QuoteInContext,
    Row,
    quote_in_context,
    quotes,
    quotes_by_speaker,
    search,
    sources_of_claim,
)
from quotes.query.selection import SORTS, Wanted, count

__all__ = [
    "COUNTED",
    "SORTS",
    "QuoteInContext",
    "Row",
    "Wanted",
    "count",
    "counted",
    "inventory",
    "number",
    "quote_in_context",
    "quotes",
    "quotes_by_speaker",
    "search",
    "sorts",
    "sources_of_claim",
]
