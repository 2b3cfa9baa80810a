"""What a user points at: paths, directories, patterns, standard input, addresses.

In: one such word. Out: the sources that it means, in sorted order, or an `InputRefused` for what is not there. It is
a module because all looking round in the file system happens here.
"""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from quotes.errors import InputRefused
from quotes.read.contents import HEAD, unreadable
from quotes.read.options import ReadOptions
from quotes.read.source import FORMAT_OF_SUFFIX, Source, format_of_name

# What often lies beside articles, by extension; what it is and what to do with it.
_PASSED_OVER = {
    **dict.fromkeys((".pdf",), "a PDF; turn it into text first (pdftotext does it)"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), "an office file; save it as plain text or HTML"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "a spreadsheet; save it as CSV"),
    **dict.fromkeys((".zip", ".gz", ".bz2", ".xz", ".7z", ".tar", ".zst"), "compressed or an archive; unpack it first"),
    **dict.fromkeys((".xml", ".rss", ".nxml"), "XML; turn the articles in it into JSON, HTML or plain text"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".tif", ".tiff", ".bmp", ".heic"), "a picture"),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".mov", ".ogg", ".webm"), "a recording; transcribe it first"),
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def sources(target: str, options: ReadOptions) -> Iterator[Source | InputRefused]:
    """Everything that one word of a user means."""
    if target == "-":
        yield Source("-", _standard_input)
    elif scheme := _SCHEME.match(target):
        yield _fetched(target, scheme[1].lower(), options)
    elif os.path.lexists(target) if "\0" not in target else False:
        yield from _path(Path(target), explicit=True)
    elif glob.has_magic(target) and "\0" not in target:
        yield from _pattern(target)
    else:
        yield InputRefused(_shown(target), "not found; check the path, and put patterns in quotation marks")


def _standard_input() -> AbstractContextManager[BinaryIO]:
    """Standard input, left open."""
    return nullcontext(sys.stdin.buffer)


def _fetched(target: str, scheme: str, options: ReadOptions) -> Source | InputRefused:
    """The page at an address."""
    if scheme not in ("http", "https"):
        return InputRefused(
            _shown(target), f"{scheme} addresses are not read; give an http or https address, or a path"
        )
    from quotes.read import urls

    try:
        return urls.fetch(target, options)
    except InputRefused as refused:
        return refused


def _pattern(pattern: str) -> Iterator[Source | InputRefused]:
    """The files that match, and those in directories that match; `**` goes into directories by itself."""
    recursive = "**" in pattern
    matches = map(Path, sorted(glob.glob(pattern, recursive=True)))  # noqa: PTH207 -- Path.glob takes no absolute ones
    chosen = [match for match in matches if not (recursive and match.is_dir())]
    if not chosen:
        yield InputRefused(_shown(pattern), "matches no file; check the pattern")
    for match in chosen:
        yield from _path(match, explicit=not recursive)


def _path(path: Path, *, explicit: bool) -> Iterator[Source | InputRefused]:
    """One file, or a directory with all that is in it; files of unknown extension are read if the user named them."""
    location = _shown(path.as_posix())
    try:
        status = path.stat()
    except FileNotFoundError:
        yield InputRefused(location, "a link to a file that is not there; mend or remove the link")
        return
    except OSError as error:
        yield InputRefused(location, unreadable(error))
        return
    if stat.S_ISDIR(status.st_mode):
        inside = _directory(path)
        first = next(inside, None)
        if first is None:
            known = ", ".join(FORMAT_OF_SUFFIX)
            yield InputRefused(location, f"a directory without anything to read; files in it must end in {known}")
        else:
            yield first
            yield from inside
    elif not explicit and (reason := _reason_to_pass(path, status)):
        yield InputRefused(location, reason)
    else:
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        yield Source(location, lambda: path.open("rb", buffering=HEAD), format_of_name(path.name), size)


def _reason_to_pass(path: Path, status: os.stat_result) -> str | None:
    """Why a file that nobody named is not read, or None."""
    if not stat.S_ISREG(status.st_mode):
        return "no regular file; name it if you mean it"
    if format_of_name(path.name):
        return None
    suffix = path.suffix.lower()
    return _PASSED_OVER.get(suffix, f"not read: {suffix or 'no'} extension; name the file itself if it is an article")


def _directory(directory: Path) -> Iterator[Source | InputRefused]:
    """The sources in a directory and below; what is hidden is skipped, and links to directories, which can go round."""
    try:
        with os.scandir(directory) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield InputRefused(_shown(directory.as_posix()), unreadable(error))
        return
    for entry in entries:
        path = directory / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and path.is_dir():
            yield InputRefused(_shown(path.as_posix()), "a link to a directory; name it if you mean it")
        elif entry.is_dir(follow_symlinks=False):
            yield from _directory(path)
        else:
            yield from _path(path, explicit=False)


def _shown(name: str) -> str:
    """A path that can be stored and printed: bytes of a name that are no UTF-8 as `\\xNN`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") if not name.isascii() else name
