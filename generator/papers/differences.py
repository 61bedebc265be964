"""A record beside what is published of it: field by field, children row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from generator.i18n import Translator
from generator.papers.words import Names, in_words
from generator.sources import encode, schema
from generator.sources.schema import Field, TableSchema

Values = Mapping[str, Any]
_ORDER = (*encode.CHILDREN, "steps", "moves")
"""The order in which a page of a power has its tables."""


class Mark(StrEnum):
    """How something drafted stands to what is published."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value in words, as the table has it, and in words as it is published where that differs."""

    text: str = ""
    bare: str = ""
    old: str = ""
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A field of a record with its label."""

    name: str
    label: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table of children, or of a register."""

    mark: Mark
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of children: its label, the labels of its columns in use, its rows."""

    name: str
    label: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Whether any row is not as it is published."""
        return any(line.mark is not Mark.SAME for line in self.lines)


def entries(
    record: Values, published: Values | None, names: Names, tr: Translator
) -> tuple[Entry, ...]:
    """Return every field of a power; without a published version nothing counts as changed."""
    table = schema.tables()["powers"]
    return tuple(
        Entry(
            name=field.name,
            label=field.label(tr.language),
            cell=_cell(table, field, record, published, names, tr),
        )
        for field in table.fields
    )


def grids(
    record: Values, published: Values | None, names: Names, tr: Translator
) -> tuple[Grid, ...]:
    """Return the tables of children that have rows, now or as published."""
    found = []
    steps = (*((published or {}).get("steps", ())), *record.get("steps", ()))
    named = {str(step.get("id", "")): str(step.get("name", "")) for step in steps}
    names = Names(of={**names.of, "steps": named})
    for name in sorted(schema.children(), key=_place):
        old = None if published is None else published.get(name, [])
        if record.get(name) or old:
            found.append(grid(schema.tables()[name], record.get(name, []), old, names, tr))
    return tuple(found)


def _place(table: str) -> int:
    return _ORDER.index(table) if table in _ORDER else len(_ORDER)


def grid(
    table: TableSchema,
    rows: Sequence[Values],
    published: Sequence[Values] | None,
    names: Names,
    tr: Translator,
) -> Grid:
    """Return rows beside those published, which are told apart by the table's key."""
    fields = [
        field
        for field in table.fields
        if field.name != "power" and any(field.name in row for row in (*rows, *(published or ())))
    ]
    key = [name for name in table.primary_key if name != "power"]
    before = {_key(row, key): row for row in published or ()}
    lines = []
    for row in rows:
        old = before.pop(_key(row, key), None) if published is not None else row
        cells = tuple(
            _cell(table, field, row, row if old is None else old, names, tr) for field in fields
        )
        mark = Mark.NEW if old is None else Mark.SAME if old == row else Mark.CHANGED
        lines.append(Line(mark=mark, cells=cells))
    lines += [
        Line(mark=Mark.GONE, cells=tuple(_cell(table, f, row, row, names, tr) for f in fields))
        for row in before.values()
    ]
    return Grid(
        name=table.name,
        label=table.label(tr.language),
        columns=tuple(field.label(tr.language) for field in fields),
        lines=tuple(lines),
    )


def _key(row: Values, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in columns)


def _cell(
    table: TableSchema,
    field: Field,
    row: Values,
    published: Values | None,
    names: Names,
    tr: Translator,
) -> Cell:
    value = row.get(field.name)
    text, bare = in_words(table.name, field.name, value, names, tr)
    before = value if published is None else published.get(field.name)
    if before == value:
        return Cell(text=text, bare=bare)
    old = in_words(table.name, field.name, before, names, tr)[0]
    mark = Mark.NEW if not old else Mark.CHANGED if text else Mark.GONE
    return Cell(text=text, bare=bare, old=old, mark=mark)
