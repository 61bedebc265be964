"""The ledger's files: listed, cut into lines, and written each at once or not at all."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from generator.errors import GeneratorError, LedgerError
from generator.i18n import Translator
from generator.ledger.faults import Place, fault

PENDING, REGISTERS, STATUS, FILES = "pending", "registers", "status", "files"
RESERVED = frozenset({PENDING, REGISTERS, STATUS, FILES, "releases"})
"""Names in the ledger's folder that no department can have."""
GIT_ATTRIBUTES = "*.jsonl text eol=lf merge=union\nfiles/* binary\n"
"""What belongs into the ledger's .gitattributes: the lines of both sides of a merge are kept.

Files that records name keep their bytes on every system.
"""
GIT_IGNORE = ".lock\n.*.new\n"
"""What belongs into the ledger's .gitignore."""

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def is_file_slug(slug: object) -> bool:
    """Whether a department's slug can name a file of the ledger."""
    return isinstance(slug, str) and bool(_SLUG.fullmatch(slug)) and slug not in RESERVED


def of_departments(folder: Path, tr: Translator) -> list[Path]:
    """Return the files of a folder that are a department's, by name."""
    found = sorted(path for path in folder.glob("*.jsonl") if not path.name.startswith("."))
    for path in found:
        if not _SLUG.fullmatch(path.stem):
            raise LedgerError(
                tr(
                    "{file}: is not named after a department's slug; remove it from the ledger",
                    file=path,
                )
            )
    return [path for path in found if path.stem not in RESERVED]


def lines_of(path: Path, root: Path, tr: Translator) -> Iterator[tuple[bytes, Place]]:
    """Yield a file's lines without their ends, with their places; nothing if it is missing.

    Raises LedgerError if it cannot be read or its last line does not end.
    """
    name, stem = f"{root.name}/{path.relative_to(root).as_posix()}", path.stem
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerError(
            tr(
                "{file}: cannot be read ({reason}); see to its permissions",
                file=name,
                reason=error.strerror,
            )
        ) from error
    parts = raw.split(b"\n")
    if parts.pop():
        raise fault(
            Place(file=name, line=len(parts) + 1),
            tr,
            "{place}: is cut off, the line does not end; restore the file from version control",
        )
    for number, part in enumerate(parts, 1):
        yield part, Place(file=name, line=number, stem=stem)


@contextmanager
def locked(root: Path, tr: Translator) -> Iterator[None]:
    """Hold the ledger for writing; raise GeneratorError at once if another command holds it.

    The lock ends with the process, however that ends; what a killed one left half
    written is removed.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("ab") as file:
        if not _take(file):
            raise GeneratorError(
                tr(
                    "{folder}: another command is writing to the ledger; "
                    "wait until it has ended, then try again",
                    folder=root,
                )
            )
        for folder in (root, root / PENDING, root / FILES):
            for left in [*folder.glob(".*.new")]:
                left.unlink()
        yield


def raw_lines(path: Path) -> list[bytes]:
    """Return a file's lines with their ends; none if it is missing."""
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def append(path: Path, lines: Iterable[bytes]) -> None:
    """Add lines to a file of the ledger: all of them or none."""
    replace(path, b"".join([*raw_lines(path), *lines]))


def replace(path: Path, content: bytes) -> None:
    """Put a file's new content in place at once; a crash leaves the old content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _take(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
