"""Draws one procedure: sizes boxes, lays them out, routes arrows, writes the SVG's inside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from generator.flowcharts import ink
from generator.flowcharts.boxes import Box, box
from generator.flowcharts.grid import grid
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.levels import WIDEST, levels
from generator.flowcharts.plan import Plan
from generator.flowcharts.routing import MARGIN, Drawing, route
from generator.flowcharts.smooth import smooth
from generator.flowcharts.text import width
from generator.model.sizes import MOST_MOVES, MOST_SIGNS, MOST_STEPS

# Pixels for the words of a step: 8, 7, 6 Chinese characters of a name, or two or three words.
_COLUMNS, _COLUMNS_OF_LETTERS = (112, 98, 84), (148, 126, 104)
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
    if max(map(len, chain(*plan.words, (turn.condition for turn in plan.turns)))) > MOST_SIGNS:
        return Failure.TOO_WORDY
    tried: list[_Try] = []
    names = "".join(words.name for words in plan.words)
    for column in _COLUMNS if width(names) > 0.8 * len(names) else _COLUMNS_OF_LETTERS:
        attempt = _try(plan, column, engine)
        if isinstance(attempt, Failure):
            return attempt
        tried.append(attempt)
        if attempt.is_good or attempt.excess > WIDEST / 2:
            break
    best = min(tried, key=lambda attempt: attempt.cost)
    size = f"{best.drawing.wide:g} {best.drawing.high:g}"
    return f"{size}\n{ink.body(best.drawing, best.boxes)}"


@dataclass(frozen=True, slots=True)
class _Try:
    """A drawing at one width of step: what it has in excess of a telephone, and its corners."""

    drawing: Drawing
    boxes: list[Box]
    column: int

    @property
    def excess(self) -> float:
        return max(self.drawing.wide - WIDEST - 2 * MARGIN, 0)

    @property
    def corners(self) -> int:
        return sum(len(route.points) - 2 for route in self.drawing.routes)

    @property
    def is_good(self) -> bool:
        return not self.excess and self.corners <= _RESTLESS * len(self.drawing.routes)

    @property
    def cost(self) -> tuple[float, float]:
        """Narrower steps make a higher chart: for the same number of corners, the wider ones."""
        return self.excess, self.corners / self.column


def _try(plan: Plan, column: int, engine: Graphviz) -> _Try | Failure:
    boxes = []
    for kind, words in zip(plan.kinds, plan.words, strict=True):
        sized = box(kind, words, column)
        if sized is None:
            return Failure.TOO_WORDY
        boxes.append(sized)
    cells = grid(plan, boxes, levels(plan, boxes), column)
    if cells is None:
        return Failure.TOO_LARGE
    columns = smooth(cells, engine.columns(cells.widths, cells.links))
    return _Try(route(cells, boxes, columns), boxes, column)
