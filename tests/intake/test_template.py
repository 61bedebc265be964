"""A department's workbook goes out, is filled in, and comes back; nothing else changes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.i18n import translator
from generator.intake import merge, source, template
from generator.pages.labels import CONTROLLED
from generator.sources import schema
from tests.stores import CITIES, tables_of

SLUGS = {
    city: [row.cells["slug"] for row in tables_of(city).rows("departments")] for city in CITIES
}


def resaved(path: Path) -> Path:
    """Open and save a workbook with another program, which drops what it does not know."""
    book = openpyxl.load_workbook(path)
    book.save(path)
    return path


def sheet_of(book: openpyxl.Workbook, table: str) -> Worksheet:
    """Return the sheet of a table, in either language."""
    definition = schema.tables()[table]
    sheet = next(s for s in book.worksheets if s.title in (definition.title, definition.title_zh))
    assert isinstance(sheet, Worksheet)
    return sheet


def column_of(sheet: Worksheet, table: str, column: str) -> int:
    """Return the number of a column, found by its heading."""
    field = schema.tables()[table].field(column)
    heads = [cell.value for cell in sheet[1]]
    return 1 + next(n for n, head in enumerate(heads) if head in (field.title, field.title_zh))


@pytest.mark.parametrize("city", ["zh", "en"])
def test_every_record_comes_back_unchanged(desk_of, city):
    """A department that only looked must not cost two offices new sign-offs."""
    desk = desk_of(city)
    digests, files = desk.digests(), desk.files()
    counted = 0
    for slug in SLUGS[city]:
        path = desk.template(slug)
        assert desk.take(path)["taken"] == 0
        account = desk.take(resaved(path))
        assert (account["taken"], account["refused"], account["findings"]) == (0, [], [])
        counted += account["unchanged"]
    children = ("powers", *schema.children())
    assert counted == sum(len(desk.tables.rows(table)) for table in children)
    assert desk.digests() == digests
    assert desk.files() == files


@pytest.mark.parametrize(
    "some", [slice(0, None, 24), pytest.param(slice(None), marks=pytest.mark.prove)], ids=str
)
def test_departments_of_the_bundled_city_come_back_unchanged(some, tmp_path):
    """The lists of seventy offices hold what two small cities do not: long texts, odd signs."""
    tables, tr = tables_of("bundled"), translator("zh-CN")
    for slug in SLUGS["bundled"][some]:
        path = tmp_path / f"{slug}.xlsx"
        path.write_bytes(template.make(tables, slug, city="邯郸市", tr=tr))
        found, owner = source.submission(resaved(path), tables, city="邯郸市", map_path=None, tr=tr)
        plan = merge.plan(tables, found, tr=tr, department=owner)
        assert (owner, plan.rows, plan.refusals) == (slug, plan.unchanged, ())
        assert (plan.tables, plan.findings) == ({}, ())


def test_one_changed_cell_is_one_row_taken(desk):
    """A clerk's slip in one cell must show as that, before anything is written."""
    path = desk.template(SLUGS["zh"][1])
    book = openpyxl.load_workbook(path)
    sheet = sheet_of(book, "powers")
    code, place = sheet["A3"].value, column_of(sheet, "powers", "summary")
    old = sheet.cell(3, place).value
    sheet.cell(3, place).value = "改过的一句话"
    book.save(path)
    before, digests = desk.files(), desk.digests()

    shown = desk.run("import", path, "--dry-run")

    assert f"~ {code} powers summary: “{old}” → “改过的一句话”" in shown.out.splitlines()
    assert desk.files() == before
    account = desk.take(path)
    assert (account["taken"], account["changed"]) == (1, [code])
    changed = {key for key, found in desk.digests().items() if digests[key] != found}
    assert changed == {code, "table powers"}
    assert desk.take(path)["taken"] == 0


def test_controlled_values_have_drop_down_lists(desk_of):
    """A clerk who must guess the word for a kind of power writes a wrong one."""
    for city in ("zh", "en"):
        desk = desk_of(city)
        path = desk.template(SLUGS[city][1])
        book = openpyxl.load_workbook(path)
        for table in ("powers", *schema.children()):
            sheet = sheet_of(book, table)
            lists = {}
            for validation in sheet.data_validations.dataValidation:
                column = next(iter(validation.sqref.ranges)).min_col
                name, cells = validation.formula1.strip("=").rsplit("!", 1)
                lists[column] = [c[0].value for c in book[name.strip("'")][cells.replace("$", "")]]
            for field in schema.tables()[table].fields:
                place = column_of(sheet, table, field.name)
                assert sheet.cell(2, place).value.startswith("※ ")
                controlled = field.enum or field.suggested or field.type == "boolean"
                refers = field.name in ("department", "joint_departments", "instrument", "power")
                assert (place in lists) == bool(controlled or refers), field.name
                if field.enum and (table, field.name) in CONTROLLED:
                    assert len(lists[place]) == len(field.enum)
            for row in sheet.iter_rows(min_row=3, values_only=True):
                for place, values in lists.items():
                    cell = row[place - 1]
                    assert cell is None or set(str(cell).split("；")) <= set(values), (table, cell)


def test_a_new_power_and_its_rows_come_in(desk):
    """What a department adds must arrive whole: the power, its basis, its material."""
    slug = SLUGS["zh"][1]
    path = desk.template(slug)
    book = openpyxl.load_workbook(path)
    powers = sheet_of(book, "powers")
    first = [cell.value for cell in powers[3]]
    powers.append(["NEW-1", None, "新设事项", *first[3:]])
    bases = sheet_of(book, "legal_bases")
    basis = [cell.value for cell in bases[3]]
    bases.append(["NEW-1", 1, *basis[2:]])
    sheet_of(book, "materials").append(["NEW-1", 1, "申请书"])
    book.save(path)

    account = desk.take(path)

    assert (account["taken"], account["added"], account["refused"]) == (3, ["NEW-1"], [])
    assert desk.powers()["NEW-1"]["department"] == slug
    assert [
        (row.cells["name"], row.cells["seq"])
        for row in desk.tables.rows("materials")
        if row.cells["power"] == "NEW-1"
    ] == [("申请书", "1")]


def test_a_deleted_row_goes_and_a_deleted_power_stays(desk):
    """A material no longer asked for must vanish; a power may end only with date and reason."""
    path = desk.template(SLUGS["zh"][1])
    book = openpyxl.load_workbook(path)
    materials = sheet_of(book, "materials")
    gone = (materials["A3"].value, str(materials["C3"].value))
    materials.delete_rows(3)
    codes = set(desk.powers())
    sheet_of(book, "powers").delete_rows(3)
    book.save(path)

    account = desk.take(path)

    assert set(desk.powers()) == codes
    assert (
        gone
        not in {(row.cells["power"], row.cells["name"]) for row in desk.tables.rows("materials")}
        or account["refused"]
    )


def test_another_departments_power_is_not_taken(desk):
    """One department must not be able to write into another's list."""
    mine, other = SLUGS["zh"][1], SLUGS["zh"][2]
    path = desk.template(mine)
    foreign = openpyxl.load_workbook(desk.template(other))
    book = openpyxl.load_workbook(path)
    row = [cell.value for cell in sheet_of(foreign, "powers")[3]]
    sheet_of(book, "powers").append(row)
    book.save(path)
    before = desk.files()

    account = desk.take(path)

    assert [refusal["code"] for refusal in account["refused"]] == ["I105"]
    assert desk.files() == before
    assert desk.run("import", path, "--department", other).code == 2


def test_a_workbook_is_not_written_over(desk):
    """A filled workbook must not be lost to a second call."""
    path = desk.template(SLUGS["zh"][1])
    book = openpyxl.load_workbook(path)
    sheet_of(book, "powers")["C3"].value = "三天的活"
    book.save(path)
    before = path.read_bytes()

    done = desk.run("template", SLUGS["zh"][1], "--output", path)

    assert (done.code, path.read_bytes()) == (2, before)
    assert desk.run("template", "nobody").code == 2
