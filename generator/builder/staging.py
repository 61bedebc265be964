"""The folder in which the next site comes together, out of sight, until it is whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.builder import disk, publish
from generator.builder.artifact import Bundle
from generator.builder.disk import FILE_MODE, FOLDER_MODE, Stat, Tree
from generator.builder.plan import folded, is_safe
from generator.builder.publish import Place
from generator.errors import PublishError, RenderError
from generator.i18n import Translator


@dataclass(frozen=True, slots=True)
class Made:
    """A file brought into staging; `is_new` unless the published one has the same bytes."""

    path: str
    sha256: str
    is_new: bool


@dataclass(slots=True, kw_only=True)
class Staging:
    """A staging folder: files come in, then it is sealed, and swapped or dropped.

    `published` is the output as found, `kept` the files of it that stay as they are.
    """

    place: Place
    published: Tree
    kept: Collection[str]
    tr: Translator
    _folders: set[str] = field(default_factory=set)
    _linked: set[str] = field(default_factory=set)
    _was_spare: bool = False
    _retired: Tree | None = None

    def open(self, folders: Collection[str]) -> None:
        """Start from the spare, freed of what will not stay, or from an empty folder.

        `folders` are the folders that the plan needs.
        """
        root = self.place.staging
        try:
            self.place.spare.rename(root)
            self._was_spare = True
        except OSError:
            root.mkdir(FOLDER_MODE)
        root.chmod(FOLDER_MODE)
        stays = {path: self.published.files[path] for path in self.kept}
        found = disk.walk(root, stays)
        self._folders = set(disk.purge(root, found, stays, folders))
        self._linked = {path for path, at in found.files.items() if stays.get(path) == at}

    def put(self, path: str, content: bytes) -> Made:
        """Bring in one file; the published one is linked if its bytes are the same."""
        disk.make_folder(self.place.staging, path.rpartition("/")[0], self._folders)
        is_new = not self._is_published(path, content)
        target = f"{self.place.staging}/{path}"
        if is_new:
            disk.write_new(target, content)
        else:
            disk.link(f"{self.place.output}/{path}", target)
        return Made(path, sha256(content).hexdigest(), is_new)

    def run(self, bundle: Bundle) -> list[Made]:
        """Let a bundle fill its folder; raises RenderError for what cannot be served."""
        folder = bundle.prefix.removesuffix("/")
        disk.make_folder(self.place.staging, folder, self._folders)
        root = self.place.staging / folder
        bundle.render_into(root)
        tree = disk.walk(root)
        self._check(bundle, tree)
        for name in tree.folders:
            (root / name).chmod(FOLDER_MODE)
        self._folders.update(f"{folder}/{name}" for name in tree.folders)
        return [self._take(f"{folder}/{name}", at) for name, at in tree.files.items()]

    def seal(self, manifest: Collection[str], written: Collection[str]) -> Tree:
        """Link what stays, check that staging holds the manifest and no more, bring it to disk.

        Raises PublishError if a render has put something where it was not asked to.
        """
        root = self.place.staging
        missing = [path for path in self.kept if path not in self._linked]
        publish.fill(self.place, missing, self._folders)
        found = disk.walk(root, self.published.files)
        if odd := found.files.keys() ^ set(manifest):
            raise PublishError(
                self.tr(
                    "{path}: was found missing or not planned when the site was put together;"
                    " mend the output or tool that wrote outside its own place",
                    path=", ".join(sorted(odd)[:5]),
                )
            )
        disk.purge(root, found, found.files, disk.parents(manifest))
        disk.flush(root, written)
        return found

    def has_been_swapped(self, published: Tree) -> None:
        """Note that what is now in staging is the old site, and what is published is the new."""
        self._retired, self.published = self.published, published

    def drop(self) -> None:
        """Remove staging; what came from the spare becomes the spare again."""
        if self._retired is not None:
            publish.retire(self.place, self.published, self._retired)
        elif self._was_spare:
            publish.retire(self.place, self.published, disk.walk(self.place.staging))
        else:
            disk.remove_tree(self.place.staging)

    def _is_published(self, path: str, content: bytes) -> bool:
        at = self.published.files.get(path)
        if at is None or at.size != len(content) or not _is_served(at.mode):
            return False
        return disk.holds(f"{self.place.output}/{path}", content)

    def _take(self, path: str, at: Stat) -> Made:
        """Fix the mode of a file that a tool wrote, or put the published one in its place."""
        target, old = f"{self.place.staging}/{path}", f"{self.place.output}/{path}"
        total = disk.digest(target)
        before = self.published.files.get(path)
        if (
            before is not None
            and before.size == at.size
            and _is_served(before.mode)
            and disk.digest(old) == total
        ):
            Path(target).unlink()
            disk.link(old, target)
            return Made(path, total, False)
        Path(target).chmod(FILE_MODE)
        return Made(path, total, True)

    def _check(self, bundle: Bundle, tree: Tree) -> None:
        seen: set[str] = set()
        for name, at in tree.files.items():
            key = folded(name)
            if not is_safe(name) or not disk.is_plain(at.mode) or key in seen:
                text = self.tr(
                    "{name!r} is hidden, a link, no file, or differs only in case from another;"
                    " mend the tool that wrote it",
                    name=name,
                )
                raise RenderError(bundle.prefix, text)
            seen.add(key)


def _is_served(mode: int) -> bool:
    """Tell whether a mode is the one that every published file has."""
    return disk.is_plain(mode) and mode & 0o7777 == FILE_MODE
