"""Where a city keeps its working tables: opened by address, read whole, replaced whole or not at all.

A new kind of store is a class with the methods of `Store`, a kind of address and a line in
`open_store`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from generator import address as addresses
from generator.address import StoreKind
from generator.errors import ConfigError
from generator.i18n import Translator
from generator.sources.folder import Folder, as_csv, columns_of
from generator.sources.tables import Rows, Tables

__all__ = ["Folder", "Rows", "Store", "as_csv", "columns_of", "open_store"]

_ENGLISH = Translator("en")


class Store(Protocol):
    """The working tables of a city, wherever they are kept."""

    @property
    def location(self) -> str:
        """The address as a user would write it, without any password."""

    @property
    def files(self) -> tuple[Path, ...]:
        """What on this machine holds the tables; nothing if that is a server."""

    def digest(self) -> str:
        """Return a hash of all that `read` would give; raise SourceError if it cannot be had."""

    def read(self, tr: Translator) -> Tables:
        """Return every table, all of one moment; raise SourceError as `datapackage.read` does."""

    def is_empty(self, tr: Translator) -> bool:
        """Tell whether no table is there, or none has a row, so that nothing can be overwritten."""

    def replace(self, tables: Mapping[str, Rows], tr: Translator) -> None:
        """Put these rows in the place of whole tables: all of them, or none.

        Raises SourceError if the store cannot be written, and has then changed nothing.
        """


def open_store(address: str, root: Path, tr: Translator = _ENGLISH) -> Store:
    """Return the store at an address; a path is taken from `root`, the city's folder.

    Nothing is touched yet. Raises ConfigError for an address that cannot be one.
    """
    try:
        found = addresses.parse(address, tr)
    except ConfigError as error:
        raise ConfigError(tr("the store of the tables: {fault}", fault=error)) from error
    match found.kind:
        case StoreKind.SQLITE:
            from generator.sources.sqlite import SqliteStore

            return SqliteStore(root / found.place)
        case StoreKind.POSTGRESQL:
            from generator.sources.postgresql import PostgresqlStore

            return PostgresqlStore(found.place, found.schema)
        case StoreKind.WORKBOOK:
            from generator.sources.workbook import Workbook

            return Workbook(root / found.place)
        case StoreKind.FOLDER:
            return Folder(root / found.place)
