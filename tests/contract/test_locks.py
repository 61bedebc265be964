"""The lock files: whole, hashed, and in step with pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
RUNTIME, DEVELOPMENT = CHECKOUT / "requirements.lock", CHECKOUT / "requirements-dev.lock"


def entries(lock: Path) -> dict[str, tuple[str, int]]:
    """Return, per package, its locked version and how many hashes are recorded."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            name, _, rest = line.partition("==")
            found[name] = (rest.split()[0], 0)
        elif "--hash=sha256:" in line:
            found[name] = (found[name][0], found[name][1] + 1)
    return found


def wanted(*groups: str) -> list[Requirement]:
    """Return what pyproject.toml asks for: the runtime, and the named groups."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = list(project["project"]["dependencies"])
    for group in groups:
        texts += [text for text in project["dependency-groups"][group] if isinstance(text, str)]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock, groups", [(RUNTIME, ["build"]), (DEVELOPMENT, ["build", "dev"])])
def test_the_lock_holds_what_is_asked_for(lock, groups):
    """A dependency added without `make lock` would be missing on every fresh clone."""
    locked = entries(lock)
    stale = [
        str(requirement)
        for requirement in wanted(*groups)
        if locked.get(canonicalize_name(requirement.name), ("",))[0] not in requirement.specifier
    ]

    assert not stale, "run make lock"


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT])
def test_every_locked_package_has_hashes(lock):
    """A package without a hash could be exchanged on its way."""
    assert not [name for name, (_, hashes) in entries(lock).items() if not hashes]


def test_the_development_lock_holds_the_other_one():
    """What is tested must be what is published with, version by version."""
    tested = entries(DEVELOPMENT)

    assert not {n: e for n, e in entries(RUNTIME).items() if tested.get(n) != e}
