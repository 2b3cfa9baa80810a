from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import InputRefused
from quotes.read import ReadOptions, contents, read

from .conftest import Write, one, refusal


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<!DOCTYPE html>", "html"),
        (b"\xef\xbb\xbf\n <!-- note --> <?xml version='1.0'?>\n<html lang=en>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b'{"id": 1}', "jsonl"),
        (b'\xef\xbb\xbf{ "id": 1}', "jsonl"),
        ('{"id": 1}'.encode("utf-16"), "jsonl"),
        (b"{not} json", "text"),
        (b'[{"id": 1}]', "json"),
        (b'\xef\xbb\xbf[\n {\n  "id": 1}]', "json"),
        (b'{\n "id": 1}', "json"),
        (b"[Update] The mayor", "text"),
        (b"<htmlx>", "text"),
        (b"Plain <html> words", "text"),
        (b"<!-- -->" * 8_000 + b"words", "text"),
        (b"", "text"),
    ],
)
def test_sniffing(head: bytes, expected: str) -> None:
    assert contents.sniffed(head) == expected


@pytest.mark.parametrize("name", ["a", "a.article", "a.pdf"])
def test_an_unknown_extension_is_sniffed(write: Write, article: str, name: str) -> None:
    assert one(write(name, article)).text == article


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.7\n%text", "a PDF; turn it into text first (pdftotext does it)"),
        (b"PK\x03\x04....", "a ZIP archive or an office file"),
        (b"\x1f\x8b\x08...", "compressed"),
        (b"{\\rtf1 text}", "a Rich Text file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
    ],
)
def test_refusals_by_content(write: Write, data: bytes, reason: str) -> None:
    found = refusal(path := write("a.txt", data))
    assert found.location == path
    assert reason in found.reason


def test_size(write: Write, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.txt", article)
    size = len(article.encode())
    assert one(path, ReadOptions(max_bytes=size)).text == article
    assert refusal(path, ReadOptions(max_bytes=size - 1)).reason == f"larger than {size - 1} bytes; raise --max-bytes"


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # sparse: reading it would take hours
    assert refusal(path.as_posix()).reason == "larger than 10 MB; raise --max-bytes"


def test_the_forced_format_wins(write: Write) -> None:
    path = write("a.txt", '{"id": "x", "text": "The end of the pier"}\n')
    assert one(path).id == path
    assert one(path, ReadOptions(input_format="jsonl")).id == "x"


def test_a_record_in_another_language_is_named_with_its_file(write: Write) -> None:
    french = "Le conseil municipal a voté mardi la fermeture de la vieille jetée, a déclaré la maire de la ville."
    path = write("a.jsonl", f'{{"id": "f1", "text": "{french}"}}\n{{"text": "{french}"}}\n')
    assert [each.location for each in read(path) if isinstance(each, InputRefused)] == [f"{path} (f1)", f"{path}:2"]


def test_a_reader_that_stops_early_closes_the_file(write: Write, article: str) -> None:
    path = write("a.jsonl", '{"id": 1, "text": "The pier"}\n' * 3)
    documents = read(path)
    next(documents)
    documents.close()  # type: ignore[attr-defined]  # an open file would be a ResourceWarning, here an error
