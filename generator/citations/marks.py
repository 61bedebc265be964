"""Book marks, brackets and quotation marks: which closes which, found once for a whole text."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CLOSING = {"》": "《", "〉": "〈", ">": "<", ")": "(", "]": "[", "”": "“", "』": "『", "」": "「"}
_OPENING = frozenset(_CLOSING.values())
_MARKS = re.compile("[" + re.escape("".join((*_CLOSING, *_OPENING))) + '"\n]')

TITLES = '《〈<“"『「'
"""What may stand before a title, rightly or by mistake."""


def pairs(text: str) -> Mapping[int, int]:
    """Return, for each opening mark that is closed, the place of the mark that closes it.

    Marks of one sort nest; a mark that nothing closes is left out, and hinders no other.
    Straight quotation marks pair in turn.
    """
    open_at: dict[str, list[int]] = {mark: [] for mark in _OPENING}
    found: dict[int, int] = {}
    straight = -1
    for hit in _MARKS.finditer(text):
        sign, at = hit[0], hit.start()
        if sign in _OPENING:
            open_at[sign].append(at)
        elif sign in _CLOSING:
            waiting = open_at[_CLOSING[sign]]
            if waiting:
                found[waiting.pop()] = at
        elif sign == '"':
            if straight >= 0:
                found[straight] = at
            straight = -1 if straight >= 0 else at
        elif sign == "\n":
            straight = -1
    return found
