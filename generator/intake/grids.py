"""A spreadsheet file as grids of text: CSV in any encoding of a Chinese office, or an XLSX workbook.

Nothing is judged here, only read: numbers lose no zero that the file still has, merged
cells speak for every row they cover, formulas are told.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from generator.errors import SourceError
from generator.i18n import Translator
from generator.intake.needs import needs
from generator.sources import canonical, sheets
from generator.sources.csvfile import LONGEST_FIELD

LARGEST_BYTES = 64 << 20
LARGEST_INFLATED = 256 << 20
_PROPERTIES = "docProps/custom.xml"
DEPARTMENT_PROPERTY = "daylight-department"
"""The property of our own workbook that names its department."""

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet: rows with content, each with its number; `formulas` are (row, column) places."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file's grids; `encoding` is set for a CSV that is not UTF-8, `owner` for our own workbook."""

    grids: tuple[Grid, ...]
    encoding: str = ""
    owner: str = ""


def read_bytes(path: Path, tr: Translator) -> bytes:
    """Return a file's bytes; raises SourceError if it is missing, unreadable or too large."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise SourceError(tr("{file}: is larger than any list; name the right file", file=path))
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            tr(
                "{file}: cannot be read ({why}); check that it is there and may be read",
                file=path,
                why=error.strerror,
            )
        ) from error


def read(path: Path, tr: Translator) -> Book:
    """Return the grids of a CSV or XLSX file, whichever its bytes say it is.

    Raises SourceError for a file that is neither.
    """
    raw = read_bytes(path, tr)
    if raw.startswith(_OLD_EXCEL):
        raise SourceError(
            tr("{file}: is an old or encrypted Excel file; save it as .xlsx", file=path.name)
        )
    return _workbook(raw, path.name, tr) if raw.startswith(_ZIP) else _csv(raw, path, tr)


def _csv(raw: bytes, path: Path, tr: Translator) -> Book:
    text, encoding = _text(raw, path.name, tr)
    first = text[:4096].split("\n", 1)[0]
    mark = max(",\t;", key=first.count)
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows = []
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if "limit" in str(error):
                raise SourceError(
                    tr(
                        "{file} row {line}: has a cell of more than a million characters, most "
                        "likely a quotation mark that is not closed; mend the row",
                        file=path.name,
                        line=number,
                    )
                ) from error
            raise SourceError(
                tr(
                    "{file} row {line}: cannot be split into cells, most likely a quotation mark "
                    "that is not closed or not doubled; mend the row",
                    file=path.name,
                    line=number,
                )
            ) from error
        if any(cell.strip() for cell in cells):
            rows.append((number, tuple(cells)))
    return Book(grids=(Grid(name=path.stem, rows=tuple(rows)),), encoding=encoding)


def _text(raw: bytes, file: str, tr: Translator) -> tuple[str, str]:
    _damaged(raw, file, tr)
    encodings = ["utf-8-sig", "gb18030"]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, "" if encoding == "utf-8-sig" else encoding.upper()
    raise SourceError(
        tr("{file}: is neither an XLSX workbook nor a CSV text; save it as one of them", file=file)
    )


def _damaged(raw: bytes, file: str, tr: Translator) -> None:
    """Raise SourceError for UTF-8 with a broken byte: as GB18030 it would read, and be nonsense."""
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken and broken * 4 < sum(map((128).__le__, map(ord, text))):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise SourceError(
            tr(
                "{file} row {line}: holds a character that is not UTF-8, unlike the rest; save "
                "the file again as CSV in UTF-8",
                file=file,
                line=line,
            )
        )


def headings_at(grid: Grid, header: int) -> list[str]:
    """Return the headings in a row; where that has none, the one right above stands for it."""
    rows = {number: cells for number, cells in grid.rows if number in (header - 1, header)}
    own, above = rows.get(header, ()), rows.get(header - 1, ())
    width = max(len(own), len(above))
    pairs = zip(_padded(own, width), _padded(above, width), strict=True)
    return [canonical.text(cell) or canonical.text(over) for cell, over in pairs]


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _workbook(raw: bytes, file: str, tr: Translator) -> Book:
    openpyxl = needs("openpyxl", tr)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_INFLATED:
                raise sheets.TooLargeError
            owner = _owner(archive)
        found = [
            sheet
            for sheet in sheets.read(io.BytesIO(raw), lambda name: True)
            if not sheet.is_hidden
        ]
        grids = tuple(_grid(sheet, openpyxl.utils.cell) for sheet in found)
    except sheets.TooLargeError as error:
        raise SourceError(
            tr("{file}: is larger than any list; name the right file", file=file)
        ) from error
    except Exception as error:  # the library raises whatever a broken file makes it stumble on
        raise SourceError(
            tr(
                "{file}: is not an XLSX workbook that can be read ({why}); save it again as .xlsx",
                file=file,
                why=type(error).__name__,
            )
        ) from error
    return Book(grids=grids, owner=owner)


def _owner(archive: zipfile.ZipFile) -> str:
    """Return the department of our own workbook, which stands in its custom properties."""
    if _PROPERTIES not in archive.namelist():
        return ""
    for found in ElementTree.fromstring(archive.read(_PROPERTIES)):
        if found.get("name") == DEPARTMENT_PROPERTY:
            return "".join(found.itertext()).strip()
    return ""


def _grid(sheet: sheets.Sheet, places: Any) -> Grid:
    """Return a sheet as a grid in which a merged column speaks for every row that it covers."""
    rows = {number: list(cells) for number, cells in sheet.rows}
    for extent in dict.fromkeys(sheet.merged):
        left, top, _, bottom = places.range_boundaries(extent)
        value = rows[top][left - 1] if top in rows and left <= len(rows[top]) else ""
        for number in _covered(rows, top, bottom) if value else ():
            cells = rows[number]
            cells += [""] * (left - len(cells))
            cells[left - 1] = value
    return Grid(
        name=sheet.name,
        rows=tuple((number, _trimmed(cells)) for number, cells in rows.items()),
        formulas=frozenset(places.coordinate_to_tuple(place) for place in sheet.formulas),
    )


def _covered(rows: Collection[int], top: int, bottom: int) -> Iterable[int]:
    """Return the rows below `top` that a merged cell covers and that are there."""
    if bottom - top > len(rows):
        return [number for number in rows if top < number <= bottom]
    return [number for number in range(top + 1, bottom + 1) if number in rows]


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)
