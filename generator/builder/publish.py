"""Put a finished staging folder in the output's place in one step, and clear up after builds.

Beside the output stand, while a build runs, `.<name>.staging` and `.<name>.lock`. In the
cache a *spare* remains: the folder that was swapped out, made a second set of hard links to
the published files. It takes hardly any room, never holds a file that is not published,
and saves the next build from making and removing thousands of folders.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from generator.builder import disk
from generator.builder.disk import Tree
from generator.errors import PublishError
from generator.i18n import Translator

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An output and the paths that belong to it; links in the output's own path are followed."""

    output: Path
    staging: Path
    aside: Path
    lock: Path
    cache: Path

    @classmethod
    def of(cls, output: Path, state_dir: Path) -> Place:
        """Return the place of an output."""
        real = Path(os.path.realpath(output))
        key = hashlib.sha256(os.fsencode(real)).hexdigest()[:16]
        return cls(
            output=real,
            staging=real.with_name(f".{real.name}.staging"),
            aside=real.with_name(f".{real.name}.old"),
            lock=real.with_name(f".{real.name}.lock"),
            cache=Path(os.path.realpath(state_dir)) / key,
        )

    @property
    def state(self) -> Path:
        """The file that remembers what was published."""
        return self.cache / "state.sqlite"

    @property
    def spare(self) -> Path:
        """The folder that the next build will stage in."""
        return self.cache / "spare"


def check_place(output: Path, state_dir: Path, tr: Translator) -> Place:
    """Return the place of an output, or raise PublishError if nothing can be published there."""
    if not os.path.realpath(output).strip("/"):
        raise PublishError(tr("{path}: is no folder of its own; name another output", path=output))
    place = Place.of(output, state_dir)
    if place.output.exists() and not place.output.is_dir():
        raise PublishError(tr("{path}: is not a folder; name another output", path=output))
    if os.path.ismount(place.output):
        text = tr(
            "{path}: is a mount point, which cannot be swapped; name a folder inside it",
            path=output,
        )
        raise PublishError(text)
    if place.cache.is_relative_to(place.output):
        text = tr(
            "{path}: holds the cache {cache}, which a build would remove; name another output",
            path=output,
            cache=state_dir,
        )
        raise PublishError(text)
    return place


def recover(place: Place, published: Tree) -> None:
    """Clear up after a build that was killed; call with the lock held."""
    if place.aside.is_symlink() or place.aside.exists():
        disk.remove_tree(place.aside)
    if place.staging.is_symlink() or place.staging.exists():
        retire(place, published, disk.walk(place.staging))


def put_back(place: Place) -> None:
    """Undo the first step of a two-step swap whose second never came."""
    if place.aside.is_dir() and not place.output.exists():
        place.aside.rename(place.output)


def retire(place: Place, published: Tree, retired: Tree) -> None:
    """Make what stands in staging (`retired`) the spare, or remove it if there can be none.

    Every file in it that is not the very file published goes at once: what was withdrawn
    must not live on in a cache.
    """
    try:
        place.cache.mkdir(parents=True, exist_ok=True)
        if published.files and not place.spare.exists() and _on_one_disk(place):
            wanted = published.files
            folders = disk.purge(place.staging, retired, wanted, published.folders)
            missing = [path for path, at in wanted.items() if retired.files.get(path) != at]
            fill(place, missing, set(folders))
            place.staging.rename(place.spare)
            return
    except OSError:
        pass  # then without a spare
    disk.remove_tree(place.staging)


def fill(place: Place, missing: Iterable[str], folders: set[str]) -> None:
    """Link published files into staging; `folders` are those that staging has."""
    for path in missing:
        disk.make_folder(place.staging, path.rpartition("/")[0], folders)
        disk.link(f"{place.output}/{path}", f"{place.staging}/{path}")


def swap(place: Place) -> None:
    """Put staging in the output's place; the old site, if any, is in staging afterwards.

    On Linux `renameat2(RENAME_EXCHANGE)` does it in one step: at every moment the output
    is the old site whole or the new one whole. Where kernel or file system cannot, the old
    site is renamed aside and the new one into its place; between the two the output is
    missing for an instant, and a build killed there is undone by the next.
    """
    if not place.output.exists():
        place.staging.rename(place.output)
    elif not exchange(place.staging, place.output):
        place.output.rename(place.aside)
        try:
            place.staging.rename(place.output)
        except BaseException:
            place.aside.rename(place.output)
            raise
    with contextlib.suppress(OSError):  # the new site is in place: from here on nothing may fail
        disk.sync(place.output.parent)
        if place.aside.exists():
            place.aside.rename(place.staging)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return False where that is not possible at all."""
    call: Any = None
    if sys.platform == "linux":
        call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    if call(_AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


class Shield:
    """Once raised, Ctrl-C comes too late: the site is being swapped and the build will succeed.

    An interrupted build must leave the published site untouched, so after the swap there
    is nothing left to interrupt. Only the main thread can hold it up; others need not.
    """

    def __init__(self) -> None:
        self._is_up = False
        self._before: Any = None

    def raise_(self) -> None:
        """Ignore Ctrl-C from now on until the end of the block."""
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, _ignore)
            self._is_up = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_up:
            signal.signal(signal.SIGINT, self._before or signal.SIG_DFL)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Do nothing; a function, since SIG_IGN would be inherited by programs started meanwhile."""


def _on_one_disk(place: Place) -> bool:
    return place.cache.stat().st_dev == place.staging.stat().st_dev
