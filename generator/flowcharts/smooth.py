"""Straightens a placed grid: takes out the small steps aside that a narrow chart would have."""

from __future__ import annotations

from collections.abc import Sequence

from generator.flowcharts.grid import Grid
from generator.flowcharts.levels import GAP

_ROUNDS = 2


def smooth(grid: Grid, columns: Sequence[float]) -> list[float]:
    """Return columns in which as many cells of one thread as can stand in line.

    Cells keep their order and distance in a row, and the chart its width.
    """
    placed = list(columns)
    beside = _beside(grid, columns)
    left = min(x - wide / 2 for x, wide in zip(columns, grid.widths, strict=True))
    right = max(x + wide / 2 for x, wide in zip(columns, grid.widths, strict=True))

    def span(cell: int) -> tuple[float, float]:
        before, after = beside[cell]
        half = grid.widths[cell] / 2
        low, high = left + half, right - half
        if before is not None:
            low = placed[before] + grid.widths[before] / 2 + half + GAP
        if after is not None:
            high = placed[after] - grid.widths[after] / 2 - half - GAP
        return low, high

    for _ in range(_ROUNDS):
        for thread, anchor in grid.threads:
            _straighten(thread, placed, [span(cell) for cell in thread], anchor)
    return placed


def _straighten(
    thread: Sequence[int],
    placed: list[float],
    spans: Sequence[tuple[float, float]],
    anchor: int | None,
) -> None:
    """Move the cells of one thread in line, in as few runs as their spans allow."""
    start = 0
    while start < len(thread):
        low, high = spans[start]
        end = start + 1
        while end < len(thread) and max(low, spans[end][0]) <= min(high, spans[end][1]):
            low, high = max(low, spans[end][0]), min(high, spans[end][1])
            end += 1
        wished = sorted(placed[cell] for cell in thread[start:end])
        x = wished[len(wished) // 2]
        if end == len(thread) and anchor is not None and low <= placed[anchor] <= high:
            x = placed[anchor]
        for cell in thread[start:end]:
            placed[cell] = max(low, min(x, high))
        start = end


def _beside(
    grid: Grid, columns: Sequence[float]
) -> dict[int, tuple[int | None, int | None]]:
    """Return the neighbours of each cell in its row, left and right."""
    rows: dict[int, list[int]] = {}
    for cell, row in enumerate(grid.rows):
        rows.setdefault(row, []).append(cell)
    found: dict[int, tuple[int | None, int | None]] = {}
    for cells in rows.values():
        cells.sort(key=columns.__getitem__)
        for before, cell, after in zip([None, *cells], cells, [*cells[1:], None], strict=False):
            found[cell] = before, after
    return found
