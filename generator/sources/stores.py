"""Where a city keeps its working tables: opened by address, read whole, replaced whole or not at all.

A new kind of store is a class with the methods of `Store` and a line in `open_store`.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import datapackage, schema
from generator.sources.tables import Tables

Rows = Sequence[Mapping[str, str]]
"""Rows of a table as text cells by column; a column that is missing is empty."""


class Store(Protocol):
    """The working tables of a city, wherever they are kept."""

    @property
    def location(self) -> str:
        """The address as a user would write it, without any password."""

    def digest(self) -> str:
        """Return a hash of all that `read` would give; raise SourceError if it cannot be had."""

    def read(self, tr: Translator) -> Tables:
        """Return every table, all of one moment; raise SourceError as `datapackage.read` does."""

    def replace(self, tables: Mapping[str, Rows], tr: Translator) -> None:
        """Put these rows in the place of whole tables: all of them, or none.

        Raises SourceError if the store cannot be written, and has then changed nothing.
        """


def open_store(address: str, root: Path) -> Store:
    """Return the store at an address; a path is taken from `root`, the city's folder."""
    return Folder(root / address)


class Folder:
    """A folder of CSV files, the embedded store."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def location(self) -> str:
        """The folder."""
        return str(self._path)

    def digest(self) -> str:
        """Return a hash over the files' names and bytes."""
        sums = hashlib.sha256()
        for path in sorted(self._path.glob("*.csv")):
            if path.is_file() and not path.is_symlink():
                sums.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        return sums.hexdigest()

    def read(self, tr: Translator) -> Tables:
        """Return the tables of the folder."""
        return datapackage.read(self._path, tr=tr)

    def replace(self, tables: Mapping[str, Rows], tr: Translator) -> None:
        """Write the files of some tables anew; each keeps the columns that it has."""
        known = self.read(tr).tables
        beside: dict[Path, Path] = {}
        try:
            for name, rows in tables.items():
                path = self._path / f"{name}.csv"
                columns = known[name].columns if name in known else columns_of(name)
                beside[path] = path.with_name(f".{path.name}.new")
                beside[path].write_bytes(as_csv(columns, rows))
            for path, new in beside.items():
                new.replace(path)
        except OSError as error:
            for new in beside.values():
                new.unlink(missing_ok=True)
            raise SourceError(
                tr(
                    "{folder}: cannot be written ({why}); nothing was changed",
                    folder=self._path,
                    why=error.strerror,
                )
            ) from error


def as_csv(columns: Sequence[str], rows: Rows) -> bytes:
    """Return rows as the bytes of a CSV file with a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue().encode()


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns that a new table gets."""
    return tuple(schema.tables()[table].columns)
