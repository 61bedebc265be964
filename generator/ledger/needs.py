"""What a power's record rests on: rows of the registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.ledger.subjects import REGISTERS


def of_power(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the register rows that a power's record rests on, as table and key."""
    if "department" in record:
        yield "departments", record["department"]
    for slug in record.get("joint_departments", ()):
        yield "departments", slug
    for basis in record.get("legal_bases", ()):
        yield "instruments", basis["instrument"]


def keys_of(table: str, rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of a register's rows; none of one that has no key."""
    column = REGISTERS[table]
    return frozenset(row[column] for row in rows) if column else frozenset()
