"""Makes whole SVG elements of drawn charts: for a page, and as a file that stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from generator.flowcharts.levels import WIDEST
from generator.flowcharts.looks import STYLE
from generator.flowcharts.routing import MARGIN
from generator.flowcharts.text import clean, wrap

_EM = 14  # a name's size: the chart is as large as the text of the page around it
_OPEN = ' role="img" fill="none" stroke="currentColor" text-anchor="middle"'
_BESIDE = 12  # around a chart that stands alone
_HEADING, _HEADING_LINE, _CREDIT, _CREDIT_LINE = 16, 22, 11, 16


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: width and height in pixels at its own scale, its inside, a description."""

    wide: float
    high: float
    body: str
    summary: str

    @classmethod
    def read(cls, text: str, summary: str) -> Chart:
        """Return the chart of "width height", a line feed and the inside of the SVG."""
        size, body = text.split("\n", 1)
        wide, high = size.split()
        return cls(float(wide), float(high), body, summary)

    @property
    def is_wide(self) -> bool:
        """Whether a common telephone must scroll to show it in legible size."""
        return self.wide > WIDEST + 2 * MARGIN


def inline(chart: Chart, id_prefix: str, title: str) -> str:
    """Return the chart in its frame, for a page of HTML that has charts.css."""
    prefix = re.sub("[^A-Za-z0-9-]+", "-", id_prefix)
    scroll = f' role="region" tabindex="0" aria-labelledby="{prefix}-t"' if chart.is_wide else ""
    return (
        f'<div class="fc-frame"{scroll}><svg class="fc{" fc-wide" if chart.is_wide else ""}"'
        f' width="{chart.wide / _EM:.4g}em" viewBox="0 0 {chart.wide:g} {chart.high:g}"{_OPEN}'
        f' aria-labelledby="{prefix}-t {prefix}-d"><title id="{prefix}-t">{escape(clean(title))}'
        f'</title><desc id="{prefix}-d">{escape(chart.summary)}</desc>{chart.body}</svg></div>'
    )


def standalone(chart: Chart, title: str, *, language: str, credit: str) -> bytes:
    """Return the chart as an SVG file with heading, credit, and colours for light and dark."""
    wide = max(chart.wide, 320)
    heading = wrap(clean(title), wide / _HEADING)
    small = wrap(clean(credit), wide / _CREDIT)
    top = len(heading) * _HEADING_LINE + _BESIDE
    middle, bottom = wide / 2, top + chart.high + (_BESIDE if small else 0)
    high = bottom + len(small) * _CREDIT_LINE
    lines = [
        f'<text class="fc-title" x="{middle:g}" y="{16 + row * _HEADING_LINE}">{escape(line)}</text>'
        for row, line in enumerate(heading)
    ]
    lines += [
        f'<text class="fc-credit" x="{middle:g}" y="{bottom + 11 + row * _CREDIT_LINE:g}">'
        f"{escape(line)}</text>"
        for row, line in enumerate(small)
    ]
    left, whole, tall = -_BESIDE, wide + 2 * _BESIDE, high + 2 * _BESIDE
    file = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fc" xml:lang="{language}"'
        f' width="{whole:g}" height="{tall:g}"'
        f' viewBox="{left} {left} {whole:g} {tall:g}"{_OPEN} aria-labelledby="t d">'
        f'<title id="t">{escape(clean(title))}</title><desc id="d">{escape(chart.summary)}</desc>'
        f"<style>{STYLE}</style>"
        f'<rect class="fc-paper" x="{left}" y="{left}" width="{whole:g}" height="{tall:g}"/>'
        f'<g transform="translate({(wide - chart.wide) / 2:g} {top:g})">{chart.body}</g>'
        f"{''.join(lines)}</svg>\n"
    )
    return file.encode()
