"""Records bound to the files that they name: the digest of a record covers the files' bytes.

A file that is not there leaves no digest, and the gate has the finding.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import Any

from generator.model.attachment import COLUMNS, digest_column
from generator.sources.canonical import Record

FOLDER = "content/files"


class Attachments:
    """The folder of blank forms and samples; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}

    def bind(self, record: Record) -> Record:
        """Return the record with the SHA-256 of every file that its materials name.

        A record that names no file is returned as it is, so that its digest stays.
        """
        materials = record.get("materials", ())
        if not any(row.get(column) for row in materials for column in COLUMNS):
            return record
        return {**record, "materials": [self._bound(row) for row in materials]}

    def _bound(self, row: dict[str, Any]) -> dict[str, Any]:
        digests = {digest_column(column): self._sha256(row.get(column, "")) for column in COLUMNS}
        return {**row, **{column: found for column, found in digests.items() if found}}

    def _sha256(self, path: Any) -> str:
        if not isinstance(path, str) or not is_inside(path):
            return ""
        if path not in self._known:
            self._known[path] = _read(self._folder / path)
        return self._known[path]


def is_inside(path: str) -> bool:
    """Tell whether a path as a record gives it stays below the folder of files."""
    parts = PurePosixPath(path).parts
    foreign = "\\" in path or ":" in path or path.startswith(("/", "~", "$"))
    return (
        bool(parts)
        and not foreign
        and ".." not in parts
        and not any(part.startswith(".") for part in parts)
    )


def _read(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""
