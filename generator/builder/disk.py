"""What a build asks of the disk: walk, write, link and remove many files quickly, modes fixed.

Removing is spread over a few threads: where freed blocks are discarded at once (`mount -o
discard` without a journal) each costs milliseconds, and threads wait for them together.
"""

# A city has 16,000 files: paths are plain text here, since a Path for each would cost more
# than the call it is for.
# ruff: noqa: PTH101, PTH102, PTH123

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

FILE_MODE, FOLDER_MODE = 0o644, 0o755
_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS}
_THREADS, _WORTH_THREADS = 8, 64


class Stat(NamedTuple):
    """What tells two files apart without reading them; `mode` includes the file's type."""

    size: int
    mtime_ns: int
    mode: int
    inode: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder as found: every path that is no folder, and every folder, relative to it."""

    files: Mapping[str, Stat]
    folders: frozenset[str]


def walk(root: Path, known: Mapping[str, Stat] | None = None) -> Tree:
    """List a folder in full; links are not followed, and a folder that is not there is empty.

    A file that is `known` under the same path and inode is not looked at again.
    """
    base, known = str(root), known or {}
    files: dict[str, Stat] = {}
    folders: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = os.scandir(f"{base}/{folder}")
        except FileNotFoundError:
            if folder:
                raise
            break
        with entries:
            for entry in entries:
                path = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append(f"{path}/")
                    continue
                at = known.get(path)
                if at is None or at.inode != entry.inode():
                    now = entry.stat(follow_symlinks=False)
                    at = Stat(now.st_size, now.st_mtime_ns, now.st_mode, now.st_ino)
                files[path] = at
    return Tree(files, frozenset(folders))


def parents(paths: Iterable[str]) -> set[str]:
    """Return every folder that the paths need."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def digest(path: str | Path) -> str:
    """Return a file's SHA-256 in hex, reading it piece by piece."""
    total = sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            total.update(piece)
    return total.hexdigest()


def holds(path: str, content: bytes) -> bool:
    """Tell whether a file has exactly this content."""
    with open(path, "rb") as file:
        return file.read() == content


def is_plain(mode: int) -> bool:
    """Tell whether a mode is that of an ordinary file."""
    return stat.S_ISREG(mode)


def make_folder(root: Path, folder: str, made: set[str]) -> None:
    """Make a folder and those above it below `root`, unless `made` names them; add them to it."""
    if not folder or folder in made:
        return
    make_folder(root, folder.rpartition("/")[0], made)
    path = f"{root}/{folder}"
    os.mkdir(path, FOLDER_MODE)
    os.chmod(path, FOLDER_MODE)  # whatever the umask
    made.add(folder)


def write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet, so never through a link to an old one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with open(os.open(path, flags, FILE_MODE), "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(content)


def link(source: str, target: str) -> None:
    """Give a file a second name, or a copy of equal time and mode where links do not work."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(source, target)
        shutil.copystat(source, target)


def purge(
    root: Path, tree: Tree, wanted: Mapping[str, Stat], folders: Collection[str]
) -> frozenset[str]:
    """Remove each file below `root` that is not the very file wanted, then unneeded folders.

    Returns the folders that stay.
    """
    base = str(root)
    _each(
        os.unlink, [f"{base}/{path}" for path, at in tree.files.items() if wanted.get(path) != at]
    )
    needless = tree.folders.difference(folders)
    by_depth: dict[int, list[str]] = {}
    for folder in needless:
        by_depth.setdefault(folder.count("/"), []).append(f"{base}/{folder}")
    for depth in sorted(by_depth, reverse=True):
        _each(os.rmdir, by_depth[depth])
    return tree.folders - needless


def remove_tree(root: Path) -> None:
    """Remove a folder with all that is in it, or a file or link of that name."""
    if root.is_symlink() or root.is_file():
        root.unlink()
    elif root.exists():
        purge(root, walk(root), {}, ())
        root.rmdir()


def flush(root: Path, written: Iterable[str]) -> None:
    """Bring a tree to the disk, so that a loss of power after the swap finds it whole.

    `syncfs` does it in one call (Linux); elsewhere each new file is synced.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        for path in written:
            sync(root / path)
        return
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if call(handle) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(root))
    finally:
        os.close(handle)


def sync(path: Path) -> None:
    """Bring one file, or the list of names in one folder, to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _each(act: Callable[[str], None], paths: list[str]) -> None:
    if len(paths) < _WORTH_THREADS:
        _each_in_turn(act, paths)
        return
    shares = [paths[start::_THREADS] for start in range(_THREADS)]
    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(_each_in_turn, [act] * _THREADS, shares))


def _each_in_turn(act: Callable[[str], None], paths: list[str]) -> None:
    for path in paths:
        act(path)
