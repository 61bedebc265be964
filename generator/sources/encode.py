"""From the model back to records and to the cells of a table: the inverse of decode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from generator.model.power import Power

CHILDREN = ("legal_bases", "materials", "fees", "responsibilities", "penalties")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def plain(value: object) -> Any:
    """Return a value as JSON carries it: enums by value, days as ISO text, tuples as lists."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def row(thing: Any) -> dict[str, Any]:
    """Return a dataclass of the model as a record without its empty fields."""
    found = {}
    for name in _names(thing.__class__):
        value = getattr(thing, name)
        if value is not None and value != "" and value != ():
            found[name] = plain(value)
    return found


def record(power: Power) -> dict[str, Any]:
    """Return a power as the ledger's canonical record: its columns, then its children's tables."""
    found: dict[str, Any] = {}
    for name in _names(Power):
        value = getattr(power, name)
        if name in CHILDREN:
            if value:
                found[name] = [row(child) for child in value]
        elif name == "procedure":
            if value.steps:
                found["steps"] = [row(step) for step in value.steps]
            if value.moves:
                found["moves"] = [row(move) for move in value.moves]
        elif value is not None and value != "" and value != ():
            found[name] = plain(value)
    return found


def cell(value: Any) -> str:
    """Return a record's value as a cell of a CSV table; several values are joined by semicolons."""
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ";".join(str(part) for part in value)
    return str(value)


def cells(record: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """Return a record as the cells of a row, in the order of the columns."""
    return [cell(record.get(column)) for column in columns]
