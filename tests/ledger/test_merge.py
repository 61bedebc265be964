"""Departments sign on branches of their own; git brings them together without a hand."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.errors import LedgerError
from generator.ledger import store, subjects
from generator.ledger.files import GIT_ATTRIBUTES, GIT_IGNORE
from generator.ledger.withdrawal import withdraw
from generator.model.codes import PowerCode

from .records import DEPARTMENTS, a_ledger, a_record, drafts, release, sign, vet

GIT = (
    "git",
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.invalid",
    "-c",
    "core.autocrlf=false",
)


class Repository:
    """A ledger in a git repository of its own."""

    def __init__(self, folder: Path, *, union: bool) -> None:
        self.folder, self.ledger = folder, folder / "vetted"
        folder.mkdir()
        self.git("init", "-q", "-b", "main")
        a_ledger(self.ledger)
        (self.ledger / ".gitignore").write_text(GIT_IGNORE)
        if union:
            (self.ledger / ".gitattributes").write_text(GIT_ATTRIBUTES)
        self.commit()

    def git(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        away = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            [*GIT, *words], cwd=self.folder, env={**os.environ, **away}, check=check,
            capture_output=True, text=True,
        )  # fmt: skip

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "sign")

    def branch(self, name: str) -> None:
        self.git("checkout", "-q", "-b", name, "main")

    def merge(self, *names: str) -> None:
        self.git("checkout", "-q", "main")
        for name in names:
            done = self.git("merge", "-q", "-m", f"merge {name}", name, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def _markets_sign(root: Path) -> None:
    more = [*DEPARTMENTS, {"slug": "fire", "name": "Fire Brigade", "status": "active"}]
    edition = [subjects.register("departments", more)]
    vet(root, [*edition, *drafts(a_record(summary="changed"))], "2025-02-01")
    sign(root, "legality", drafts(a_record("MK-0002"), a_record("MK-0003")), "2025-02-01")


def _health_signs(root: Path) -> None:
    vet(root, drafts(a_record("HE-0002", department="health")), "2025-02-02")
    sign(root, "legality", drafts(a_record("HE-0003", department="health")), "2025-02-02")


@pytest.mark.parametrize("union", [True, False])
@pytest.mark.parametrize("order", [("markets", "health"), ("health", "markets")])
def test_two_departments_that_sign_in_parallel_merge_cleanly(tmp_path, union, order):
    """Seventy departments cannot wait for one another to sign."""
    city = Repository(tmp_path / "city", union=union)
    city.branch("markets")
    _markets_sign(city.ledger)
    city.commit()
    city.branch("health")
    _health_signs(city.ledger)
    city.commit()
    city.merge(*order)

    ledger = store.read(city.ledger, thorough=True)
    assert set(ledger.pending) == {"MK-0002", "MK-0003", "HE-0003"}
    found = release(city.ledger)
    assert set(found.powers) == {"MK-0001", "HE-0001", "HE-0002"}
    assert found.powers[PowerCode("MK-0001")].power.summary == "changed"
    assert "fire" in found.departments
    assert not (city.folder / ".git" / "MERGE_HEAD").exists()
    assert ".lock" not in city.git("ls-files").stdout

    straight = Repository(tmp_path / "straight", union=union)
    _markets_sign(straight.ledger)
    _health_signs(straight.ledger)
    assert release(straight.ledger) == found, "as if one had signed after the other"


def test_sign_offs_in_the_same_files_merge_cleanly_with_the_shipped_attributes(tmp_path):
    """Two officers of one department, and two register editions, must not end in a conflict."""
    city = Repository(tmp_path / "city", union=True)
    for number, slug in ((2, "fire"), (3, "water")):
        city.branch(slug)
        rows = [*DEPARTMENTS, {"slug": slug, "name": slug.title(), "status": "active"}]
        vet(city.ledger, [subjects.register("departments", rows)], f"2025-02-0{number}")
        owned = a_record(f"FW-000{number}", department=slug)
        vet(city.ledger, drafts(a_record(f"MK-000{number}"), owned), f"2025-02-0{number}")
        pending = a_record(f"MK-010{number}")
        sign(city.ledger, "legality", drafts(pending), f"2025-02-0{number}")
        city.commit()
    city.merge("fire", "water")

    assert set(store.read(city.ledger, thorough=True).pending) == {"MK-0102", "MK-0103"}
    found = release(city.ledger)
    assert set(found.powers) == {
        "MK-0001", "HE-0001", "MK-0002", "MK-0003", "FW-0002", "FW-0003"
    }  # fmt: skip
    assert {"fire", "water"} <= set(found.departments), "the later edition lacked one of them"


def test_a_sign_off_used_up_on_one_branch_and_kept_on_the_other_counts_once(tmp_path):
    """A union of lines brings back what was used up; it must not count for a later draft."""
    city = Repository(tmp_path / "city", union=True)
    draft = drafts(a_record(summary="second"))
    sign(city.ledger, "legality", draft, "2025-02-01")
    city.commit()
    city.branch("format")
    sign(city.ledger, "format", draft, "2025-02-02")
    vet(city.ledger, drafts(a_record(summary="third")), "2025-02-03")
    city.commit()
    city.branch("other")
    sign(city.ledger, "legality", drafts(a_record("MK-0002")), "2025-02-03")
    city.commit()
    city.merge("format", "other")

    assert [line.subject for group in store.read(city.ledger).pending.values() for line in group]
    [refusal] = sign(city.ledger, "format", draft, "2025-02-04").refused
    assert "sign stage legality first" in refusal.reason
    assert sign(city.ledger, "format", drafts(a_record("MK-0002")), "2025-02-04").appended


def test_a_withdrawal_and_an_older_branch_never_bring_the_content_back_unseen(tmp_path):
    """Whatever git does with both sides, a leak is either gone or stops the build."""
    city = Repository(tmp_path / "city", union=True)
    city.branch("withdrawal")
    code = PowerCode("MK-0001")
    withdraw(city.ledger, code, reason="leak", document="", date=date(2025, 2, 5))
    city.commit()
    city.branch("markets")
    vet(city.ledger, drafts(a_record("MK-0002")), "2025-02-01")
    city.commit()
    city.merge("withdrawal", "markets")

    with pytest.raises(LedgerError, match="daylight withdraw MK-0001"):
        release(city.ledger)
    withdraw(city.ledger, code, reason="leak", document="", date=date(2025, 2, 6))
    assert set(release(city.ledger).powers) == {"HE-0001", "MK-0002"}
    [tombstone] = release(city.ledger).withdrawals
    assert tombstone.reason == "leak"


def test_a_merge_that_git_could_not_finish_is_named_with_its_line(tmp_path):
    """Without the attributes git leaves marks; they must not pass as data."""
    city = Repository(tmp_path / "city", union=False)
    for number in (2, 3):
        city.branch(f"b{number}")
        vet(city.ledger, drafts(a_record(f"MK-000{number}")), "2025-02-01")
        city.commit()
    city.git("checkout", "-q", "main")
    city.git("merge", "-q", "b2")
    assert city.git("merge", "-q", "b3", check=False).returncode == 1
    with pytest.raises(LedgerError, match=r"markets\.jsonl line 2: holds a mark of an unfinished"):
        store.read(city.ledger)
