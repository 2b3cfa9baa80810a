"""The public names are what the README says, however the package is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

import quotes


@pytest.mark.parametrize("name", quotes.__all__)
def test_a_public_name_is_itself_in_a_fresh_process(name: str) -> None:
    program = f"from quotes import {name}; assert callable({name}), {name}; assert {name}.__doc__"
    for before in ("", "import quotes.pipeline, quotes.query, quotes.read, quotes.cli; "):
        subprocess.run([sys.executable, "-W", "error", "-c", before + program], check=True)


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError):
        quotes.nothing  # noqa: B018


def test_the_package_runs_as_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "quotes", "--help"], capture_output=True, text=True, check=True)
    assert "Who said what" in done.stdout
