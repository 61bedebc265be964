"""Reads a theme's folder into memory: files of its own, no links, bounded in number and size."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.i18n import Translator
from generator.rendering.theming.settings import Fault

LARGEST_FILE = 1_000_000
LARGEST_FOLDER = 5_000_000
MOST_FILES = 60
_KNOWN = re.compile(
    r"theme\.yml|[a-z0-9][a-z0-9-]*\.css|assets/[a-z0-9][a-z0-9-]*\.(?:png|jpg|jpeg|webp|svg)"
    r"|templates/blocks/[a-z][a-z-]*\.html"
)
_SILENT = re.compile(r"README(?:\.\w+)*\.md|LICENSE|(?:.*/)?\.gitkeep")


def gather(folder: Path, tr: Translator) -> tuple[dict[str, bytes], tuple[Fault, ...]]:
    """Return the files of a theme by their path in it, and what was left where it lies."""
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    total = 0
    for name, path in _walk(folder, "", faults, tr):
        if _SILENT.fullmatch(name):
            continue
        if not _KNOWN.fullmatch(name):
            remedy = tr("a theme is theme.yml, one .css, assets/ and templates/blocks/, "
                        "names in small letters")  # fmt: skip
            faults.append(Fault(name, "", tr("is not part of a theme"), remedy, "F306"))
            continue
        try:
            content = _read(path, LARGEST_FILE)
        except OSError as error:
            problem = error.strerror or type(error).__name__
            message = tr("cannot be read: {problem}", problem=problem)
            remedy = tr("look at the file and its rights")
            faults.append(Fault(name, "", message, remedy, "F306"))
            continue
        total += len(content or b"")
        if content is None or total > LARGEST_FOLDER or len(files) >= MOST_FILES:
            faults.append(_too_much(name, tr))
            continue
        files[name] = content
    return files, tuple(faults)


def _walk(
    folder: Path, prefix: str, faults: list[Fault], tr: Translator
) -> Iterator[tuple[str, Path]]:
    """Yield the plain files below a folder by name, those of its folders last; links are faults."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        message = tr("cannot be read: {problem}", problem=error.strerror or "?")
        remedy = tr("look at the file and its rights")
        faults.append(Fault(prefix or folder.name, "", message, remedy, "F306"))
        return
    # theme.yml before the folders, so that it is read however much lies in them
    found.sort(key=lambda entry: entry.is_dir(follow_symlinks=False))
    for entry in found[: 4 * MOST_FILES]:
        name = f"{prefix}{entry.name}"
        if entry.is_symlink():
            remedy = tr("put the file itself there")
            message = tr("is a link, and links are not followed")
            faults.append(Fault(name, "", message, remedy, "F306"))
        elif entry.is_dir(follow_symlinks=False):
            if prefix.count("/") < 2 and not entry.name.startswith("."):
                yield from _walk(Path(entry.path), f"{name}/", faults, tr)
        elif entry.is_file(follow_symlinks=False):
            yield name, Path(entry.path)


def _read(path: Path, most: int) -> bytes | None:
    """Return a plain file's content, None if larger than `most`; never waits, follows no link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        content = file.read(most + 1)
    return content if len(content) <= most else None


def _too_much(name: str, tr: Translator) -> Fault:
    return Fault(
        name,
        "",
        tr("is too large"),
        tr("a file may have {file} bytes, a theme {files} files and {folder} bytes",
           file=LARGEST_FILE, files=MOST_FILES, folder=LARGEST_FOLDER),
        "F306",
    )  # fmt: skip
