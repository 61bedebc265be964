"""The modules of `generator`: each stands alone, and each can be read in one sitting."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOOK_AGAIN, SPLIT = 300, 400
"""Lines of a module: above the first it is worth a look, above the second it is split."""


def module_name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted((CHECKOUT / "generator").rglob("*.py"))}


def imported(name: str) -> Iterator[str]:
    """Yield the modules of ours that a module needs before its own first line is done.

    Imports inside functions and for type checkers run later or never. The packages that
    a module lies in are there before it; those of another module are run on its behalf.
    """
    statements = ast.parse(MODULES[name].read_text(encoding="utf-8")).body
    for statement in statements:
        targets = []
        if isinstance(statement, ast.Import):
            targets = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            inside = [f"{statement.module}.{alias.name}" for alias in statement.names]
            targets = [t if t in MODULES else statement.module for t in inside]
        for target in filter(MODULES.__contains__, targets):
            parts = target.split(".")
            packages = {".".join(parts[:n]) for n in range(1, len(parts))}
            yield target
            yield from (package for package in packages if not f"{name}.".startswith(f"{package}."))


def test_no_import_goes_in_a_circle():
    """A module in a circle imports or fails depending on who came first: a trap for newcomers."""
    try:
        TopologicalSorter({name: set(imported(name)) for name in MODULES}).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]), pytrace=False)


def test_every_module_imports():
    """With no circles, a module that imports here imports alone, in anybody's shell."""
    command = [sys.executable, "-c", "".join(f"import {name}\n" for name in MODULES)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)

    assert not done.stderr


def test_modules_are_short_enough_to_read():
    """Whoever mends a fault at night must find their way in one file."""
    lines = {name: path.read_bytes().count(b"\n") for name, path in MODULES.items()}
    for name in (name for name, count in lines.items() if LOOK_AGAIN < count <= SPLIT):
        warnings.warn(f"{name} has {lines[name]} lines: look at it again", stacklevel=1)

    assert not {name: count for name, count in lines.items() if count > SPLIT}
