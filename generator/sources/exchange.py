"""Several files of a folder changed together: all of them or none, even when the power goes.

The new files are written beside the old ones, then a journal that names them. From then on
the change counts: what a killed process leaves undone, whoever comes next completes. Readers
and writers hold a lock on the folder itself, so nobody reads half a change.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

JOURNAL = ".exchange.journal"


def exchange(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in the place of others, by name; raise OSError if that cannot be done.

    Before the journal stands, an error leaves everything as it was.
    """
    with _locked(folder, fcntl.LOCK_EX):
        _complete(folder)
        for name in files:
            if (folder / name).exists() and not (folder / name).is_file():
                raise FileExistsError(17, "not a file", str(folder / name))
        written: list[Path] = []
        try:
            for name, content in files.items():
                written.append(_beside(folder, name))
                _write(written[-1], content)
            journal = folder / f"{JOURNAL}.new"
            written.append(journal)
            _write(journal, json.dumps(sorted(files)).encode())
            journal.replace(folder / JOURNAL)
        except BaseException:
            for path in written:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            raise
        _complete(folder)


@contextmanager
def at_rest(folder: Path) -> Iterator[None]:
    """Keep a folder as it is while it is read; a change that was cut short is completed first.

    Raises OSError if such a change cannot be completed. A folder that is not there is
    not held.
    """
    while folder.is_dir():
        with _locked(folder, fcntl.LOCK_SH):
            if not (folder / JOURNAL).exists():
                yield
                return
        # Whoever writes holds the lock: once we have it, the journal is a dead process's.
        with _locked(folder, fcntl.LOCK_EX):
            _complete(folder)
    yield


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some network disks have no locks: then one user at a time
            fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def _complete(folder: Path) -> None:
    """Put the new files of a journal in place and take the journal away; do nothing without one."""
    journal = folder / JOURNAL
    try:
        names = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return
    _sync(folder)
    for name in names:
        with suppress(FileNotFoundError):  # done already, before the process was killed
            _beside(folder, name).replace(folder / name)
    _sync(folder)
    journal.unlink(missing_ok=True)


def _beside(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # not every disk can
            os.fsync(handle)
    finally:
        os.close(handle)
