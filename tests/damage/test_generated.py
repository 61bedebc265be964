"""The bundled city, damaged at random: no traceback, no other record refused, no published byte."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from generator import config, pipeline
from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import datapackage
from generator.sources.tables import Row, Tables
from generator.vetting.desk import owner_column
from generator.vetting.gate import vet
from tests.damage.test_bundled_city import CONTENT, DAMAGES, DAY
from tests.vetting.defects import changed_city

pytestmark = pytest.mark.prove

ROOT = CONTENT.parent
EN = Translator("en")
TABLES = datapackage.read(CONTENT / "database", tr=EN)
FILLED = [name for name in TABLES.tables if TABLES.rows(name)]
NASTY = (
    "",
    " ",
    "\u3000",
    "0",
    "-1",
    "1e9",
    "999999999999",
    "true",
    "2025-02-30",
    '=HYPERLINK("http://a")',
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "../../etc/passwd",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%s{0}{name}",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ";;；;",
    "甲" * 6000,
    "11010519491231002X",
    "13800138000",
    "HD31-XK-002",
    "health",
    "\r\n\r\n",
)


@dataclass(frozen=True)
class Damage:
    """What happens to one row: a cell changed, the row deleted, or given twice."""

    table: str
    at: int
    column: str
    way: str
    text: str


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Draw a damage: a nasty text, one from elsewhere in the city, or any text at all."""
    table = draw(st.sampled_from(FILLED))
    rows, columns = TABLES.rows(table), TABLES.tables[table].columns
    other = draw(st.sampled_from(FILLED))
    elsewhere = draw(st.sampled_from(TABLES.rows(other))).cells
    return Damage(
        table=table,
        at=draw(st.integers(0, len(rows) - 1)),
        column=draw(st.sampled_from(columns)),
        way=draw(st.sampled_from(("cell", "cell", "cell", "cell", "delete", "twice"))),
        text=draw(
            st.one_of(
                st.sampled_from(NASTY),
                st.sampled_from(sorted(elsewhere.values())),
                st.text(max_size=30),
            )
        ),
    )


def damaged(tables: Tables, damage: Damage) -> Tables:
    """Return the tables with the damage done."""
    table = tables.tables[damage.table]
    rows = list(table.rows)
    row = rows[damage.at]
    if damage.way == "delete":
        del rows[damage.at]
    elif damage.way == "twice":
        rows.append(Row(rows[-1].number + 1, row.cells))
    else:
        rows[damage.at] = Row(row.number, {**row.cells, damage.column: damage.text})
    changed = replace(table, rows=tuple(rows), digest=str(damage))
    return replace(tables, tables={**tables.tables, damage.table: changed})


def concerned(tables: Tables, damage: Damage) -> set[str]:
    """Return the records that own the row, or hold one of its old or new values as their own.

    Who refers to a record that is gone, or had its code taken, is rightly told.
    """
    cells = tables.rows(damage.table)[damage.at].cells
    values = {text.strip() for text in (*cells.values(), damage.text) if text.strip()}
    found = set(owners(damage.table, cells)) | {damage.text.strip()}
    for name in tables.tables:
        for row in tables.rows(name):
            parts = {part.strip() for text in row.cells.values() for part in text.split(";")}
            if parts & values:
                found |= set(owners(name, row.cells))
    return found


def owners(table: str, cells: Mapping[str, str]) -> Iterator[str]:
    """Yield the code of the power that a row belongs to."""
    column = owner_column(table)
    if column:
        yield cells.get(column, "").strip()


CLEAN = vet(TABLES, tr=EN, day=DAY)
patient = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("part", range(4))
def test_no_damage_takes_another_record_down(part):
    """One department's slip of the pen must not silence the sixty-nine others."""

    @seed(2005 + part)
    @settings(patient, max_examples=2_500)
    @given(damages())
    def does_not(damage: Damage) -> None:
        verdict = vet(damaged(TABLES, damage), tr=EN, day=DAY)

        if damage.table not in ("departments", "instruments"):
            assert verdict.refused - CLEAN.refused <= concerned(TABLES, damage)
        for finding in verdict.findings:
            assert finding.message and "Traceback" not in finding.message

    does_not()


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """Return a copy of the bundled city, built."""
    root = tmp_path_factory.mktemp("city")
    shutil.copy(ROOT / "site_config.yml", root)
    for folder in ("content", "department_themes"):
        shutil.copytree(ROOT / folder, root / folder)
    built(root)
    return root


def built(root: Path) -> str:
    """Build a city and return a digest over every file of its output."""
    settings_ = config.load(root / "site_config.yml")
    pipeline.build(settings_, pipeline.Wish(output=root / "public", today=DAY))
    sums = hashlib.sha256()
    for path in sorted((root / "public").rglob("*")):
        if path.is_file():
            sums.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return sums.hexdigest()


def put(database: Path, tables: Tables) -> None:
    """Write tables as CSV files."""
    for name, table in tables.tables.items():
        with (database / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(row.cells for row in table.rows)


def leaves_no_trace(root: Path, before: str) -> None:
    """Build and demand the very bytes of before; tables that cannot be read end in words."""
    try:
        assert built(root) == before
    except SourceError:
        assert built_without(root) == before


def built_without(root: Path) -> str:
    """Return the digest of what is published."""
    shutil.copytree(CONTENT / "database", root / "content" / "database", dirs_exist_ok=True)
    return built(root)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage["name"])
def test_no_damage_by_hand_changes_a_published_byte(damage, city, tmp_path):
    """What nobody has vetted must be on no page, in no package and in no search fragment."""
    changes = damage["do"] if isinstance(damage["do"], list) else [damage["do"]]
    before = built_without(city)
    made = changed_city(tmp_path, tuple(changes), CONTENT / "database")
    shutil.copytree(made, city / "content" / "database", dirs_exist_ok=True)

    leaves_no_trace(city, before)


@seed(2005)
@settings(patient, max_examples=200)
@given(damages())
def test_no_damage_at_random_changes_a_published_byte(city, damage):
    """The same for faults that nobody thought of."""
    before = built_without(city)
    put(city / "content" / "database", damaged(TABLES, damage))

    leaves_no_trace(city, before)
