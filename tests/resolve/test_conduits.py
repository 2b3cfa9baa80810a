"""Through whom it was said, from the words beside the cue."""

from __future__ import annotations

import pytest

from quotes.resolve.conduits import conduit


@pytest.mark.parametrize(
    ("cue", "after", "expected"),
    [
        ("told", " The Sunday Ledger that it was over", "The Sunday Ledger"),
        ("told", " the Courier on Sunday that it was over", "Courier"),
        ("told", " voters the job could be done", "voters"),
        ("told", " colleagues then that he would serve", "colleagues"),
        ("have been told", " their boats will be tied up", None),
        ("wrote", " in his memoir, “Living With Wool”", "Living With Wool"),
        ("wrote", " in her 2003 book ''Wool and Water'' that", "Wool and Water"),
        ("said", " on “Good Morning Sark”", "Good Morning Sark"),
        ("announced", " on Sunday, after the meeting", None),
        ("said", " in a speech", None),
        ("said", " in a statement", "a statement"),
    ],
)
def test_conduit(cue: str, after: str, expected: str | None) -> None:
    assert conduit(cue, after) == expected
