"""Draws a life event as one chart: a band for each round, and in it what can run side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise

from generator.flowcharts.boxes import Box, box
from generator.flowcharts.event_grid import Grid, lay
from generator.flowcharts.ink import line, step
from generator.flowcharts.plan import Words
from generator.flowcharts.text import clean
from generator.pages.contexts import EventStep, LifeEventPage

_EM = 14  # a name's size: the chart is as large as the text of the page around it
_COLUMN = 112  # pixels for the words of a box
_MAIN = ' class="fc-main"'
_PAD = 8  # of a band around its boxes


def event_chart(
    page: LifeEventPage, href: Callable[[str], str], most: int, words: tuple[str, str]
) -> str:
    """Return the chart with at most so many boxes in a row, as an SVG element; "" if it has none.

    `words` are its title and description; each box leads to its power.
    """
    boxes = [_box(step) for step in page.steps]
    sized = [each for each in boxes if each is not None]
    if not sized or len(sized) < len(boxes):
        return ""
    grid = lay(
        sized,
        [[step.number - 1 for step in stage.steps] for stage in page.stages],
        {step.number - 1: [each - 1 for each in step.after] for step in page.steps},
        most,
    )
    title, about = (escape(clean(text)) for text in words)
    key = f"event-{most}"
    return (
        f'<svg class="fc fc-event" width="{grid.wide / _EM:.4g}em"'
        f' viewBox="0 0 {grid.wide:g} {grid.high:g}" role="group" fill="none"'
        f' stroke="currentColor" text-anchor="middle" aria-labelledby="{key}-t"'
        f' aria-describedby="{key}-d"><title id="{key}-t">{title}</title>'
        f'<desc id="{key}-d">{about}</desc>{_bands(grid)}{_ways(grid, page.steps)}'
        f"{''.join(_link(grid, each, href) for each in page.steps)}</svg>"
    )


def _box(of: EventStep) -> Box | None:
    kind = "optional" if of.optional else "longest" if of.longest else "task"
    name = f"{of.number} {clean(of.row.name)}"
    return box(kind, Words(name, clean(of.row.department), clean(of.time), "", ""), _COLUMN)


def _bands(grid: Grid) -> str:
    drawn = []
    for number, (top, bottom) in enumerate(grid.bands, 1):
        drawn.append(
            f'<rect x=".5" y="{top - _PAD:g}" width="{grid.wide - 1:g}"'
            f' height="{bottom - top + 2 * _PAD:g}" rx="6"/><text x="13" y="{top + 10:g}">{number}</text>'
        )
    return f'<g class="fc-bands" aria-hidden="true">{"".join(drawn)}</g>'


def _ways(grid: Grid, steps: Sequence[EventStep]) -> str:
    """Draw the arrows, those of the longest way last and thicker."""
    sorts: dict[bool, list[str]] = {False: [], True: []}
    heads = []
    main = [each.number - 1 for each in steps if each.longest]
    on_way = set(pairwise(main))
    for (source, target), points in grid.routes.items():
        sorts[(source, target) in on_way].append(line(points))
        x, y = points[-1]
        heads.append(f"M{x:g} {y:g}l-4-8h8z")
    drawn = "".join(
        f'<path{_MAIN if on_main else ""} d="{"".join(paths)}"/>'
        for on_main, paths in sorts.items()
        if paths
    )
    if not drawn:
        return ""
    return f'<g class="fc-ways">{drawn}</g><path class="fc-heads" d="{"".join(heads)}"/>'


def _link(grid: Grid, each: EventStep, href: Callable[[str], str]) -> str:
    x, y = grid.centres[each.number - 1]
    drawn = grid.boxes[each.number - 1]
    return (
        f'<a href="{escape(href(each.row.address))}"><g class="fc-{drawn.shape}"'
        f' transform="translate({x:g} {y:g})">{step(drawn)}</g></a>'
    )
