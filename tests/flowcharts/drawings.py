"""Reads a drawn chart back from its SVG alone: words from its texts, ways from its geometry."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree

KINDS = ("start", "task", "decision", "wait", "end")
SORTS = {"fc-n": "name", "fc-p": "post", "fc-t": "limit", "fc-u": "uncounted", "fc-d": "document"}
NEAR = 1.0  # pixels: half a stroke


@dataclass
class DrawnStep:
    """A box with what is written in it; edges in pixels."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float
    words: dict[str, str] = field(default_factory=dict)


@dataclass
class DrawnWay:
    """An arrow with its corners, the boxes it joins and the words on it."""

    points: list[tuple[float, float]]
    source: int
    target: int
    condition: str = ""


@dataclass
class Sign:
    """A condition with the edges of its ground."""

    left: float
    top: float
    right: float
    bottom: float
    words: str


@dataclass
class DrawnChart:
    """All that a chart shows."""

    steps: list[DrawnStep]
    ways: list[DrawnWay]
    signs: list[Sign]
    wide: float
    high: float


def read(svg: str) -> DrawnChart:
    """Return what is drawn; raises ParseError if the SVG is not well-formed."""
    root = ElementTree.fromstring(svg)
    if not root.tag.endswith("svg"):
        (root,) = (child for child in root if child.tag.endswith("svg"))
    wide, high = map(float, root.attrib["viewBox"].split()[2:])
    steps = [_step(group) for group in root.iter("g") if group.get("class", "")[3:] in KINDS]
    (ways,) = (group for group in root.iter("g") if group.get("class") == "fc-ways")
    lines = [_points(path.attrib["d"]) for path in ways]
    signs = [_sign(group) for group in root.iter("g") if group.get("class") == "fc-if"]
    drawn = [DrawnWay(line, _at(steps, line[0]), _under(steps, line[-1])) for line in lines]
    for sign in signs:
        middle = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
        (owner,) = (way for way in drawn if not way.condition and passes(way.points, middle))
        owner.condition = sign.words
    return DrawnChart(steps, drawn, signs, wide, high)


def _step(group: ElementTree.Element) -> DrawnStep:
    x, y = map(float, re.findall(r"-?[\d.]+", group.attrib["transform"]))
    shape = next(child for child in group if child.get("class") == "fc-s")
    if shape.tag == "rect":
        left, top = float(shape.attrib["x"]), float(shape.attrib["y"])
    else:
        left, _, _, top = map(float, re.findall(r"-?[\d.]+", shape.attrib["d"])[:4])
    step = DrawnStep(group.attrib["class"][3:], x + left, y + top, x - left, y - top)
    for text in group.iter("text"):
        sort = SORTS[text.attrib["class"]]
        step.words[sort] = squeezed(step.words.get(sort, "") + (text.text or ""))
    return step


def _sign(group: ElementTree.Element) -> Sign:
    rect = next(iter(group.iter("rect")))
    x, y, wide, high = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    words = squeezed("".join(text.text or "" for text in group.iter("text")))
    return Sign(x, y, x + wide, y + high, words)


def squeezed(text: str) -> str:
    """Return text without spaces: where lines break is no difference in words."""
    return "".join(text.split())


def _points(path: str) -> list[tuple[float, float]]:
    x = y = 0.0
    points = []
    for command, numbers in re.findall(r"([MVHq])([^MVHq]*)", path):
        values = [float(value) for value in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "V":
            (y,) = values
        elif command == "H":
            (x,) = values
        else:  # a rounded corner: where it would be sharp, then where it ends
            points.append((x + values[0], y + values[1]))
            x, y = x + values[2], y + values[3]
        points.append((x, y))
    return points


def _at(steps: list[DrawnStep], point: tuple[float, float]) -> int:
    """Return the one box on whose edge a point lies."""
    x, y = point
    (found,) = (
        place
        for place, box in enumerate(steps)
        if box.left - NEAR <= x <= box.right + NEAR and box.top - NEAR <= y <= box.bottom + NEAR
    )
    return found


def _under(steps: list[DrawnStep], point: tuple[float, float]) -> int:
    """Return the one box at whose upper edge an arrow ends."""
    x, y = point
    (found,) = (
        place
        for place, box in enumerate(steps)
        if box.left <= x <= box.right and abs(y - box.top) <= NEAR
    )
    return found


def segments(points: list[tuple[float, float]]) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each straight part."""
    return [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for a, b in pairwise(points)
    ]


def passes(points: list[tuple[float, float]], point: tuple[float, float]) -> bool:
    """Tell whether a line runs through a point."""
    x, y = point
    return any(
        left - NEAR <= x <= right + NEAR and top - NEAR <= y <= bottom + NEAR
        for left, top, right, bottom in segments(points)
    )
