"""Marks and banners for departments that brought none: tiles laid by the slug, in its colours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from generator.rendering.theming.colours import from_oklch, to_oklch
from generator.rendering.theming.palette import Scheme

_TILES = (
    "M{x} {y}h{s}a{s} {s} 0 0 1 -{s} {s}z",
    "M{r} {y}v{s}a{s} {s} 0 0 1 -{s} -{s}z",
    "M{r} {b}h-{s}a{s} {s} 0 0 1 {s} -{s}z",
    "M{x} {b}v-{s}a{s} {s} 0 0 1 {s} {s}z",
    "M{x} {y}h{s}v{s}z",
    "M{x} {b}v-{s}h{s}z",
    "M{x} {m}a{h} {h} 0 1 1 {s} 0a{h} {h} 0 1 1 -{s} 0z",
    "M{x} {y}h{s}v{h}h-{s}z",
)
"""Shapes that fill a square of side `s` from (`x`, `y`): quarters of a disc, halves, a disc."""

MARK, BANNER = "mark.svg", "banner.svg"


def mark(slug: str, scheme: Scheme) -> bytes:
    """Return a mark of four tiles on a field, 44 by 44, the same for the same slug and colours."""
    seed = hashlib.sha256(f"mark {slug}".encode()).digest()
    inks = ("#ffffff", _shifted(scheme.fill, 0.36), _shifted(scheme.accent_fill, 0.22))
    places = [(8 + 14 * (n % 2), 8 + 14 * (n // 2)) for n in range(4)]
    tiles = "".join(
        _tile(seed[n] % len(_TILES), x, y, 14, inks[0 if n == seed[8] % 4 else seed[n + 4] % 3])
        for n, (x, y) in enumerate(places)
    )
    return _svg(44, 44, f'<rect width="44" height="44" rx="8" fill="{scheme.fill}"/>{tiles}')


def banner(slug: str, scheme: Scheme) -> bytes:
    """Return a band of tiles, 1200 by 96, for above the heading of the home page."""
    inks = (
        _shifted(scheme.fill, 0.08), _shifted(scheme.fill, 0.16), _shifted(scheme.fill, 0.30),
        _shifted(scheme.fill, -0.06), _shifted(scheme.accent_fill, 0.10),
    )  # fmt: skip
    ground = f'<rect width="1200" height="96" fill="{scheme.fill}"/>'
    return _svg(1200, 96, ground + "".join(_band(slug, inks)))


def _band(slug: str, inks: tuple[str, ...]) -> Iterator[str]:
    for column in range(25):
        seed = hashlib.sha256(f"banner {slug} {column}".encode()).digest()
        for row in range(2):
            if seed[row] % 4:
                ink = inks[seed[row + 2] % 4 if seed[row + 4] % 7 else 4]
                yield _tile(seed[row + 6] % len(_TILES), 48 * column, 48 * row, 48, ink)


def _tile(shape: int, x: int, y: int, side: int, ink: str) -> str:
    half = side // 2
    path = _TILES[shape].format(x=x, y=y, s=side, h=half, r=x + side, b=y + side, m=y + half)
    return f'<path fill="{ink}" d="{path}"/>'


def _shifted(colour: str, step: float) -> str:
    lightness, chroma, hue = to_oklch(colour)
    return from_oklch(min(max(lightness + step, 0.1), 0.97), chroma, hue)


def _svg(width: int, height: int, content: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{content}</svg>\n'
    ).encode()
