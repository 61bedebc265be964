"""Lists as they really come: other encodings, titles above the headings, damage, and things that are no list."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake.desk import Desk, records_of

HEAD = ["事项名称", "事项编码", "权力类型", "实施主体"]
ROWS = [["甲许可", "A-1", "行政许可", "市监局"], ["乙检查", "A-2", "行政检查", "市监局"]]
TEXT = "\n".join(",".join(row) for row in [HEAD, *ROWS]) + "\n"


def book(fill: Callable[[Worksheet], None]) -> bytes:
    """Return a workbook with one sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def of_rows(*rows: list[object]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return book(fill)


def two_header_rows(sheet: Worksheet, *, merged: bool) -> None:
    sheet.append(["云溪市权责清单"])
    sheet.append(["事项", "", "权力类型", "实施主体"])
    sheet.append(["事项名称", "事项编码", "", ""])
    sheet.append(ROWS[0])
    sheet.append([*ROWS[1][:3], "" if merged else "市监局"])
    if merged:
        for cells in ("A1:D1", "A2:B2", "C2:C3", "D2:D3", "D4:D5"):
            sheet.merge_cells(cells)


TAKEN = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "gb18030": TEXT.encode("gb18030"),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 with tabs": TEXT.replace(",", "\t").encode("utf-16"),
    "semicolons": TEXT.replace(",", ";").encode(),
    "windows line ends": TEXT.replace("\n", "\r\n").encode(),
    "title above": ("云溪市权责清单,,,\n填报单位：市监局,,,\n" + TEXT).encode(),
    "blank rows": TEXT.replace("\n", "\n\n,,,\n").encode(),
    "workbook": of_rows(HEAD, *ROWS),
    "empty sheet beside": of_rows([], HEAD, [], *ROWS),
    "merged, two header rows": book(lambda sheet: two_header_rows(sheet, merged=True)),
    "two header rows": book(lambda sheet: two_header_rows(sheet, merged=False)),
}


@pytest.mark.parametrize("form", TAKEN)
def test_each_form_of_a_list_is_the_same_list(desk: Desk, form):
    """70 departments send 70 forms; none should have to learn ours first."""
    account = desk.take(desk.write("list.csv", TAKEN[form]))

    assert (account["rows"], account["added"]) == (2, ["A-1", "A-2"])
    powers = desk.powers()
    assert [
        (powers[code]["name"], powers[code]["kind"], powers[code]["department"])
        for code in account["added"]
    ] == [("甲许可", "licensing", "market-regulation"), ("乙检查", "inspection", "market-regulation")]  # fmt: skip
    told = records_of(account["findings"], "I211")
    assert bool(told) == (form.startswith(("gb", "utf-16")))


def zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def bomb() -> bytes:
    """Return a workbook of a megabyte that unpacks to 257."""
    made, plain = io.BytesIO(), io.BytesIO(of_rows(HEAD, *ROWS))
    with (
        zipfile.ZipFile(plain) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/media/image1.png", "w") as part:
            for _ in range(257):
                part.write(bytes(1 << 20))
    return made.getvalue()


REFUSED = {
    "empty": (b"", "holds no row"),
    "only commas": (b",,,\n\n,,\n", "holds no row"),
    "no headings": ("\n".join(",".join(row) for row in ROWS).encode(), "--map"),
    "binary": (bytes(range(256)) * 40, "neither an XLSX workbook nor a CSV"),
    "utf-16 without mark": (TEXT.encode("utf-16-le"), "neither an XLSX workbook nor a CSV"),
    "one broken byte": (TEXT.encode()[:-3] + b"\xff\n", "list.csv row 3: holds a character"),
    "open quotation": ((TEXT + '"丙,A-3,行政许可,市监局\n').encode(), "list.csv row 4: cannot be split"),
    "a book in a cell": ((TEXT + "甲" * 1_100_000).encode(), "list.csv row 4: has a cell of more"),
    "broken zip": (b"PK\x03\x04garbage", "not an XLSX workbook that can be read"),
    "another zip": (zipped("a.txt", b"x"), "not an XLSX workbook that can be read"),
    "half a workbook": (TAKEN["workbook"][:2000], "not an XLSX workbook that can be read"),
    "old excel": (b"\xd0\xcf\x11\xe0" + bytes(600), "old or encrypted Excel"),
    "bomb": (bomb, "larger than any list"),
    "empty workbook": (of_rows(), "holds no row"),
}  # fmt: skip
REFUSED["prose"] = (("这不是表格。\n" * 50).encode(), "--map")


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_no_list_ends_with_3_and_says_why(desk: Desk, form):
    """A wrong or damaged file must be named as one, and must change nothing."""
    content, says = REFUSED[form]
    before = desk.files()

    done = desk.run("import", desk.write("list.csv", content() if callable(content) else content))

    assert (done.code, done.out) == (3, "")
    assert says in done.err and done.err.startswith("list.csv")
    assert desk.files() == before


def test_a_missing_or_huge_file_ends_with_3(desk: Desk):
    """A name typed wrong must not look like an empty list."""
    huge = desk.root.parent / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(65 << 20)
    assert "larger than any list" in desk.run("import", huge).err
    assert [desk.run("import", path).code for path in (huge, "nowhere.csv", desk.root)] == [3, 3, 3]


def test_damaged_rows_are_refused_and_the_rest_is_taken(desk: Desk):
    """One bad row must not hold up a department's other four hundred."""
    rows = [
        HEAD,
        ROWS[0],
        ["丙，丁", "A-3", "行政许可", "市监局", "多了一格"],
        ["没有编码", "", "行政许可", "市监局"],
        ["", "", "行政许可", "市监局"],
        ["坏编码", "甲/3", "行政许可", "市监局"],
        ["又一个", "A-1", "行政许可", "市监局"],
        ["没有部门", "A-5", "行政许可", ""],
        ["别家的", "YX-ZS-001", "行政征收", "市监局"],
        ["怪类型", "A-6", "行政什么", "市监局"],
        ["=cmd()", "A-7", "行政许可", "市监局"],
    ]

    path = desk.write("map.yml", "columns:\n  事项名称: name\n  事项编码: code\n  权力类型: kind\n"
                      "  实施主体: department\n")  # fmt: skip
    account = desk.take(desk.write("list.csv", rows), "--map", str(path))

    assert [(r["row"], r["code"]) for r in account["refused"]] == [
        (3, "I101"),
        (4, "I103"),
        (5, "I102"),
        (6, "I103"),
        (7, "I104"),
        (8, "I105"),
        (9, "I106"),
    ]
    assert account["added"] == ["A-1", "A-6", "A-7"]
    assert [(f["code"], f["row"]) for f in account["findings"] if f["row"]] == [
        ("I204", 10), ("I206", 11)
    ]  # fmt: skip
    done = desk.run("vet", "--format", "json")
    assert done.code == 1 and "行政什么" in done.out


def test_nothing_to_take_ends_with_1(desk: Desk):
    """A script must notice that a whole list was refused."""
    path = desk.write("list.csv", [HEAD, ["没有编码", "", "行政许可", "市监局"]])
    before = desk.files()
    done = desk.run("import", path)
    assert done.code == 1
    assert "refused I103: list.csv row 2: has no code" in done.err
    assert desk.files() == before


def test_columns_that_go_nowhere_are_told(desk: Desk):
    """A column that is silently dropped is a fact lost."""
    head = [*HEAD, "事项名称", "经办人意见", ""]
    path = desk.write("list.csv", [head, [*ROWS[0], "另一个名字", "同意", "无题"]])

    account = desk.take(path)

    told = [f["message"] for f in records_of(account["findings"], "I210")]
    assert len(told) == 3
    assert desk.powers()["A-1"]["name"] == "甲许可"


def test_formulas_are_taken_as_what_they_show_and_told(desk: Desk):
    """A formula that reaches a page shows each reader something else."""
    content = of_rows(HEAD, ["=A3", *ROWS[0][1:]], ["=1+1", *ROWS[1][1:]])
    account = desk.take(desk.write("list.xlsx", content))
    assert [f["row"] for f in records_of(account["findings"], "I207")] == [2, 3]
    assert desk.powers()["A-1"]["name"] == "=A3"


def test_numbers_keep_what_the_cell_shows(desk: Desk):
    """A code 007 that becomes 7 is another power's code."""

    def fill(sheet: Worksheet) -> None:
        sheet.append([*HEAD, "法定时限"])
        sheet.append(["甲许可", 7, "行政许可", "市监局", 20.0])
        sheet["B2"].number_format = "000"

    desk.take(desk.write("list.xlsx", book(fill)))

    assert desk.powers()["007"]["statutory_limit"] == "20"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: {事项名称: nam}", "did you mean name"),
        ("columns: {没有的: name}", "has no heading"),
        ("columns: [a]", "map.yml"),
        ("colums: {}", "map.yml"),
        ("columns: {事项名称: name}\nsheet: 别的表", "has no sheet"),
        ("columns: {事项名称: name, 事项编码: name}", "filled by"),
        (": : :", "map.yml"),
        ("", "map.yml"),
    ],
)
def test_a_wrong_mapping_ends_with_2(desk: Desk, text, says):
    """A mapping that does not fit must not be half used."""
    path = desk.write("map.yml", text)
    before = desk.files()

    done = desk.run("import", desk.write("list.csv", TEXT), "--map", path)

    assert done.code == 2 and says in done.err
    assert desk.files() == before


def test_bases_in_free_text_become_rows_or_are_told(desk: Desk):
    """A wrong article is worse than none: what is not surely meant must not be taken."""
    bases = "《云溪市示例食品条例》第十条第一款；《云溪市从未有过的条例》第三条"
    rows = [[*HEAD, "设定依据"], [*ROWS[0], bases], [*ROWS[1], "按有关规定"]]

    account = desk.take(desk.write("list.csv", rows))

    assert [
        (row.cells["instrument"], row.cells["article"], row.cells["paragraph"])
        for row in desk.tables.rows("legal_bases")
        if row.cells["power"] in ("A-1", "A-2")
    ] == [("food-act", "10", "1")]
    told = records_of(account["findings"], "I208")
    assert [f["row"] for f in told] == [2, 3]
    assert "food-act" in told[0]["remedy"]


def test_rows_of_another_table_come_in_through_a_mapping(desk: Desk):
    """A department's list of materials is a list of its own."""
    mapping = "table: materials\ncolumns: {事项: power, 材料: name, 形式: form, 份数: copies}\n"
    rows = [["事项", "材料", "形式", "份数"], ["YX-XK-001", "申请书", "原件", "1"],
            ["YX-XK-001", "照片", "复印件", "2"], ["没有的", "照片", "原件", "1"]]  # fmt: skip

    account = desk.take(desk.write("list.csv", rows), "--map", str(desk.write("map.yml", mapping)))

    assert [(r["row"], r["code"]) for r in account["refused"]] == [(4, "I107")]
    assert [
        (row.cells["name"], row.cells["form"])
        for row in desk.tables.rows("materials")
        if row.cells["power"] == "YX-XK-001"
    ] == [("申请书", "original"), ("照片", "copy")]
