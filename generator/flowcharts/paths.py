"""Chooses each arrow's way over a placed grid: at which side it leaves, where it steps aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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

    def all(self) -> list[Path]:
        """Return a path for each arrow, in their order."""
        return [self._back(a) if a.back else self._forward(a) for a in self.grid.arrows]

    def _forward(self, arrow: Arrow) -> Path:
        cells, columns = arrow.cells, self.columns
        path = Path(arrow, columns[arrow.source], columns[arrow.target])
        xs = [columns[cell] for cell in cells]
        first = 0
        if self.boxes[arrow.source].shape == "decision" and self._is_free(arrow.source, xs[1]):
            path.aside = xs[1]
            first = 1
        elif abs(xs[1] - xs[0]) <= min(_SLACK, self._flat(arrow.source)):
            path.leaves = xs[0] = xs[1]
        if abs(xs[-2] - xs[-1]) <= _SLACK:
            path.enters = xs[-1] = xs[-2]
        row, last = self.grid.rows[arrow.source], len(cells) - 2
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
        path = Path(arrow, columns[arrow.source], columns[arrow.target])
        xs = [columns[cell] for cell in reversed(arrow.cells)]
        if self._is_free(arrow.source, xs[0]):
            path.aside = xs[0]
        else:
            ends = (path.leaves, xs[0])
            path.jogs.append(Jog(rows[arrow.source], ends, (), arrow.source))
        row = rows[arrow.source] - 1
        for lower, upper in zip(xs, xs[1:], strict=False):
            if lower != upper:
                path.jogs.append(Jog(row, (upper,), (lower,)))
            row -= 1
        ends = (xs[-1], path.enters)
        path.jogs.append(Jog(rows[arrow.target] - 1, (), ends, None, arrow.target))
        return path

    def _flat(self, step: int) -> float:
        """How far off centre an arrow can leave a step's lower edge."""
        box = self.boxes[step]
        corner = {"decision": box.point, "task": 6, "wait": 6}.get(box.shape, box.high / 2)
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
