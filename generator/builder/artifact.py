"""The units of a build: one file, or one folder that a tool writes as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One file of the output.

    `path` is relative to the output, with forward slashes; equal `fingerprint`s mean
    equal bytes; `render` is called only when the fingerprint is new.
    """

    path: str
    fingerprint: str
    render: Callable[[], bytes]
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A folder of the output whose file names only its tool knows, such as a search index.

    `prefix` ends with a slash; `render_into` fills an empty folder and is called only
    when the fingerprint is new.
    """

    prefix: str
    fingerprint: str
    render_into: Callable[[Path], None]
    site: str = ""
