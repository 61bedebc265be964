"""The workbook that one department fills: a sheet per table, explanations, drop-down lists.

Every cell is text, so that no zero is lost and nothing becomes a formula; the same
tables give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.intake.grids import DEPARTMENT_PROPERTY
from generator.intake.needs import needs
from generator.intake.words import DEPARTMENTS, INSTRUMENTS, Words
from generator.sources import schema
from generator.sources.schema import Field, TableSchema
from generator.sources.tables import Row, Tables

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

EXPLAINS = "※"
"""How each cell of the explanations begins; a row of nothing else is no record."""

ROOM = 500
"""Rows with drop-down lists below the present records."""

_CREATED = datetime(2000, 1, 1)
_A3, _LONGEST_NOTE = 8, 250
_WIDE = {True: 42, False: 16}


@dataclass(frozen=True, slots=True)
class _Book:
    workbook: Workbook
    words: Words
    tr: Translator
    formats: Mapping[str, Format]
    lists: dict[tuple[str, str], str]


def department_tables() -> tuple[str, ...]:
    """Return the tables that a department fills: powers, then their children."""
    return ("powers", *schema.children())


def make(tables: Tables, slug: str, *, city: str, tr: Translator) -> bytes:
    """Return the workbook of a department with its present records.

    Raises ConfigError for a department that is not in the register, or when the
    library is not installed.
    """
    words = Words(tables, tr)
    names = {row.cells.get("slug", "").strip(): row for row in tables.rows("departments")}
    if slug not in names:
        near = get_close_matches(slug, names, n=1)
        raise ConfigError(
            tr("{slug}: no such department; did you mean {near}?", slug=slug, near=near[0])
            if near
            else tr("{slug}: no such department; departments.csv lists them", slug=slug)
        )
    writer = needs("xlsxwriter", tr)
    raw = io.BytesIO()
    workbook = writer.Workbook(
        raw,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    name = names[slug].cells.get("name", slug)
    workbook.set_properties({"title": f"{city} {name}", "created": _CREATED})
    workbook.set_custom_property(DEPARTMENT_PROPERTY, slug)
    book = _Book(workbook, words, tr, _formats(workbook), {})
    _read_me(book, name, city)
    sheets = {table: workbook.add_worksheet(_sheet(table, tr)) for table in department_tables()}
    _references(book, tables)
    mine = _mine(tables, slug)
    for table, sheet in sheets.items():
        _table(book, sheet, schema.tables()[table], mine[table])
    workbook.close()
    return raw.getvalue()


def _mine(tables: Tables, slug: str) -> dict[str, list[Row]]:
    powers = [
        row for row in tables.rows("powers") if row.cells.get("department", "").strip() == slug
    ]
    codes = {row.cells.get("code", "").strip() for row in powers}
    found = {"powers": powers}
    for table in schema.children():
        rows = tables.rows(table)
        found[table] = [row for row in rows if row.cells.get("power", "").strip() in codes]
    return found


def _sheet(table: str, tr: Translator) -> str:
    return schema.tables()[table].label(tr.language)


def _formats(workbook: Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"num_format": "@", "text_wrap": True, "valign": "top"}
    return {
        "text": workbook.add_format(base),
        "head": workbook.add_format(base | {"bold": True, "bg_color": "#DCE6F1", "border": 1}),
        "must": workbook.add_format(base | {"bold": True, "bg_color": "#F8DCC4", "border": 1}),
        "note": workbook.add_format(base | {"italic": True, "font_color": "#595959", "border": 1}),
        "title": workbook.add_format(base | {"bold": True, "font_size": 16}),
    }


def _read_me(book: _Book, name: str, city: str) -> None:
    tr, sheet = book.tr, book.workbook.add_worksheet(book.tr("Read me first"))
    lines = [
        tr(
            "{city}: list of powers of {department}",
            city=city,
            department=name.removeprefix(city).strip() or name,
        ),
        tr("One sheet for each table. The first row names the columns, the second explains them."),
        tr(
            "Columns with an orange heading must be filled in; the others where there is something to say."
        ),
        tr("Begin with the sheet “{sheet}”: a row for each power.", sheet=_sheet("powers", tr)),
        tr(
            "The other sheets name the power by its code, a row for each basis, material, step and so on."
        ),
        tr(
            "Choose from the drop-down list where there is one. Several values in a cell are "
            "separated by ；."
        ),
        tr("To take a power out, do not delete its row: set its status, with date and reason."),
        tr("A row deleted from another sheet is deleted from the power."),
        tr("An instrument that the list does not have must first enter the city's law register."),
        tr("Send the workbook back; it is read with: daylight import FILE"),
    ]
    sheet.set_column(0, 0, 110)
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, book.formats["title" if number == 0 else "text"])
    for number, table in enumerate(department_tables(), len(lines) + 1):
        definition = schema.tables()[table]
        what = definition.description_zh if tr.language == "zh-CN" else definition.description
        sheet.write_string(number, 0, f"{_sheet(table, tr)}: {what}", book.formats["text"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _references(book: _Book, tables: Tables) -> None:
    """Write what cells may refer to: departments, instruments, controlled values."""
    tr = book.tr
    for table, shown in (
        ("departments", book.words.departments),
        ("instruments", book.words.instruments),
    ):
        columns = {"departments": ("slug", "name", "short_name", "status")}.get(
            table, ("id", "title", "short_title", "rank", "document_number", "last_article")
        )
        title = tr("{table} (to look up)", table=_sheet(table, tr))
        sheet = book.workbook.add_worksheet(title)
        fields = [schema.tables()[table].field(name) for name in columns]
        heads = [tr("to choose"), *(field.label(tr.language) for field in fields)]
        sheet.write_row(0, 0, heads, book.formats["head"])
        for number, (key, word) in enumerate(shown.items(), 1):
            sheet.write_string(number, 0, word, book.formats["text"])
            cells = _row(tables, table, columns[0], key)
            for column, field in enumerate(fields, 1):
                text = book.words.shown(table, field.name, cells.get(field.name, ""))
                sheet.write_string(number, column, text, book.formats["text"])
        _finish(sheet, [40, *(_WIDE[False] for _ in fields)], 1)
        sheet.protect()
        for place in DEPARTMENTS if table == "departments" else INSTRUMENTS:
            book.lists[place] = f"={_quoted(title)}!$A$2:$A${max(2, len(shown) + 1)}"
    _values(book)


def _row(tables: Tables, table: str, key: str, value: str) -> Mapping[str, str]:
    rows = (row.cells for row in tables.rows(table))
    return next((cells for cells in rows if cells.get(key, "").strip() == value), {})


def _values(book: _Book) -> None:
    title = book.tr("Values")
    sheet = book.workbook.add_worksheet(title)
    column = 0
    for table in department_tables():
        definition = schema.tables()[table]
        for field in definition.fields:
            if (table, field.name) in book.lists or not (words := book.words.of(table, field)):
                continue
            head = f"{definition.label(book.tr.language)}: {field.label(book.tr.language)}"
            sheet.write_string(0, column, head, book.formats["head"])
            for number, word in enumerate(words.values(), 1):
                sheet.write_string(number, column, word, book.formats["text"])
            letter = _letters(column)
            place = f"${letter}$2:${letter}${len(words) + 1}"
            book.lists[table, field.name] = f"={_quoted(title)}!{place}"
            column += 1
    _finish(sheet, [22] * column, 1)
    sheet.protect()


def _table(book: _Book, sheet: Worksheet, definition: TableSchema, rows: Sequence[Row]) -> None:
    tr, last = book.tr, len(rows) + ROOM
    for column, field in enumerate(definition.fields):
        head = "must" if field.required else "head"
        sheet.write_string(0, column, field.label(tr.language), book.formats[head])
        note = _explanation(book, definition.name, field)
        sheet.write_string(1, column, note, book.formats["note"])
        _validate(book, sheet, definition.name, field, (column, last))
        for number, row in enumerate(rows, 2):
            cell = row.cells.get(field.name, "")
            if cell:
                text = book.words.shown(definition.name, field.name, cell)
                sheet.write_string(number, column, text, book.formats["text"])
    widths = [_WIDE[field.multiline or field.name == "name"] for field in definition.fields]
    _finish(sheet, widths, 2, book.formats["text"])


def _explanation(book: _Book, table: str, field: Field) -> str:
    tr = book.tr
    text = field.description_zh if tr.language == "zh-CN" else field.description
    if field.required:
        text = tr("Must be filled in. {text}", text=text)
    if (table, field.name) in book.lists:
        text = tr("{text} Choose from the list.", text=text)
    if field.type == "date":
        text = tr("{text} Written as 2025-04-19.", text=text)
    return f"{EXPLAINS} {text}"


def _validate(
    book: _Book, sheet: Worksheet, table: str, field: Field, extent: tuple[int, int]
) -> None:
    column, last = extent
    source = book.lists.get((table, field.name))
    if field.name == "power":
        source = f"={_quoted(_sheet('powers', book.tr))}!$A$3:$A${2 + ROOM * 4}"
    if source is None:
        return
    strict = bool(field.enum or field.type == "boolean")
    sheet.data_validation(
        2,
        column,
        last + 1,
        column,
        {
            "validate": "list",
            "source": source,
            # Several values in a cell are no value of the list: it offers, and refuses nothing.
            "show_error": not field.many,
            "error_type": "stop" if strict else "warning",
            "error_title": field.label(book.tr.language)[:32],
            "error_message": book.tr("Choose from the list.")[:_LONGEST_NOTE],
        },
    )


def _finish(
    sheet: Worksheet, widths: Sequence[int], frozen: int, cells: Format | None = None
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, cells)
    sheet.freeze_panes(frozen, 1)
    sheet.repeat_rows(0, frozen - 1)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1 if len(widths) < 15 else 3, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
