"""Names of bodies and places."""

from __future__ import annotations

import pytest

from quotes.resolve.bodies import is_place_name


@pytest.mark.parametrize("name", ["’s", "...", ""])
def test_marks_alone_are_no_place(name: str) -> None:
    assert not is_place_name(name)
