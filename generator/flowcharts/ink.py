"""Writes a drawing's steps and arrows as SVG: classes and plain attributes, no style, no ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from generator.flowcharts.boxes import DOCUMENT, FOLD, ICON, NAME_LINE, SMALL_LINE, Box, Row
from generator.flowcharts.routing import Drawing, Point, Route

_ROUND = 7
_BASE = {"name": 14.0}  # from the top of a row to the foot of its letters; 12.5 if small
_MARK = {"name": 9.0}  # and to the middle of its mark; 8 if small
# Marks of 11 by 11 pixels, drawn from the middle of their left edge.
_MARKS = {
    "post": "m5.5-5a2.6 2.6 0 1 1-.1 0zm-5 10.4a5 5 0 0 1 10 0",
    "limit": "m5.5-5a5 5 0 1 1-.1 0zm0 2v3.2l2.3 1.3",
    "uncounted": "m5.5-5a5 5 0 1 1-.1 0zm-3.5 8.5l7-7",
    "longest": "m1.5-5v11m0-10.5h8l-2.5 2.7l2.5 2.8h-8",
    "wait": "m1.5-5h8m-7 0v1.5q0 2 3 3.5q3-1.5 3-3.5v-1.5m-6 10v-1.5q0-2 3-3.5q3 1.5 3 3.5v1.5m-7 0h8",
}
_CLASSES = {"name": "n", "post": "p", "limit": "t", "uncounted": "u", "document": "d"}


def body(drawing: Drawing, boxes: Sequence[Box]) -> str:
    """Return what stands inside the svg element: arrows, then conditions, then steps."""
    parts = ['<g class="fc-ways">']
    heads: dict[str, None] = {}
    for route in drawing.routes:
        parts.append(f'<path d="{line(route.points)}"/>')
        x, y = route.points[-1]
        heads[f"M{x:g} {y:g}l-4-8h8z"] = None
    parts.append(f'</g><path class="fc-heads" d="{"".join(heads)}"/>')
    parts += [_condition(route) for route in drawing.routes if route.sign]
    for box, (x, y) in zip(boxes, drawing.centres, strict=True):
        parts.append(
            f'<g class="fc-{box.shape}" transform="translate({x:g} {y:g})">{step(box)}</g>'
        )
    return "".join(parts)


def line(points: Sequence[Point]) -> str:
    """Return a path with rounded corners through points that lie at right angles."""
    corners = [points[0]]
    last = len(points) - 1
    for place in range(1, last + 1):
        here, (x, y) = points[place], corners[-1]
        if here != (x, y) and (
            place == last or (x == here[0]) != (here[0] == points[place + 1][0])
        ):
            corners.append(here)
    x, y = corners[0]
    path = [f"M{x:g} {y:g}"]
    for place in range(1, len(corners) - 1):
        (x0, y0), (x, y), (x1, y1) = corners[place - 1 : place + 2]
        reach = min(_ROUND, (abs(x0 - x) + abs(y0 - y)) / 2, (abs(x1 - x) + abs(y1 - y)) / 2)
        over = reach if x0 + x1 > 2 * x else -reach
        down = reach if y0 + y1 > 2 * y else -reach
        if x0 == x:  # comes upright, leaves across
            path.append(f"V{y + down:g}q0 {-down:g} {over:g} {-down:g}")
        else:
            path.append(f"H{x + over:g}q{-over:g} 0 {-over:g} {down:g}")
    x0, y0 = corners[-2] if len(corners) > 1 else corners[0]
    x, y = corners[-1]
    path.append(f"V{y:g}" if x0 == x else f"H{x:g}")
    return "".join(path)


def _condition(route: Route) -> str:
    x, y, wide, high = route.sign or (0, 0, 0, 0)
    left, top = x - wide / 2, y - high / 2
    return (
        f'<g class="fc-if"><rect x="{left:g}" y="{top:g}" width="{wide}" height="{high}" rx="4"/>'
        f"{_texts('', route.arrow.words, x, top + 12.5, SMALL_LINE)}</g>"
    )


def _texts(sort: str, lines: Sequence[str], x: float, base: float, line: int) -> str:
    start = f'<text class="fc-{sort}"' if sort else "<text"
    if x:
        start += f' x="{x:g}"'
    return "".join(
        [
            f'{start} y="{base + place * line:g}">{part if part.isalnum() else escape(part)}</text>'
            for place, part in enumerate(lines)
        ]
    )


@lru_cache(maxsize=8192)
def step(box: Box) -> str:
    """Return a step drawn around the point 0 0."""
    top = -sum(row.high for row in box.rows) / 2
    marks, texts = [], []
    for row in box.rows:
        if row.sort == "document":
            texts.append(_document(row, top))
        else:
            x = 0.0
            mark = _MARKS.get(box.shape if row.sort == "name" else row.sort)
            if mark:
                marks.append(f"M{-row.wide / 2:g} {top + _MARK.get(row.sort, 8):g}{mark}")
                x = ICON / 2
            line = NAME_LINE if row.sort == "name" else SMALL_LINE
            base = top + _BASE.get(row.sort, 12.5)
            texts.append(_texts(_CLASSES[row.sort], row.lines, x, base, line))
        top += row.high
    drawn = f'<path class="fc-m" d="{"".join(marks)}"/>' if marks else ""
    return _outline(box) + drawn + "".join(texts)


def _outline(box: Box) -> str:
    left, half = -box.wide / 2, box.high / 2
    if box.shape == "decision":
        flat = box.wide - 2 * box.point
        return (
            f'<path class="fc-s" d="M{left:g} 0l{box.point}-{half:g}h{flat}l{box.point} {half:g}'
            f'l-{box.point} {half:g}h-{flat}z"/>'
        )
    corner = min(half, 24) if box.shape in ("start", "end") else 6
    return (
        f'<rect class="fc-s" x="{left:g}" y="{-half:g}" width="{box.wide}" height="{box.high}"'
        f' rx="{corner:g}"/>'
    )


def _document(row: Row, top: float) -> str:
    """Return a sheet with a folded corner and its title."""
    wide, high, top = row.wide, row.high - DOCUMENT, top + DOCUMENT
    return (
        f'<path class="fc-sheet" d="M{-wide / 2:g} {top:g}h{wide - FOLD}l{FOLD} {FOLD}'
        f'v{high - FOLD}h-{wide}zm{wide - FOLD} 0v{FOLD}h{FOLD}"/>'
        f"{_texts('d', row.lines, -2, top + 12.5, SMALL_LINE)}"
    )
