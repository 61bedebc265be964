"""Turns a placed grid into points: rows from top to bottom, arrows as right-angled lines.

Arrows leave below or at the side and enter from above. What they pass has a cell of its own
and lines across have tracks of their own, so nothing lies on anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.flowcharts.boxes import Box
from generator.flowcharts.grid import Arrow, Grid
from generator.flowcharts.paths import Path, Paths
from generator.flowcharts.tracks import assign

Point = tuple[float, float]

MARGIN = 3
_TRACK = 10  # from one line across to the next
_HEAD = 14  # the least run of a line into a step, its arrowhead included
_TAIL = 11  # the least run of a line out of a step
_STRAIGHT = 22  # between two rows of steps when nothing goes across
_NEAR = 8  # above a row of conditions


@dataclass(frozen=True, slots=True)
class Route:
    """An arrow's corners from end to end; the middle, width and height of its condition, if any."""

    arrow: Arrow
    points: tuple[Point, ...]
    sign: tuple[float, float, int, int] | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in its place, in pixels from the upper left corner; `centres` are the steps'."""

    wide: float
    high: float
    centres: tuple[Point, ...]
    routes: tuple[Route, ...]


def route(grid: Grid, boxes: Sequence[Box], columns: Sequence[float]) -> Drawing:
    """Return the finished drawing of a grid whose columns are placed."""
    left = min(x - wide / 2 for x, wide in zip(columns, grid.widths, strict=True)) - MARGIN
    right = max(x + wide / 2 for x, wide in zip(columns, grid.widths, strict=True)) + MARGIN
    columns = [x - left for x in columns]
    paths = Paths(grid, boxes, columns).all()
    counts = assign([jog for path in paths for jog in path.jogs])
    middles, channels, bottom = _rows(grid, counts, len(boxes))
    routes = []
    for path in paths:
        cell, sign = path.arrow.sign, None
        if cell is not None:
            middle = middles[grid.rows[cell]]
            sign = (columns[cell], middle, path.arrow.wide, grid.heights[cell])
        points = _points(path, grid, boxes, middles, channels)
        routes.append(Route(path.arrow, points, sign))
    centres = tuple((columns[step], middles[grid.rows[step]]) for step in range(len(boxes)))
    return Drawing(right - left, bottom + MARGIN, centres, tuple(routes))


def _rows(
    grid: Grid, counts: dict[int, int], steps: int
) -> tuple[list[float], dict[int, float], float]:
    """Return the middle of each row, the first track of each channel, and the lower end of all."""
    highs = [0] * grid.depth
    for row, high in zip(grid.rows, grid.heights, strict=True):
        if high:
            highs[row] = max(highs[row], high)
    of_steps = set(grid.rows[:steps])
    y = float(MARGIN)
    channels = {}
    if -1 in counts:
        channels[-1] = y
        y += (counts[-1] - 1) * _TRACK + _HEAD
    middles = []
    for row, high in enumerate(highs):
        middles.append(y + high / 2)
        y += high
        into_steps = row + 1 in of_steps
        if row in counts:
            tail = _TAIL if row in of_steps else _NEAR
            channels[row] = y + tail
            y += tail + (counts[row] - 1) * _TRACK
            if row + 1 < grid.depth:
                y += _HEAD if into_steps else _NEAR
        elif row + 1 < grid.depth:
            y += (_STRAIGHT if row in of_steps else _HEAD) if into_steps else _NEAR
    return middles, channels, y


def _points(
    path: Path,
    grid: Grid,
    boxes: Sequence[Box],
    middles: Sequence[float],
    channels: dict[int, float],
) -> tuple[Point, ...]:
    source, target = path.arrow.source, path.arrow.target
    box, middle = boxes[source], middles[grid.rows[source]]
    if path.aside is None:
        x = path.leaves
        points = [(x, middle + box.high / 2)]
    else:
        side = box.wide / 2 if path.aside > path.leaves else -box.wide / 2
        x = path.aside
        points = [(path.leaves + side, middle), (x, middle)]
    for jog in path.jogs:
        y = channels[jog.channel] + jog.track * _TRACK
        ends = jog.up + jog.down
        across = ends[1] if ends[0] == x else ends[0]
        points += [(x, y), (across, y)]
        x = across
    points.append((path.enters, middles[grid.rows[target]] - boxes[target].high / 2))
    return tuple(points)
