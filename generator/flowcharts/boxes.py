"""Sizes each step's box from its words: what stands on which line, and how wide and high it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.flowcharts.outline import OutlineStep
from generator.flowcharts.text import longest_word, width, wrap
from generator.model.codes import StepKind

# Pixels at the drawing's own scale: a name is 14 high, everything else 12.
NAME, SMALL = 14, 12
NAME_LINE, SMALL_LINE = 18, 16
DOCUMENT = 5  # above a document's sheet
ICON = 15  # an icon and the gap after it
FOLD = 6  # the folded corner of a document
MOST_LINES = 12  # in one box; more is no chart to read


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of one sort in a box: `name`, `post`, `time`, `uncounted` or `document`."""

    sort: str
    lines: tuple[str, ...]
    wide: int
    high: int


@dataclass(frozen=True, slots=True)
class Box:
    """A step's outline and rows, in pixels; `point` is how far a decision's corners reach out."""

    shape: str
    wide: int
    high: int
    rows: tuple[Row, ...]
    point: int = 0


def box(step: OutlineStep, uncounted: str, column: int) -> Box | None:
    """Return the box of a step for a column of about so many pixels, or None if it has too many words."""
    words = (step.name, step.post, step.limit, "" if step.counted else uncounted, step.document)
    rows = _rows(words, column, step.kind is StepKind.WAIT)
    if sum(len(row.lines) for row in rows) > MOST_LINES:
        return None
    wide = max(row.wide for row in rows)
    high = _even(sum(row.high for row in rows) + (16 if step.document else 12 if len(rows) > 1 else 16))
    if step.kind is StepKind.DECISION:
        point = min(18, high // 3)
        return Box("decision", _even(wide + 2 * point + 4), high, rows, point)
    margin = 26 if step.kind in (StepKind.START, StepKind.END) else 20
    return Box(step.kind.value, _even(max(wide + margin, 72)), high, rows)


@lru_cache(maxsize=8192)
def _rows(words: tuple[str, str, str, str, str], column: int, waits: bool) -> tuple[Row, ...]:
    name, post, time, uncounted, document = words
    rows = [_row("name", name or "–", NAME, NAME_LINE, column, ICON if waits else 0)]
    if post:
        rows.append(_row("post", post, SMALL, SMALL_LINE, column, ICON))
    if time:
        rows.append(_row("time", time, SMALL, SMALL_LINE, column, ICON))
    if uncounted:
        rows.append(_row("uncounted", uncounted, SMALL, SMALL_LINE, column, ICON))
    if document:
        rows.append(_row("document", document, SMALL, SMALL_LINE, column, 12 + FOLD, DOCUMENT))
    return tuple(rows)


def _row(
    sort: str, text: str, size: int, line: int, column: int, beside: int = 0, above: int = 0
) -> Row:
    limit = max((column - beside) / size, min(longest_word(text), 1.3 * column / size))
    lines = wrap(text, limit)
    wide = max((width(part) for part in lines), default=0) * size
    return Row(sort, lines, round(wide) + beside, len(lines) * line + above)


@lru_cache(maxsize=4096)
def label(condition: str, column: int) -> tuple[tuple[str, ...], int, int]:
    """Return the lines of a condition beside an arrow, with the width and height they take."""
    lines = wrap(condition, max(column / SMALL, min(longest_word(condition), 1.3 * column / SMALL)))
    wide = max((width(part) for part in lines), default=0)
    return lines, _even(round(wide * SMALL) + 6), len(lines) * SMALL_LINE


def _even(pixels: float) -> int:
    return 2 * round((pixels + 0.5) / 2)
