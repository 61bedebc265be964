"""The files that vetted records name, kept in the ledger by their content: `files/<sha256>.<end>`.

A vetted version is published with the very bytes that were signed, though the file in
`content/files` has been changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from generator.errors import LedgerError
from generator.i18n import Translator
from generator.ledger.files import FILES, replace
from generator.ledger.lines import VersionLine
from generator.ledger.subjects import RefusalError
from generator.model.attachment import COLUMNS, Attachment, digest_column

_MARK = b'_sha256":"'


def named_in(record: Mapping[str, Any]) -> Iterator[Attachment]:
    """Yield the files that a record is bound to, in the order of its materials."""
    for row in record.get("materials", ()):
        for column in COLUMNS:
            if digest := row.get(digest_column(column)):
                yield Attachment(path=row[column], sha256=digest)


def of_lines(lines: Iterable[VersionLine]) -> Iterator[tuple[VersionLine, Attachment]]:
    """Yield the files that lines are bound to; withdrawn lines have none."""
    for line in lines:
        if _MARK in line.body:
            for attachment in named_in(line.record()):
                yield line, attachment


def place_of(root: Path, attachment: Attachment) -> Path:
    """Return where the ledger keeps a file."""
    return root / FILES / f"{attachment.sha256}{PurePosixPath(attachment.path).suffix.lower()}"


def taken(
    root: Path, record: Mapping[str, Any], source: Path | None, name: str, tr: Translator
) -> Iterator[tuple[Path, bytes]]:
    """Yield the files that the ledger lacks for a record: where they go, and their bytes.

    Raises RefusalError if a file is not what the record was bound to.
    """
    for attachment in named_in(record):
        path = place_of(root, attachment)
        if path.is_file() and _sha256(path) == attachment.sha256:
            continue
        try:
            content = (source / attachment.path).read_bytes() if source else b""
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != attachment.sha256:
            raise RefusalError(
                tr(
                    "{name}: the file {path} changed or went while it was being signed; sign again",
                    name=name,
                    path=attachment.path,
                )
            )
        yield path, content


def keep(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files into the ledger, each at once or not at all."""
    for path, content in files:
        replace(path, content)


def prove(root: Path, lines: Iterable[VersionLine], tr: Translator) -> dict[str, int]:
    """Return the size of every file that lines are bound to, by where it lies.

    Raises LedgerError for one that is missing or is not as it was signed.
    """
    sizes: dict[str, int] = {}
    for line, attachment in of_lines(lines):
        path = place_of(root, attachment)
        if path.name in sizes:
            continue
        if not path.is_file() or _sha256(path) != attachment.sha256:
            raise LedgerError(
                tr(
                    "{file}: is missing or not as it was signed ({place} names it); "
                    "restore it from version control",
                    file=f"{root.name}/{FILES}/{path.name}",
                    place=line.place.words(tr),
                )
            )
        sizes[path.name] = path.stat().st_size
    return sizes


def drop(root: Path, gone: Iterable[VersionLine], left: Iterable[VersionLine]) -> int:
    """Remove the files that only lines which are gone were bound to; return how many."""
    kept = {place_of(root, attachment) for _, attachment in of_lines(left)}
    dropped = {place_of(root, attachment) for _, attachment in of_lines(gone)} - kept
    for path in dropped:
        path.unlink(missing_ok=True)
    return len(dropped)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
