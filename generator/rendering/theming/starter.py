"""Starts a theme: a palette that can be read, a mark, a banner and settings that fit a layout."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.i18n import Translator
from generator.rendering.theming import colours, glyphs, marks
from generator.rendering.theming.palette import Scheme, derived_wishes, palette

COLOURS: Mapping[str, float] = {
    "red": 25, "orange": 50, "amber": 80, "green": 150, "teal": 190, "blue": 255,
    "indigo": 280, "purple": 310, "rose": 5,
}  # fmt: skip
"""Colours by name, as hues in degrees (OKLCH)."""

_ROUNDS = 8
_FIRST = "banner", "search"
_BLOCKS: Mapping[str, tuple[str, ...]] = {
    "standard": (*_FIRST, "life-events", "kinds", "powers", "news", "changes", "contact", "prose"),
    "wide": ("banner", "life-events", "search", "powers", "contact", "flowcharts", "changes"),
    "paper": ("banner", "about", "prose", "search", "powers", "contact", "news", "changes"),
    "sidebar": ("banner", "contact", "search", "powers", "life-events", "changes", "data"),
    "split": (*_FIRST, "powers", "life-events", "contact", "flowcharts", "prose", "data"),
    "masthead": (
        "banner",
        "news",
        "search",
        "powers",
        "life-events",
        "contact",
        "changes",
        "about",
    ),
    "tiles": (*_FIRST, "contact", "changes", "life-events", "powers", "about", "data", "prose"),
    "chapters": (
        "banner",
        "about",
        "search",
        "powers",
        "life-events",
        "flowcharts",
        "contact",
        "prose",
    ),
}
_STYLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "standard": (("headings", "bar"),),
    "wide": (("lists", "cards"), ("header", "band")),
    "paper": (("font", "serif"), ("headings", "centred"), ("density", "airy")),
    "sidebar": (("lists", "cards"), ("headings", "bar"), ("typeface", "slab")),
    "split": (("lists", "index"), ("typeface", "round"), ("radius", "large")),
    "masthead": (
        ("font", "serif"),
        ("headings", "rule"),
        ("lists", "index"),
        ("typeface", "antiqua"),
    ),
    "tiles": (("header", "band"), ("radius", "none"), ("typeface", "condensed")),
    "chapters": (("header", "centred"), ("headings", "centred"), ("typeface", "mono")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a department asks for; "" leaves a choice to us.

    `colour` and `accent` are `#rrggbb` or a name of `COLOURS`; `mark` a name of `glyphs`;
    `settings` are keys of theme.yml with one word each, above what the layout brings.
    """

    slug: str
    colour: str = ""
    accent: str = ""
    mark: str = ""
    structure: str = "standard"
    tagline: str = ""
    settings: Mapping[str, str]


def colour(text: str) -> str:
    """Return `#rrggbb` for a colour in hex or by name; raise ValueError for any other text."""
    if text.lower() in COLOURS:
        return colours.from_oklch(0.44, 0.13, COLOURS[text.lower()])
    digits = text.strip().lstrip("#")
    if len(digits) not in (3, 6):
        raise ValueError(text)
    int(digits, 16)
    return colours.normal(digits)


def files(wish: Wish, tr: Translator) -> Mapping[str, bytes]:
    """Return a theme's files by their path in its folder; the check finds nothing in them."""
    light, dark = _schemes(wish)
    mark = glyphs.strokes(wish.mark or glyphs.suggested(wish.slug))
    return {
        "theme.yml": _settings(wish, light, dark, tr).encode(),
        "assets/mark.svg": _mark(mark, light),
        "assets/banner.svg": marks.banner(wish.slug, light),
    }


def _schemes(wish: Wish) -> tuple[Scheme, Scheme]:
    wishes = dict(derived_wishes(wish.slug))
    if wish.colour:
        wishes["primary"] = colour(wish.colour)
        _, _, hue = colours.to_oklch(str(wishes["primary"]))
        wishes["accent"] = colours.from_oklch(0.5, 0.12, (hue + 165) % 360)
    if wish.accent:
        wishes["accent"] = colour(wish.accent)
    made, _ = palette(wishes)
    for _ in range(_ROUNDS):  # a twin moves the grounds that are mixed from it
        light, dark = made.light, made.dark
        made, answers = palette(
            {
                "primary": {"light": light.link, "dark": dark.link},
                "accent": {"light": light.accent_ink, "dark": dark.accent_ink},
            }
        )
        if not answers:
            break
    return made.light, made.dark


def _settings(wish: Wish, light: Scheme, dark: Scheme, tr: Translator) -> str:
    chosen = {**dict(_STYLES[wish.structure]), **{k: v for k, v in wish.settings.items() if v}}
    note = tr(
        "Every key and its choices: docs/how-to/departments.md; look: daylight serve --site {slug}",
        slug=wish.slug,
    )
    lines = [
        "# yaml-language-server: $schema=../../generator/rendering/theme.schema.json",
        f"# {note}",
        "schema: 1",
        *([f"tagline: {json.dumps(wish.tagline, ensure_ascii=False)}"] if wish.tagline else []),
        f"structure: {wish.structure}",
        "colours:",
        f'  primary: {{light: "{light.link}", dark: "{dark.link}"}}',
        f'  accent: {{light: "{light.accent_ink}", dark: "{dark.accent_ink}"}}',
        "logo: mark.svg",
        "banner:",
        "  image: banner.svg",
        *(f"{key}: {value}" for key, value in chosen.items()),
        "blocks:",
        *(f"  - {name}" for name in _BLOCKS[wish.structure]),
    ]
    return "\n".join(lines) + "\n"


def _mark(path: str, scheme: Scheme) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44" width="44" height="44">'
        f'<rect width="44" height="44" rx="8" fill="{scheme.fill}"/>'
        f'<path transform="translate(11 11) scale(1.1)" d="{path}" fill="none" '
        f'stroke="{scheme.on_fill}" stroke-width="2.5" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>\n'
    ).encode()
