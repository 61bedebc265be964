"""What the last build of an output published, so that the next one makes only what changed.

One SQLite file per output. It is a cache: lost, damaged or outdated, it only costs a full
render, because each entry is held against the file on the disk before it is believed.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.builder import store
from generator.builder.disk import Stat, digest, is_plain

_VERSION = 1
_TABLES = (
    "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, fingerprint TEXT, sha256 TEXT,"
    " size INT, mtime_ns INT, mode INT, bundle TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS bundles (prefix TEXT PRIMARY KEY, fingerprint TEXT, seal TEXT)"
    " WITHOUT ROWID",
)


class Entry(NamedTuple):
    """One published file; `bundle` is the prefix of the bundle it came from, or empty."""

    fingerprint: str
    sha256: str
    size: int
    mtime_ns: int
    mode: int
    bundle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What was published: files by path, and the fingerprint of each bundle by prefix."""

    files: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    bundles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def seals(self) -> dict[str, str]:
        """Return a digest over the names and sums of each bundle's files.

        A plan does not know these names, so a row lost from a damaged file would otherwise
        be a file lost from the site; a row of any other file is missed at once.
        """
        rows: dict[str, list[tuple[str, str]]] = {prefix: [] for prefix in self.bundles}
        for path, entry in self.files.items():
            if entry.bundle:
                rows.setdefault(entry.bundle, []).append((path, entry.sha256))
        return {
            prefix: sha256(json.dumps(sorted(names)).encode()).hexdigest()
            for prefix, names in rows.items()
        }


def is_intact(entry: Entry, found: Stat | None, path: str) -> bool:
    """Tell whether the file at `path` is still the one published.

    Size, time and mode answer at once; where only the time differs, as after a copy or a
    build killed before it could save this state, the bytes are compared.
    """
    if found is None or found.size != entry.size or found.mode != entry.mode:
        return False
    if found.mtime_ns == entry.mtime_ns:
        return True
    return is_plain(found.mode) and digest(path) == entry.sha256


def load(path: Path) -> State:
    """Read a state; an empty one if there is none that can be trusted in full."""
    try:
        path.stat()
    except OSError:
        return State()
    with contextlib.closing(store.connect(path, _TABLES, version=_VERSION)) as base:
        try:
            files = {row[0]: Entry._make(row[1:]) for row in base.execute("SELECT * FROM files")}
            rows = base.execute("SELECT * FROM bundles").fetchall()
            state = State(files=files, bundles={prefix: made for prefix, made, _ in rows})
            if state.seals() == {prefix: seal for prefix, _, seal in rows}:
                return state
        except (sqlite3.Error, TypeError, ValueError):
            pass
    store.discard(path)
    return State()


def save(path: Path, state: State, before: State) -> None:
    """Write what differs from the state read before; a disk that refuses only costs time."""
    gone = [(name,) for name in before.files if name not in state.files]
    changed = [
        (name, *entry) for name, entry in state.files.items() if before.files.get(name) != entry
    ]
    if not gone and not changed and state.bundles == before.bundles:
        return
    try:
        with contextlib.closing(store.connect(path, _TABLES, version=_VERSION)) as base, base:
            base.executemany("DELETE FROM files WHERE path = ?", gone)
            base.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", changed)
            base.execute("DELETE FROM bundles")
            base.executemany(
                "INSERT INTO bundles VALUES (?, ?, ?)",
                [(prefix, state.bundles[prefix], seal) for prefix, seal in state.seals().items()],
            )
    except (sqlite3.Error, OSError):
        store.discard(path)
