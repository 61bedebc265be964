"""Puts a procedure on rows of cells: steps, conditions, and lanes where arrows pass by.

Every link between cells spans exactly one row, so nothing can lie under an arrow: what an
arrow passes, it passes in a cell of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.flowcharts.boxes import Box, label
from generator.flowcharts.levels import LANE, spine
from generator.flowcharts.plan import Plan

MOST_CELLS = 700  # laid out in well under a second; more serves no reader

# How much a link resists a step aside.
_SPINE, _ALONG, _BELOW_SIGN, _ABOVE_SIGN, _RETURN, _NEAR = 40, 12, 4, 1, 12, 1


@dataclass(slots=True)
class Arrow:
    """A move on the grid, steps by their places.

    `cells` runs downwards: from source to target; of a return only the lanes, from the
    target's row to the source's. `words` is the condition, `sign` its cell.
    """

    source: int
    target: int
    back: bool
    words: tuple[str, ...] = ()
    wide: int = 0
    cells: list[int] = field(default_factory=list)
    sign: int | None = None


@dataclass(slots=True)
class Grid:
    """Cells with their row, width and height in pixels; the first ones are the steps.

    `links` are (upper cell, lower cell) with a weight; `threads` are cells that had best
    stand in line, each with the step it runs into.
    """

    steps: int = 0
    depth: int = 0
    rows: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    links: dict[tuple[int, int], int] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    threads: list[tuple[list[int], int | None]] = field(default_factory=list)

    def add(self, row: int, wide: int, high: int = 0) -> int:
        """Add a cell and return its number."""
        self.rows.append(row)
        self.widths.append(wide)
        self.heights.append(high)
        return len(self.rows) - 1

    def link(self, upper: int, lower: int, weight: int) -> None:
        """Tie two cells of neighbouring rows; of several ties the strongest counts."""
        self.links[upper, lower] = max(weight, self.links.get((upper, lower), 0))


def grid(plan: Plan, boxes: Sequence[Box], level: Sequence[int], column: int) -> Grid | None:
    """Return the cells of a chart and their links, or None if there are too many.

    Conditions have rows of their own, below the step that they are asked at (above it for
    a return).
    """
    rows = _rows(plan, level)
    found = Grid(steps=len(boxes), depth=len(rows))
    for place, box in zip(level, boxes, strict=True):
        found.add(rows[2 * place], box.wide, box.high)
    main = spine(plan)
    for source, target, back, condition in plan.turns:
        arrow = Arrow(source, target, back)
        found.arrows.append(arrow)
        sign = None
        if condition:
            arrow.words, arrow.wide, high = label(condition, column)
            aside = 0 if source == target else -1 if back else 1
            sign = found.rows[source] + aside, arrow.wide, high
        _lay(found, arrow, sign, (source, target) in main, boxes)
        if len(found.rows) > MOST_CELLS:
            return None
    for arrow in found.arrows:
        (_tie_return if arrow.back else _tie)(found, arrow, main)
    found.threads = _threads(found, main)
    return found


def _rows(plan: Plan, level: Sequence[int]) -> dict[int, int]:
    """Return the row of each used half level: steps on even ones, conditions on odd ones."""
    used = {2 * place for place in level}
    for source, target, back, condition in plan.turns:
        if condition and source != target:
            used.add(2 * level[source] + (-1 if back else 1))
    return {half: row for row, half in enumerate(sorted(used))}


def _lay(
    found: Grid,
    arrow: Arrow,
    sign: tuple[int, int, int] | None,
    on_spine: bool,
    boxes: Sequence[Box],
) -> None:
    """Give an arrow its cells, row by row."""
    upper, lower = found.rows[arrow.source], found.rows[arrow.target]
    for row in range(lower, upper + 1) if arrow.back else range(upper + 1, lower):
        if sign and row == sign[0]:
            # Below a decision the spine keeps the other ways out clear of the sides.
            wide = max(sign[1], boxes[arrow.source].wide) if on_spine else sign[1]
            arrow.sign = found.add(row, wide, sign[2])
            arrow.cells.append(arrow.sign)
        else:
            arrow.cells.append(found.add(row, LANE))
    if not arrow.back:
        arrow.cells = [arrow.source, *arrow.cells, arrow.target]


def _tie(found: Grid, arrow: Arrow, main: Collection[tuple[int, int]]) -> None:
    last = len(arrow.cells) - 2
    for place, (upper, lower) in enumerate(pairwise(arrow.cells)):
        if (arrow.source, arrow.target) in main:
            weight = _SPINE
        elif place == last:
            weight = _BELOW_SIGN
        else:
            weight = _ALONG if place else _ABOVE_SIGN
        found.link(upper, lower, weight)


def _tie_return(found: Grid, arrow: Arrow, main: Collection[tuple[int, int]]) -> None:
    """Keep a return's lane straight, and near both the step it leaves and the one it enters."""
    for upper, lower in pairwise(arrow.cells):
        found.link(upper, lower, _RETURN)
    above = next((a for a in found.arrows if a.target == arrow.target and not a.back), None)
    if above is not None:
        found.link(above.cells[-2], arrow.cells[0], _NEAR)
    below = next((a for a in found.arrows if a.source == arrow.source and not a.back), None)
    foot = below.cells[1] if below else found.add(found.rows[arrow.source] + 1, 1)
    found.link(arrow.source, foot, _NEAR)
    found.link(arrow.cells[-1], foot, _NEAR)


def _threads(found: Grid, main: Collection[tuple[int, int]]) -> list[tuple[list[int], int | None]]:
    """Part the cells into threads: the spine first, the others from the fork at which they leave."""
    onward: list[list[Arrow]] = [[] for _ in range(found.steps)]
    for arrow in found.arrows:
        if not arrow.back:
            onward[arrow.source].append(arrow)
    for arrows in onward:
        arrows.sort(key=lambda arrow: (arrow.source, arrow.target) not in main)
    taken: set[int] = set()
    threads: list[tuple[list[int], int | None]] = []

    def follow(thread: list[int], arrow: Arrow | None) -> None:
        while arrow is not None:
            thread += arrow.cells[1:-1]
            if arrow.target in taken:
                break
            taken.add(arrow.target)
            thread.append(arrow.target)
            arrow = next(iter(onward[arrow.target]), None)
            if arrow is not None:
                onward[arrow.source].remove(arrow)
        if thread:
            threads.append((thread, arrow.target if arrow else None))

    for step, arrows in enumerate(onward):
        if step not in taken:
            taken.add(step)
            follow([step], arrows.pop(0) if arrows else None)
        while arrows:
            follow([], arrows.pop(0))
    return threads + [(arrow.cells, None) for arrow in found.arrows if arrow.back]
