"""Commands over a city whose tables lie elsewhere than in CSV files."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_bad_input import Shell, shell
from tests.stores import STORES, TR, Addresses, opened

__all__ = ["shell"]


def keep_elsewhere(shell: Shell, address: str) -> None:
    """Move the city's tables into another store, as an operator does; leave no CSV behind."""
    folder = shell.city.root / "content" / "database"
    done = shell.run("copy-tables", address, "--from", "content/database")
    assert done.code == 0, done.err
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    configure(shell, address)


def configure(shell: Shell, address: str) -> None:
    path = shell.city.root / "site_config.yml"
    lines = [line for line in path.read_text("utf-8").splitlines() if "source:" not in line]
    path.write_text("\n".join([*lines, f"source: {address}", ""]), "utf-8")


@pytest.mark.parametrize("kind", [kind for kind in STORES if kind != "csv"])
def test_vet_status_and_sign_tell_the_same_from_every_store(shell, new_address: Addresses, kind):
    """An office must not have to know where the tables lie."""
    asked = [
        ("vet", "--format", "json"),
        ("status", "--format", "json"),
        (
            "sign",
            "--stage",
            "legality",
            "--office",
            shell.city.config.offices.legality[0],
            "--all",
            "--dry-run",
            "--format",
            "json",
        ),
    ]
    shell.city.edit("LF-LIC-001", summary="Another summary.")
    before = [shell.run(*command) for command in asked]
    keep_elsewhere(shell, new_address(kind))

    after = [shell.run(*command) for command in asked]

    assert [found.code for found in after] == [found.code for found in before]
    assert [found.out for found in after[1:]] == [found.out for found in before[1:]]
    assert '"standing": "changed"' in after[1].out
    rules = [[(f["code"], f["record"]) for f in json.loads(found.out)] for found in
             (before[0], after[0])]  # fmt: skip
    assert rules[0] == rules[1]


@pytest.mark.parametrize("kind", ["sqlite", "xlsx"])
def test_a_city_from_another_store_has_the_same_bytes(shell, new_address: Addresses, kind):
    """Where a city keeps its drafts is nobody's business and must show nowhere."""
    assert shell.run("build", "--quiet").code == 0
    before = shell.city.files()
    keep_elsewhere(shell, new_address(kind))

    done = shell.run("build", "--output", "elsewhere", "--quiet", "--format", "json")

    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert report["waiting"] == report["refused"] == []
    folder = shell.city.root / "elsewhere"
    assert {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    } == before


def test_a_draft_that_changed_in_a_database_waits_in_the_next_build(shell, new_address: Addresses):
    """A build remembers what it compared: an edit in between must not be overlooked."""
    address = new_address("postgresql")
    keep_elsewhere(shell, address)
    first = json.loads(shell.run("build", "--quiet", "--format", "json").out)
    store = opened(address)
    rows = [dict(row.cells) for row in store.read(TR).rows("powers")]
    rows[0]["summary"] = "Another summary."
    store.replace({"powers": rows}, TR)

    second = json.loads(shell.run("build", "--quiet", "--format", "json").out)

    assert (first["waiting"], second["waiting"]) == ([], [rows[0]["code"]])


def test_signing_leaves_a_workbook_as_it_is(shell, new_address: Addresses):
    """A department's workbook is open on somebody's desk: nothing may write into it."""
    address = new_address("xlsx")
    shell.city.edit("LF-LIC-001", summary="Another summary.")
    keep_elsewhere(shell, address)
    before = hashlib.sha256(Path(address).read_bytes()).hexdigest()

    for stage in ("legality", "format"):
        done = shell.sign(stage, "LF-LIC-001")
        assert done.code == 0, done.err

    assert "1 entered the ledger" in done.out
    assert hashlib.sha256(Path(address).read_bytes()).hexdigest() == before
    assert [path.name for path in Path(address).parent.iterdir()] == ["city.xlsx"]


def test_what_goes_by_git_says_so_where_git_sees_nothing(shell, new_address: Addresses):
    """An empty list of changes must never mean that nobody could look."""
    keep_elsewhere(shell, new_address("sqlite"))
    for words in (
        ["--changed-since", "HEAD"],
        ["--changed-since", "HEAD", "--as", "city-services"],
    ):
        done = shell.run("vet", *words)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("--changed-since: goes by what git knows")
        assert "daylight copy-tables content/database" in done.err


def test_sarif_of_a_database_names_records_and_no_file(shell, new_address: Addresses):
    """A code host must not be sent to a file that is not there."""
    shell.city.edit("LF-LIC-001", kind="licencing")
    keep_elsewhere(shell, new_address("sqlite"))

    done = shell.run("vet", "--format", "sarif")

    assert done.code == 1
    location = json.loads(done.out)["runs"][0]["results"][0]["locations"][0]
    assert "physicalLocation" not in location
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "powers/LF-LIC-001/kind"


def test_tables_that_cannot_be_read_end_with_3_and_leave_the_site(shell, new_address: Addresses):
    """A server that is down must not make a city look empty."""
    assert shell.run("build", "--quiet").code == 0
    before = shell.city.files()
    configure(shell, f"postgresql://clerk@/city?host={shell.city.root}")

    done = shell.run("build", "--quiet")

    assert done.code == 3 and "PostgreSQL cannot do this" in done.err
    assert shell.city.files() == before


def test_a_city_goes_out_and_comes_back_byte_for_byte(shell, new_address: Addresses):
    """After a year in a database `git diff` must show what changed, and nothing else."""
    folder = shell.city.root / "content" / "database"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    addresses = [new_address(kind) for kind in ("xlsx", "postgresql", "sqlite")]
    for source, target in zip(["content/database", *addresses], addresses, strict=False):
        assert shell.run("copy-tables", target, "--from", source, "--quiet").code == 0

    done = shell.run("copy-tables", "content/again", "--from", addresses[-1])

    assert done.code == 0
    again = shell.city.root / "content" / "again"
    assert {path.name: path.read_bytes() for path in again.iterdir()} == before


def test_copying_overwrites_nothing_unless_told(shell, new_address: Addresses):
    """A slip in a command must not cost a city its tables."""
    for kind in STORES:
        address = new_address(kind)
        tried = shell.run("copy-tables", address, "--dry-run")
        assert (tried.code, tried.out[:10]) == (0, "would copy")
        assert shell.run("copy-tables", address).code == 0

        again = shell.run("copy-tables", address)
        over = shell.run("copy-tables", address, "--replace", "--format", "json")

        if kind == "xlsx":
            tried = shell.run("copy-tables", address, "--replace", "--dry-run")
            assert [again.code, over.code, tried.code] == [3, 3, 3]
            assert "never writes into a workbook" in again.err
            continue
        assert again.code == 2 and "holds tables already" in again.err
        assert json.loads(over.out)["rows"]["powers"] == 16
    assert shell.run("copy-tables", "content/database").code == 2


def test_a_dry_run_touches_nothing(shell, tmp_path: Path):
    """Whoever only asks must find nothing made."""
    for name in ("new", "new.sqlite", "new.xlsx"):
        assert shell.run("copy-tables", str(tmp_path / "x" / name), "--dry-run").code == 0
    assert not (tmp_path / "x").exists()


def test_what_would_be_lost_on_the_way_stops_the_copy(shell, new_address: Addresses):
    """A column that no schema knows may be a department's own; it must not vanish in silence."""
    path = shell.city.root / "content" / "database" / "synonyms.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([f"{header},remark", *(f"{row}," for row in rows), "a"]), "utf-8")

    done = shell.run("copy-tables", new_address("sqlite"))

    assert done.code == 3
    assert "would be lost on the way (synonyms: remark, synonyms row" in done.err


def test_a_copy_that_reads_otherwise_is_told(shell, new_address: Addresses):
    """A database whose columns turn 007 into 7 must not become a city's tables."""
    address = new_address("sqlite")
    assert shell.run("copy-tables", address).code == 0
    with sqlite3.connect(address) as connection:
        connection.execute("DROP TABLE synonyms")
        connection.execute("CREATE TABLE synonyms (term INTEGER, target TEXT)")
    path = shell.city.root / "content" / "database" / "synonyms.csv"
    path.write_text(path.read_text("utf-8") + "007,agent\n", "utf-8")

    done = shell.run("copy-tables", address, "--replace")

    assert done.code == 3 and "reads otherwise than it was written" in done.err
