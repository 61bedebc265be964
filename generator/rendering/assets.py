"""The files that all pages of a city share: one style sheet, a few small scripts, the mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.pages.urls import ASSETS
from generator.rendering.shell import material_templates

_SOURCE_MAP = re.compile(rb"\s*/[*/]# sourceMappingURL=.*?(?:\*/|$)", re.DOTALL)

_FOR_MAKERS = re.compile(rb"/\*.*?\*/\s*|^[ \t]+|^\n|(?<=[{};,])\n(?=.)", re.DOTALL | re.MULTILINE)
"""What only those who write a style sheet need: comments, indentation, most line ends."""


def shared(theme_root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each shared file.

    The style sheets are joined in the order of their names; each folder below `pages/` becomes a
    sheet for the pages that name it. The Material theme's own is for pages of prose, where its
    typography is used; what others wrote is handed on unchanged.
    """
    folder = theme_root / "assets"
    yield f"{ASSETS}site.css", _joined(folder / "css")
    for part in sorted((folder / "css" / "pages").iterdir()):
        yield f"{ASSETS}{part.name}.css", _joined(part)
    (material,) = (material_templates() / "assets" / "stylesheets").glob("main.*.css")
    yield f"{ASSETS}prose.css", _SOURCE_MAP.sub(b"", material.read_bytes())
    for path in sorted((folder / "js").glob("*.js")):
        yield f"{ASSETS}{path.name}", path.read_bytes()
    for path in sorted((folder / "js" / "vendor").glob("*.js")):
        yield f"{ASSETS}vendor/{path.name}", path.read_bytes()
    for path in sorted((folder / "images").iterdir()):
        yield f"{ASSETS}{path.name}", path.read_bytes()
    yield f"{ASSETS}licences.txt", (theme_root / "LICENCES.txt").read_bytes()


def _joined(folder: Path) -> bytes:
    """Return the style sheets of a folder as one, in the order of their names."""
    sheets = sorted(folder.glob("*.css"))
    joined = b"\n".join(sheet.read_bytes().strip() for sheet in sheets) + b"\n"
    return _FOR_MAKERS.sub(b"", joined)
