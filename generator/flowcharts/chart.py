"""Draws one procedure: sizes boxes, lays them out, routes arrows, writes the SVG's inside."""

from __future__ import annotations

from enum import StrEnum

from generator.flowcharts import ink
from generator.flowcharts.boxes import Box, box
from generator.flowcharts.grid import grid
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.levels import WIDEST, levels
from generator.flowcharts.plan import Plan
from generator.flowcharts.routing import MARGIN, Drawing, route
from generator.flowcharts.smooth import smooth

MOST_STEPS, MOST_MOVES = 200, 300
_COLUMNS = (112, 98, 84)  # pixels for the words of a step: 8, 7, 6 characters of a name
_RESTLESS = 1.7  # corners to an arrow from which narrower steps may serve better


class Failure(StrEnum):
    """Why a procedure has no drawing and appears in its text form only."""

    TOO_LARGE = "too_large"
    TOO_WORDY = "too_wordy"
    TOO_SLOW = "too_slow"
    CRASHED = "crashed"


def draw(plan: Plan, engine: Graphviz) -> str | Failure:
    """Return "width height", a line feed and the inside of the SVG, or why there is none.

    Of several widths of step, the widest at which the chart fits a telephone without
    arrows that turn too often.
    """
    if len(plan.kinds) > MOST_STEPS or len(plan.turns) > MOST_MOVES:
        return Failure.TOO_LARGE
    best: tuple[tuple[float, float], Drawing, list[Box]] | None = None
    for column in _COLUMNS:
        boxes = [box(*step, column) for step in zip(plan.kinds, plan.words, strict=True)]
        fitting = [each for each in boxes if each]
        if len(fitting) < len(boxes):
            return Failure.TOO_WORDY
        cells = grid(plan, fitting, levels(plan, fitting), column)
        if cells is None:
            return Failure.TOO_LARGE
        columns = engine.columns(cells.widths, cells.links)
        drawing = route(cells, fitting, smooth(cells, columns))
        corners = sum(len(way.points) - 2 for way in drawing.routes)
        excess = max(drawing.wide - WIDEST - 2 * MARGIN, 0)
        if best is None or (excess, corners * 1.2) < best[0]:
            best = (excess, corners), drawing, fitting
        if not excess and corners <= _RESTLESS * len(drawing.routes):
            break
    if best is None:
        return Failure.CRASHED
    _, drawing, fitting = best
    return f"{drawing.wide:g} {drawing.high:g}\n{ink.body(drawing, fitting)}"
