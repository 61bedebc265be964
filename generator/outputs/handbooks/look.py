"""A book's colours and mark, from its site's theme: on paper always the light scheme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.rendering.theme import Theme

CITY = {"fill": "#0d5c63", "on-fill": "#ffffff", "tint": "#eaf1ef", "accent-ink": "#9c3220",
        "ink": "#18211f", "ink-soft": "#4d5a57", "line": "#dfdbd1", "link": "#0b5a5f"}  # fmt: skip
"""The city's own colours, as in tokens.css."""
_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-fA-F]{6})\b")
_FORMS = {"svg": "svg", "png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp"}


def colours(theme: Theme | None) -> dict[str, str]:
    """Return the colours by token: those of the theme's light scheme, else the city's."""
    found = dict(CITY)
    seen: set[str] = set()
    for name, value in _TOKEN.findall(theme.css.decode("utf-8", "replace") if theme else ""):
        if name in found and name not in seen:  # the light scheme stands first
            found[name] = value
            seen.add(name)
    return found


def mark(theme: Theme | None) -> dict[str, Any] | None:
    """Return the department's mark: its form and its bytes; None if there is none to be set."""
    content = theme.pictures.get(theme.mark) if theme and theme.mark else None
    form = _FORMS.get(theme.mark.rpartition(".")[2].lower()) if theme else None
    if content is None or form is None:
        return None
    if form == "svg":
        return {"form": form, "text": content.decode("utf-8", "replace"), "bytes": []}
    return {"form": form, "text": "", "bytes": list(content)}


def chart_colours(found: Mapping[str, str]) -> dict[str, str]:
    """Return a chart's colours by the names of charts.css, on white paper."""
    return {
        "paper": "#ffffff", "accent": found["fill"], "on-accent": found["on-fill"],
        "text": found["ink"], "soft": found["ink-soft"], "line": "#66727f", "box": found["tint"],
        "edge": found["fill"], "choice": "#fff4d9", "choice-edge": "#a97a12",
        "choice-text": "#6b4a00", "pause": "#f3f1f8", "pause-edge": "#7b6ca3", "sheet": "#ffffff",
        "sheet-edge": "#7d8894",
    }  # fmt: skip
