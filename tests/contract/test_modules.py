"""The modules of `generator`: each stands alone, and each can be read in one sitting."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOOK_AGAIN, SPLIT = 300, 400
"""Lines of a module: above the first it is worth a look, above the second it is split."""

IMPORT_EACH_ALONE = """
import importlib, os, sys, traceback

for library in sys.argv[1].split():
    importlib.import_module(library)
failed = []
for module in sys.argv[2].split():
    child = os.fork()
    if not child:
        try:
            importlib.import_module(module)
        except BaseException:
            print(f"--- {module}", traceback.format_exc(), sep="\\n", flush=True)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(module)
sys.exit(bool(failed))
"""
LIBRARIES = "babel click frictionless jinja2 jsonschema mkdocs nh3 pygraphviz rich watchfiles yaml"


def sources() -> list[Path]:
    return sorted((CHECKOUT / "generator").rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_each_module_imports_alone():
    """A developer who opens one module in a shell must not meet a circle of imports.

    Each is imported in a process of its own that holds the libraries but nothing of ours.
    """
    modules = [module_name(path) for path in sources()]
    command = [sys.executable, "-c", IMPORT_EACH_ALONE, LIBRARIES, " ".join(modules)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [pytest.param(p, id=module_name(p)) for p in sources()])
def test_a_module_is_short_enough_to_read(path):
    """Whoever mends a fault at night must find their way in one file."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > LOOK_AGAIN:
        warnings.warn(f"{module_name(path)} has {lines} lines: look at it again", stacklevel=1)

    assert lines <= SPLIT, f"split it at a natural place: {lines} lines"
