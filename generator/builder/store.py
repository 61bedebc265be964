"""A small SQLite file that may vanish: a fault in it is an empty file, never an error."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from generator.builder.disk import remove_tree

# Another process or the disk is to blame, not what the file holds.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}


def connect(path: Path, tables: Sequence[str], *, version: int) -> sqlite3.Connection:
    """Open a store, anew if it is missing, damaged or of another version.

    `tables` are statements of the form CREATE TABLE IF NOT EXISTS. Where the disk takes
    no file at all, the store is in memory and forgets at the end.
    """
    if path.is_dir():
        discard(path)
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _opened(str(path), tables, version)
        except sqlite3.Error as error:
            if not is_ruined(error):
                break
            discard(path)
        except OSError:
            break
    return _opened(":memory:", tables, version)


def discard(path: Path) -> None:
    """Remove a store's files, or whatever has their names, if that can be removed."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            remove_tree(path.with_name(path.name + suffix))


def is_ruined(error: sqlite3.Error) -> bool:
    """Tell damage from a store that is merely busy or on a full disk."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _PASSING


def _opened(path: str, tables: Sequence[str], version: int) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=5)
    try:
        found = store.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, version):
            raise sqlite3.DatabaseError(f"{path}: version {found}")
        store.execute("PRAGMA synchronous = NORMAL")
        if not found:
            store.execute("PRAGMA auto_vacuum = FULL")
            for table in tables:
                store.execute(table)
            store.execute(f"PRAGMA user_version = {version}")
    except BaseException:
        store.close()
        raise
    return store
