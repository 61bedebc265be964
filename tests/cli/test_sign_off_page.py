"""The how-to of the two offices works as it is printed, command by command."""

from __future__ import annotations

import itertools
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.cli.test_bad_input import Shell, shell

__all__ = ["shell"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "sign-off.md"


def commands() -> Iterator[tuple[bool, str]]:
    """Yield the page's commands in order: those of daylight one by one, others as they stand."""
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S):
        lines = block.replace("\\\n", " ").splitlines()
        for ours, group in itertools.groupby(lines, lambda line: line.startswith("daylight ")):
            if ours:
                yield from ((True, line) for line in group)
            else:
                yield False, "\n".join(group)


def test_every_command_of_the_page_on_sign_offs_works_in_the_example_city(
    shell: Shell, tmp_path: Path, monkeypatch
):
    """An office that follows the page must arrive."""
    monkeypatch.setenv("HOME", str(tmp_path))
    told = []
    for ours, command in commands():
        if ours:
            _, *arguments = shlex.split(command.replace("~", str(tmp_path)))
            ending = shell.run(*arguments)
            assert ending.code == 0, (command, ending)
            told.append(ending.out)
        else:
            subprocess.run(["bash", "-euc", command], cwd=shell.city.root, check=True)

    assert len(told) == 14
    assert sum("entered the ledger" in each for each in told) == 4
    assert any("no version is left" in each for each in told)
    about = (shell.city.output / "about" / "index.html").read_text("utf-8")
    assert "4 May 2026" in about
