"""What an import writes: everything or nothing, into whatever store the city keeps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.sources.exchange import JOURNAL
from generator.sources.stores import Folder
from tests.cli.test_stores import keep_elsewhere
from tests.intake.desk import GUANGAN, Desk, Desks
from tests.stores import TR, Addresses

KILLED = """
import os, signal, sys
left = int(sys.argv[1])
armed = False

def kill(event, arguments):
    # Whatever touches a working table: opening to write, renaming, removing.
    global left
    if event in ("os.rename", "os.remove") or (event == "open" and str(arguments[1]) in "wb"):
        if "content/database" in str(arguments[0]):
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

from generator.cli.main import main
sys.argv = ["daylight", "import", sys.argv[2], "--quiet"]
sys.addaudithook(kill)
main()
"""


@pytest.mark.parametrize("kind", ["csv", "sqlite", "postgresql"])
def test_every_store_takes_the_same(desk_of: Desks, new_address: Addresses, kind):
    """Where a city keeps its tables must not decide what it can take in."""
    desk = desk_of("zh")
    keep_elsewhere(desk.shell, new_address(kind))

    account = desk.take(GUANGAN)

    assert (account["taken"], len(account["departments"])) == (421, 17)
    assert len(desk.tables.rows("powers")) == 421 + 16
    assert desk.take(GUANGAN)["unchanged"] == 421
    path = desk.template("market-regulation")
    assert desk.take(path)["taken"] == 0


def test_a_workbook_store_is_left_as_it_is(desk_of: Desks, new_address: Addresses):
    """Charts and formulas of the city's own workbook would be lost."""
    desk, address = desk_of("zh"), new_address("xlsx")
    keep_elsewhere(desk.shell, address)
    before = Path(address).read_bytes()

    done = desk.run("import", GUANGAN)

    assert done.code == 3 and "daylight copy-tables" in done.err
    assert desk.take(GUANGAN, "--dry-run")["taken"] == 421
    assert Path(address).read_bytes() == before


def test_an_import_killed_at_any_moment_is_whole_or_not_there(desk_of: Desks):
    """Powers whose department never arrived could be signed by nobody, and seen by all."""
    desk = desk_of("zh")
    folder = desk.root / "content" / "database"
    before = desk.files()
    desk.take(GUANGAN)
    after = desk.files()
    ends = []
    for moment in (0, 5, 6, 7, 99):
        for name, content in before.items():
            (folder / name).write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(moment), str(GUANGAN)],
            cwd=desk.root,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        Folder(folder).read(TR)
        found = desk.files()
        assert found in (before, after), f"killed at step {moment}"
        assert not (folder / JOURNAL).exists()
        ends.append(found == after)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert ends[0] is False and ends[-1] is True
    assert ends == sorted(ends)


def test_what_cannot_be_written_leaves_everything(desk: Desk):
    """A row of the tables that could not be read would be lost by writing them anew."""
    powers = desk.root / "content" / "database" / "powers.csv"
    powers.write_text(powers.read_text("utf-8") + "YX-XX,eine\n", "utf-8")
    before = desk.files()

    done = desk.run("import", GUANGAN)

    assert done.code == 3 and "powers.csv row 18" in done.err
    assert desk.files() == before


def test_tables_that_changed_meanwhile_are_not_overwritten(desk: Desk, monkeypatch):
    """Two clerks at two desks: the second must not undo the first."""
    from generator.intake import merge

    planned = merge.plan

    def slow(*arguments, **named):
        made = planned(*arguments, **named)
        desk.shell.city.edit("YX-XK-001", summary="from another desk")
        return made

    monkeypatch.setattr(merge, "plan", slow)
    done = desk.run("import", GUANGAN)

    assert done.code == 3 and "changed while the list was read" in done.err
    assert desk.powers()["YX-XK-001"]["summary"] == "from another desk"
    assert len(desk.powers()) == 16


def test_nothing_that_is_vetted_is_touched(desk_of: Desks):
    """A list handed in is a draft: the ledger and the site stay as they are."""
    desk = desk_of("zh")
    vetted = {p: p.read_bytes() for p in (desk.root / "content" / "vetted").rglob("*") if p.is_file()}  # fmt: skip
    desk.take(GUANGAN)
    assert vetted == {p: p.read_bytes() for p in (desk.root / "content" / "vetted").rglob("*") if p.is_file()}  # fmt: skip
