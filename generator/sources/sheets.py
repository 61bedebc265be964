"""The sheets of an XLSX file as numbered rows of text cells, and rows into a new XLSX file."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from xml.etree import ElementTree
from zipfile import ZipFile

from generator.sources.typed import text_of

LARGEST_BYTES = 1 << 30
"""Unpacked; more is a trap, not a city."""

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
"""Characters of a cell and rows of a sheet that the format allows (ECMA-376; Excel's limits)."""

MOST_CELLS = 20_000_000
"""Of a sheet, with the gaps between them; a hundred provinces' departments need no more."""

MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; the rest become noughts."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_OF_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f[\s>/]')
_ESCAPED = re.compile("_x00(5F|5f|[01][0-9A-Fa-f])_")
_ZEROS = re.compile("0{2,}")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: rows that hold anything, numbered as a spreadsheet shows them.

    `merged` are ranges (`A2:B4`), `formulas` the cells that hold one (`C7`).
    """

    name: str
    is_hidden: bool
    rows: tuple[tuple[int, Cells], ...] = ()
    merged: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()


class TooLargeError(ValueError):
    """A workbook unpacks to more than any city needs, or a text is more than a cell can hold."""


def read(path: Path | BinaryIO, is_wanted: Callable[[str], bool]) -> list[Sheet]:
    """Return every sheet by its place, with its rows if its name is wanted.

    A path must end in .xlsx; the content of a file may come under any name.
    A formula counts as its value; one that was never calculated stays as it is written.
    Raises ImportError without openpyxl, and whatever zipfile, ElementTree and openpyxl
    raise for what is no workbook.
    """
    from openpyxl import load_workbook

    parts = _parts(path)
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep is of no matter: we only read
        values = load_workbook(path, read_only=True, data_only=True)
        formulas = None
        try:
            for sheet in values.worksheets:
                xml = parts.get(sheet.title, b"") if is_wanted(sheet.title) else b""
                beside: Iterable[Any] = repeat(())
                if _FORMULA.search(xml):
                    formulas = formulas or load_workbook(path, read_only=True)
                    beside = _cells(formulas[sheet.title])
                found.append(
                    Sheet(
                        name=sheet.title,
                        is_hidden=sheet.sheet_state != "visible",
                        rows=tuple(_rows(sheet, beside)) if xml else (),
                        merged=tuple(ref.decode() for ref in _MERGED.findall(xml)),
                        formulas=tuple(ref.decode() for ref in _OF_FORMULA.findall(xml)),
                    )
                )
        finally:
            values.close()
            if formulas is not None:
                formulas.close()
    return found


def _parts(path: Path | BinaryIO) -> dict[str, bytes]:
    """Return the XML of each sheet, which alone tells quickly of merged cells and formulas."""
    with ZipFile(path) as package:
        if sum(entry.file_size for entry in package.infolist()) > LARGEST_BYTES:
            raise TooLargeError
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): str(link.get("Target")) for link in links}
        found = {}
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            target = PurePosixPath("/xl", targets[sheet.get(_RELATION)])
            found[str(sheet.get("name"))] = package.read(str(target).lstrip("/"))
        return found


def _cells(sheet: Any) -> Iterable[Sequence[Any]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    rows: Iterable[Sequence[Any]] = sheet.iter_rows()
    return rows


def _rows(sheet: Any, formulas: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Cells]]:
    room = MOST_CELLS
    for number, (cells, written) in enumerate(zip(_cells(sheet), formulas, strict=False), 1):
        room -= len(cells)
        if number > MOST_ROWS or room < 0:
            raise TooLargeError(f"{sheet.title}: {number}")
        texts = [_text(cell) for cell in cells]
        for column, cell in enumerate(written):
            # A formula that gave an empty text has the type of a text; one never calculated none.
            if cell.data_type == "f" and not texts[column] and cells[column].data_type == "n":
                texts[column] = _formula(cell.value)
        if any(text and not text.isspace() for text in texts):
            yield number, tuple(texts)


def _formula(value: Any) -> str:
    text = str(getattr(value, "text", None) or value)
    return text if text.startswith("=") else f"={text}"


def _text(cell: Any) -> str:
    """Return what a cell shows, as text: 20.0 as 20, a day as ISO writes it, 7 in “000” as 007."""
    value = cell.value
    if value is None:
        return ""
    if value.__class__ is str:
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    text = text_of(value)
    if value.__class__ in (int, float):
        if abs(value) >= 10**MOST_DIGITS:
            return f"{value:.5E}"  # as Excel shows it: the last digits are gone
        if _ZEROS.fullmatch(cell.number_format or "") and text.isdigit():
            return text.zfill(len(cell.number_format))
    return text


def write(path: Path, tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str]]]]) -> None:
    """Write columns and rows of each table into a new workbook, every cell as text.

    Raises ImportError without XlsxWriter, TooLargeError for what no sheet can hold.
    """
    from xlsxwriter import Workbook

    book = Workbook(path, {"constant_memory": True})
    as_text = book.add_format({"num_format": "@", "valign": "top"})
    heading = book.add_format({"num_format": "@", "bold": True})
    try:
        for name, (columns, rows) in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns) - 1, 18, as_text)
            sheet.write_row(0, 0, columns, heading)
            for number, cells in enumerate(rows, 1):
                if number >= MOST_ROWS:
                    raise TooLargeError(f"{name}: {number}")
                for column, cell in enumerate(cells):
                    if len(cell) > LONGEST_CELL:
                        raise TooLargeError(f"{name}.{columns[column]}: {len(cell)}")
                    if cell:
                        sheet.write_string(number, column, cell, as_text)
    finally:
        book.close()
