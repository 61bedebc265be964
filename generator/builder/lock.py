"""One build at a time per output, held by a lock that the kernel frees when a process ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from generator.builder.faults import told
from generator.errors import PublishError
from generator.i18n import Translator

# The locks this process holds. A forked worker must let go of its copies: it may outlive a
# killed parent, and the lock would stand as long as the worker does.
_held: set[int] = set()


def _let_go() -> None:
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def held(path: Path, output: Path, tr: Translator) -> Iterator[None]:
    """Hold the lock of an output, in the file at `path`; leave no file behind.

    Raises PublishError at once if another build has it, in this process or another.
    A file without a lock on it, as a killed build leaves, stops nobody.
    """
    with told(output, tr):
        output.parent.mkdir(parents=True, exist_ok=True)
        handle = _take(path, output, tr)
    _held.add(handle)
    try:
        yield
    finally:
        if handle in _held:
            _held.discard(handle)
            with contextlib.suppress(OSError):
                path.unlink()
            os.close(handle)


def _take(path: Path, output: Path, tr: Translator) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    while True:
        handle = os.open(path, flags, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The one who held it may just have removed the file: then it locks nothing.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return handle
        except BlockingIOError:
            os.close(handle)
            raise PublishError(
                tr(
                    "{path}: another build is writing this folder; wait until it has ended",
                    path=output,
                )
            ) from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
