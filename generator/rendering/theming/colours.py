"""Colours: WCAG contrast, perceptual lightness, and the nearest colour that can be read.

Sources: WCAG 2.1, success criteria 1.4.3 (text 4.5:1) and 1.4.11 (parts of the interface
3:1), its definitions of relative luminance and contrast ratio; OKLCH after Björn Ottosson,
"A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import atan2, cos, hypot, radians, sin

TEXT = 4.5
"""Least contrast of text (WCAG 2.1, 1.4.3)."""

PART = 3.0
"""Least contrast of large text and of what shows a control or its state (1.4.3, 1.4.11)."""

_STEP = 0.004


def normal(colour: str) -> str:
    """Return a colour as `#rrggbb` in small letters; `#rgb` is spelled out."""
    digits = colour.lstrip("#").lower()
    return "#" + ("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)


@cache
def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 for black to 1 for white (WCAG 2.1)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, never rounded up (WCAG 2.1)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_safe(colour: str, grounds: Iterable[str], ratio: float = TEXT) -> bool:
    """Tell whether a colour can be told from every ground it may stand on."""
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def nearest_safe(colour: str, grounds: Iterable[str], ratio: float = TEXT) -> str:
    """Return the colour itself if it is safe on every ground, else its nearest safe twin.

    The twin has the same hue and differs as little as possible in lightness; chroma gives
    way only where the screen cannot show it. Where no lightness is safe on all grounds,
    black or white comes back, whichever is told apart better on the worst of them.
    """
    against = tuple(grounds)
    colour = normal(colour)
    if is_safe(colour, against, ratio):
        return colour
    lightness, chroma, hue = to_oklch(colour)
    for count in range(1, int(1 / _STEP) + 1):
        for shifted in (lightness - count * _STEP, lightness + count * _STEP):
            if 0 <= shifted <= 1:
                twin = from_oklch(shifted, chroma, hue)
                if is_safe(twin, against, ratio):
                    return twin
    return max(
        ("#000000", "#ffffff"), key=lambda ink: min(contrast(ink, ground) for ground in against)
    )


def mix(colour: str, ground: str, share: float) -> str:
    """Return a ground tinted with a share of a colour, 0 to 1, mixed as light is shown."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return _hex([upper * share + lower * (1 - share) for upper, lower in pairs])


@cache
def to_oklch(colour: str) -> tuple[float, float, float]:
    """Return lightness 0-1, chroma 0-0.37 and hue in degrees of a colour."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a) * 57.29577951308232 % 360


@cache
def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour, with as much of the chroma as a screen can show."""
    low, high = 0.0, chroma
    channels = _from_oklab(lightness, chroma, hue)
    if not _is_shown(channels):
        for _ in range(16):
            middle = (low + high) / 2
            if _is_shown(_from_oklab(lightness, middle, hue)):
                low = middle
            else:
                high = middle
        channels = _from_oklab(lightness, low, hue)
    return _hex([_encoded(min(max(channel, 0.0), 1.0)) for channel in channels])


def _from_oklab(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)


def _channels(colour: str) -> tuple[float, float, float]:
    digits = normal(colour)[1:]
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _linear(channel: float) -> float:
    """Return a channel as light, by the transfer function that WCAG 2.1 gives."""
    return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
