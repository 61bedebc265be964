"""Bounds what adds up: space to the sides, tracks and widths can never push a fact off a phone.

One padding is harmless, eight around one another are not. So whatever takes room in the line is
written as a share of its container, which can be repeated without ever reaching the edge.
"""

from __future__ import annotations

import re

SIDE = "max(4%, 1.25vw)"
"""The most that one margin or padding takes on a side."""

LINE = "max(2px, 1vw)"
"""The most that one border takes on a side."""

_LENGTH = r"\d+(?:\.\d+)?(?:rem|em|px)"
_SIDES = re.compile(r"(?:margin|padding)-(?:inline(?:-start|-end)?|left|right)")
_LINES = re.compile(r"border(?:-width|-left|-right|-inline(?:-start|-end)?)?")


def bounded(name: str, values: list[str]) -> list[str]:
    """Return the values of a declaration with what they take in the line bounded."""
    if name in ("margin", "padding"):
        return _around(values)
    if _SIDES.fullmatch(name):
        return [_least(value, SIDE) for value in values]
    if name == "gap":  # rows and columns; a share of the height would be none
        return [values[0], _least(values[-1], "4%")]
    if name == "column-gap":
        return [_least(value, "4%") for value in values]
    if _LINES.fullmatch(name):
        return [_least(value, LINE) for value in values]
    if name == "width":
        return [_least(value, "100%") for value in values]
    if name == "flex":
        return _flexible(values)
    if name == "grid-template-columns":
        return [_track(value) for value in values]
    return values


def _least(value: str, most: str) -> str:
    return f"min({value}, {most})" if re.fullmatch(_LENGTH, value) else value


def _around(values: list[str]) -> list[str]:
    """Return one to four values of a shorthand, those for left and right bounded."""
    if len(values) == 1:
        bound = _least(values[0], SIDE)
        return values if bound == values[0] else [values[0], bound]
    return [_least(value, SIDE) if place in (1, 3) else value for place, value in enumerate(values)]


def _flexible(values: list[str]) -> list[str]:
    """Return `flex` so that it can always shrink."""
    if values == ["none"]:
        return ["0", "1", "auto"]
    numbers = [value for value in values if re.fullmatch(r"[\d.]+", value)]
    rest = [_least(value, "100%") for value in values if value not in numbers]
    return [*numbers[:1], *(["1"] if len(numbers) > 1 else []), *rest]


def _track(value: str) -> str:
    """Return a track that gives way: only as many as fit may ask for a least width."""
    if value.startswith("repeat(auto-"):
        return re.sub(
            rf"(?<=minmax\()({_LENGTH})|(?<=, )({_LENGTH})(?=\))",
            lambda found: f"min({found[0]}, 100%)",
            value,
        )
    value = re.sub(r"minmax\([^,()]+, ", "minmax(0, ", value)
    if "minmax(" in value:
        return value
    return re.sub(rf"(?<![\w.])(?:{_LENGTH}|\d+(?:\.\d+)?fr)", r"minmax(0, \g<0>)", value)
