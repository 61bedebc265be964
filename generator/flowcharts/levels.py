"""Chooses the row of each step, and the way through that is drawn as the chart's spine."""

from __future__ import annotations

from collections.abc import Sequence

from generator.flowcharts.boxes import Box
from generator.flowcharts.outline import Outline
from generator.model.codes import StepKind

LANE = 2  # pixels of an arrow that passes a row
GAP = 12  # pixels between neighbours in a row
WIDEST = 384  # 358 pixels on a telephone of 390, at which 12 pixels are still 11
_MOST_MOVES = 40


def levels(outline: Outline, boxes: Sequence[Box]) -> list[int]:
    """Return each step's row, from 0: one below the last step that leads to it.

    Steps that lead nowhere go further down where a row would be too wide otherwise.
    """
    level = [0] * len(boxes)
    for step in outline.steps:
        for way in step.ways:
            if not way.back:
                level[way.number - 1] = max(level[way.number - 1], level[step.number - 1] + 1)
    leaves = [
        step.number > 1 and all(way.back for way in step.ways) for step in outline.steps
    ]
    spans = [
        (*sorted((step.number - 1, way.number - 1)), way.back)
        for step in outline.steps
        for way in step.ways
    ]
    row, moved = 0, 0
    while row <= max(level) and moved < _MOST_MOVES:
        inside = [i for i, place in enumerate(level) if place == row]
        free = [i for i in inside if leaves[i]]
        if free and len(inside) > 1 and _wide(row, level, spans, boxes) > WIDEST:
            level[max(free, key=lambda i: (outline.steps[i].kind is StepKind.END, i))] += 1
            moved += 1
        else:
            row += 1
    return level


def _wide(
    row: int, level: Sequence[int], spans: Sequence[tuple[int, int, bool]], boxes: Sequence[Box]
) -> int:
    """Return the pixels that a row needs for its steps and the arrows that pass."""
    steps = sum(boxes[i].wide + GAP for i, place in enumerate(level) if place == row)
    lanes = sum(level[a] - back < row < level[b] + back for a, b, back in spans)
    return steps + lanes * (LANE + GAP) - GAP


def spine(outline: Outline) -> set[tuple[int, int]]:
    """Return the moves of the longest way through, as places of steps."""
    length = [0] * len(outline.steps)
    before: list[int | None] = [None] * len(outline.steps)
    for step in outline.steps:
        here = step.number - 1
        for way in step.ways:
            there = way.number - 1
            if not way.back and length[here] + 1 > length[there]:
                length[there], before[there] = length[here] + 1, here
    here = max(range(len(length)), key=length.__getitem__, default=0)
    found = set()
    while (source := before[here]) is not None:
        found.add((source, here))
        here = source
    return found
