"""A chart as a picture for print: colours in place of variables, which few programs but browsers know."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.flowcharts.looks import RULES
from generator.flowcharts.svg import Chart

_VARIABLE = re.compile(r"var\(--fc-([a-z-]+)\)")
_INK = "#333333"


def printed(chart: Chart, colours: Mapping[str, str], *, font: str) -> str:
    """Return the chart as an SVG file in one font of one weight; names are thickened instead.

    `colours` are by the names of charts.css.
    """
    rules = _VARIABLE.sub(lambda found: colours.get(found[1], _INK), RULES)
    text, on_accent = colours.get("text", _INK), colours.get("on-accent", "#ffffff")
    bold = (
        f".fc-n{{font-weight:400;stroke:{text};stroke-width:.35}}"
        f".fc-start .fc-n{{stroke:{on_accent}}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{chart.wide:g}" height="{chart.high:g}" '
        f'viewBox="0 0 {chart.wide:g} {chart.high:g}" fill="none" stroke="{_INK}" '
        f'text-anchor="middle"><style>{rules}{bold}text{{font-family:"{font}"}}</style>'
        f"{chart.body}</svg>"
    )
