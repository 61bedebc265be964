"""A real district's list of 421 rows, as it was handed over, into an empty desk."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pytest

from tests.intake.desk import GUANGAN, Desk, Desks, records_of

KINDS = {
    "1": "licensing",
    "5": "payment",
    "7": "confirmation",
    "8": "reward",
    "9": "adjudication",
    "10": "other",
    "20": "service",
}
"""National item types of the list (domain.md §1)."""


@pytest.fixture
def rows() -> list[dict[str, str]]:
    with GUANGAN.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_at_least_95_percent_come_in_with_kind_department_and_parts(desk: Desk, rows):
    """A city begins with such a list: what is lost here is typed in by hand, 70 times over."""
    account = desk.take(GUANGAN)

    assert account["rows"] == len(rows) == 421
    assert account["taken"] >= 0.95 * len(rows)
    assert len(account["departments"]) == len({row["department"] for row in rows}) == 17
    names = {row.cells["slug"]: row.cells["name"] for row in desk.tables.rows("departments")}
    whole = {}
    for cells in desk.powers().values():
        for code in [*cells["former_codes"].split(";"), cells["local_code"]]:
            whole[code] = cells
    right = 0
    for row in rows:
        cells = whole.get(row["item_code"])
        if cells is None:
            continue
        local = re.split("-51[0-9]{10}-|-1111|-4444", row["item_code"])[0]
        assert cells["name"] == row["name"]
        assert cells["kind"] == KINDS[row["task_type"]]
        assert names[cells["department"]] == row["department"]
        assert (cells["local_code"], cells["level"]) == (local, "county")
        right += 1
    assert right >= 0.95 * len(rows)


def test_each_new_department_is_a_draft_row_with_a_finding(desk: Desk, rows):
    """A department made up by an import must be seen by somebody."""
    account = desk.take(GUANGAN)

    told = {finding["value"] for finding in records_of(account["findings"], "I201")}
    assert told == {row["department"] for row in rows}
    drafts = {row.cells["slug"]: row.cells for row in desk.tables.rows("departments")}
    made = [drafts[row["slug"]] for row in account["departments"]]
    assert {row["status"] for row in made} == {"active"}
    assert {f["row"] for f in records_of(account["findings"], "I215")} == {91}
    # 第十八位校验码 (GB 32100-2015): a code that does not check is told, never taken.
    tobacco = next(row for row in made if row["name"] == "区烟草专卖局")
    assert not tobacco.get("credit_code")
    assert "TE5116020105116050" in {f["value"] for f in records_of(account["findings"], "I202")}


def test_a_second_import_changes_nothing(desk: Desk):
    """Whoever runs a command twice must not have every power twice."""
    desk.take(GUANGAN)
    before = desk.files()

    account = desk.take(GUANGAN)

    assert (account["taken"], account["unchanged"], account["refused"]) == (0, 421, [])
    assert desk.files() == before


def test_the_drafted_mapping_does_what_no_mapping_does(desk_of: Desks):
    """A mapping is there to be corrected: to begin with, it must say what would happen anyway."""
    without, with_it = desk_of("zh"), desk_of("en")
    drafted = with_it.run("import", GUANGAN, "--suggest")
    assert drafted.code == 0
    path = with_it.write("map.yml", drafted.out)

    accounts = [without.take(GUANGAN), with_it.take(GUANGAN, "--map", str(path))]

    for key in ("rows", "taken", "unchanged", "refused", "added", "departments"):
        assert accounts[0][key] == accounts[1][key], key
    written = with_it.run("import", GUANGAN, "--suggest", "--map", with_it.root.parent / "new.yml")
    assert written.code == 0
    assert (with_it.root.parent / "new.yml").read_text("utf-8") == drafted.out
    assert with_it.run("import", GUANGAN, "--suggest", "--map", path).code == 2


def test_a_corrected_mapping_counts(desk: Desk):
    """What a city knows better than the draft must be done as the city says."""
    drafted = desk.run("import", GUANGAN, "--suggest").out
    path = desk.write(
        "map.yml",
        drafted.replace("区卫健局: health", "区卫健局: wei-jian").replace(
            "'8': reward", "'8': other"
        ),
    )

    account = desk.take(GUANGAN, "--map", str(path))

    slugs = {row["name"]: row["slug"] for row in account["departments"]}
    assert slugs["区卫健局"] == "wei-jian"
    powers = desk.powers()
    assert "reward" not in {powers[code]["kind"] for code in account["added"]}


def test_the_gate_says_what_each_power_still_lacks(desk: Desk):
    """Taken in is not vetted: a bare name must be refused, and told exactly why."""
    account = desk.take(GUANGAN)

    done = desk.run("vet", "--format", "json")

    assert done.code == 1
    lacks: dict[str, set[str]] = {code: set() for code in account["added"]}
    for finding in json.loads(done.out):
        if finding["record"] in lacks and finding["severity"] == "error":
            assert finding["row"] and finding["message"] and finding["remedy"]
            lacks[finding["record"]].add(f"{finding['code']} {finding['column']}")
    must = {"S101 applicant", "S101 fee", "L101 code", "P101 code"}
    assert all(must <= found for found in lacks.values())
    licences = {code for code, row in desk.powers().items() if row["kind"] == "licensing"}
    more = Counter("L301 conditions" in lacks[code] for code in account["added"])
    assert more[True] == len(licences & set(account["added"])), "the law asks more of licences"


def test_a_dry_run_writes_nothing(desk: Desk):
    """Whoever only asks must find nothing changed."""
    before = desk.files()

    done = desk.run("import", GUANGAN, "--dry-run")

    assert done.code == 0
    assert "421 rows" in done.out or "421" in done.out
    assert desk.files() == before
    assert desk.take(GUANGAN, "--dry-run")["dry_run"] is True
    assert desk.files() == before
