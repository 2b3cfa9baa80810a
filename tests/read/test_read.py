from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import FORMATS, ReadOptions, read
from quotes.records import Document

from .conftest import Write

HEAVY: tuple[str, ...] = (
    "trafilatura",
    "lxml",
    "urllib3",
    "py3langid",
    "numpy",
    "charset_normalizer",
    "babel",
    "dateparser",
    "yaml",
)
HEAVY += ("markdown_it", "csv", "json")


def test_plain_text_imports_no_library_of_another_format(write: Write, article: str) -> None:
    path = write("a.txt", article)
    program = (
        "import sys; from quotes.read import read; print([type(each).__name__ for each in read(sys.argv[1])]); "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert done.stdout == "['Document']\n[]\n"


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    found = read((tmp_path / "later.txt").as_posix())
    (tmp_path / "later.txt").write_text("The pier will close.", encoding="utf-8")
    assert isinstance(next(found), Document)


def test_a_run_goes_on_after_refusals(write: Write, tmp_path: Path, article: str) -> None:
    write("a.txt", b"\0\0")
    write("b.txt", article)
    write("c.html", "<html></html>")
    write("d.csv", "no,columns\n")
    write("e.jsonl", "{\n")
    write("f.md", article)
    kinds = [type(each) for each in read(tmp_path.as_posix())]
    assert kinds == [InputRefused, Document, InputRefused, InputRefused, InputRefused, Document]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary() | st.text().map(str.encode), input_format=st.sampled_from((None, *FORMATS)))
def test_any_bytes_in_any_format(tmp_path: Path, data: bytes, input_format: str | None) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    found = list(read(path.as_posix(), ReadOptions(language="en", input_format=input_format)))
    assert found
    for each in found:
        if isinstance(each, Document):
            each.text.encode()
            assert unicodedata.is_normalized("NFC", each.text)
            assert "\r" not in each.text
            assert each.id
        else:
            assert ";" in each.reason or "empty" in each.reason


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1), prefix=st.text(alphabet="word €“👩‍👩‍👧\u0301\u200f", max_size=20))
def test_offsets_found_in_the_input_hold_in_the_document(tmp_path: Path, text: str, prefix: str) -> None:
    raw = unicodedata.normalize("NFC", f"A {prefix} {text}").replace("\r", "\n")
    (tmp_path / "a.txt").write_text(raw, encoding="utf-8", newline="")
    (found,) = read((tmp_path / "a.txt").as_posix(), ReadOptions(language="en"))
    if isinstance(found, Document):
        assert found.text == raw


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"])
def test_a_program_that_stops_in_the_middle_leaves_nothing_open(write: Write, name: str) -> None:
    path = write(name, "text\nThe pier is to close\n")
    for _ in read(path):
        break
