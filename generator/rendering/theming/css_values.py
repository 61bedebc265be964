"""What each property of a theme's own CSS may be set to; a property that is not here may not stand.

Lengths keep within what can be read. Text may only take the palette's inks and only stand on
its grounds, all pairs of which are tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

INKS = frozenset({"ink", "ink-soft", "link", "accent-ink"})
"""Colours for text; each is safe on every ground."""

GROUNDS = frozenset({"page", "surface", "tint"})
"""Colours for text to stand on."""

LINES = INKS | {"line", "edge", "fill", "accent-fill"}
"""Colours for borders and the like, beside any written out."""

_ASSET = re.compile(r"(?:\./)?assets/([a-z0-9][a-z0-9-]*\.(?:png|jpg|jpeg|webp|svg))")


class Length(NamedTuple):
    """How long something may be, in the root's font size; `share` allows a percentage."""

    least: float
    most: float
    share: bool = False


class Kind(NamedTuple):
    """What a property takes: words, one length of a range, a plain number of a range, colours."""

    words: str = ""
    length: Length | None = None
    number: tuple[float, float] | None = None
    colours: frozenset[str] = frozenset()
    any_colour: bool = False
    function: str = ""
    own: bool = False
    pseudo: bool = False


_SPACE = Kind("auto", Length(0, 6))
_BORDER = Kind("none solid dashed dotted double thin medium", Length(0, 1), (0, 0), LINES, True)
_ALIGN = Kind("start center end stretch baseline space-between flex-start flex-end")

PROPERTIES: dict[str, Kind] = {
    "color": Kind(colours=INKS, own=True),
    "background-color": Kind(colours=GROUNDS, own=True),
    "accent-color": Kind(colours=INKS),
    "border-radius": Kind(length=Length(0, 4, True), number=(0, 0)),
    "border-style": Kind("none solid dashed dotted double"),
    "border-width": Kind("thin medium", Length(0, 1), (0, 0)),
    "border-color": Kind("transparent", colours=LINES, any_colour=True),
    "box-shadow": Kind("none", Length(0, 0.5), (0, 0), LINES, True),
    "max-width": Kind("none", Length(18, 90)),
    "min-height": Kind(length=Length(0, 30), number=(0, 0)),
    "font-family": Kind(function="font font-heading font-figures"),
    "font-size": Kind(length=Length(0.8125, 3.5)),
    "font-style": Kind("normal italic"),
    "font-weight": Kind("normal bold", number=(400, 900)),
    "font-variant-numeric": Kind("normal tabular-nums lining-nums oldstyle-nums"),
    "line-height": Kind(number=(1.2, 2.4)),
    "letter-spacing": Kind("normal", Length(0, 0.3), (0, 0)),
    "text-align": Kind("start center end"),
    "text-decoration-color": Kind(colours=INKS, any_colour=True),
    "text-decoration-style": Kind("solid dashed dotted double wavy"),
    "text-decoration-thickness": Kind("auto from-font", Length(0.05, 0.3)),
    "text-underline-offset": Kind("auto", Length(0, 0.5)),
    "list-style-type": Kind("none disc circle square decimal"),
    "break-inside": Kind("auto avoid"),
    "display": Kind("block flex grid inline-block inline-flex inline-grid", own=True),
    "flex-direction": Kind("row column", own=True),
    "flex-wrap": Kind("wrap", own=True),
    "flex": Kind("auto none", Length(4, 90), (0, 12), own=True),
    "align-items": _ALIGN._replace(own=True),
    "justify-content": _ALIGN._replace(own=True),
    "align-self": _ALIGN._replace(own=True),
    "grid-template-columns": Kind("auto", Length(3, 90), function="repeat minmax", own=True),
    "column-count": Kind("auto", number=(1, 4), own=True),
    "width": Kind("auto", Length(3, 90, True), own=True),
    "object-fit": Kind("contain cover", own=True),
    "content": Kind(pseudo=True),
    "background-image": Kind("none", function="url", pseudo=True),
    "background-repeat": Kind("repeat repeat-x repeat-y no-repeat", pseudo=True),
    "background-size": Kind("auto contain cover", Length(0, 30, True), pseudo=True),
    "background-position": Kind("left right top bottom center", pseudo=True),
    **dict.fromkeys(
        ("margin", "margin-block", "margin-inline", "margin-top", "margin-bottom", "margin-left",
         "margin-right", "margin-block-start", "margin-block-end", "margin-inline-start",
         "margin-inline-end"),
        _SPACE._replace(number=(0, 0)),
    ),
    **dict.fromkeys(
        ("padding", "padding-block", "padding-inline", "padding-top", "padding-bottom",
         "padding-left", "padding-right", "padding-block-start", "padding-block-end",
         "padding-inline-start", "padding-inline-end", "gap", "row-gap", "column-gap"),
        Kind(length=Length(0, 6), number=(0, 0)),
    ),
    **dict.fromkeys(
        ("border", "border-top", "border-bottom", "border-left", "border-right", "border-block",
         "border-inline", "border-block-start", "border-block-end", "border-inline-start",
         "border-inline-end"),
        _BORDER,
    ),
}  # fmt: skip


def written(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    """Return a token of a value as it may be written, None if it may not stand."""
    check = _CHECKS.get(token.type)
    return check(token, kind, pictures) if check else None


def _word(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    word: str = token.lower_value
    plain = kind.any_colour and word in ("transparent", "currentcolor")
    return word if word in kind.words.split() or plain else None


def _number(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    if kind.number and kind.number[0] <= token.value <= kind.number[1]:
        return f"{token.value:g}"
    return None


def _share(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    allowed = kind.length and kind.length.share and 25 <= token.value <= 100
    return f"{token.value:g}%" if allowed else None


def _measure(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    if token.lower_unit == "fr" and "repeat" in kind.function and 0.5 <= token.value <= 12:
        return f"{token.value:g}fr"
    scale = {"rem": 1.0, "em": 1.0, "px": 1 / 16}.get(token.lower_unit)
    if kind.length is None or scale is None:
        return None
    if kind is PROPERTIES["font-size"] and token.lower_unit != "rem":
        return None  # sizes in em multiply, and those in px ignore a reader who wants larger text
    if kind.length.least <= token.value * scale <= kind.length.most:
        return f"{token.value:g}{token.lower_unit}"
    return None


def _colour(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    if kind.any_colour and re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", token.value):
        return f"#{token.value.lower()}"
    return None


def _function(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    inner = [part for part in token.arguments if part.type not in ("whitespace", "comment")]
    if token.lower_name == "var" and len(inner) == 1 and inner[0].type == "ident":
        name = inner[0].value.removeprefix("--")
        known = kind.colours | {word for word in kind.function.split() if word.startswith("font")}
        return f"var(--{name})" if name in known and inner[0].value.startswith("--") else None
    if token.lower_name == "url" and len(inner) == 1:
        return _url(inner[0], kind, pictures)
    if token.lower_name in kind.function.split() and token.lower_name in ("repeat", "minmax"):
        parts = [_argument(part, kind, pictures) for part in inner]
        if None not in parts:
            return f"{token.lower_name}({' '.join(map(str, parts)).replace(' ,', ',')})"
    return None


def _argument(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    if token.type == "literal" and token.value == ",":
        return ","
    if token.type == "number" and token.is_integer and 1 <= token.value <= 6:
        return f"{token.int_value}"
    if token.type == "ident" and token.lower_value in ("auto-fit", "auto-fill", "auto"):
        return str(token.lower_value)
    check = _CHECKS.get(token.type) if token.type in ("dimension", "function") else None
    return check(token, kind, pictures) if check else None


def _url(token: Any, kind: Kind, pictures: frozenset[str]) -> str | None:
    return _picture(token.value, pictures) if kind.function == "url" else None


def _picture(address: str, pictures: frozenset[str]) -> str | None:
    found = _ASSET.fullmatch(address)
    return f'url("{found[1]}")' if found and found[1] in pictures else None


_CHECKS: dict[str, Callable[[Any, Kind, frozenset[str]], str | None]] = {
    "ident": _word,
    "number": _number,
    "percentage": _share,
    "dimension": _measure,
    "hash": _colour,
    "function": _function,
    "url": _url,
}
