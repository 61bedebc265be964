"""Pictures of a theme: raster files by their first bytes, SVG taken apart and built anew.

An SVG is served as `<img>` only, where it can run nothing and ask nobody; it is rebuilt all
the same, so that the file is harmless to one who opens it by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.i18n import Translator

LARGEST_BYTES = 1_000_000
LARGEST_SVG_BYTES = 100_000
_MOST_ELEMENTS, _DEEPEST = 2_000, 24
_SVG = "{http://www.w3.org/2000/svg}"
_MAGIC = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_ELEMENTS = frozenset({
    "svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon",
    "title", "desc", "defs", "linearGradient", "radialGradient", "stop", "clipPath",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "id", "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx",
    "ry", "fx", "fy", "d", "points", "transform", "fill", "fill-opacity", "fill-rule", "stroke",
    "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-opacity",
    "opacity", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "clip-path", "clip-rule", "clipPathUnits", "preserveAspectRatio", "vector-effect",
})  # fmt: skip
_VALUE = re.compile(r"[\w\s.,#%()+\-:/]*")
_OWN_PART = re.compile(r"url\(#[\w-]+\)")


class PictureError(Exception):
    """A picture is not used; the text says why."""


def checked(name: str, content: bytes, tr: Translator) -> tuple[bytes, tuple[str, ...]]:
    """Return the picture as it will be served, and the parts of it that were left out.

    Raises PictureError for a file that is too large or not what its name says.
    """
    if len(content) > LARGEST_BYTES:
        raise PictureError(tr("has {size} bytes, more than {most}",
                              size=len(content), most=LARGEST_BYTES))  # fmt: skip
    kind = name.rpartition(".")[2]
    if kind == "svg":
        return _rebuilt(content, tr)
    magic = _MAGIC.get(kind)
    if magic is None or not magic.match(content):
        raise PictureError(tr("is not a {kind} picture", kind=kind.upper()))
    return content, ()


def _rebuilt(content: bytes, tr: Translator) -> tuple[bytes, tuple[str, ...]]:
    if len(content) > LARGEST_SVG_BYTES:
        raise PictureError(tr("has {size} bytes, more than {most}",
                              size=len(content), most=LARGEST_SVG_BYTES))  # fmt: skip
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PictureError(tr("is not UTF-8")) from error
    if re.search(r"<!(?!--)", text):
        raise PictureError(tr("holds a document type, entities or CDATA"))
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise PictureError(tr("is not well-formed: {problem}", problem=error)) from error
    if root.tag != f"{_SVG}svg" or not root.get("viewBox"):
        raise PictureError(tr("is not an SVG picture with a viewBox"))
    _measure(root, tr)
    left_out: list[str] = []
    copy = _copy(root, left_out)
    copy.set("xmlns", _SVG[1:-1])
    built = ElementTree.tostring(copy, encoding="unicode")
    return built.encode() + b"\n", tuple(dict.fromkeys(left_out))


def _measure(root: Element, tr: Translator) -> None:
    level, count, depth = [root], 0, 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > _MOST_ELEMENTS or depth > _DEEPEST:
            message = tr("has more than {n} parts or is nested too deep", n=_MOST_ELEMENTS)
            raise PictureError(message)
        level = [child for element in level for child in element]


def _copy(element: Element, left_out: list[str]) -> Element:
    """Return the element with what may stand; parts that could act are named in `left_out`."""
    copy = Element(element.tag.removeprefix(_SVG))
    for name, value in element.attrib.items():
        if name in _ATTRIBUTES and _is_plain(value):
            copy.set(name, value)
        elif not name.startswith("{") or name.endswith("}href"):
            left_out.append(f'{name.rpartition("}")[2]}="{value[:40]}"')
    if copy.tag in ("title", "desc"):
        copy.text = (element.text or "").strip()
        return copy
    copy.extend(_children(element, left_out))
    return copy


def _children(element: Element, left_out: list[str]) -> Iterator[Element]:
    for child in element:
        name = str(child.tag)
        if name.removeprefix(_SVG) in _ELEMENTS and name.startswith(_SVG):
            yield _copy(child, left_out)
        elif name.startswith(_SVG) or not name.startswith("{"):
            left_out.append(f"<{name.removeprefix(_SVG)}>")


def _is_plain(value: str) -> bool:
    """Tell whether a value leads nowhere but to a part of the same picture."""
    if "url" in value.lower() or ":" in value:
        return bool(_OWN_PART.fullmatch(value.strip()))
    return bool(_VALUE.fullmatch(value))
