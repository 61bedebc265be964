"""What the SQL stores share: rows of any type into text cells, in an order that stays.

Daylight's own tables have text columns, so that a draft with faults can be kept and judged,
and a column `position`, since a table in SQL has no order and steps need one. A city's own
tables may have typed columns and may be views.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import headers, schema
from generator.sources.folder import as_csv, columns_of, with_columns_in_use
from generator.sources.schema import TableSchema
from generator.sources.tables import Row, Rows, Table, Tables
from generator.sources.typed import text_of

POSITION = "position"
"""The column that orders a table's rows; where it is empty or missing, the key does."""

_ENGLISH = Translator("en")


class Reading(Protocol):
    """One transaction: whatever it is asked, it answers as of one moment."""

    def tables(self) -> Sequence[str]:
        """Return the names of the tables and views there are."""

    def columns(self, table: str) -> Sequence[str]:
        """Return the names of a table's columns."""

    def rows(self, table: str) -> Iterable[Sequence[Any]]:
        """Return a table's rows, in no order."""

    def count(self, table: str) -> int:
        """Return how many rows a table has."""


class Writing(Reading, Protocol):
    """One transaction that changes tables, and is undone when an error leaves it."""

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Make a table: `position` a whole number, all else text."""

    def add_column(self, table: str, column: str) -> None:
        """Add a column."""

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Delete all rows, then insert these."""


class SqlStore(ABC):
    """A database with a table for each of ours."""

    location: str

    @property
    def files(self) -> tuple[Path, ...]:
        """What on this machine holds the tables."""
        return ()

    @abstractmethod
    def reading(self, tr: Translator) -> AbstractContextManager[Reading]:
        """Open a transaction that only reads; its errors become SourceError."""

    @abstractmethod
    def writing(self, tr: Translator) -> AbstractContextManager[Writing]:
        """Open a transaction that writes, committed at its end; its errors become SourceError."""

    def digest(self) -> str:
        """Return a hash over every table's columns and rows, whatever order they come in."""
        with self.reading(_ENGLISH) as database:
            names = sorted(database.tables())
            found = [
                (name, tuple(database.columns(name)), _sum(database.rows(name)))
                for name in names
                if name in schema.tables()
            ]
        headers.all_tables(names, self.location, _ENGLISH)
        return hashlib.sha256(repr((names, found)).encode()).hexdigest()

    def read(self, tr: Translator) -> Tables:
        """Return every table as of one moment; a row's number is its position in the order."""
        with self.reading(tr) as database:
            names = sorted(database.tables())
            found = {
                name: (tuple(database.columns(name)), list(database.rows(name)))
                for name in schema.tables()
                if name in names
            }
        headers.all_tables(names, self.location, tr)
        noted = list(headers.unknown_tables(names))
        tables = {}
        for name, (columns, rows) in found.items():
            definition = schema.tables()[name]
            place = tr("{location}, table {table}", location=self.location, table=name)
            shown = tuple(column for column in columns if column != POSITION)
            headers.all_columns(shown, definition, place, tr)
            noted += headers.unknown_columns(shown, definition, row=None)
            tables[name] = self._table(definition, columns, _texts(columns, rows, place, tr))
        return Tables(location=self.location, tables=tables, irregularities=tuple(noted))

    def _table(
        self, definition: TableSchema, columns: Sequence[str], rows: list[dict[str, str]]
    ) -> Table:
        ordered = in_order(rows, definition)
        shown = tuple(column for column in columns if column != POSITION)
        return Table(
            name=definition.name,
            path=f"{self.location}: {definition.name}",
            columns=shown,
            rows=tuple(Row(number, cells) for number, cells in enumerate(ordered, 1)),
            digest=hashlib.sha256(as_csv(shown, ordered)).hexdigest(),
        )

    def is_empty(self, tr: Translator) -> bool:
        """Tell whether none of our tables is there, or none has a row."""
        with self.reading(tr) as database:
            present = set(database.tables()) & set(schema.tables())
            return not any(database.count(name) for name in present)

    def replace(self, tables: Mapping[str, Rows], tr: Translator) -> None:
        """Put rows in the place of whole tables in one transaction; make what is missing."""
        with self.writing(tr) as database:
            present = set(database.tables())
            for name, rows in tables.items():
                if name not in present:
                    database.create(name, (POSITION, *columns_of(name)))
                columns = tuple(database.columns(name))
                wanted = with_columns_in_use(columns, name, rows)
                for column in wanted[len(columns) :]:
                    database.add_column(name, column)
                if POSITION not in columns:
                    database.add_column(name, POSITION)
                cells = tuple(column for column in wanted if column != POSITION)
                numbered = (
                    (number, *(row.get(column) or None for column in cells))
                    for number, row in enumerate(rows, 1)
                )
                database.fill(name, (POSITION, *cells), numbered)


def _sum(rows: Iterable[Sequence[Any]]) -> tuple[int, int]:
    """Return the number of rows and the sum of their hashes: a server gives them in any order."""
    count = total = 0
    for row in rows:
        digest = hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest()
        count, total = count + 1, total + int.from_bytes(digest)
    return count, total % (1 << 256)


def in_order(rows: list[dict[str, str]], definition: TableSchema) -> list[dict[str, str]]:
    """Return rows by `position`, then by key and all else, without that column.

    The order is ours and not the server's: another collation must not change a digest.
    """
    numbers = {field.name for field in definition.fields if field.type == "integer"}

    def sortable(cells: Mapping[str, str], column: str) -> tuple[bool, int, str]:
        cell = cells.get(column, "")
        is_number = column in numbers and cell.isascii() and cell.isdigit()
        return (not is_number, int(cell), "") if is_number else (True, 0, cell)

    def place(cells: Mapping[str, str]) -> tuple[Any, ...]:
        try:
            position = (False, float(cells.get(POSITION, "")))
        except ValueError:
            position = (True, 0.0)
        key = tuple(sortable(cells, column) for column in definition.primary_key)
        return (*position, key, tuple(cells.values()))

    ordered = sorted(rows, key=place)
    return [{k: v for k, v in cells.items() if k != POSITION} for cells in ordered]


def _texts(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], place: str, tr: Translator
) -> list[dict[str, str]]:
    shared: dict[str, str] = {}  # codes and controlled values repeat: keep one copy of each
    found = []
    for row in rows:
        cells = {}
        for column, value in zip(columns, row, strict=True):
            try:
                cell = value if value.__class__ is str else text_of(value)
            except UnicodeDecodeError as error:
                raise SourceError(
                    tr(
                        "{place}, column {column}: holds bytes that are not UTF-8; store text there",
                        place=place,
                        column=column,
                    )
                ) from error
            cells[column] = shared.setdefault(cell, cell)
        if any(cell and not cell.isspace() for name, cell in cells.items() if name != POSITION):
            found.append(cells)
    return found
