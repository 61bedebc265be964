"""Writes a drawing's steps and arrows as SVG: classes and plain attributes, no style, no ids."""

from __future__ import annotations

from collections.abc import Sequence

from html import escape

from generator.flowcharts.boxes import DOCUMENT, FOLD, ICON, NAME_LINE, SMALL_LINE, Box, Row
from generator.flowcharts.routing import Drawing, Point, Route

_ROUND = 7
# Marks of 11 by 11 pixels, drawn from the middle of their left edge.
_MARKS = {
    "post": "m2.9-2.6a2.6 2.6 0 1 1 5.2 0a2.6 2.6 0 1 1-5.2 0m-2.3 8a5 5 0 0 1 9.8 0",
    "time": "m.5 0a5 5 0 1 1 10 0a5 5 0 1 1-10 0m5-3v3.2l2.2 1.3",
    "uncounted": "m.5 0a5 5 0 1 1 10 0a5 5 0 1 1-10 0m1.5 3.5l7-7",
    "wait": "m1.5-5h8m-7 0v1.5q0 2 3 3.5q3-1.5 3-3.5v-1.5m-6 10v-1.5q0-2 3-3.5q3 1.5 3 3.5v1.5m-7 0h8",
}
_CLASSES = {"name": "n", "post": "p", "time": "t", "uncounted": "u", "document": "d"}


def body(drawing: Drawing, boxes: Sequence[Box]) -> str:
    """Return what stands inside the svg element: arrows, then conditions, then steps."""
    parts = ['<g class="fc-ways">']
    heads: dict[str, None] = {}
    for route in drawing.routes:
        kind = ' class="fc-back"' if route.arrow.back else ""
        parts.append(f'<path{kind} d="{_line(route.points)}"/>')
        x, y = route.points[-1]
        heads[f"M{_n(x)} {_n(y)}l-4-8h8z"] = None
    parts.append(f'</g><path class="fc-heads" d="{"".join(heads)}"/>')
    parts += [_condition(route) for route in drawing.routes if route.sign]
    parts += [_step(box, *centre) for box, centre in zip(boxes, drawing.centres, strict=True)]
    return "".join(parts)


def _n(value: float) -> str:
    whole = int(value)
    return str(whole) if value == whole else f"{value:.2f}".rstrip("0").lstrip("0")


def _line(points: Sequence[Point]) -> str:
    """Return a path with rounded corners through points that lie at right angles."""
    corners = [points[0]]
    for here, after in zip(points[1:], [*points[2:], None], strict=True):
        if here == corners[-1]:
            continue
        if after is None or (corners[-1][0] == here[0]) != (here[0] == after[0]):
            corners.append(here)
    path = f"M{_n(corners[0][0])} {_n(corners[0][1])}"
    for before, here, after in zip(corners, corners[1:], [*corners[2:], None], strict=False):
        x, y = here
        upright = before[0] == x
        near = abs(before[0] - x) + abs(before[1] - y)
        if after is None:
            return path + (f"V{_n(y)}" if upright else f"H{_n(x)}")
        reach = min(_ROUND, near / 2, (abs(after[0] - x) + abs(after[1] - y)) / 2)
        if upright:
            down = reach if before[1] < y else -reach
            over = reach if after[0] > x else -reach
            path += f"V{_n(y - down)}q0 {_n(down)} {_n(over)} {_n(down)}"
        else:
            over = reach if before[0] < x else -reach
            down = reach if after[1] > y else -reach
            path += f"H{_n(x - over)}q{_n(over)} 0 {_n(over)} {_n(down)}"
    return path


def _condition(route: Route) -> str:
    x, y, wide, high = route.sign or (0, 0, 0, 0)
    texts = _texts("", route.arrow.words, x, y - high / 2 + 12.5, SMALL_LINE)
    return (
        f'<g class="fc-if"><rect x="{_n(x - wide / 2)}" y="{_n(y - high / 2)}"'
        f' width="{wide}" height="{high}" rx="4"/>{texts}</g>'
    )


def _texts(sort: str, lines: Sequence[str], x: float, baseline: float, line: int) -> str:
    kind = f' class="fc-{sort}"' if sort else ""
    return "".join(
        f'<text{kind} x="{_n(x)}" y="{_n(baseline + place * line)}">{escape(part)}</text>'
        for place, part in enumerate(lines)
    )


def _step(box: Box, x: float, y: float) -> str:
    top = y - sum(row.high for row in box.rows) / 2
    marks, texts = [], []
    for row in box.rows:
        if row.sort == "document":
            texts.append(_document(row, x, top))
        else:
            texts.append(_row(box, row, x, top, marks))
        top += row.high
    drawn = f'<path class="fc-m" d="{"".join(marks)}"/>' if marks else ""
    return f'<g class="fc-{box.shape}">{_outline(box, x, y)}{drawn}{"".join(texts)}</g>'


def _row(box: Box, row: Row, x: float, top: float, marks: list[str]) -> str:
    name = row.sort == "name"
    mark = _MARKS.get(box.shape if name else row.sort)
    if mark:
        marks.append(f"M{_n(x - row.wide / 2)} {_n(top + (9 if name else 8))}{mark}")
        x += ICON / 2
    line = NAME_LINE if name else SMALL_LINE
    return _texts(_CLASSES[row.sort], row.lines, x, top + (14 if name else 12.5), line)


def _outline(box: Box, x: float, y: float) -> str:
    wide, high = box.wide, box.high
    left, top = x - wide / 2, y - high / 2
    if box.shape == "decision":
        p, flat, half = box.point, wide - 2 * box.point, high / 2
        return (
            f'<path class="fc-s" d="M{_n(left)} {_n(y)}l{p}-{_n(half)}h{flat}l{p} {_n(half)}'
            f'l-{p} {_n(half)}h-{flat}z"/>'
        )
    corner = {"start": min(high / 2, 24), "end": min(high / 2, 24)}.get(box.shape, 6)
    return (
        f'<rect class="fc-s" x="{_n(left)}" y="{_n(top)}" width="{wide}" height="{high}"'
        f' rx="{_n(corner)}"/>'
    )


def _document(row: Row, x: float, top: float) -> str:
    """Return a sheet with a folded corner and its title."""
    wide, high = row.wide, row.high - DOCUMENT
    left, top = x - wide / 2, top + DOCUMENT
    sheet = (
        f'<path class="fc-sheet" d="M{_n(left)} {_n(top)}h{wide - FOLD}l{FOLD} {FOLD}v{high - FOLD}h-{wide}z'
        f'm{wide - FOLD} 0v{FOLD}h{FOLD}"/>'
    )
    return sheet + _texts("d", row.lines, x - 2, top + 12.5, SMALL_LINE)
