"""A small site on a fast disk, built by the real builder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.builder import run
from generator.builder.artifact import Artifact, Bundle
from generator.builder.run import Outcome, Progress

MEMORY = Path("/dev/shm")
Files = Mapping[str, bytes]


def an_artifact(path: str, content: bytes) -> Artifact:
    return Artifact(path=path, fingerprint=sha256(content).hexdigest(), render=lambda: content)


def a_bundle(prefix: str, files: Files) -> Bundle:
    def fill(folder: Path) -> None:
        assert folder.is_dir() and not any(folder.iterdir())
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    key = sha256(repr(sorted(files.items())).encode()).hexdigest()
    return Bundle(prefix=prefix, fingerprint=key, render_into=fill)


@dataclass(frozen=True)
class Site:
    """An output `public` with its cache, both in `root`."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "public"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def build(
        self,
        files: Files | None = None,
        bundles: Mapping[str, Files] | None = None,
        *,
        also: tuple[Artifact | Bundle, ...] = (),
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Outcome:
        plan: list[Artifact | Bundle] = [an_artifact(p, c) for p, c in (files or {}).items()]
        plan += [a_bundle(prefix, inner) for prefix, inner in (bundles or {}).items()]
        return run.build([*plan, *also], self.output, state_dir=self.cache, on_progress=on_progress)

    def files(self) -> dict[str, bytes]:
        """Return what is published, without the marker; a link counts by where it leads."""
        return {
            path: b"-> " + os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
            for path, file in self.paths().items()
            if path != run.MARKER
        }

    def paths(self) -> dict[str, Path]:
        found = (p for p in self.output.rglob("*") if p.is_symlink() or not p.is_dir())
        return {p.relative_to(self.output).as_posix(): p for p in found}

    def marks(self) -> dict[str, tuple[int, int]]:
        """Return each file's and folder's inode and time: equal marks, nothing was touched."""
        every = [self.output, *self.output.rglob("*")]
        return {str(p): (p.lstat().st_ino, p.lstat().st_mtime_ns) for p in every}

    def inodes(self) -> dict[str, int]:
        return {path: file.lstat().st_ino for path, file in self.paths().items()}

    def beside(self) -> list[str]:
        """Return what stands next to the output besides its cache: nothing, after a build."""
        return sorted(p.name for p in self.root.iterdir() if p not in (self.output, self.cache))

    def everywhere(self) -> bytes:
        """Return the bytes of every file below the root, the cache's too."""
        return b"\0".join(p.read_bytes() for p in sorted(self.root.rglob("*")) if p.is_file())
