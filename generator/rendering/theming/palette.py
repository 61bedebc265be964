"""A theme's colours in both schemes, every pair of text and ground that can be read.

A wish that misses is answered with its nearest safe twin, and the answer is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

from generator.rendering.theming import colours
from generator.rendering.theming.colours import PART, TEXT, contrast, mix, nearest_safe

SCHEMES = ("light", "dark")
INKS = ("ink", "ink_soft", "link", "accent_ink")
GROUNDS = ("page", "surface", "tint")
HUES = tuple(range(0, 360, 15))
"""Hues, in degrees, of the looks made for departments without a theme of their own."""

TONES = ((0.44, 0.12), (0.38, 0.09), (0.50, 0.14))
"""Lightness and chroma that these looks take: clear, deep, bright."""

_PRIMARY, _ACCENT = "#0d5c63", "#a93924"


class _Ground(NamedTuple):
    """How the grounds of a scheme are mixed, and what must be readable on them.

    `end` is black or white, which a ground leaves at least `room` for; a share of the
    primary colour goes into page, surface and tint.
    """

    end: str
    room: float
    page: tuple[str, float]
    surface: tuple[str, float]
    tint: float
    text: str


_GROUNDS = {
    "light": _Ground("#000000", 14.0, ("#fbfbf9", 0.03), ("#ffffff", 0.0), 0.09, "#1a2024"),
    "dark": _Ground("#ffffff", 12.5, ("#111417", 0.05), ("#1b2024", 0.07), 0.2, "#eaecea"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The colours of one scheme by what they are for, each `#rrggbb`.

    Inks (`ink`, `ink_soft`, `link`, `accent_ink`) are for text on the grounds (`page`,
    `surface`, `tint`); `on_fill` is for text on `fill`, `on_accent_fill` on `accent_fill`;
    `edge` shows controls; `line` only adorns.
    """

    page: str
    surface: str
    tint: str
    ink: str
    ink_soft: str
    link: str
    accent_ink: str
    fill: str
    on_fill: str
    accent_fill: str
    on_accent_fill: str
    line: str
    edge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Both schemes of a theme."""

    light: Scheme
    dark: Scheme


class Answer(NamedTuple):
    """A wish that could not be read, and the twin that stands for it."""

    place: str
    wanted: str
    given: str
    ratio: float
    least: float


PAIRS = (
    *((ink, ground, TEXT) for ink in INKS for ground in GROUNDS),
    ("on_fill", "fill", TEXT),
    ("on_accent_fill", "accent_fill", TEXT),
    *(("edge", ground, PART) for ground in GROUNDS),
)
"""Every pair that a style sheet may put on one another, with the contrast it needs."""


def misses(scheme: Scheme) -> Iterator[tuple[str, str, float]]:
    """Yield the pairs that cannot be read, with their contrast; none for a scheme made here."""
    values = asdict(scheme)
    for upper, lower, least in PAIRS:
        found = contrast(values[upper], values[lower])
        if found < least:
            yield upper, lower, found


def palette(wishes: Mapping[str, object]) -> tuple[Palette, tuple[Answer, ...]]:
    """Return the palette nearest to the `colours` of a theme.yml, and the wishes it changed."""
    light, dark = _Wishes("light", wishes), _Wishes("dark", wishes)
    made = Palette(light=_scheme(light), dark=_scheme(dark))
    return made, (*light.answers, *dark.answers)


def derived_wishes(slug: str) -> Mapping[str, object]:
    """Return the colours of a department that chose none: always the same for the same slug."""
    seed = hashlib.sha256(slug.encode()).digest()
    hue = HUES[seed[0] % len(HUES)]
    lightness, chroma = TONES[seed[1] % len(TONES)]
    turn = 120 + seed[2] % 121
    return {
        "primary": colours.from_oklch(lightness, chroma, hue),
        "accent": colours.from_oklch(0.5, 0.12, (hue + turn) % 360),
    }


class _Wishes:
    """What a theme asks for in one scheme, and the answers given so far."""

    def __init__(self, scheme: str, wishes: Mapping[str, object]) -> None:
        self.scheme, self._wishes, self.answers = scheme, wishes, list[Answer]()

    def of(self, role: str, scheme: str = "") -> str | None:
        """Return the wish for a role; one colour alone is meant for the light scheme."""
        value, scheme = self._wishes.get(role), scheme or self.scheme
        found = value.get(scheme) if isinstance(value, Mapping) else value
        alone = scheme == "dark" and not isinstance(value, Mapping)
        return colours.normal(str(found)) if found and not alone else None

    def answered(
        self, role: str, default: str, grounds: tuple[str, ...], least: float = TEXT
    ) -> str:
        """Return the wish, or the default, or the safe twin of either; a changed wish is told."""
        wanted = self.of(role)
        given = nearest_safe(wanted or default, grounds, least)
        if wanted and given != wanted:
            found = min(contrast(wanted, ground) for ground in grounds)
            place = f"colours.{role}.{self.scheme}"
            self.answers.append(Answer(place, wanted, given, found, least))
        return given


def _scheme(wishes: _Wishes) -> Scheme:
    ground = _GROUNDS[wishes.scheme]
    base = wishes.of("primary") or wishes.of("primary", "light") or _PRIMARY
    page = wishes.answered("background", _mixed(base, ground.page), (ground.end,), ground.room)
    card = _step_from(page, ground) if wishes.of("background") else _mixed(base, ground.surface)
    surface = wishes.answered("surface", card, (ground.end,), ground.room)
    tint = nearest_safe(mix(base, surface, ground.tint), (ground.end,), ground.room - 1.5)
    grounds = (page, surface, tint)
    ink = wishes.answered("text", ground.text, grounds)
    fill = wishes.of("primary") or _quiet(base)
    second = wishes.of("accent") or wishes.of("accent", "light") or _ACCENT
    accent_fill = wishes.of("accent") or _quiet(second)
    return Scheme(
        page=page,
        surface=surface,
        tint=tint,
        ink=ink,
        ink_soft=nearest_safe(mix(ink, page, 0.74), grounds, TEXT),
        link=wishes.answered("primary", _lifted(base, ground), grounds),
        accent_ink=wishes.answered("accent", _lifted(second, ground), grounds),
        fill=fill,
        on_fill=_on(fill),
        accent_fill=accent_fill,
        on_accent_fill=_on(accent_fill),
        line=mix(ink, surface, 0.16),
        edge=nearest_safe(mix(ink, page, 0.5), grounds, PART),
    )


def _mixed(base: str, recipe: tuple[str, float]) -> str:
    ground, share = recipe
    return mix(base, ground, share)


def _step_from(page: str, ground: _Ground) -> str:
    """Return a ground for cards a step from a page that a theme asked for."""
    return mix("#ffffff", page, 0.55 if ground.end == "#000000" else 0.05)


def _lifted(colour: str, ground: _Ground) -> str:
    """Return a colour as text of its scheme: itself in the light one, a lighter one in the dark."""
    if ground.end == "#000000":
        return colour
    lightness, chroma, hue = colours.to_oklch(colour)
    return colours.from_oklch(max(lightness, 0.8), chroma * 0.9, hue)


def _quiet(colour: str) -> str:
    """Return a colour for large areas of the dark scheme: dark enough for white words."""
    lightness, chroma, hue = colours.to_oklch(colour)
    return nearest_safe(colours.from_oklch(min(lightness, 0.46), chroma, hue), ("#ffffff",), TEXT)


def _on(fill: str) -> str:
    """Return white or near-black, whichever can be read on a fill; white where both can.

    One always can: the worst fill for both still has 4.58:1 with pure black or white.
    """
    if contrast("#ffffff", fill) >= TEXT:
        return "#ffffff"
    return "#14181d" if contrast("#14181d", fill) >= TEXT else "#000000"
