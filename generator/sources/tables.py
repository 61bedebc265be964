"""Working tables as any source gives them: text cells with their line, nothing judged yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Rows = Sequence[Mapping[str, str]]
"""Rows of a table as text cells by column; a column that is missing is empty."""


class IrregularityKind(StrEnum):
    """What a source noticed while reading and went on: the gate makes findings of it."""

    RAGGED_ROW = "ragged_row"
    UNKNOWN_COLUMN = "unknown_column"
    UNKNOWN_TABLE = "unknown_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregularity:
    """A row left out because it does not fit its header, or a name the schemas do not know.

    For a ragged row `expected` and `found` count cells and `cells` holds those that do
    have a column; for a column or table not known, `value` is its name.
    """

    kind: IrregularityKind
    table: str
    row: int | None = None
    value: str = ""
    expected: int = 0
    found: int = 0
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it starts, as an editor counts them (header 1), and its cells."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as read: its columns in the source's order, its rows, the digest of its bytes."""

    name: str
    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All working tables of a city. An optional table that is missing is simply not there."""

    location: str
    tables: Mapping[str, Table]
    irregularities: tuple[Irregularity, ...] = ()

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return a table's rows, none for a table that is not there."""
        table = self.tables.get(name)
        return table.rows if table else ()

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables.values())
