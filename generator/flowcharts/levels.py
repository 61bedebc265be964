"""Chooses the row of each step, and the way through that is drawn as the chart's spine."""

from __future__ import annotations

from collections.abc import Sequence

from generator.flowcharts.boxes import Box
from generator.flowcharts.plan import Plan

LANE = 2  # pixels of an arrow that passes a row
GAP = 12  # pixels between neighbours in a row
WIDEST = 342  # with margins and frame no wider than the 356 pixels of a common telephone
_MOST_MOVES = 40


def levels(plan: Plan, boxes: Sequence[Box]) -> list[int]:
    """Return each step's row, from 0: one below the last step that leads to it.

    Steps that lead nowhere go further down where a row would be too wide otherwise.
    """
    level = [0] * len(boxes)
    leads = [False] * len(boxes)
    for source, target, back, _ in plan.turns:  # in reading order, so sources are settled
        if not back:
            leads[source] = True
            level[target] = max(level[target], level[source] + 1)
    leads[0] = True
    row, moved = 0, 0
    while row <= max(level) and moved < _MOST_MOVES:
        inside = [step for step, place in enumerate(level) if place == row]
        free = [step for step in inside if not leads[step]] if len(inside) > 1 else []
        if free and _width(row, level, plan, boxes) > WIDEST:
            level[max(free, key=lambda step: (plan.kinds[step] == "end", step))] += 1
            moved += 1
        else:
            row += 1
    return level


def _width(row: int, level: Sequence[int], plan: Plan, boxes: Sequence[Box]) -> int:
    """Return the pixels that a row needs for its steps and the arrows that pass."""
    wide = sum(boxes[step].wide + GAP for step, place in enumerate(level) if place == row) - GAP
    for source, target, back, _ in plan.turns:
        upper, lower = (
            (level[target] - 1, level[source] + 1) if back else (level[source], level[target])
        )
        if upper < row < lower:
            wide += LANE + GAP
    return wide


def spine(plan: Plan) -> set[tuple[int, int]]:
    """Return the longest way through, as pairs of steps."""
    length = [0] * len(plan.kinds)
    before: list[int | None] = [None] * len(plan.kinds)
    for source, target, back, _ in plan.turns:
        if not back and length[source] + 1 > length[target]:
            length[target], before[target] = length[source] + 1, source
    here = max(range(len(length)), key=length.__getitem__)
    found = set()
    while (source_ := before[here]) is not None:
        found.add((source_, here))
        here = source_
    return found
