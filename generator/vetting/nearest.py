"""The nearest known name to one that is not known: "did you mean …?"."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

_FEW = 60
"""Up to so many names a loose comparison is worth its time; among codes it would take minutes."""

_MOST_LOOKUPS = 500
"""Loose comparisons in one vetting: a broken table may ask for a hundred thousand."""


class Nearest:
    """Find the nearest known name: one slip of the pen away, or, among a few names, alike.

    A slip is a letter too many, too few, or in another's place.
    """

    def __init__(self) -> None:
        self._slips: dict[str, dict[str, str]] = {}
        self._answers: dict[tuple[str, str], str] = {}

    def __call__(self, name: str, known: Collection[str], *, among: str) -> str:
        """Return the nearest of the known names, or "" if none is near.

        `among` says what the known names are, which stay the same in one vetting.
        """
        near = self.slip(name, known, among=among)
        if near or len(known) > _FEW or len(name) > 100:
            return near
        key = (among, name)
        if key not in self._answers and len(self._answers) < _MOST_LOOKUPS:
            self._answers[key] = "".join(difflib.get_close_matches(name, known, n=1))
        return self._answers.get(key, "")

    def slip(self, name: str, known: Collection[str], *, among: str) -> str:
        """Return the known name that is one slip of the pen away, or ""."""
        if among not in self._slips:
            self._slips[among] = {slip: other for other in known for slip in _slips(other)}
        slips = self._slips[among]
        return next((slips[slip] for slip in _slips(name) if slip in slips), "")


def _slips(name: str) -> Iterator[str]:
    """Yield a name without regard to capitals, then without each of its letters."""
    folded = name.casefold()[:100]
    yield folded
    for place in range(len(folded)):
        yield folded[:place] + folded[place + 1 :]
