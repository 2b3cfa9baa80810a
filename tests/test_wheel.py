"""A wheel built from the tree works outside of it: the README's commands, migrations and sample articles included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
INSTALLED = [
    "demo demo.db",
    "db upgrade --db new.db",
    "db check --db demo.db",
    "extract article.txt",
    "add article.txt",
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `quotes` of a clean environment with nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder, ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    pip[0] = str(folder / "env" / "bin" / "python")
    subprocess.run([*pip, "install", "-c", ROOT / "requirements.lock", *folder.glob("*.whl")], check=True)
    return folder / "env" / "bin" / "quotes"


def test_the_commands_work_outside_the_tree(program: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("“We will rebuild the bridge,” said Mayor Ines Okoro.", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("QUOTES_DB", "PYTHONPATH")}
    for command in INSTALLED:
        done = subprocess.run(
            [program, *command.split()], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, (command, done.stderr)
    listed = subprocess.run(
        [program, "list"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "Ines Okoro" in listed.stdout


def test_what_is_not_installed_is_asked_for_by_its_extra(program: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [program, "list", "--db", "postgresql://me@host/x"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "pip install 'quotes[postgres]'" in done.stderr


def test_the_program_ships_what_it_needs(program: Path) -> None:
    [package] = (program.parents[1] / "lib").glob("python3*/site-packages/quotes")
    assert list((package / "alembic" / "versions").glob("*.py"))
    assert list((package / "seeds").glob("*.txt"))
    assert (package / "py.typed").exists()
    lists = {file.name for file in (ROOT / "quotes" / "text" / "data").iterdir()}
    assert "words.csv" in lists
    assert {file.name for file in (package / "text" / "data").iterdir()} == lists


def test_the_articles_for_training_stay_at_home(program: Path) -> None:
    [package] = (program.parents[1] / "lib").glob("python3*/site-packages/quotes")
    for folder in ("annotated", "training"):
        assert (ROOT / "seeds" / folder).is_dir()
        assert not (package / "seeds" / folder).exists()
    assert sum(file.stat().st_size for file in (package / "seeds").rglob("*") if file.is_file()) < 500_000
