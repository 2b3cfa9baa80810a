"""The README's examples and references, made from the program itself.

    python -m tests.readme        rewrites README.md
    tests/test_readme.py          holds that nothing would change

A ```console block is a command, after `$ `, and what it prints, both streams. The commands are run in order, in an
otherwise empty folder with `seeds/` in it. The sections between the markers `<!-- commands -->`, `<!-- schema -->` and
`<!-- role -->` and their `end` are the help texts, the comments of the schema and the SQL of a role that only reads.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from quotes.cli import cli
from quotes.store.readonly import ROLE_SQL
from quotes.store.views import describe

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.M | re.S)
SECTION = re.compile(r"(?<=^<!-- )(commands|schema|role) -->\n.*?(?=^<!-- end -->$)", re.M | re.S)


def session(block: str, folder: Path) -> str:
    """The same command with what it prints today, in 100 columns, trailing spaces of tables left off."""
    command = block.splitlines()[0]
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    inherited = {name: value for name, value in os.environ.items() if name != "QUOTES_DB"}
    environment = {**inherited, "PATH": programs, "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", command.removeprefix("$ ")],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return "".join(line.rstrip() + "\n" for line in [command, *done.stdout.splitlines()])


def commands() -> str:
    """Every command's help."""
    root = click.Context(cli, info_name="quotes", terminal_width=100, **cli.context_settings)
    return "\n".join(f"```text\n$ {path} --help\n{help_}\n```\n" for path, help_ in _helps(cli, root))


def _helps(group: click.Group, parent: click.Context) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        context = click.Context(command, info_name=name, parent=parent, terminal_width=100)
        if isinstance(command, click.Group):
            yield from _helps(command, context)
        else:
            yield context.command_path, command.get_help(context)


def schema() -> str:
    """Every table, view and column with its comment."""
    parts = []
    for table in describe():
        rows = "".join(f"| `{name}` | {type_} | {comment} |\n" for name, type_, comment in table.columns)
        parts.append(f"**`{table.name}`**: {table.comment}\n\n| column | type | holds |\n| --- | --- | --- |\n{rows}")
    return "\n".join(parts)


def rendered(text: str) -> str:
    """The page as it should read."""
    made = {"schema": schema, "commands": commands, "role": role}
    text = SECTION.sub(lambda section: f"{section[1]} -->\n{made[section[1]]()}", text)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(ROOT / "seeds")
        return CONSOLE.sub(lambda block: session(block[0], Path(folder)), text)


def role() -> str:
    """The SQL that makes a role of PostgreSQL that can only read."""
    return f"```sql\n{ROLE_SQL.rstrip()}\n```\n"


if __name__ == "__main__":
    README.write_text(rendered(README.read_text(encoding="utf-8")), encoding="utf-8")
