"""Text cells into the canonical values of the ledger: what a digest covers and a page shows.

A value is text (NFC, line ends as LF, no surrounding white space), a whole number, a
boolean, an ISO date, or a list of texts. What is empty is left out; what cannot be read
as its column's type keeps its text, and the gate reports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import is_normalized, normalize

from generator.model.codes import PowerCode
from generator.sources import schema
from generator.sources.schema import Field
from generator.sources.tables import Tables

Record = dict[str, Any]
"""A power as the ledger stores it: its own columns, and its children as lists of rows."""

_Column = tuple[str, Callable[[str], Any], bool, dict[str, Any]]
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATOR = re.compile("[;；]")
_LAST = 1 << 31


@dataclass(frozen=True, slots=True)
class Line:
    """One row in canonical values, with its table and the line on which it starts."""

    table: str
    number: int
    values: Mapping[str, Any]


def text(cell: str) -> str:
    """Return a cell as canonical text."""
    cell = cell.strip()
    if not cell.isascii() and not is_normalized("NFC", cell):
        cell = normalize("NFC", cell)
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def value(field: Field, cell: str) -> Any:
    """Return a cell's canonical value; None if it is empty, its text if it cannot be read.

    Several values in a cell are separated by semicolons, Chinese or not, and each
    counts once.
    """
    return _reader(field)(cell)


def is_readable(field: Field, canonical: Any) -> bool:
    """Tell whether a value has its column's type, and is not text that could not be read."""
    if field.type == "date":
        return day(canonical) is not None
    return field.type == "string" or not isinstance(canonical, str)


def day(canonical: Any) -> date | None:
    """Return the date that a canonical value means, or None."""
    if not isinstance(canonical, str) or not _DAY.fullmatch(canonical):
        return None
    try:
        return date.fromisoformat(canonical)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Decoded:
    """A table's rows in canonical values, and by column the value of each distinct cell."""

    lines: tuple[Line, ...]
    distinct: Mapping[str, Mapping[str, Any]]


def decoded(tables: Tables, name: str) -> Decoded:
    """Return a table's rows in the order of the source, with its distinct cells.

    A cell that has no characters is not among them.
    """
    readers: list[_Column] = [
        (field.name, _reader(field), field.many, {}) for field in schema.tables()[name].fields
    ]
    rows = tables.rows(name)
    found = tuple([Line(name, row.number, _values(readers, row.cells)) for row in rows])
    return Decoded(found, {column: known for column, _, _, known in readers})


def lines(tables: Tables, name: str) -> tuple[Line, ...]:
    """Return a table's rows in canonical values, in the order of the source."""
    return decoded(tables, name).lines


def register_rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    """Return the rows of a register as the ledger stores them, in the order of the source."""
    return [dict(line.values) for line in lines(tables, name)]


def records(tables: Tables) -> dict[PowerCode, Record]:
    """Return the record of every power by its code, in the order of the source.

    Of two rows with one code the first counts; a row without a code has no record.
    """
    children: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for name in schema.children():
        for line in lines(tables, name):
            owner = children.setdefault(line.values.get("power", ""), {})
            owner.setdefault(name, []).append(line.values)
    found: dict[PowerCode, Record] = {}
    for line in lines(tables, "powers"):
        code = line.values.get("code")
        if code and code not in found:
            found[PowerCode(code)] = record(line.values, children.get(code, {}))
    return found


def record(
    values: Mapping[str, Any], children: Mapping[str, Iterable[Mapping[str, Any]]]
) -> Record:
    """Return the record of a power from its own values and those of its children.

    Children stand by `seq`, or in the order of the source where their table has none.
    """
    made = dict(values)
    for name in schema.children():
        rows = [{k: v for k, v in row.items() if k != "power"} for row in children.get(name, ())]
        if rows:
            made[name] = in_order(rows)
    return made


def in_order(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows by `seq`; one without a readable `seq` goes last."""

    def place(row: Mapping[str, Any]) -> int:
        seq = row.get("seq", 0)
        return seq if isinstance(seq, int) else _LAST

    return sorted(rows, key=place)


def _values(readers: Iterable[_Column], cells: Mapping[str, str]) -> dict[str, Any]:
    values = {}
    for name, read, many, known in readers:
        cell = cells.get(name, "")
        if not cell:
            continue
        # Each distinct cell is read once; a list is made anew for each row.
        if (found := known.get(cell, known)) is known:
            found = known[cell] = read(cell)
        if found is not None:
            values[name] = list(found) if many else found
    return values


def _reader(field: Field) -> Callable[[str], Any]:
    if field.many:
        return _several
    if field.type == "boolean":
        choices = dict.fromkeys(field.true_values, True) | dict.fromkeys(field.false_values, False)
        return lambda cell: choices.get(text(cell), _text(cell))
    return _whole if field.type == "integer" else _text


def _text(cell: str) -> str | None:
    return text(cell) or None


def _several(cell: str) -> list[str] | None:
    parts = (text(part) for part in _SEPARATOR.split(cell))
    return list(dict.fromkeys(part for part in parts if part)) or None


def _whole(cell: str) -> int | str | None:
    found = text(cell)
    return int(found) if _WHOLE.fullmatch(found) else found or None
