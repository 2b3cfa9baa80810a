"""Memory stays flat: ten times the documents take no more of it, in adding and in listing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.synthetic import write_articles

# Prints the peak resident memory of the process in KiB after running the command line.
PROGRAM = """
import pathlib, resource, sys
from quotes.cli import run
status = run(sys.argv[1:])
own = pathlib.Path("/proc/self/status")  # on Linux, getrusage tells the peak of the process that started this one, too
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
peak = own.read_text().partition("VmHWM:")[2].split()[0] if own.exists() else peak
print(peak, file=sys.stderr)
sys.exit(status)
"""
SLACK_KIB = 12_000  # what two runs of the same work differ by


def peak_kib(*arguments: str) -> int:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1])


@pytest.fixture
def peaks(database_url: str, tmp_path: Path) -> dict[int, tuple[int, int]]:
    """documents → peak KiB of adding them, of listing the quotes of a speaker then."""
    found = {}
    for count in (100, 1000):
        articles = write_articles(tmp_path / f"{count}.jsonl", count)
        added = peak_kib("add", str(articles), "--db", database_url)
        found[count] = (added, peak_kib("list", "--speaker", "ines okoro", "--format", "jsonl", "--db", database_url))
    return found


def test_adding_and_listing_stay_flat(peaks: dict[int, tuple[int, int]]) -> None:
    for few, many in zip(peaks[100], peaks[1000], strict=True):
        assert many <= few + SLACK_KIB
