"""The lower bounds of the dependencies are the versions that CI tests with, and what is imported is declared."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
NEEDED = [*map(Requirement, PROJECT["dependencies"])]
TESTED = [*NEEDED, *map(Requirement, EXTRAS["test"]), *map(Requirement, EXTRAS["postgres"])]
LOWEST = {
    canonicalize_name(pinned.name): str(pinned.specifier).removeprefix("==")
    for pinned in map(Requirement, (ROOT / "requirements-lowest.lock").read_text().splitlines())
}


@pytest.mark.parametrize("requirement", TESTED, ids=str)
def test_a_lower_bound_is_what_is_tested(requirement: Requirement) -> None:
    [bound] = [Version(part.version) for part in requirement.specifier if part.operator == ">="]
    tested = Version(LOWEST[canonicalize_name(requirement.name)])
    assert tested.release[: len(bound.release)] == bound.release
    assert requirement.specifier.contains(tested)


def test_every_import_is_declared() -> None:
    found: set[str] = set()
    for path in (ROOT / "quotes").rglob("*.py"):
        if "train" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found |= {name.partition(".")[0] for name in names if name}
    homes = importlib.metadata.packages_distributions()
    others = {name for name in found if name not in sys.stdlib_module_names and name != "quotes"}
    declared = {canonicalize_name(requirement.name) for requirement in [*NEEDED, *map(Requirement, EXTRAS["postgres"])]}
    assert {name for name in others if not {canonicalize_name(home) for home in homes[name]} & declared} == set()
