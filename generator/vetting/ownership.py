"""Whose is it: the departments that a power, a row or a file of the city belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.model.attachment import COLUMNS
from generator.sources import canonical
from generator.sources.tables import Row, Tables
from generator.vetting.desk import owner_column

FOLDER = "content/files/"


@dataclass(frozen=True, slots=True)
class Owners:
    """The departments of every power, and of every file that a power names; one state's.

    A code that stands in several rows belongs to the departments of all of them.
    """

    powers: Mapping[str, frozenset[str]]
    files: Mapping[str, frozenset[str]]
    names: Mapping[str, str]


def owners_in(tables: Tables) -> Owners:
    """Return who owns what in one state of the tables."""
    powers: dict[str, frozenset[str]] = {}
    for row in tables.rows("powers"):
        code, department = (_cell(row, name) for name in ("code", "department"))
        if code:
            powers[code] = powers.get(code, frozenset()) | {department}
    files: dict[str, frozenset[str]] = {}
    for row in tables.rows("materials"):
        for path in files_of(row):
            name = path.removeprefix(FOLDER)
            files[name] = files.get(name, frozenset()) | powers.get(
                _cell(row, "power"), frozenset()
            )
    names = {
        _cell(row, "slug"): _cell(row, "short_name") or _cell(row, "name")
        for row in tables.rows("departments")
    }
    return Owners(powers, files, names)


def departments_of(table: str, row: Row, owners: Owners) -> frozenset[str]:
    """Return the departments that a row belongs to in its state; none in a register."""
    column = owner_column(table)
    found = owners.powers.get(_cell(row, column), frozenset()) if column else frozenset()
    if table == "powers" and _cell(row, "department"):
        found |= {_cell(row, "department")}
    return found - {""}


def files_of(row: Row) -> tuple[str, ...]:
    """Return the files that a row of `materials` names, by their paths from the city's folder."""
    paths = filter(None, (_cell(row, column) for column in COLUMNS))
    return tuple(FOLDER + PurePosixPath(path).as_posix() for path in paths)


def _cell(row: Row, column: str) -> str:
    return canonical.text(row.cells.get(column, ""))
