"""Puts a procedure on rows of cells: steps, conditions, and lanes where arrows pass by.

Every link between cells spans exactly one row, so nothing can lie under an arrow: what an
arrow passes, it passes through a cell of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.flowcharts.boxes import Box, label
from generator.flowcharts.outline import Outline

LANE = 6
MOST_CELLS = 1500  # all within a second; beyond, the text form serves better anyway


@dataclass(slots=True)
class Arrow:
    """A move on the grid. `cells` runs downwards: for a return, up the page from last to first."""

    source: int
    target: int
    back: bool
    words: tuple[str, ...] = ()
    cells: list[int] = field(default_factory=list)
    label: int | None = None


@dataclass(slots=True)
class Grid:
    """Cells with their row, width and height; the first `len(boxes)` cells are the steps."""

    rows: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    links: dict[tuple[int, int], int] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    depth: int = 0

    def add(self, row: int, wide: int = LANE, high: int = 0) -> int:
        """Add a cell and return its number."""
        self.rows.append(row)
        self.widths.append(wide)
        self.heights.append(high)
        return len(self.rows) - 1

    def link(self, upper: int, lower: int, weight: int) -> None:
        """Tie two cells of neighbouring rows; the heaviest tie counts."""
        self.links[upper, lower] = max(weight, self.links.get((upper, lower), 0))


def grid(outline: Outline, boxes: list[Box], column: int) -> Grid | None:
    """Return the cells of a chart and their links, or None if there are too many.

    A step stands one row below the last step that leads to it; conditions have rows of
    their own between the rows of steps.
    """
    steps = outline.steps
    level = [0] * len(steps)
    for step in steps:
        for way in step.ways:
            if not way.back:
                level[way.number - 1] = max(level[way.number - 1], level[step.number - 1] + 1)
    found = Grid()
    used = {2 * row for row in level}
    for step in steps:
        for way in step.ways:
            if way.condition and not (way.back and way.number == step.number):
                used.add(2 * level[step.number - 1] + (-1 if way.back else 1))
    squeezed = {row: place for place, row in enumerate(sorted(used))}
    found.depth = len(squeezed)
    for place, box in zip(level, boxes, strict=True):
        found.add(squeezed[2 * place], box.wide, box.high)
    spine = _spine(outline)
    for step in steps:
        for way in step.ways:
            arrow = Arrow(step.number - 1, way.number - 1, way.back)
            found.arrows.append(arrow)
            own = squeezed[2 * level[arrow.source]]
            if way.condition:
                arrow.words, wide, high = label(way.condition, column)
            if way.back:
                at = own if arrow.source == arrow.target else own - 1
            else:
                at = own + 1
            _lay(found, arrow, (at, wide, high) if way.condition else None)
            if not way.back:
                _tie(found, arrow, (arrow.source, arrow.target) in spine)
            if len(found.rows) > MOST_CELLS:
                return None
    for arrow in found.arrows:
        if arrow.back:
            _tie_back(found, arrow)
    return found


def _lay(found: Grid, arrow: Arrow, sign: tuple[int, int, int] | None) -> None:
    """Give an arrow its cells, row by row; `sign` is the row, width and height of its condition."""
    upper, lower = found.rows[arrow.source], found.rows[arrow.target]
    if arrow.back:
        between = range(lower, upper + 1)
    else:
        between = range(upper + 1, lower)
    lanes = []
    for row in between:
        if sign and row == sign[0]:
            arrow.label = found.add(*sign)
            lanes.append(arrow.label)
        else:
            lanes.append(found.add(row))
    arrow.cells = lanes if arrow.back else [arrow.source, *lanes, arrow.target]


def _tie(found: Grid, arrow: Arrow, main: bool) -> None:
    cells, last = arrow.cells, len(arrow.cells) - 2
    for place, (upper, lower) in enumerate(zip(cells, cells[1:], strict=False)):
        if main:
            weight = 40
        elif 0 < place < last:
            weight = 8
        else:
            weight = 2 if last else 4
        found.link(upper, lower, weight)


def _tie_back(found: Grid, arrow: Arrow) -> None:
    """Keep a return's lane straight, and near both the step it leaves and the one it enters."""
    for upper, lower in zip(arrow.cells, arrow.cells[1:], strict=False):
        found.link(upper, lower, 12)
    above = next((a for a in found.arrows if a.target == arrow.target and not a.back), None)
    if above is not None:
        found.link(above.cells[-2], arrow.cells[0], 1)
    below = next((a for a in found.arrows if a.source == arrow.source and not a.back), None)
    if below is not None:
        found.link(arrow.cells[-1], below.cells[1], 1)


def _spine(outline: Outline) -> set[tuple[int, int]]:
    """Return the moves of the longest way through: it is drawn as one straight line."""
    length = [0] * len(outline.steps)
    before: list[int | None] = [None] * len(outline.steps)
    for step in outline.steps:
        here = step.number - 1
        for way in step.ways:
            there = way.number - 1
            if not way.back and length[here] + 1 > length[there]:
                length[there], before[there] = length[here] + 1, here
    end: int | None = max(range(len(length)), key=lambda i: length[i], default=None)
    spine = set()
    while end is not None and before[end] is not None:
        spine.add((before[end], end))
        end = before[end]
    return {(a, b) for a, b in spine if a is not None}
