"""The tree as a stranger clones it: nothing of the machine that it was written on."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MACHINE_PATH = re.compile(rb"(?<![\w.:/~<-])/(?:work|root|home|Users)/[\w.]")
# Written in pieces, so that this file names none of them either.
REGISTRIES = tuple(
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
)


def committed() -> list[Path]:
    """Return the files that git holds or would take up, without those it ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True)
    paths = (CHECKOUT / os.fsdecode(name) for name in done.stdout.split(b"\0") if name)
    return sorted(path for path in paths if path.is_file())


def test_no_file_knows_the_machine_it_was_written_on():
    """A path of somebody's home folder works for nobody else."""
    found = [
        f"{path.relative_to(CHECKOUT)}: {hit.group().decode()}…"
        for path in committed()
        if (hit := MACHINE_PATH.search(path.read_bytes()))
    ]

    assert not found


def test_no_file_names_a_registry():
    """An operator behind a mirror of their own must not be sent past it."""
    found = [
        str(path.relative_to(CHECKOUT))
        for path in committed()
        if any(host in path.read_bytes() for host in REGISTRIES)
    ]

    assert not found


@pytest.mark.parametrize(
    "script",
    [".ci/run", *(f"scripts/{s}.sh" for s in ("python", "pagefind", "browser", "lock"))],
)
def test_scripts_can_be_run_and_parse(script):
    """A newcomer's first command must not end with "permission denied"."""
    assert os.access(CHECKOUT / script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], cwd=CHECKOUT).returncode == 0


def test_ci_runs_what_a_developer_runs():
    """What is green at a developer's desk must be what CI looks at."""
    commands = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    made = [line.split()[1] for line in commands if line.startswith("make ")]
    assert made == [".tests-can-run", "lint", "test"]


def test_the_npm_lock_holds_hashes_and_no_addresses():
    """A changed package must be refused, and a mirror must be usable."""
    lock = json.loads((CHECKOUT / "tests/browser/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
