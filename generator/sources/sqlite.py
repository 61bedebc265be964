"""Working tables in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources.sql import POSITION, SqlStore

_WAIT_SECONDS = 15.0
"""How long another's transaction is waited for."""


class SqliteStore(SqlStore):
    """A SQLite file; read in one transaction, and never written by a command that reads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.location = str(path)

    @property
    def files(self) -> tuple[Path, ...]:
        """The file."""
        return (self._path,)

    def is_empty(self, tr: Translator) -> bool:
        """Tell whether the file is not there, or none of our tables has a row."""
        return not self._path.exists() or super().is_empty(tr)

    @contextmanager
    def reading(self, tr: Translator) -> Iterator[_Database]:
        """Open the file read-only; the first question fixes the moment that all answers are of."""
        if not self._path.is_file():
            raise SourceError(
                tr("{file}: there is no such file; it holds the working tables", file=self._path)
            )
        with self._connected("ro", tr) as connection:
            connection.execute("BEGIN DEFERRED")
            yield _Database(connection)

    @contextmanager
    def writing(self, tr: Translator) -> Iterator[_Database]:
        """Open the file, made if it is not there; nobody else writes meanwhile."""
        is_new = not self._path.exists()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._connected("rwc", tr) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield _Database(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                    raise
        except BaseException as error:
            if is_new:
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise self._refusal(error, tr) from error
            raise

    @contextmanager
    def _connected(self, mode: str, tr: Translator) -> Iterator[sqlite3.Connection]:
        address = f"{self._path.resolve().as_uri()}?mode={mode}"
        connection = None
        try:
            connection = sqlite3.connect(
                address, uri=True, isolation_level=None, timeout=_WAIT_SECONDS
            )
            connection.text_factory = bytes  # what is not UTF-8 must be told with its place
            yield connection
        except (sqlite3.Error, OverflowError) as error:
            raise self._refusal(error, tr) from error
        finally:
            if connection is not None:
                connection.close()

    def _refusal(self, error: Exception, tr: Translator) -> SourceError:
        return SourceError(
            tr(
                "{file}: SQLite cannot do this ({why}); check that it is a SQLite file, may be "
                "opened, and is not held by another program",
                file=self._path,
                why=error,
            )
        )


class _Database:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tables(self) -> Sequence[str]:
        found = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        return [str(name, "utf-8", "replace") for (name,) in found]

    def columns(self, table: str) -> Sequence[str]:
        return [
            row[0]
            for row in self._connection.execute(
                f"SELECT * FROM {_quoted(table)} LIMIT 0"
            ).description
        ]

    def rows(self, table: str) -> Iterable[Sequence[Any]]:
        return self._connection.execute(f"SELECT * FROM {_quoted(table)}").fetchall()

    def count(self, table: str) -> int:
        (found,) = self._connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
        return int(found)

    def create(self, table: str, columns: Sequence[str]) -> None:
        typed = ", ".join(map(_typed, columns))
        self._connection.execute(f"CREATE TABLE {_quoted(table)} ({typed})")

    def add_column(self, table: str, column: str) -> None:
        self._connection.execute(f"ALTER TABLE {_quoted(table)} ADD COLUMN {_typed(column)}")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names, marks = ", ".join(map(_quoted, columns)), ", ".join("?" for _ in columns)
        self._connection.execute(f"DELETE FROM {_quoted(table)}")
        self._connection.executemany(
            f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})", rows
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _typed(column: str) -> str:
    return f"{_quoted(column)} {'INTEGER' if column == POSITION else 'TEXT'}"
