"""The units of a build: one file, or one folder that a tool writes as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One file of the output.

    `path` is relative to the output, with forward slashes; equal `fingerprint`s mean
    equal bytes; `render` is called only when the fingerprint is new. `begin`, if there is one,
    is called then too, before anything is rendered: it may set work going in other threads
    whose result `render` waits for.
    """

    path: str
    fingerprint: str
    render: Callable[[], bytes]
    site: str = ""
    begin: Callable[[], None] | None = None


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
