"""Generated lists and exchange files: no traceback, every row accounted for, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from generator.errors import GeneratorError
from generator.intake import merge, source, template
from generator.intake.headings import SPECIAL, meanings
from generator.intake.plan import Plan
from generator.sources import canonical, schema
from generator.sources.tables import Row, Table, Tables
from tests.stores import TR, tables_of

ZH = tables_of("zh")
HEADINGS = [*sorted(meanings("powers")), *SPECIAL, "备注", ""]
WORDS = [
    "", "无", "1", "20", "行政许可", "市监局", "YX-XK-001", "YX-XK-002", "A-1", "=1+1", "是",
    "20个工作日", "《云溪市示例食品条例》第三条之一", "第三条", "511A0080800002-511602000000-000-X-1-00",
    "省直", "\t", "甲\n乙", "；；", "a,b", "T1", '"', "'", "\u200b", "甲" * 300,
]  # fmt: skip
CELLS = st.sampled_from(WORDS) | st.text(max_size=8)
NAMES = [
    "TASK_NAME", "CATALOG_CODE", "TASK_CODE", "ROWGUID", "TASK_GUID", "TASK_TYPE", "DEPT_NAME",
    "BY_LAW", "LAWNAME", "TERMSNUMBER", "MATERIAL_NAME", "FEE_NAME", "STEP", "ANTICIPATE_DAY",
    "PROMISE_TYPE", "IS_NEED", "LAW", "AUDIT_MATERIAL", "PLAN_CANCEL_DATE", "TASK_STATE",
]  # fmt: skip
TABLES = ["AUDIT_ITEM", "AUDIT_ITEM_BYLAW", "AUDIT_MATERIAL", "AUDIT_ITEM_FLOWSHEET", "AUDIT_X"]
SCALARS = CELLS | st.none() | st.booleans() | st.integers() | st.floats()
ROWS = st.dictionaries(
    st.sampled_from(NAMES), SCALARS | st.lists(SCALARS, max_size=2), max_size=8
)  # fmt: skip
POWERS = st.builds(
    lambda number, row: {
        "TASK_NAME": "甲",
        "DEPT_NAME": "市监局",
        "TASK_CODE": f"T{number}",
        **row,
    },
    st.integers(1, 3),
    ROWS,
)
FILES = st.dictionaries(
    st.sampled_from(TABLES),
    st.lists(ROWS | POWERS | SCALARS, max_size=4) | ROWS | SCALARS,
    max_size=4,
).flatmap(lambda found: st.just(found) | POWERS.map(lambda row: {"AUDIT_ITEM": [row], **found}))


def taken(content: bytes) -> Plan | None:
    """Import a file; return the plan, None when it is refused as a whole and says why."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        try:
            found, _ = source.submission(path, ZH, city="云溪市", map_path=None, tr=TR)
        except GeneratorError as error:
            assert str(error).startswith("list") and ":" in str(error)
            assert error.exit_code in (2, 3)
            return None
    return merge.plan(ZH, found, tr=TR)


def check(plan: Plan) -> None:
    """Assert that every row is accounted for, and that no record but those named changes."""
    assert plan.rows == plan.taken + plan.unchanged + len(plan.refusals)
    assert min(plan.taken, plan.unchanged) >= 0
    json.dumps(plan.as_dict())
    after = Tables(
        location="",
        tables={
            name: Table(
                name=name, path="", columns=table.columns, digest="", rows=rows_of(plan, table)
            )
            for name, table in ZH.tables.items()
        },
    )
    old, new = canonical.records(ZH), canonical.records(after)
    touched = {*plan.added, *plan.changed}
    assert {code for code in {*old, *new} if old.get(code) != new.get(code)} <= touched
    assert old.keys() <= new.keys()
    slugs = {row.cells["slug"] for row in after.rows("departments")}
    assert all(row.cells["department"] in slugs for row in after.rows("powers"))
    if plan.tables:
        again = {name: len(rows) for name, rows in plan.tables.items()}
        assert all(again.values())


def rows_of(plan: Plan, table: Table) -> tuple[Row, ...]:
    if table.name not in plan.tables:
        return table.rows
    return tuple(Row(n, dict(cells)) for n, cells in enumerate(plan.tables[table.name], 2))


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


LISTS = st.builds(
    lambda head, rows: as_csv([["事项名称", *head], *rows]),
    st.lists(st.sampled_from(HEADINGS), max_size=6),
    st.lists(st.lists(CELLS, max_size=8), max_size=5),
)


def lists(content: bytes) -> None:
    plan = taken(content)
    if plan is not None:
        check(plan)


def exchanges(found: Any) -> None:
    plan = taken(json.dumps(found).encode())
    if plan is not None:
        check(plan)


@seed(20260601)
@settings(max_examples=80, database=None)
@given(LISTS)
def test_any_list_is_accounted_for(content):
    """A clerk's odd cell must not end in a traceback, nor in another department's record."""
    lists(content)


@seed(20260602)
@settings(max_examples=150, database=None)
@given(FILES | st.lists(FILES, max_size=3))
def test_any_exchange_file_is_accounted_for(found):
    """A platform's export is made by programs that nobody here has seen."""
    exchanges(found)


@pytest.mark.prove
@seed(20260603)
@settings(max_examples=2_000, database=None)
@given(LISTS)
def test_two_thousand_lists_are_accounted_for(content):
    """What 80 lists do not find."""
    lists(content)


@pytest.mark.prove
@seed(20260604)
@settings(max_examples=2_000, database=None)
@given(FILES | st.lists(FILES, max_size=3))
def test_two_thousand_exchange_files_are_accounted_for(found):
    """What 150 files do not find."""
    exchanges(found)


@pytest.mark.prove
@seed(20260605)
@settings(max_examples=1_000, database=None)
@given(
    st.binary(max_size=400)
    | st.builds(lambda a, b: b"PK\x03\x04" + a + b, st.binary(), st.binary())
)
def test_any_bytes_are_a_list_or_refused(content):
    """A file saved halfway must be named as one."""
    lists(content)


@seed(20260606)
@settings(max_examples=8, database=None)
@given(st.data())
def test_any_cell_of_the_tables_survives_the_workbook(data):
    """What a cell of a workbook cannot hold must come back as it was, not nearly so."""
    survives(data)


@pytest.mark.prove
@seed(20260607)
@settings(max_examples=200, database=None)
@given(st.data())
def test_two_hundred_odd_tables_survive_the_workbook(data):
    """What eight of them do not find."""
    survives(data)


def survives(data: st.DataObject) -> None:
    odd = st.text(max_size=12) | st.sampled_from([
        "x0041_", "_x0041_", "\x0b", "a\r\nb", " a ", "；a；b", ";", "=1", "'=1", "1.0", "007",
        "2025-04-19", "TRUE", "是", "市监局", "※ 注", "é", "甲" * 33_000,
    ])  # fmt: skip
    tables = dict(ZH.tables)
    for name in ("powers", "materials", "legal_bases", "steps"):
        fields = [f.name for f in schema.tables()[name].fields
                  if f.name not in ("code", "power", "department", "id", "seq")]  # fmt: skip
        rows = [
            Row(row.number, {**row.cells, data.draw(st.sampled_from(fields)): data.draw(odd)})
            for row in tables[name].rows[:4]
        ]
        old = tables[name]
        tables[name] = Table(name=name, path="", columns=old.columns, digest="",
                             rows=(*rows, *old.rows[4:]))  # fmt: skip
    changed = Tables(location="", tables=tables)
    content = template.make(changed, "market-regulation", city="云溪市", tr=TR)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(content)
        if data.draw(st.booleans()):
            book = openpyxl.load_workbook(path)
            book.save(path)
        found, owner = source.submission(path, changed, city="云溪市", map_path=None, tr=TR)
    plan = merge.plan(changed, found, tr=TR, department=owner)
    assert (plan.refusals, plan.changes, dict(plan.tables)) == ((), (), {})
