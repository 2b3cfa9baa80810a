from __future__ import annotations

import io

import pytest

from quotes.errors import InputRefused
from quotes.read import lines


def test_lines_are_numbered_and_long_ones_skipped() -> None:
    found = list(lines.numbered(io.StringIO("\ufeffone\n" + "x" * 200_000 + "\nthree"), "f", 10))
    assert [number for number, _ in found] == [1, 2, 3]
    assert (found[0][1], found[2][1]) == ("one\n", "three")
    assert str(found[1][1]) == "f:2: larger than 10 bytes; raise --max-bytes"


@pytest.mark.parametrize(
    ("text", "limit", "too_large"), [("é" * 5, 10, False), ("é" * 6, 10, True), ("a" * 10 + "\r\n", 10, False)]
)
def test_size_is_counted_in_bytes(text: str, limit: int, too_large: bool) -> None:
    assert lines.too_large(text, limit) is too_large


def test_the_reason_names_the_limit_as_people_say_it() -> None:
    assert lines.larger_than(10_000_000) == "larger than 10 MB; raise --max-bytes"
    assert lines.larger_than(1_500_000) == "larger than 1.5 MB; raise --max-bytes"


def test_a_line_that_cannot_be_decoded_is_refused() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"one\ntw\xff\nthree\n"), encoding="utf-8", errors="surrogateescape")
    kinds = [isinstance(line, InputRefused) for _, line in lines.numbered(stream, "f", 100)]
    assert kinds == [False, True, False]
