"""Gather what a build is asked to make, and refuse what could not stand side by side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.builder.artifact import Artifact, Bundle
from generator.errors import PublishError
from generator.i18n import Translator

# Each part of a path: not empty, not hidden (nor "." or ".."), no backslash, no control character.
_NAME = r"[^/\\.\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*"
_SAFE = re.compile(f"{_NAME}(?:/{_NAME})*")
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one build makes: files by path, bundles by prefix, in the order given."""

    files: Mapping[str, Artifact]
    bundles: Mapping[str, Bundle]


def collect(artifacts: Iterable[Artifact | Bundle], tr: Translator) -> Plan:
    """Gather the artifacts into a plan.

    Raises PublishError with every fault found: an unsafe path; two artifacts for one path,
    or for paths that differ only in case, which many disks cannot hold both; a file that
    is also a folder; a file inside a bundle's folder.
    """
    places = _Places(tr)
    for artifact in artifacts:
        places.add(artifact)
    if places.faults:
        raise PublishError("\n".join(places.faults))
    return Plan(places.files, places.bundles)


def is_safe(path: str) -> bool:
    """Tell whether a path stays in its folder, is not hidden and can be written anywhere."""
    if _SAFE.fullmatch(path) is None:
        return False
    if path.isascii():
        return len(path) <= _LONGEST_NAME or _is_short(path)
    try:
        return _is_short(path)
    except UnicodeEncodeError:
        return False


def named(artifact: Artifact | Bundle) -> str:
    """Return the place of an artifact: a path, or a bundle's prefix."""
    return artifact.path if isinstance(artifact, Artifact) else artifact.prefix


def folded(path: str) -> str:
    """Return a path as a disk that ignores case and Unicode form sees it."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _is_short(path: str) -> bool:
    return max(len(name.encode("utf-8")) for name in path.split("/")) <= _LONGEST_NAME


def _told(artifact: Artifact | Bundle) -> str:
    return f"{named(artifact)} ({artifact.site})" if artifact.site else named(artifact)


class _Places:
    """The paths taken so far, by what a disk that ignores case would call them."""

    def __init__(self, tr: Translator) -> None:
        self.files: dict[str, Artifact] = {}
        self.bundles: dict[str, Bundle] = {}
        self.faults: list[str] = []
        self._tr = tr
        self._taken: dict[str, Artifact | Bundle] = {}
        self._folders: dict[str, tuple[str, Artifact | Bundle]] = {}
        self._known: set[str] = set()

    def add(self, artifact: Artifact | Bundle) -> None:
        """Take the artifact's place, or note why it cannot have it."""
        path = named(artifact)
        if isinstance(artifact, Bundle):
            path = path.removesuffix("/") if path.endswith("/") else ""
        if not is_safe(path):
            self._refuse_unsafe(artifact)
            return
        key = folded(path)
        if (other := self._taken.get(key)) is not None:
            self._refuse_double(artifact, other)
        elif key in self._folders:
            self._refuse_nested(self._folders[key][1], artifact)
        elif self._enter_folders(path, artifact):
            self._taken[key] = artifact
            if isinstance(artifact, Artifact):
                self.files[path] = artifact
            else:
                self.bundles[artifact.prefix] = artifact

    def _enter_folders(self, path: str, artifact: Artifact | Bundle) -> bool:
        """Claim every folder above a path; return False if one of them is taken otherwise."""
        folder = path.rpartition("/")[0]
        entered: list[str] = []
        while folder and folder not in self._known:
            key = folded(folder)
            if (other := self._taken.get(key)) is not None:
                self._refuse_nested(artifact, other)
                return False
            spelling, first = self._folders.setdefault(key, (folder, artifact))
            if spelling != folder:
                self._refuse_double(artifact, first)
                return False
            entered.append(folder)
            folder = folder.rpartition("/")[0]
        self._known.update(entered)
        return True

    def _refuse_unsafe(self, artifact: Artifact | Bundle) -> None:
        self.faults.append(
            self._tr(
                "{path!r}: is no safe place in the output; an artifact's path is relative, with"
                " forward slashes, and has no hidden, empty or overlong part",
                path=_told(artifact),
            )
        )

    def _refuse_double(self, artifact: Artifact | Bundle, other: Artifact | Bundle) -> None:
        self.faults.append(
            self._tr(
                "{path}: has the same place as {other}, also where a disk ignores case; give one"
                " of them another address",
                path=_told(artifact),
                other=_told(other),
            )
        )

    def _refuse_nested(self, inner: Artifact | Bundle, outer: Artifact | Bundle) -> None:
        self.faults.append(
            self._tr(
                "{path}: lies inside {other}, which is planned as a whole; give one of them"
                " another address",
                path=_told(inner),
                other=_told(outer),
            )
        )
