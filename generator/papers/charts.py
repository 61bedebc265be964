"""The flowcharts of drafts as they will appear: for a page of HTML, and as a picture for print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.flowcharts import draw
from generator.flowcharts.draw import Cache
from generator.flowcharts.looks import RULES
from generator.i18n import Translator
from generator.model.power import Procedure
from generator.sources import decode

_PAPER = {
    "paper": "#fff",
    "accent": "#333",
    "on-accent": "#fff",
    "text": "#000",
    "soft": "#333",
    "line": "#555",
    "box": "#f4f4f4",
    "edge": "#666",
    "choice": "#fff",
    "choice-edge": "#333",
    "choice-text": "#222",
    "pause": "#f4f4f4",
    "pause-edge": "#666",
    "sheet": "#fff",
    "sheet-edge": "#666",
}
"""The colours of a chart on a black and white printer, by the names of charts.css."""
_VARIABLE = re.compile(r"var\(--fc-([a-z-]+)\)")
SECONDS = 5.0

STYLE = _VARIABLE.sub(lambda found: _PAPER[found[1]], RULES)
"""The rules of a chart for print, without variables, which few programs but browsers know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart: inline for a page that has `STYLE`, alone for print, its size in pixels."""

    inline: str
    alone: str
    wide: float
    high: float
    summary: str


def pictures(
    records: Mapping[str, Mapping[str, Any]],
    unsound: Iterable[str],
    tr: Translator,
    *,
    cache: Cache,
    workers: int,
    font: str = "",
) -> dict[str, Picture]:
    """Return the charts of the records that have a procedure which can be drawn, by code.

    `unsound` are records whose steps or moves have errors: they have no chart yet. `font`
    is the family in which the pictures for print are written.
    """
    passed_over = set(unsound)
    procedures = {
        code: procedure
        for code, record in records.items()
        if code not in passed_over and (procedure := _procedure(record))
    }
    charts = draw.draw(procedures, tr, cache=cache, workers=workers, timeout_s=SECONDS)
    found = {}
    for code in procedures:
        chart = charts.drawn.get(charts.prints[code])
        if chart:
            name = str(records[code].get("name", code))
            family = f'text{{font-family:"{font}"}}' if font else ""
            found[code] = Picture(
                inline=charts.inline(charts.prints[code], f"chart-{code}", name),
                alone=(
                    f'<svg xmlns="http://www.w3.org/2000/svg" width="{chart.wide:g}" '
                    f'height="{chart.high:g}" viewBox="0 0 {chart.wide:g} {chart.high:g}" '
                    f'fill="none" stroke="#333" text-anchor="middle"><style>{STYLE}{family}</style>'
                    f"{chart.body}</svg>"
                ),
                wide=chart.wide,
                high=chart.high,
                summary=chart.summary,
            )
    return found


def _procedure(record: Mapping[str, Any]) -> Procedure | None:
    """Return the procedure of a draft; None if there is none, or it cannot be read."""
    try:
        return decode.power(record).procedure or None
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
