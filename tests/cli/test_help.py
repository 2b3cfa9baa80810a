"""Every command and option explains itself, with an example."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from quotes.cli import cli
from tests.readme import commands as helps


def commands(group: click.Group, path: str = "quotes") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


ALL = dict(commands(cli))


@pytest.mark.parametrize("path", ALL)
def test_every_command_has_help_and_an_example_of_itself(path: str) -> None:
    command = ALL[path]
    assert command.help
    assert command.epilog
    assert f"  {path} " in command.epilog or f"  {path}\n" in command.epilog or f"| {path} " in command.epilog


@pytest.mark.parametrize("path", ALL)
def test_every_option_has_help(path: str) -> None:
    for option in ALL[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.name}"


def test_help_fits_a_terminal() -> None:
    assert [line for line in helps().splitlines() if len(line) > 100] == []


def test_the_shell_completes_commands() -> None:
    from click.shell_completion import ShellComplete

    found = ShellComplete(cli, {}, "quotes", "_QUOTES_COMPLETE").get_completions([], "s")
    assert {item.value for item in found} >= {"show", "sources", "search", "speakers", "sql"}
