"""The nearest known name to one that is not known: "did you mean …?"."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_MOST_LOOKUPS = 200
"""Distinct lookups in one vetting: each reads thousands of names, and a broken table asks often."""


class Nearest:
    """Find the nearest known name; after 200 different questions it answers none."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], str] = {}

    def __call__(self, name: str, known: Collection[str], *, among: str) -> str:
        """Return the nearest of the known names, or "" if none is near.

        `among` says what the known names are; the same question is answered once.
        """
        key = (among, name)
        if key not in self._answers:
            if len(self._answers) >= _MOST_LOOKUPS:
                return ""
            self._answers[key] = _nearest(name, known)
        return self._answers[key]


def _nearest(name: str, known: Collection[str]) -> str:
    folded = {other.casefold(): other for other in known}
    if exact := folded.get(name.casefold().strip()):
        return exact
    near = difflib.get_close_matches(name[:100], known, n=1, cutoff=0.6)
    return near[0] if near else ""
