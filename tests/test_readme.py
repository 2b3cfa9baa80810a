from __future__ import annotations

import pytest

from quotes import __all__ as public
from tests.cli.test_help import ALL
from tests.readme import README, rendered

TEXT = README.read_text(encoding="utf-8")


def test_every_block_prints_what_the_page_shows() -> None:
    assert rendered(TEXT) == TEXT, "run: python -m tests.readme"


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_option_is_documented(path: str) -> None:
    assert f"$ {path} --help" in TEXT
    for option in ALL[path].params:
        assert all(name in TEXT for name in option.opts if name.startswith("-"))


def test_every_public_name_is_documented() -> None:
    assert len(public) <= 8
    assert all(f"`{name}" in TEXT for name in public)
