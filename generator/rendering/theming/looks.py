"""The layouts and typefaces that a theme chooses among: sheets and fonts that come with Daylight."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generator import bundled

STRUCTURES: Mapping[str, Mapping[str, str]] = {
    "standard": {},
    "wide": {"width": "84rem", "measure": "46em"},
    "paper": {"width": "54rem", "measure": "40em"},
    "sidebar": {},
    "split": {"width": "80rem"},
    "masthead": {"width": "78rem"},
    "tiles": {"width": "84rem"},
    "chapters": {"width": "78rem"},
}
"""How a page is laid out, with the widths that go with it."""

CHOICES = ("structure", "header", "lists", "headings", "banner")
"""The settings that are answered with a sheet `theme/looks/<setting>-<value>.css`."""

TYPEFACES: Mapping[str, tuple[int, str]] = {
    "slab": (600, "97%"),
    "condensed": (600, "112%"),
    "antiqua": (600, "106%"),
    "mono": (600, "94%"),
    "round": (400, "97%"),
}
"""Typefaces for figures and Latin letters: the file's weight, and a size that suits Chinese type."""

FAMILY = "figures"
_RANGE = "U+0020-007E, U+00A0-00FF, U+2012-2015, U+2018-201D, U+2026"


def sheet(setting: str, value: str) -> str:
    """Return the sheet of a choice, "" for one that needs none."""
    if setting not in CHOICES or not value:
        return ""
    return _read(bundled.theme() / "looks" / f"{setting}-{value}.css")


def typeface(name: str) -> bytes:
    """Return a typeface's file."""
    return (bundled.theme() / "assets" / "fonts" / f"{name}.woff2").read_bytes()


def font_face(name: str) -> str:
    """Return the rule that brings a typeface from beside the style sheet.

    `optional`: a reader whose line is slow keeps the fonts that are there, and nobody's page
    moves under the eyes.
    """
    weight, size = TYPEFACES[name]
    weights = "400 700" if weight == 400 else "500 700"
    return (
        f'@font-face {{\n  font-family: "{FAMILY}";\n  src: url("{name}.woff2") format("woff2");\n'
        f"  font-weight: {weights};\n  font-display: optional;\n  size-adjust: {size};\n"
        f"  unicode-range: {_RANGE};\n}}\n"
    )


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
