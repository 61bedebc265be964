"""Straightens a placed grid: takes out the small steps aside that a narrow chart would have."""

from __future__ import annotations

from collections.abc import Sequence

from generator.flowcharts.grid import Grid

_ROUNDS = 2
_GAP = 7  # less than Graphviz keeps: better a narrow gap than a tiny step aside


def smooth(grid: Grid, columns: Sequence[float]) -> list[float]:
    """Return columns in which as many cells of one thread as can stand in line.

    Cells keep their order and distance in a row, and the chart its width.
    """
    placed = list(columns)
    beside = _beside(grid, columns)
    halves = [wide / 2 for wide in grid.widths]
    left = min(x - half for x, half in zip(columns, halves, strict=True))
    right = max(x + half for x, half in zip(columns, halves, strict=True))

    def span(cell: int) -> tuple[float, float]:
        before, after = beside[cell]
        low = left if before is None else placed[before] + halves[before] + _GAP
        high = right if after is None else placed[after] - halves[after] - _GAP
        return low + halves[cell], high - halves[cell]

    for _ in range(_ROUNDS):
        for thread, anchor in grid.threads:
            ends = {placed[cell] for cell in thread}
            if len(ends) > 1 or (anchor is not None and placed[anchor] not in ends):
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
        while end < len(thread):
            lower, higher = spans[end]
            if lower > high or higher < low:
                break
            low, high = max(low, lower), min(high, higher)
            end += 1
        wished = sorted([placed[cell] for cell in thread[start:end]])
        x = max(low, min(wished[len(wished) // 2], high))
        if end == len(thread) and anchor is not None and low <= placed[anchor] <= high:
            x = placed[anchor]
        for cell in thread[start:end]:
            placed[cell] = x
        start = end


def _beside(grid: Grid, columns: Sequence[float]) -> dict[int, tuple[int | None, int | None]]:
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
