"""The tutorials work as they stand: every command of theirs is run, in order, by a real shell."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
POWER = "511Z07001006"
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
    for name, words in {"daylight": " -m generator", "python3": ""}.items():
        command = bin_folder / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}"{words} "$@"\n')
        command.chmod(0o755)
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


@pytest.mark.prove
def test_the_district_tutorial_leads_from_a_real_list_to_a_published_department(tmp_path):
    """A city that starts from spreadsheets must get to its first department without help."""
    said = follow(CHECKOUT / "docs" / "tutorial-district.md", tmp_path)
    city = tmp_path / "work" / "guangan"
    ledger = city / "content" / "vetted" / "economy-information.jsonl"

    assert "421 421 0" in step(said, 2)
    assert "采纳0行，不变421行" in step(said, 3), "the second import changes nothing"
    assert "exit code 1" in step(said, 4)
    for rule in ("S101", "L101", "P101"):
        assert rule in step(said, 4), "the gate says what is missing"
    assert "may be signed" in step(said, 6)
    (line,) = map(json.loads, ledger.read_text("utf-8").splitlines())
    assert line["code"] == POWER and all(s["signature"] for s in line["sign_offs"])
    published = sorted(path.name for path in (city / "public" / "powers").glob("*/"))
    assert published == [POWER], "the other 420 are drafts"
    drafts = "第二类易制毒化学品运输许可".encode()
    public = (city / "public").rglob("*")
    assert not [path for path in public if path.is_file() and drafts in path.read_bytes()]
