"""What git knows of an earlier state: which files changed since, and what a file held then.

The present state is always the working tree, with what is not committed and not yet added.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from generator.errors import ConfigError
from generator.i18n import Translator


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A commit to compare the working tree with; paths are relative to `top`, the repository's.

    `name` is what the user called it. `commit` is where the present branch left it: a
    branch that went on meanwhile is no change of this one.
    """

    top: Path
    name: str
    commit: str

    def inside(self, path: Path) -> str:
        """Return a path of this machine as the repository writes it; "" for its top.

        Raises ValueError for a path outside the repository.
        """
        found = path.resolve().relative_to(self.top).as_posix()
        return "" if found == "." else found

    @cached_property
    def tree(self) -> dict[str, str]:
        """The files of the commit: each path with the identifier of its content."""
        listed = _git(self.top, "ls-tree", "-r", "-z", "--full-tree", self.commit)
        found = {}
        for entry in listed.split("\0"):
            kind, _, path = entry.partition("\t")
            if path:
                found[path] = kind.split(" ")[2]
        return found

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Every file of the commit or the index that was edited, added or deleted since."""
        words = ("diff", "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")
        return _paths(_git(self.top, *words, "-z", self.commit, "--"))

    @cached_property
    def untracked(self) -> tuple[str, ...]:
        """Every file that nobody has told git of, and that git is not told to ignore."""
        return _paths(_git(self.top, "ls-files", "-z", "--others", "--exclude-standard"))

    def content(self, path: str) -> bytes | None:
        """Return what a file held at the commit; None if it was not there."""
        found = self.tree.get(path)
        return None if found is None else _run(self.top, "cat-file", "blob", found).stdout

    def folder_of(self, folder: str, signs: tuple[str, ...]) -> str:
        """Return where a folder lay at the commit; "" if nowhere.

        If it is not there under its name, it is the folder with all the `signs` in it that
        is gone by now: of several the one with most files that are still the same.
        """
        if any(PurePosixPath(path).parent.as_posix() == folder for path in self.tree):
            return folder
        gone = [name for name in self._with(signs) if not (self.top / name / signs[0]).exists()]
        return max(gone, key=lambda name: (self._alike(name, folder), name), default="")

    def _with(self, signs: tuple[str, ...]) -> Iterator[str]:
        for path in self.tree:
            parent = PurePosixPath(path).parent
            if path.endswith(f"/{signs[0]}") and all(
                (parent / sign).as_posix() in self.tree for sign in signs
            ):
                yield parent.as_posix()

    def _alike(self, old: str, new: str) -> int:
        """Count the files of an old folder that are the same in a new one."""
        count = 0
        for path in self.tree:
            name = PurePosixPath(path)
            if name.parent.as_posix() == old and (self.top / new / name.name).is_file():
                count += self.content(path) == (self.top / new / name.name).read_bytes()
        return count


def open_revision(folder: Path, name: str, tr: Translator) -> Revision:
    """Return a revision of the repository that a folder lies in.

    Raises ConfigError if git is not installed, the folder is in no repository, or it does
    not know the revision.
    """
    try:
        top = _run(folder, "rev-parse", "--show-toplevel")
    except FileNotFoundError as error:
        raise ConfigError(
            tr("--changed-since {name}: asks git, which is not installed; install it", name=name)
        ) from error
    if top.returncode:
        raise ConfigError(
            tr(
                "--changed-since {name}: {folder} cannot be compared ({why}); run it in a git "
                "checkout of the city, or leave the option out",
                name=name,
                folder=folder,
                why=_why(top),
            )
        )
    root = Path(top.stdout.decode().removesuffix("\n")).resolve()
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    # A tag may bear the name of a remote's branch, and git would take the tag.
    known = _run(root, *words, f"refs/remotes/{name}^{{commit}}")
    if known.returncode:
        known = _run(root, *words, f"{name}^{{commit}}")
    if known.returncode or not name:
        raise ConfigError(
            tr(
                "--changed-since {name}: git knows no such revision here; write a commit, branch "
                "or tag, and fetch it first (a shallow clone has few)",
                name=name,
            )
        )
    commit = known.stdout.decode().strip()
    left = _run(root, "merge-base", commit, "HEAD")
    return Revision(top=root, name=name, commit=left.stdout.decode().strip() or commit)


def _paths(listed: str) -> tuple[str, ...]:
    return tuple(sorted({path for path in listed.split("\0") if path}))


def _git(folder: Path, *words: str) -> str:
    done = _run(folder, *words)
    if done.returncode:
        raise ConfigError(f"git {words[0]}: {_why(done)}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-c", "core.quotePath=false", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, check=False)


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git failed"
