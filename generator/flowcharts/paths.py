"""Chooses each arrow's way over a placed grid: at which side it leaves, where it steps aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.flowcharts.boxes import Box
from generator.flowcharts.grid import Arrow, Grid
from generator.flowcharts.tracks import Jog

_ASIDE = 8  # an arrow leaves at the side for a column at least so far out
_SLACK = 16  # an arrow up to so far off centre runs straight instead of stepping aside


@dataclass(slots=True)
class Path:
    """An arrow's way: it `leaves` below or, if `aside`, beside its source, and `enters` above its target.

    Both are columns; `aside` is the column it goes to straight from the side.
    """

    arrow: Arrow
    leaves: float
    enters: float
    aside: float | None = None
    jogs: list[Jog] = field(default_factory=list)


class Paths:
    """The ways of all arrows of one chart."""

    def __init__(self, grid: Grid, boxes: Sequence[Box], columns: Sequence[float]) -> None:
        self.grid, self.boxes, self.columns = grid, boxes, columns
        self._claims: dict[int, list[tuple[float, float, int]]] = {}
        self._standing: dict[int, list[tuple[float, float, int]]] = {}
        for cell, row in enumerate(grid.rows):
            if grid.heights[cell]:
                half = grid.widths[cell] / 2 + 3
                span = (columns[cell] - half, columns[cell] + half, cell)
                self._standing.setdefault(row, []).append(span)

        self._entries = {
            step: self._end(step, [columns[arrow.cells[-2]] for arrow in into])
            for step, into in _by(grid, lambda arrow: arrow.target).items()
        }
        self._exits = {
            step: self._end(step, [self._entries.get(a.cells[1], columns[a.cells[1]]) for a in out])
            for step, out in _by(grid, lambda arrow: arrow.source).items()
        }

    def _end(self, step: int, near: list[float]) -> float:
        """Return where a step's arrows end: its middle, or beside it if one can so run straight."""
        middle = self.columns[step]
        if middle in near:
            return middle
        best = min(near, key=lambda column: abs(column - middle))
        return best if abs(best - middle) <= min(_SLACK, self._flat(step)) else middle

    def all(self) -> list[Path]:
        """Return a path for each arrow, in their order."""
        return [self._back(a) if a.back else self._forward(a) for a in self.grid.arrows]

    def _forward(self, arrow: Arrow) -> Path:
        xs = [self.columns[cell] for cell in arrow.cells]
        xs[-1] = self._entries[arrow.target]
        path = Path(arrow, self.columns[arrow.source], xs[-1])
        first = 0
        if self.boxes[arrow.source].shape == "decision" and self._is_free(arrow.source, xs[1]):
            path.aside = xs[1]
            first = 1
        else:
            path.leaves = xs[0] = self._exits[arrow.source]
        row, last = self.grid.rows[arrow.source], len(xs) - 2
        for place in range(first, last + 1):
            upper, lower = xs[place], xs[place + 1]
            if upper != lower:
                source = arrow.source if place == 0 else None
                target = arrow.target if place == last else None
                path.jogs.append(Jog(row + place, (upper,), (lower,), source, target))
        return path

    def _back(self, arrow: Arrow) -> Path:
        """Leave at the side or below, go up a lane, and join what enters the target from above."""
        columns, rows = self.columns, self.grid.rows
        enters = self._entries.get(arrow.target, columns[arrow.target])
        path = Path(arrow, columns[arrow.source], enters)
        xs = [columns[cell] for cell in reversed(arrow.cells)]
        if self._is_free(arrow.source, xs[0]):
            path.aside = xs[0]
        else:
            path.leaves = self._exits.get(arrow.source, path.leaves)
            ends = (path.leaves, xs[0])
            path.jogs.append(Jog(rows[arrow.source], ends, (), arrow.source))
        row = rows[arrow.source] - 1
        for lower, upper in pairwise(xs):
            if lower != upper:
                path.jogs.append(Jog(row, (upper,), (lower,)))
            row -= 1
        ends = (xs[-1], path.enters)
        path.jogs.append(Jog(rows[arrow.target] - 1, (), ends, None, arrow.target))
        return path

    def _flat(self, step: int) -> float:
        """Return how far off its middle a step has a level edge."""
        box = self.boxes[step]
        corner = {"decision": box.point, "task": 6, "wait": 6}.get(box.shape, min(box.high / 2, 24))
        return max(box.wide / 2 - corner - 4, 0)

    def _is_free(self, step: int, column: float) -> bool:
        """Whether an arrow can go straight aside from a step to a column; if so, claim the way."""
        centre, half = self.columns[step], self.boxes[step].wide / 2
        if abs(column - centre) < half + _ASIDE:
            return False
        low, high = sorted((centre, column))
        row = self.grid.rows[step]
        claims = self._claims.setdefault(row, [])
        for left, right, owner in (*self._standing[row], *claims):
            if owner != step and low < right and left < high:
                return False
        claims.append((low, high, step))
        return True


def _by(grid: Grid, step_of: Callable[[Arrow], int]) -> dict[int, list[Arrow]]:
    found: dict[int, list[Arrow]] = {}
    for arrow in grid.arrows:
        if not arrow.back:
            found.setdefault(step_of(arrow), []).append(arrow)
    return found
