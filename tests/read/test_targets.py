from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from quotes.errors import InputRefused
from quotes.read import ReadOptions, read
from quotes.records import Document

from .conftest import Write, one, refusal


def _ids(target: str, root: Path) -> list[str]:
    return [each.id.removeprefix(f"{root.as_posix()}/") for each in read(target) if isinstance(each, Document)]


def test_a_directory_in_order_without_hidden_and_unknown_files(write: Write, tmp_path: Path, article: str) -> None:
    for name in ("b.txt", "a/z.md", "a/y.html.bak", "c.TXT", ".hidden.txt", ".git/x.txt", "picture.jpg", "a.md"):
        write(name, article)
    assert _ids(tmp_path.as_posix(), tmp_path) == ["a/z.md", "a.md", "b.txt", "c.TXT"]


def test_what_is_passed_over_in_a_directory_is_named(write: Write, tmp_path: Path, article: str) -> None:
    for name in ("a.txt", "b.pdf", "c.docx", "d.xml", "e.JPG", "f.bak", "g", ".hidden", ".git/x", "h.mp3"):
        write(name, article)
    passed = [each for each in read(tmp_path.as_posix()) if isinstance(each, InputRefused)]
    assert [(each.location.rsplit("/", 1)[1], each.reason.split(";")[0]) for each in passed] == [
        ("b.pdf", "a PDF"),
        ("c.docx", "an office file"),
        ("d.xml", "XML"),
        ("e.JPG", "a picture"),
        ("f.bak", "not read: .bak extension"),
        ("g", "not read: no extension"),
        ("h.mp3", "a recording"),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "d/c.txt"]),
        ("**", ["a.txt", "b.txt", "d/c.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("*", ["a.txt", "b.txt", "d/c.txt", "note"]),
    ],
)
def test_patterns(write: Write, tmp_path: Path, article: str, pattern: str, expected: list[str]) -> None:
    for name in ("b.txt", "a.txt", "d/c.txt", "note"):
        write(name, article)
    assert _ids(f"{tmp_path.as_posix()}/{pattern}", tmp_path) == expected


def test_a_file_whose_name_looks_like_a_pattern(write: Write, article: str) -> None:
    path = write("[ab].txt", article)
    assert one(path).id == path


def test_the_id_is_the_path_as_given(
    write: Write, article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("d/a.txt", article)
    monkeypatch.chdir(tmp_path)
    assert one("d/a.txt").id == one("./d//a.txt").id == one("d").id == "d/a.txt"


def test_nothing_there(tmp_path: Path) -> None:
    root = tmp_path.as_posix()
    assert "not found" in refusal(f"{root}/none.txt").reason
    assert "matches no file" in refusal(f"{root}/*.txt").reason
    assert "without anything to read" in refusal(root).reason
    assert "not found" in refusal("nul\0.txt").reason
    assert "ftp addresses are not read" in refusal("ftp://harbour.example/a").reason


def test_links(write: Write, tmp_path: Path, article: str) -> None:
    write("d/a.txt", article)
    (tmp_path / "d" / "broken.txt").symlink_to(tmp_path / "none.txt")
    (tmp_path / "d" / "loop").symlink_to(tmp_path / "d")
    (tmp_path / "d" / "good.txt").symlink_to(tmp_path / "d" / "a.txt")
    found = list(read((tmp_path / "d").as_posix()))
    assert [type(each) for each in found] == [Document, InputRefused, Document, InputRefused]
    assert str(found[3]).endswith("loop: a link to a directory; name it if you mean it")
    assert str(found[1]).endswith("broken.txt: a link to a file that is not there; mend or remove the link")
    assert "a link to a file" in refusal((tmp_path / "d" / "broken.txt").as_posix()).reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_permissions_of_the_system(write: Write, tmp_path: Path, article: str) -> None:
    Path(write("d/a.txt", article)).chmod(0)
    assert "may not be read" in refusal((tmp_path / "d").as_posix()).reason


def test_what_may_not_be_read(write: Write, tmp_path: Path, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("d/a.txt", article)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert str(refusal(path)) == f"{path}: may not be read; check its permissions (ls -l)"
    monkeypatch.setattr(os, "scandir", denied)
    assert "may not be read" in refusal((tmp_path / "d").as_posix()).reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_directory_does_not_block(write: Write, tmp_path: Path, article: str) -> None:
    write("a.txt", article)
    os.mkfifo(tmp_path / "b.txt")
    assert _ids(tmp_path.as_posix(), tmp_path) == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes exist on Linux only")
def test_a_name_that_is_not_utf_8_can_be_stored(tmp_path: Path, article: str) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(article, encoding="utf-8")
    assert one(tmp_path.as_posix()).id == f"{tmp_path.as_posix()}/caf\\xe9.txt"


@pytest.mark.parametrize("wrap", [io.BytesIO, lambda data: io.BufferedReader(io.BytesIO(data))])
def test_standard_input_is_sniffed_and_left_open(
    monkeypatch: pytest.MonkeyPatch, article: str, wrap: type[io.BytesIO]
) -> None:
    for content, options, id_ in (
        (article, ReadOptions(), "-"),
        ('{"id": 4, "text": "The end of the pier"}\n', ReadOptions(), "4"),
        ("text\nThe end of the pier\n", ReadOptions(input_format="csv"), "-:2"),
    ):
        stdin = io.TextIOWrapper(wrap(content.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        assert one("-", options).id == id_
        assert not stdin.buffer.closed
