"""The folder of CSV files: several tables change together, and whoever looks in sees all or none."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import SourceError
from generator.sources.exchange import JOURNAL
from generator.sources.stores import Folder
from tests.stores import CITIES, TR

KILLED = """
import os, signal, sys
from pathlib import Path
from generator.i18n import Translator
from generator.sources.stores import Folder

folder, left = Path(sys.argv[1]), int(sys.argv[2])
store, tr = Folder(folder), Translator("en")
rows = {
    name: [{**row.cells, "summary": "new"} for row in store.read(tr).rows(name)]
    for name in ("departments", "life_events", "powers")
}

def kill(event, arguments):
    # Whatever touches a file in the folder: opening to write, renaming, removing.
    global left
    if event in ("os.rename", "os.remove") or (event == "open" and str(arguments[1]) in "wb"):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

sys.addaudithook(kill)
store.replace(rows, tr)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the Chinese city's tables."""
    shutil.copytree(CITIES["zh"] / "content" / "database", tmp_path / "database")
    return tmp_path / "database"


def sums(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("[a-z]*.csv")
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in Folder(folder).read(TR).rows(table)]


def test_a_change_killed_at_any_moment_is_whole_or_not_there(folder, tmp_path):
    """A power without its steps, because the import was killed, could be signed as it is."""
    before = sums(folder)
    Folder(folder).replace(
        {
            name: [{**row, "summary": "new"} for row in rows(folder, name)]
            for name in ("departments", "life_events", "powers")
        },
        TR,
    )
    after = sums(folder)
    assert len(after.items() - before.items()) == 3
    ends = []
    for moment in range(40):
        copy = tmp_path / str(moment)
        shutil.copytree(CITIES["zh"] / "content" / "database", copy)
        done = subprocess.run([sys.executable, "-c", KILLED, str(copy), str(moment)])
        killed_with = sums(copy)

        Folder(copy).read(TR)

        found = sums(copy)
        assert found in (before, after), f"killed at step {moment}"
        ends.append((found == after, killed_with not in (before, after)))
        assert (found == after) or not (copy / JOURNAL).exists()
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    else:
        pytest.fail("the change never came to its end")
    news, halves = [new for new, _ in ends], [half for _, half in ends]
    assert news == sorted(news), "once the change counts, it counts for good"
    assert not news[0] and sum(halves) >= 2, "some kills fell between two files"
    leftovers = {path.name for path in copy.iterdir()} - set(after)
    assert not leftovers


def test_a_digest_completes_what_was_cut_short_too(folder):
    """A build goes by the digest: it must not take half a change for the tables."""
    subprocess.run([sys.executable, "-c", KILLED, str(folder), "6"])
    assert (folder / JOURNAL).exists(), "the kill fell after the change began to count"

    digest = Folder(folder).digest()

    assert not (folder / JOURNAL).exists()
    assert digest == Folder(folder).digest()
    assert {row["summary"] for row in rows(folder, "powers")} == {"new"}


def test_a_change_that_cannot_be_written_leaves_everything(folder):
    """An import that fails must not have been half done."""
    (folder / "waivers.csv").unlink()
    (folder / "waivers.csv").mkdir()
    before = contents(folder)

    with pytest.raises(SourceError, match="nothing was changed"):
        Folder(folder).replace({"synonyms": [], "waivers": []}, TR)

    assert contents(folder) == before


def test_columns_byte_order_mark_and_line_ends_stay(folder):
    """A department's Excel must open the file as before, and git show only what changed."""
    path = folder / "synonyms.csv"
    path.write_bytes("\ufefftarget,term,remark\r\nx,y,z\r\n".encode())

    Folder(folder).replace({"synonyms": [{"term": "a", "target": "b", "remark": "c"}]}, TR)

    assert path.read_bytes() == "\ufefftarget,term,remark\r\nb,a,c\r\n".encode()


def test_a_column_that_the_file_lacks_is_added_when_it_is_needed(folder):
    """A value must never be dropped because the old file had no place for it."""
    path = folder / "synonyms.csv"
    path.write_text("term\n", "utf-8")

    Folder(folder).replace({"synonyms": [{"term": "a", "target": "b"}]}, TR)

    assert path.read_text("utf-8") == "term,target\na,b\n"


def test_a_row_that_could_not_be_read_is_not_written_over(folder):
    """Such a row is in no table that was read; writing the others back would lose it."""
    path = folder / "synonyms.csv"
    path.write_text(path.read_text("utf-8") + "a,b,c\n", "utf-8")

    with pytest.raises(SourceError, match=r"synonyms.csv row 6: does not fit its header"):
        Folder(folder).replace({"synonyms": rows(folder, "synonyms")}, TR)

    assert path.read_text("utf-8").endswith("a,b,c\n")
