"""Keep what is dear to make, such as a laid-out chart, by the fingerprint of what it came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.builder import store

_VERSION = 1
_TABLES = (
    "CREATE TABLE IF NOT EXISTS products"
    " (key TEXT PRIMARY KEY, digest BLOB NOT NULL, content BLOB NOT NULL)",
)
_AT_ONCE = 500


class Cache:
    """A lasting map from fingerprint to bytes, in one SQLite file.

    Whatever is lost or damaged is simply not there: no call raises for the store's sake.
    For one thread at a time; several processes may share the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store = store.connect(path, _TABLES, version=_VERSION)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept under the keys; a key that is not kept is left out."""
        found: dict[str, bytes] = {}
        try:
            for some in _by(_AT_ONCE, keys):
                marks = ",".join("?" * len(some))
                rows = self._store.execute(
                    f"SELECT key, digest, content FROM products WHERE key IN ({marks})", some
                )
                # SQLite does not notice a flipped bit in a value; a page would show it.
                found.update(
                    (key, content)
                    for key, digest, content in rows
                    if sha256(content).digest() == digest
                )
        except (sqlite3.Error, TypeError) as error:
            self._recover(error)
        return found

    def put_many(self, products: Mapping[str, bytes]) -> None:
        """Keep each product under its key, in one step."""
        rows = ((key, sha256(content).digest(), content) for key, content in products.items())
        try:
            with self._store:
                self._store.executemany("INSERT OR REPLACE INTO products VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._recover(error)

    def prune(self, keep: Collection[str]) -> None:
        """Forget every product whose key is not among those to keep."""
        try:
            with self._store:
                self._store.execute("CREATE TEMP TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY)")
                self._store.execute("DELETE FROM kept")
                self._store.executemany(
                    "INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keep)
                )
                self._store.execute("DELETE FROM products WHERE key NOT IN (SELECT key FROM kept)")
        except sqlite3.Error as error:
            self._recover(error)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _recover(self, error: Exception) -> None:
        """Start again with an empty file, unless the disk or another process is to blame."""
        if isinstance(error, sqlite3.Error) and not store.is_ruined(error):
            return
        self._store.close()
        store.discard(self._path)
        self._store = store.connect(self._path, _TABLES, version=_VERSION)


def _by(size: int, keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some
