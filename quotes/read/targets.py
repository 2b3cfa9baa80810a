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
    """One file, or a directory with all that is in it; files of unknown extension only if the user named them."""
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
    elif explicit or (format_of_name(path.name) and stat.S_ISREG(status.st_mode)):
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        yield Source(location, lambda: path.open("rb", buffering=HEAD), format_of_name(path.name), size)


def _directory(directory: Path) -> Iterator[Source | InputRefused]:
    """The sources in a directory and below; hidden names are skipped, and links to directories: they can go round."""
    try:
        with os.scandir(directory) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield InputRefused(_shown(directory.as_posix()), unreadable(error))
        return
    for entry in entries:
        path = directory / entry.name
        if entry.name.startswith(".") or (entry.is_symlink() and path.is_dir()):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _directory(path)
        elif format_of_name(entry.name):
            yield from _path(path, explicit=False)


def _shown(name: str) -> str:
    """A path that can be stored and printed: bytes of a name that are no UTF-8 as `\\xNN`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") if not name.isascii() else name
