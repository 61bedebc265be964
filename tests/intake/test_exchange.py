"""The national service platform's exchange JSON: its tables into ours, whatever is damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.intake import exchange_rows
from tests.intake.desk import Desk, records_of

FILE = Path(__file__).parent / "exchange.json"
FOOD = "990131101001"


def children(desk: Desk, table: str, power: str) -> list[dict[str, str]]:
    return [
        {k: v for k, v in row.cells.items() if v and k != "power"}
        for row in desk.tables.rows(table)
        if row.cells["power"] == power
    ]


def test_an_item_arrives_with_bases_materials_fees_and_steps(desk):
    """What the platform has already been told, nobody should type again."""
    account = desk.take(FILE)

    assert account["added"] == [FOOD, "991031101002", "991031101003"]
    food = {k: v for k, v in desk.powers()[FOOD].items() if v}
    assert food == {
        "code": FOOD,
        "name": "夜间流动餐车经营许可",
        "kind": "licensing",
        "department": "market-regulation",
        "level": "municipal",
        "source_of_power": "statutory",
        "local_code": "YX-SJ-XK-0101",
        "implementation_code": "11990100MB0000000K3990131101001",
        "applicant": "both",
        "conditions": "有固定的清洗场所。\n餐车符合卫生要求。",
        "case_type": "promised",
        "statutory_limit": "20",
        "statutory_unit": "working_day",
        "promised_limit": "5",
        "promised_unit": "working_day",
        "limit_note": "补正材料的时间不计入。",
        "fee": "none",
        "channels": "counter;online",
        "place": "云溪市示例路2号一楼",
        "hours": "工作日9:00–17:00",
        "phone": "0000-5550112",
        "supervision_phone": "0000-5550190",
        "status": "active",
    }
    assert children(desk, "legal_bases", FOOD) == [
        {"seq": "1", "instrument": "food-act", "article": "10", "paragraph": "1", "role": "sets"},
        {"seq": "2", "instrument": "food-act", "article": "11", "role": "sets"},
    ]
    first, second = children(desk, "materials", FOOD)
    assert (first["name"], first["form"], first["copies"]) == ("申请表", "original", "2")
    assert (second["source"], second["copies"]) == ("authority", "1")
    assert [step["name"] for step in children(desk, "steps", FOOD)] == ["收件", "审查", "送达"]
    assert children(desk, "fees", "991031101002")[0]["standard"] == "每月30元"
    ended = desk.powers()["991031101002"]
    assert (ended["status"], ended["status_from"]) == ("abolished", "2026-05-01")


def test_every_damaged_row_is_refused_once_and_nothing_else(desk):
    """A row that nobody accounts for is a power that a citizen never finds."""
    account = desk.take(FILE)

    written = sum(len(rows) for rows in json.loads(FILE.read_text("utf-8")).values())
    assert account["rows"] == written == 19
    assert [(r["sheet"], r["row"], r["code"]) for r in account["refused"]] == [
        ("AUDIT_ITEM", 4, "I102"),
        ("AUDIT_ITEM", 5, "I103"),
        ("AUDIT_ITEM", 6, "I109"),
        ("AUDIT_ITEM", 7, "I109"),
        ("AUDIT_ITEM_BYLAW", 2, "I110"),
        ("AUDIT_ITEM_BYLAW", 3, "I107"),
        ("AUDIT_ITEM_QUESTION", 1, "I108"),
        ("AUDIT_MATERIAL", 3, "I102"),
        ("AUDIT_MATERIAL", 4, "I107"),
    ]
    assert "food-act" in account["refused"][4]["message"], "candidates, not a guess"
    doubts = {(f["row"], f["column"]) for f in records_of(account["findings"], "I214")}
    assert doubts == {(3, "kind"), (3, "statutory_limit")}
    assert [row["name"] for row in account["departments"]] == ["云溪市文化馆"]


def test_a_second_import_changes_nothing(desk):
    """The platform's file comes every night."""
    desk.take(FILE)
    before = desk.files()

    account = desk.take(FILE)

    assert (account["taken"], len(account["refused"])) == (0, 9)
    assert desk.files() == before


def forms() -> dict[str, Any]:
    """Return one power in every form in which services wrap it."""
    power = {"TASK_NAME": "甲许可", "TASK_TYPE": "01", "CATALOG_CODE": "990131101009",
             "DEPT_NAME": "市监局"}  # fmt: skip
    material = {"MATERIAL_NAME": "申请表", "ID": "1"}
    linked = material | {"CATALOG_CODE": "990131101009"}
    lower = {k.lower(): v for k, v in power.items()}
    return {
        "tables": {"AUDIT_ITEM": [power], "AUDIT_MATERIAL": [linked]},
        "one object": {"AUDIT_ITEM": power, "AUDIT_MATERIAL": material},
        "list of objects": [{"AUDIT_ITEM": power, "AUDIT_MATERIAL": [material]}],
        "wrapped": {"code": 200, "data": {"list": [{"audit_item": lower, "audit_material": linked}]}},
        "records": {"AUDIT_ITEM": {"RECORDS": [power]}, "AUDIT_MATERIAL": {"RECORDS": [linked]}},
        "inside": {"AUDIT_ITEM": [power | {"ID": "1", "AUDIT_STATE": "1", "AUDIT_MATERIAL": [material]},
                                  power | {"CATALOG_CODE": "990131101010", "ID": "2"}]},
        "own numbers": {"AUDIT_ITEM": [power | {"ID": "7"}, power | {"ID": "1", "CATALOG_CODE": "X1"}],
                        "AUDIT_MATERIAL": [linked]},
    }  # fmt: skip


@pytest.mark.parametrize("form", forms())
def test_every_wrapping_is_read(desk, form):
    """Each service hands the same tables out in a paper of its own."""
    path = desk.write("form.json", json.dumps(forms()[form], ensure_ascii=False))

    account = desk.take(path)

    assert account["refused"] == []
    assert desk.powers()["990131101009"]["kind"] == "licensing"
    assert [m["name"] for m in children(desk, "materials", "990131101009")] == ["申请表"]


def test_one_object_for_each_line_is_read(desk):
    """Exports of big lists come as lines."""
    lines = [
        json.dumps({"AUDIT_ITEM": {"TASK_NAME": f"事项{n}", "CATALOG_CODE": f"N{n}",
                                   "TASK_TYPE": "1", "DEPT_NAME": "市监局"}})
        for n in (1, 2)
    ]  # fmt: skip
    assert desk.take(desk.write("lines.json", "\n".join(lines)))["added"] == ["N1", "N2"]


def test_numbers_of_kinds_follow_the_province(desk):
    """20 is a service in most provinces and another power in Guangdong (domain.md §1)."""
    rows = [
        {"TASK_NAME": f"事项{kind}", "CATALOG_CODE": f"G{kind}", "TASK_TYPE": kind, "DEPT_NAME": "市监局"}
        for kind in ("20", "21")
    ]  # fmt: skip
    path = desk.write("gd.json", json.dumps({"AUDIT_ITEM": rows}))
    desk.take(path)
    assert [desk.powers()[code]["kind"] for code in ("G20", "G21")] == ["other", "service"]


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "[1, 2]", '{"AUDIT_MATERIAL": []}', '{"a": {"b": 1}}', "[" * 5000, "{", '{"a": 1}{']
)  # fmt: skip
def test_json_of_another_kind_ends_with_3(desk, text):
    """A wrong file must be named as one, and must change nothing."""
    before = desk.files()

    done = desk.run("import", desk.write("other.json", text))

    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("other.json")
    assert desk.files() == before


@pytest.mark.parametrize("number", ["12", "十二", "第十二条", "１２"])
def test_an_article_given_as_a_bare_number_is_kept(number: str):
    """Provinces write the number alone; a basis without its article cannot be checked."""
    row = exchange_rows.Columns({"LAWNAME": "示例条例", "TERMSNUMBER": number})

    assert exchange_rows.citation(row).removeprefix("《示例条例》") in (
        "第12条",
        "第十二条",
        "第１２条",
    )
