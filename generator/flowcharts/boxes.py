"""Sizes each step's box from its words: what stands on which line, and how wide and high it is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from generator.flowcharts.plan import Words
from generator.flowcharts.text import longest_word, width, wrap

# Pixels at the drawing's own scale: a name is 14 high, everything else 12.
NAME, SMALL = 14, 12
NAME_LINE, SMALL_LINE = 18, 16
ICON = 15  # a mark and the gap after it
FOLD = 6  # the folded corner of a document
DOCUMENT = 5  # above a document's sheet
_MOST_LINES = 12  # in one box; more is no chart to read
_LEAST = 72  # pixels, so that no box looks lost
_MARKED = ("wait", "longest")  # whose name has a mark before it


class Row(NamedTuple):
    """Lines of one sort in a box: `name`, `post`, `limit`, `uncounted` or `document`."""

    sort: str
    lines: tuple[str, ...]
    wide: int
    high: int


class Box(NamedTuple):
    """A step's outline and rows, in pixels; `point` is how far a decision's corners reach out."""

    shape: str
    wide: int
    high: int
    rows: tuple[Row, ...]
    point: int = 0


@lru_cache(maxsize=8192)
def box(kind: str, words: Words, column: int) -> Box | None:
    """Return the box of a step, its words in about `column` pixels; None if they are too many."""
    rows = [_row("name", words.name or "–", NAME, column, ICON if kind in _MARKED else 0)]
    if words.post:
        rows.append(_row("post", words.post, SMALL, column, ICON))
    if words.limit:
        rows.append(_row("limit", words.limit, SMALL, column, ICON))
    if words.uncounted:
        rows.append(_row("uncounted", words.uncounted, SMALL, column, ICON))
    if words.document:
        rows.append(_row("document", words.document, SMALL, column, 12 + FOLD))
    count, wide, high = 0, 0, 12 if len(rows) > 1 and not words.document else 16
    for row in rows:
        count += len(row.lines)
        wide = max(wide, row.wide)
        high += row.high
    if count > _MOST_LINES:
        return None
    high = _even(high)
    if kind == "decision":
        point = min(18, high // 3)
        return Box(kind, _even(wide + 2 * point + 4), high, tuple(rows), point)
    wide = _even(wide + (26 if kind in ("start", "end") else 20))
    return Box(kind, max(wide, _LEAST), high, tuple(rows))


def label(condition: str, column: int) -> tuple[tuple[str, ...], int, int]:
    """Return the lines of a condition on an arrow, with the width and height they take."""
    lines, wide = _lines(condition, SMALL, column)
    return lines, _even(wide + 6), len(lines) * SMALL_LINE


@lru_cache(maxsize=8192)
def _row(sort: str, text: str, size: int, column: int, beside: int) -> Row:
    lines, wide = _lines(text, size, column - beside)
    line = NAME_LINE if sort == "name" else SMALL_LINE
    above = DOCUMENT if sort == "document" else 0
    return Row(sort, lines, wide + beside, len(lines) * line + above)


@lru_cache(maxsize=8192)
def _lines(text: str, size: int, column: int) -> tuple[tuple[str, ...], int]:
    """Break text for a column; one long word may take a third more."""
    bold = size == NAME
    wide = round(width(text, bold=bold) * size)
    if wide <= column:
        return (text,), wide
    word = longest_word(text, bold=bold) * size
    lines = wrap(text, max(column, min(word, column * 4 / 3)) / size, bold=bold)
    return lines, round(max(width(line, bold=bold) for line in lines) * size)


def _even(pixels: int) -> int:
    return pixels + pixels % 2
