"""Draws one procedure: sizes boxes, lays them out, routes arrows, writes the SVG's inside."""

from __future__ import annotations

import json
from enum import StrEnum

from generator.flowcharts import ink
from generator.flowcharts.boxes import Box, box
from generator.flowcharts.grid import grid
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.levels import WIDEST, levels
from generator.flowcharts.outline import Outline, OutlineStep, Way
from generator.flowcharts.routing import MARGIN, Drawing, route
from generator.flowcharts.smooth import smooth
from generator.model.codes import StepKind

MOST_STEPS, MOST_MOVES = 200, 300
_COLUMNS = (112, 98, 84)  # pixels for the words of a step: 8, 7, 6 characters of a name
_RESTLESS = 1.7  # corners to an arrow from which narrower steps may serve better


class Failure(StrEnum):
    """Why a procedure has no drawing and appears in its text form only."""

    TOO_LARGE = "too_large"
    TOO_WORDY = "too_wordy"
    TOO_SLOW = "too_slow"
    CRASHED = "crashed"


def pack(outline: Outline) -> str:
    """Return all that a drawing shows as canonical JSON: the worker's task and the cache's key."""
    steps = [
        (
            step.name,
            step.kind.value,
            step.post,
            step.limit,
            step.counted,
            step.document,
            [(way.condition, way.number, way.back) for way in step.ways],
        )
        for step in outline.steps
    ]
    return json.dumps([outline.uncounted, steps], separators=(",", ":"))


def unpack(packed: str) -> Outline:
    """Return the outline of a packed one, without what a drawing does not show."""
    uncounted, steps = json.loads(packed)
    return Outline(
        steps=tuple(
            OutlineStep(
                number=number,
                id="",
                name=name,
                kind=StepKind(kind),
                kind_label="",
                post=post,
                limit=limit,
                counted=counted,
                document=document,
                ways=tuple(Way(condition=c, number=n, name="", back=b) for c, n, b in ways),
            )
            for number, (name, kind, post, limit, counted, document, ways) in enumerate(steps, 1)
        ),
        summary="",
        uncounted=uncounted,
    )


def draw(outline: Outline, engine: Graphviz) -> str | Failure:
    """Return "width height", a line feed and the inside of the SVG, or why there is none.

    Of several widths of step, the widest at which the chart fits a telephone without
    arrows that turn too often.
    """
    if len(outline.steps) > MOST_STEPS or sum(len(s.ways) for s in outline.steps) > MOST_MOVES:
        return Failure.TOO_LARGE
    best: tuple[tuple[float, float], Drawing, list[Box]] | None = None
    for column in _COLUMNS:
        boxes = [box(step, outline.uncounted, column) for step in outline.steps]
        fitting = [each for each in boxes if each]
        if len(fitting) < len(boxes):
            return Failure.TOO_WORDY
        cells = grid(outline, fitting, levels(outline, fitting), column)
        if cells is None:
            return Failure.TOO_LARGE
        columns = engine.columns(cells.widths, [(*ends, w) for ends, w in cells.links.items()])
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
