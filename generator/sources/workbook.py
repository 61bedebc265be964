"""Working tables in one XLSX workbook: a sheet for each, its columns named in the first row.

A workbook is read and never changed: what a library cannot carry over (charts, checks of
input, values of formulas) would be lost. A new one is written where there is none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import BadZipFile

from generator.errors import ConfigError, SourceError
from generator.i18n import Translator
from generator.sources import csvfile, headers, schema, sheets
from generator.sources.folder import as_csv, columns_of
from generator.sources.schema import TableSchema
from generator.sources.sheets import Sheet
from generator.sources.tables import Irregularity, IrregularityKind, Row, Rows, Table, Tables

_NO_WORKBOOK = (
    *(BadZipFile, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError),
    *(SyntaxError, NotImplementedError, RuntimeError),
)
"""What zipfile, ElementTree and openpyxl raise for a file that is damaged or something else."""


class Workbook:
    """An XLSX file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def location(self) -> str:
        """The file."""
        return str(self._path)

    @property
    def files(self) -> tuple[Path, ...]:
        """The file."""
        return (self._path,)

    def digest(self) -> str:
        """Return a hash of the file's bytes."""
        with self._told(Translator("en")):
            return hashlib.sha256(self._path.read_bytes()).hexdigest()

    def is_empty(self, tr: Translator) -> bool:
        """Tell whether there is no such file yet."""
        return not self._path.exists()

    def read(self, tr: Translator) -> Tables:
        """Return the tables of the sheets, hidden ones too; rows are numbered as Excel does."""
        with self._told(tr):
            found = sheets.read(self._path, lambda name: bool(_table_of(name)))
        ours = self._by_table(found, tr)
        strangers = [sheet for sheet in found if not _table_of(sheet.name)]
        headers.all_tables([*ours, *(sheet.name for sheet in strangers)], self.location, tr)
        # A hidden sheet that is no table holds the lists of the others; nobody edits it.
        noted = list(headers.unknown_tables(s.name for s in strangers if not s.is_hidden))
        tables = {}
        for name, definition in schema.tables().items():
            if name in ours:
                tables[name], irregular = self._table(ours[name], definition, tr)
                noted += irregular
        return Tables(location=self.location, tables=tables, irregularities=tuple(noted))

    def replace(self, tables: Mapping[str, Rows], tr: Translator) -> None:
        """Write a new workbook with every table; raise SourceError if there is one already."""
        if self._path.exists():
            raise self.refusal(tr)
        beside = self._path.with_name(f".{self._path.name}.new")
        content = {
            name: (columns, [[row.get(c) or "" for c in columns] for row in tables.get(name, ())])
            for name in schema.tables()
            for columns in [columns_of(name)]
        }
        with self._told(tr, is_new=True):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                sheets.write(beside, content)
                os.link(beside, self._path)  # unlike a renaming, it never takes another's place
            finally:
                with suppress(OSError):
                    beside.unlink(missing_ok=True)

    def refusal(self, tr: Translator) -> SourceError:
        """Return what to raise instead of writing into the workbook."""
        return SourceError(
            tr(
                "{file}: Daylight never writes into a workbook, since charts, checks and "
                "formulas in it would be lost; change it by hand, or keep the tables in a "
                "folder of CSV files: `daylight copy-tables content/database`",
                file=self._path,
            )
        )

    def _by_table(self, found: list[Sheet], tr: Translator) -> dict[str, Sheet]:
        ours: dict[str, Sheet] = {}
        for sheet in found:
            name = _table_of(sheet.name)
            if name in ours:
                raise SourceError(
                    tr(
                        "{file}: the sheets “{first}” and “{second}” are both the table {table}; "
                        "rename or take out one of them",
                        file=self._path,
                        first=ours[name].name,
                        second=sheet.name,
                        table=name,
                    )
                )
            if name:
                ours[name] = sheet
        return ours

    def _table(
        self, sheet: Sheet, definition: TableSchema, tr: Translator
    ) -> tuple[Table, list[Irregularity]]:
        place = tr("{file}, sheet {sheet}", file=self._path.name, sheet=sheet.name)
        if sheet.merged:
            raise SourceError(
                tr(
                    "{place}: the cells {range} are merged, so that only the first has a value; "
                    "unmerge them and fill each",
                    place=place,
                    range=sheet.merged[0],
                )
            )
        number, labels = sheet.rows[0] if sheet.rows else (1, ())
        if number != 1:
            labels = ()  # the header is the first row, and it is empty
        header = csvfile.header([_column_of(label, definition) for label in labels], place, tr)
        headers.all_columns(header, definition, tr("{file} row 1", file=place), tr)
        noted = list(headers.unknown_columns(header, definition, row=1))
        rows: list[Row] = []
        for number, cells in sheet.rows[1:]:
            by_column = dict(zip(header, (*cells, *[""] * len(header)), strict=False))
            beyond = [n for n, cell in enumerate(cells, 1) if n > len(header) and cell.strip()]
            if not beyond:
                rows.append(Row(number, by_column))
                continue
            noted.append(
                Irregularity(
                    kind=IrregularityKind.RAGGED_ROW,
                    table=definition.name,
                    row=number,
                    expected=len(header),
                    found=beyond[-1],
                    cells=by_column,
                )
            )
        table = Table(
            name=definition.name,
            path=f"{self._path}: {sheet.name}",
            columns=header,
            rows=tuple(rows),
            digest=hashlib.sha256(as_csv(header, [row.cells for row in rows])).hexdigest(),
        )
        return table, noted

    @contextmanager
    def _told(self, tr: Translator, *, is_new: bool = False) -> Iterator[None]:
        try:
            if not is_new and not self._path.is_file():
                raise SourceError(
                    tr(
                        "{file}: there is no such file; it holds the working tables",
                        file=self._path,
                    )
                )
            yield
        except ImportError as error:
            raise ConfigError(
                tr(
                    "{file}: workbooks need openpyxl and XlsxWriter ({why}); install them with "
                    "pip install 'daylight-sites[workbook]'",
                    file=self._path,
                    why=error,
                )
            ) from error
        except sheets.TooLargeError as error:
            raise SourceError(
                tr(
                    "{file}: is more than a workbook can hold ({what}); keep these tables in "
                    "CSV, SQLite or PostgreSQL",
                    file=self._path,
                    what=error,
                )
            ) from error
        except OSError as error:
            why = error.strerror or error
            if is_new:
                message = tr("{folder}: cannot be written ({why}); nothing was changed",
                             folder=self._path, why=why)  # fmt: skip
            else:
                message = tr("{path}: cannot be read ({why}); check that it is there and may be read",
                             path=self._path, why=why)  # fmt: skip
            raise SourceError(message) from error
        except _NO_WORKBOOK as error:
            raise SourceError(
                tr(
                    "{file}: is no XLSX workbook, or is damaged or locked by a password ({why}); "
                    "open it in a spreadsheet program and save it as .xlsx",
                    file=self._path,
                    why=error,
                )
            ) from error


def _table_of(sheet: str) -> str:
    """Return the table that a sheet's name means, its own name or its Chinese title; or ""."""
    name = sheet.strip()
    for definition in schema.tables().values():
        if name.lower() == definition.name or name == definition.title_zh:
            return definition.name
    return ""


def _column_of(label: str, definition: TableSchema) -> str:
    """Return the column that a heading means: its name, or its title in either language."""
    label = label.strip()
    for field in definition.fields:
        if label in (field.name, field.title_zh, field.title):
            return field.name
    return label
