"""Writes a theme's style sheet: the city's variables anew, for light, dark and without script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from generator.rendering.theming import looks
from generator.rendering.theming.palette import Palette, Scheme

_SANS = (
    '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", '
    '"Source Han Sans SC", system-ui, sans-serif'
)
_SERIF = '"Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", STSong, SimSun, Georgia, serif'
_ROUND = '"Yuanti SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", ui-rounded, ' + _SANS
_KAI = '"Kaiti SC", STKaiti, KaiTi, "AR PL UKai CN", ' + _SERIF
FONTS: Mapping[str, tuple[str, str]] = {
    "sans": (_SANS, "var(--font)"),
    "serif": (_SERIF, "var(--font)"),
    "rounded": (_ROUND, "var(--font)"),
    "kai": (_SANS, _KAI),
}
"""Stacks for running text and for headings, of fonts that readers have: nothing is loaded."""

_FIGURES = ".banner__count,\n.tally__count,\n.count {\n  font-family: var(--font-figures);\n}\n"

LAYER = "department"
"""The cascade layer of a theme's own CSS; `theme/assets/css/05-guard.css` puts it in its place."""

RADII = {"none": "0", "small": "0.25rem", "medium": "0.5rem", "large": "0.875rem"}
DENSITIES = {"compact": "0.8", "normal": "1", "airy": "1.25"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a style sheet is made of; "" leaves a choice to the city.

    `choices` are the values of `looks.CHOICES`, which bring sheets of their own.
    """

    palette: Palette
    font: str = ""
    radius: str = ""
    density: str = ""
    structure: str = "standard"
    typeface: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    own: str = ""


def stylesheet(style: Style) -> bytes:
    """Return the style sheet; on paper the city's black on white stands."""
    forms = "".join(f"  --{name}: {value};\n" for name, value in _forms(style))
    light, dark = _colours(style.palette.light), _colours(style.palette.dark)
    chosen = (looks.sheet(name, style.choices.get(name, "")) for name in looks.CHOICES)
    parts = [
        looks.font_face(style.typeface) if style.typeface else "",
        f":root {{\n{forms}}}\n" if forms else "",
        f'@media screen {{\n:root {{\n{light}}}\n:root[data-scheme="dark"] {{\n{dark}}}\n}}\n',
        f"@media screen and (prefers-color-scheme: dark) {{\n:root.no-js {{\n{dark}}}\n}}\n",
        _FIGURES if style.typeface else "",
        *chosen,
        layered(style.own),
    ]
    return "".join(parts).encode()


def layered(own: str) -> str:
    """Return a theme's own CSS in its layer, "" for none.

    Every declaration is important, so that it counts above the city's rules, which stand in
    no layer, and below `05-guard.css`, whose layer comes first. A browser without layers
    leaves the whole block out.
    """
    if not own:
        return ""
    return f"@layer {LAYER} {{\n{own.replace(';', ' !important;')}}}\n"


def _forms(style: Style) -> Iterator[tuple[str, str]]:
    text, heading = FONTS[style.font] if style.font else ("var(--font)", "var(--font)")
    if style.font:
        yield "font", text
    if style.typeface:
        family = f'"{looks.FAMILY}", '
        yield "font-heading", family + (text if heading == "var(--font)" else heading)
        yield "font-figures", family + text
    elif style.font:
        yield "font-heading", heading
    if style.radius:
        yield "radius", RADII[style.radius]
    if style.density:
        yield "space", DENSITIES[style.density]
    yield from looks.STRUCTURES[style.structure].items()


def _colours(scheme: Scheme) -> str:
    return "".join(
        f"  --{role.replace('_', '-')}: {colour};\n" for role, colour in asdict(scheme).items()
    )
