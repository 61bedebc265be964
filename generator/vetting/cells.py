"""Every cell against its column's definition, by frictionless.

A cell is judged by itself, so each distinct value of a column is judged once; and what is
plainly as its column asks needs no judge, who takes longer to come than to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from generator.sources import canonical, schema
from generator.sources.canonical import Line
from generator.sources.schema import Field
from generator.vetting.desk import Desk, Fault

OTHER = "other"
"""The kind of a fault for which frictionless has a name that we have not."""

KINDS = ("type", "required", "enum", "pattern", "minimum")
_DIGITS = re.compile("[0-9]{1,9}")


def faults(desk: Desk) -> dict[str, tuple[Fault, ...]]:
    """Return the faulty cells among the lines being vetted, by the constraint they break."""
    found: dict[str, list[Fault]] = {kind: [] for kind in (*KINDS, OTHER)}
    for name in desk.lines:
        for fault in _of_table(desk, name):
            found[fault.kind if fault.kind in KINDS else OTHER].append(fault)
    return {kind: tuple(rows) for kind, rows in found.items()}


def _of_table(desk: Desk, name: str) -> Iterator[Fault]:
    for field in schema.tables()[name].fields if desk.lines[name] else ():
        column = field.name
        if not _is_constrained(field):
            continue
        doubtful = [
            cell for cell in _distinct(desk, name, field) if not is_plainly_sound(field, cell)
        ]
        judged = judge(name, column) if doubtful else None
        faulty = {cell: kinds for cell in doubtful if judged and (kinds := judged(cell))}
        for cells, line in _pairs(desk, name) if faulty else ():
            cell = cells.get(column, "")
            for kind in faulty.get(cell, ()):
                yield Fault(kind=kind, line=line, column=column, cell=canonical.text(cell))


def _distinct(desk: Desk, name: str, field: Field) -> set[str]:
    """Return the distinct cells of a column among the lines being vetted."""
    if desk.only is not None:
        return {cells.get(field.name, "") for cells, _ in _pairs(desk, name)}
    found = set(desk.distinct[name][field.name])
    if field.required and not all(field.name in line.values for line in desk.lines[name]):
        found.add("")
    return found


def _pairs(desk: Desk, name: str) -> Iterator[tuple[Mapping[str, str], Line]]:
    for row, line in zip(desk.tables.rows(name), desk.lines[name], strict=True):
        if desk.covers(line):
            yield row.cells, line


def is_plainly_sound(field: Field, cell: str) -> bool:
    """Tell whether a cell is beyond doubt what its column asks; if not, frictionless judges."""
    text = canonical.text(cell)
    if not text:
        return not field.required
    if field.type == "integer":
        return bool(_DIGITS.fullmatch(text)) and int(text) >= (field.minimum or 0)
    if field.type == "date":
        return canonical.day(text) is not None
    if field.type == "boolean":
        return text in field.true_values or text in field.false_values
    if field.type != "string" or (field.enum and text not in field.enum):
        return False
    return not field.pattern or re.fullmatch(field.pattern, text) is not None


def judge(table: str, column: str) -> Callable[[str], tuple[str, ...]]:
    """Return what tells which constraints of a column a cell breaks."""
    field, read = schema.tables()[table].field(column), _readers(table)[column]

    def judged(cell: str) -> tuple[str, ...]:
        text = canonical.text(cell)
        if text and not canonical.is_readable(field, canonical.value(field, text)):
            # Stricter than frictionless, which takes １２ and 1_0 for numbers: what the
            # ledger keeps as text must never pass as a number.
            return ("type",)
        return tuple(read(text)[1] or ())

    return judged


def _is_constrained(field: Field) -> bool:
    asks = field.required or field.enum or field.pattern or field.minimum is not None
    return field.type != "string" or bool(asks)


@cache
def _readers(name: str) -> dict[str, Callable[[str], tuple[Any, dict[str, str] | None]]]:
    # Imported here: it takes most of a second, and tables without a fault need none of it.
    from frictionless import Schema

    raw = schema.descriptor(name)
    kept = {key: raw[key] for key in ("$schema", "fields", "primaryKey")}
    fields = Schema.from_descriptor(kept).fields
    return {
        field.name: field.create_cell_reader()
        for field in fields
        if field.type != "string" or field.constraints
    }
