"""A workbook as a store: what Excel and its users do to cells, sheets and headings."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.errors import SourceError
from generator.sources import decode, schema
from generator.sources.stores import Store
from generator.sources.tables import IrregularityKind
from tests.stores import TR, fill, opened, tables_of

Edit = Callable[[Callable[[Any], None]], None]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook that holds the Chinese city."""
    path = tmp_path_factory.mktemp("book") / "city.xlsx"
    fill(opened(str(path)), tables_of("zh"))
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """Return a copy of it to change."""
    return Path(shutil.copy(original, tmp_path / "city.xlsx"))


def edited(path: Path, change: Callable[[Any], None]) -> Store:
    """Change a workbook as a clerk would, and return its store."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return opened(str(path))


def place(sheet: Any, column: str, row: int) -> Any:
    names = [cell.value for cell in sheet[1]]
    return sheet.cell(row=row, column=names.index(column) + 1)


def refusal(store: Store) -> str:
    with pytest.raises(SourceError) as caught:
        store.read(TR)
    return str(caught.value)


def test_cells_with_types_of_their_own_are_the_same_city(path):
    """Excel makes days, numbers and yes/no of what is typed; the list must not change for it."""

    def change(book: Any) -> None:
        for name, definition in schema.tables().items():
            for number in range(2, book[name].max_row + 1):
                for field in definition.fields:
                    cell = place(book[name], field.name, number)
                    if cell.value is None:
                        continue
                    if field.type == "integer":
                        cell.value, cell.number_format = float(cell.value), "0.00"
                    elif field.type == "date":
                        cell.value = datetime.combine(
                            date.fromisoformat(cell.value), datetime.min.time()
                        )
                    elif field.type == "boolean":
                        cell.value = cell.value == "yes"

    store = edited(path, change)

    assert decode.power_list(store.read(TR)) == decode.power_list(tables_of("zh"))


def test_chinese_headings_and_sheet_names_are_understood(path):
    """The officials who fill the tables in read Chinese, not column names."""

    def change(book: Any) -> None:
        for name, definition in schema.tables().items():
            for cell in book[name][1]:
                cell.value = f" {definition.field(cell.value).title_zh}"
            book[name].title = definition.title_zh

    store = edited(path, change)

    assert decode.power_list(store.read(TR)) == decode.power_list(tables_of("zh"))


def test_a_row_is_numbered_as_excel_numbers_it(path):
    """Who opens the workbook at the row named must stand before the fault."""

    def change(book: Any) -> None:
        book["synonyms"].insert_rows(3, amount=2)
        book["synonyms"]["A4"] = "  "
        book["synonyms"]["A1000"] = ""
        book["synonyms"].row_dimensions[5].hidden = True

    rows = edited(path, change).read(TR).rows("synonyms")

    assert [row.number for row in rows] == [2, 5, 6, 7]


def test_a_formula_counts_as_its_value_and_without_one_as_it_is_written(path):
    """A formula that nobody calculated must not pass as an empty cell."""

    def change(book: Any) -> None:
        for number, formula in ((2, '="a"&"b"'), (3, "=1+1"), (4, "=NA()"), (5, '=""')):
            book["synonyms"].cell(row=number, column=1).value = formula

    edited(path, change)
    values = {"A2": ("str", "ab"), "A4": ("e", "#N/A"), "A5": ("str", "")}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_suffix(".new"), "w") as new:
        for name in old.namelist():
            content = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            for cell, (kind, value) in values.items():
                if name == f"xl/worksheets/sheet{[*schema.tables()].index('synonyms') + 1}.xml":
                    start = content.index(f'r="{cell}"')
                    end = content.index("</c>", start)
                    inner = content[start:end].replace("<v />", "").replace("<v></v>", "")
                    inner = (
                        inner.replace(f'r="{cell}"', f'r="{cell}" t="{kind}"') + f"<v>{value}</v>"
                    )
                    content = content[:start] + inner + content[end:]
            new.writestr(name, content)
    path.with_suffix(".new").replace(path)

    rows = opened(str(path)).read(TR).rows("synonyms")

    assert [row.cells["term"] for row in rows] == ["ab", "=1+1", "#N/A", ""]


def test_leading_zeros_survive_and_lost_digits_show(path):
    """A code that Excel has shortened must be refused, not published as another code."""

    def change(book: Any) -> None:
        cell = place(book["powers"], "local_code", 2)
        cell.value, cell.number_format = 70, "00000"
        place(book["powers"], "local_code", 3).value = 91130400000000001
        place(book["powers"], "local_code", 4).value = 123456789012345

    rows = edited(path, change).read(TR).rows("powers")

    assert [row.cells["local_code"] for row in rows[:3]] == [
        "00070",
        "9.11304E+16",
        "123456789012345",
    ]


def test_merged_cells_are_refused_with_their_place(path):
    """Of merged cells only the first has a value: three powers would lose a fact in silence."""

    def change(book: Any) -> None:
        book["powers"].merge_cells("C2:C4")

    assert refusal(edited(path, change)) == (
        "city.xlsx, sheet powers: the cells C2:C4 are merged, so that only the first has a "
        "value; unmerge them and fill each"
    )


def test_a_value_beside_the_headings_leaves_its_row_out(path):
    """A value in no column belongs to nobody; the gate must tell, and refuse the record."""

    def change(book: Any) -> None:
        book["synonyms"].cell(row=3, column=4).value = "?"

    tables = edited(path, change).read(TR)

    (note,) = tables.irregularities
    assert (note.kind, note.row, note.expected, note.found) == (
        IrregularityKind.RAGGED_ROW,
        3,
        2,
        4,
    )
    assert len(tables.rows("synonyms")) == 3


def test_sheets_and_columns_that_no_schema_knows_are_noted_unless_hidden(path):
    """What nobody reads must not be thought published; a hidden list is nobody's table."""

    def change(book: Any) -> None:
        book.create_sheet("备注")
        book.create_sheet("lists").sheet_state = "hidden"
        book["waivers"].sheet_state = "hidden"
        book["synonyms"]["C1"] = "remark"

    tables = edited(path, change).read(TR)

    assert [(note.kind, note.table, note.value) for note in tables.irregularities] == [
        (IrregularityKind.UNKNOWN_TABLE, "备注", "备注"),
        (IrregularityKind.UNKNOWN_COLUMN, "synonyms", "remark"),
    ]
    assert "waivers" in tables.tables


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda book: setattr(book["materials"], "title", "material"),
            "city.xlsx: lacks the table materials; is it “material”? Rename it",
        ),
        (
            lambda book: setattr(place(book["powers"], "remedy", 1), "value", "remedies"),
            "city.xlsx, sheet powers row 1: lacks the column remedy; is it “remedies”? Rename it",
        ),
        (
            lambda book: setattr(place(book["powers"], "remedy", 1), "value", "事项名称"),
            "city.xlsx, sheet powers row 1: the column “name” stands twice; take one of them out",
        ),
        (
            lambda book: book["powers"].insert_rows(1),
            "city.xlsx, sheet powers: has no header row; its first row names the columns",
        ),
        (
            lambda book: book.create_sheet("权力事项"),
            "city.xlsx: the sheets “powers” and “权力事项” are both the table powers; rename or take",
        ),
    ],
)
def test_what_is_missing_or_there_twice_is_named(path, change, says):
    """A renamed column must not empty the same fact of every power."""
    assert says in refusal(edited(path, change))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"term,target\n", "is no XLSX workbook, or is damaged or locked by a password"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 2000, "is no XLSX workbook"),
        (b"", "is no XLSX workbook"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path, content, says):
    """A list saved in another format must be told apart from an empty one."""
    path = tmp_path / "city.xlsx"
    path.write_bytes(content)

    assert says in refusal(opened(str(path)))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml"])
def test_a_damaged_workbook_is_told(path, part):
    """A file cut short on a memory stick must not end in a traceback."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_suffix(".new"), "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name == part else content)
    path.with_suffix(".new").replace(path)

    assert "is no XLSX workbook, or is damaged" in refusal(opened(str(path)))


def test_a_missing_workbook_is_told(tmp_path):
    """Whoever mistypes a path must learn that."""
    assert "there is no such file" in refusal(opened(str(tmp_path / "city.xlsx")))


def test_a_workbook_that_is_there_is_never_written(path):
    """Charts, checks and formulas of an official's workbook are not ours to lose."""
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    store = opened(str(path))

    with pytest.raises(SourceError, match="never writes into a workbook"):
        store.replace({"synonyms": []}, TR)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [p.name for p in path.parent.iterdir()] == ["city.xlsx"]


def test_what_no_cell_can_hold_is_refused_and_nothing_written(tmp_path):
    """A text cut off at Excel's limit would be signed without its end."""
    store = opened(str(tmp_path / "city.xlsx"))

    with pytest.raises(SourceError, match="more than a workbook can hold"):
        store.replace({"synonyms": [{"term": "字" * 32_768, "target": "x"}]}, TR)

    assert not list(tmp_path.iterdir())
