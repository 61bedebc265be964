"""The bundled city, damaged by hand in many ways: each fault is found at its place, and alone.

Each damage is planted in the powers that the damages name and what those rest on: a quarter of
the city, vetted eighty times in the time of twenty. tests/content vets the whole of it.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.i18n import Translator
from generator.sources import datapackage
from generator.vetting.finding import Finding
from generator.vetting.gate import Verdict, vet
from tests.vetting.defects import changed_city

CONTENT = Path(__file__).parents[2] / "content"
DAY = date(2025, 4, 19)
DAMAGES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("damages.yml").read_text(encoding="utf-8")
)


def verdict_on(database: Path) -> Verdict:
    """Return the gate's verdict on some tables, in English."""
    tr = Translator("en")
    return vet(datapackage.read(database, tr=tr), tr=tr, day=DAY)


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Path:
    """Return the tables of the powers that the damages name, with those that they refer to."""
    folder = tmp_path_factory.mktemp("city") / "database"
    shutil.copytree(CONTENT / "database", folder)
    powers = rows_of(folder / "powers.csv")
    named = set(re.findall(r"HD\d\d-[A-Z]{2}-\d{3}", str(DAMAGES)))
    for row in powers:  # a main item stands before its sub-items
        if row["code"] in named:
            named |= {*row["successor"].split(";"), row["parent"]}
    for path in folder.glob("*.csv"):
        rows = rows_of(path)
        key = "code" if path.stem == "powers" else "power"
        if rows and key in rows[0] and path.stem != "waivers":
            write_rows(path, [row for row in rows if row[key] in named])
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def clean(database) -> Verdict:
    """Return the verdict on those tables as they are."""
    return verdict_on(database)


def place(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.table, finding.record, finding.column


def brought(before: Verdict, after: Verdict) -> Counter[tuple[str, str, str, str]]:
    """Count the findings that a damage brought, by code and place."""
    return Counter(map(place, after.findings)) - Counter(map(place, before.findings))


def test_there_are_sixty_damages_and_each_has_a_name_of_its_own():
    """A gate tried on a handful of faults has been tried on none."""
    assert len({damage["name"] for damage in DAMAGES}) == len(DAMAGES) >= 60


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage["name"])
def test_each_damage_is_found_at_its_place_and_touches_no_other_record(
    damage, database, clean, tmp_path
):
    """A clerk who is sent to the wrong row mends the wrong row."""
    changes = damage["do"] if isinstance(damage["do"], list) else [damage["do"]]
    after = verdict_on(changed_city(tmp_path, tuple(changes), database))
    found = brought(clean, after)
    expected = {tuple(want) for want in damage["expect"]}

    assert expected <= set(found), sorted(found)
    extra = {code for code, *_ in set(found) - expected}
    assert extra == set(damage.get("also", ())), sorted(found)
    touched = {change["table"] for change in changes}
    if not touched & {"departments", "instruments"}:  # on which many records rest
        assert after.refused - clean.refused <= {record for _, _, record, _ in expected}
