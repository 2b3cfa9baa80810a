"""Through whom it was said, from the words beside the cue."""

from __future__ import annotations

import pytest

from quotes.records import Act, Attribution, Kind, Span
from quotes.resolve.conduits import conduit, conduit_of
from quotes.resolve.layout import Layout


@pytest.mark.parametrize(
    ("cue", "after", "expected"),
    [
        ("told", " The Sunday Ledger that it was over", "The Sunday Ledger"),
        ("told", " the Courier on Sunday that it was over", "Courier"),
        ("told", " voters the job could be done", "voters"),
        ("told", " colleagues then that he would serve", "colleagues"),
        ("told", " reporters outside the court", "reporters"),
        ("have been told", " their boats will be tied up", None),
        ("wrote", " in his memoir, “Living With Wool”", "Living With Wool"),
        ("wrote", " in her 2003 book ''Wool and Water'' that", "Wool and Water"),
        ("said", " on “Good Morning Sark”", "Good Morning Sark"),
        ("announced", " on Sunday, after the meeting", None),
        ("said", " in a speech", None),
        ("said", " in a statement", "a statement"),
        ("writes", " Bo Ash, a biologist at Sark College, over email", "email"),
        ("said", ' in an interview on CBS\'s "Meet the Island," she said', "Meet the Island"),
        ("said", ", answering a question from The Sark Ledger, that", "The Sark Ledger"),
        ("argued", " in a letter addressed to Pell Bank's board", "Pell Bank's board"),
        ("argued", " in a Sark Ledger essay last week", "Sark Ledger"),
        ("wrote", " Bo Ash for Sark Weekly", "Sark Weekly"),
        ("spoke", " to a gathering of harbour workers, promising", "a gathering of harbour workers"),
        ("wrote", " in a piece published on Nov. 3", None),
        ("wrote", " in 2003", None),
        ("told", " the host", None),
        ("told", " myself that it would pass", None),
    ],
)
def test_conduit(cue: str, after: str, expected: str | None) -> None:
    assert conduit(cue, after) == expected


def test_who_saw_a_paper_is_its_conduit() -> None:
    text = "Reports seen by The Sark Ledger suggest that the pier is rotten."
    source, cue = Span(0, text.index(" suggest")), Span(text.index("suggest"), text.index(" that"))
    said = Attribution((Span(cue.end + 1, len(text) - 1),), (cue,), (source,), Kind.INDIRECT, Act.WRITING, 1.0)
    assert conduit_of(Layout(text), said) == "The Sark Ledger"
