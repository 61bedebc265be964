"""The tutorials work as they stand: every command of theirs is run, in order, by a real shell."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PREVIEW = "daylight serve"
"""Runs until Ctrl-C: the one command that a test leaves out; tests/test_serve.py has it."""
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def follow(page: Path, folder: Path) -> dict[str, str]:
    """Run a tutorial's commands in a folder; return what they said, by the heading above them.

    A command that fails ends the tutorial, as it would end a newcomer's.
    """
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    command = bin_folder / "daylight"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n')
    command.chmod(0o755)
    (bin_folder / "python3").symlink_to(sys.executable)
    parts = _HEADING.split(page.read_text("utf-8"))
    steps = dict(zip(parts[1::2], parts[2::2], strict=True))
    script = ["set -euo pipefail"]
    for heading, text in steps.items():
        script.append(f"echo '@@ {heading}'")
        script += [block.replace(PREVIEW, ":") for block in _BLOCK.findall(text)]
    own = {
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(CHECKOUT),
        "DAYLIGHT": str(CHECKOUT),
        "HOME": str(folder),
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "user.name",
        "GIT_CONFIG_VALUE_0": "A newcomer",
        "GIT_CONFIG_KEY_1": "user.email",
        "GIT_CONFIG_VALUE_1": "newcomer@example.org",
    }
    work = folder / "work"
    work.mkdir()
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=work,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
    )
    if done.returncode:
        pytest.fail(f"{page.name}: exit code {done.returncode}\n{done.stdout}", pytrace=False)
    said = re.split(r"^@@ (.+)$", done.stdout, flags=re.MULTILINE)
    return dict(zip(said[1::2], said[2::2], strict=True))


def step(said: dict[str, str], number: int) -> str:
    """Return what the commands of a numbered step said."""
    (found,) = (text for heading, text in said.items() if heading.startswith(f"{number}. "))
    return found


def test_the_first_tutorial_works_command_by_command(tmp_path):
    """A newcomer who is stopped by the first page never reads the second."""
    said = follow(CHECKOUT / "docs" / "tutorial.md", tmp_path)
    city = tmp_path / "work" / "larkfield"

    assert "exit code 1" in step(said, 5)
    for rule in ("L101", "L301", "P101", "T101"):
        assert rule in step(said, 5), "the page says that the gate names it"
    assert "0 errors" in step(said, 6)
    assert "may be signed" in step(said, 6)
    assert (city / "public" / "powers" / "LF-LIC-900" / "index.html").is_file()
    assert "Put up for practice" in (city / "content/vetted/city-services.jsonl").read_text("utf-8")
    with (city / "public" / "data" / "powers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "LF-LIC-900" not in {row["code"] for row in csv.DictReader(file)}
