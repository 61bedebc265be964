"""The gallery of the city's houses: each department's look as a small drawing from its own colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.builder.artifact import Artifact
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import House, ThemeGalleryPage
from generator.pages.site import Link
from generator.rendering.theme import Theme

_COLOURS = ("page", "surface", "tint", "ink", "line", "fill", "accent-fill")
_MUNICIPAL = dict(
    zip(_COLOURS, "#f8f6f1 #ffffff #eaf1ef #18211f #dfdbd1 #0d5c63 #a93924".split(), strict=True)
)
_BANNER = {"wide": (0, 26, 160, 26), "split": (0, 16, 56, 84), "tiles": (6, 20, 148, 22),
           "sidebar": (42, 0, 118, 30), "paper": (36, 22, 88, 16)}  # fmt: skip
_BLOCKS: Mapping[str, tuple[tuple[int, int, int, int], ...]] = {
    "standard": ((10, 48, 140, 12), (10, 64, 140, 12), (10, 80, 140, 12)),
    "wide": ((6, 58, 148, 14), (6, 76, 72, 18), (82, 76, 72, 18)),
    "paper": ((36, 44, 88, 10), (36, 58, 88, 10), (36, 72, 88, 10), (36, 86, 88, 8)),
    "sidebar": ((48, 38, 106, 12), (48, 54, 51, 36), (103, 54, 51, 36)),
    "split": ((64, 22, 88, 14), (64, 40, 88, 14), (64, 58, 88, 14), (64, 76, 88, 14)),
    "masthead": ((10, 50, 90, 12), (10, 66, 90, 26), (108, 50, 42, 42)),
    "tiles": ((6, 46, 72, 22), (82, 46, 72, 22), (6, 72, 46, 22), (56, 72, 98, 22)),
    "chapters": ((44, 46, 106, 14), (44, 64, 106, 14), (44, 82, 106, 12)),
}


def plan(publication: Publication, themes: Mapping[DepartmentSlug, Theme]) -> Iterator[Artifact]:
    """Yield the page that shows every department's house."""
    tr, municipal = publication.tr, publication.municipal
    above = head(
        publication,
        urls.THEME_GALLERY,
        tr("Houses of the city"),
        under=Link(address=urls.DEPARTMENTS, text=tr("Departments")),
        description=tr("Every department's site in small: the same facts, each in its own house."),
        column_type=tr("Overview"),
    )
    words = _words(tr)
    houses = tuple(
        House(
            link=Link(address=site.home, text=site.name),
            layout=words[themes[slug].structure],
            picture=picture(themes[slug]),
        )
        for slug, site in publication.departments.items()
        if slug in themes
    )
    page = ThemeGalleryPage(head=above, heading=above.title, intro=above.description, houses=houses)
    yield publication.page(municipal, page)


def picture(theme: Theme) -> str:
    """Return a theme's home page in small as SVG, 160 by 100, in its colours by day."""
    colours = {**_MUNICIPAL, **_of(theme.css.decode())}
    kind = theme.structure
    parts = [_box((0, 0, 160, 100), colours["page"])]
    if kind == "sidebar":
        parts += [_box((0, 0, 42, 100), colours["surface"]), _box((6, 8, 14, 14), colours["fill"])]
        parts += [_box((6, 30 + 9 * n, 28, 4), colours["line"]) for n in range(5)]
    else:
        middle = kind in ("masthead", "chapters")
        parts += [_box((0, 0, 160, 16), colours["surface"])]
        parts += [_box((74 if middle else 8, 3, 10, 10), colours["fill"])]
    parts.append(_box(_BANNER.get(kind, (0, 18, 160, 24)), colours["tint"]))
    left, top, *_ = _BANNER.get(kind, (0, 18, 160, 24))
    parts.append(_box((left + 8, top + 5, 40, 6), colours["ink"]))
    parts.append(_box((left + 8, top + 13, 22, 3), colours["accent-fill"]))
    if kind == "chapters":
        parts += [_box((8, 48 + 8 * n, 28, 3), colours["fill"]) for n in range(4)]
    for block in _BLOCKS[kind]:
        parts.append(_box(block, colours["surface"], colours["line"]))
        parts.append(_box((block[0] + 3, block[1] + 3, 18, 3), colours["fill"]))
    return (
        '<svg viewBox="0 0 160 100" width="320" height="200" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _of(css: str) -> dict[str, str]:
    """Return the colours of the light scheme, which a theme's sheet sets first."""
    found = {}
    for name in _COLOURS:
        match = re.search(rf"--{name}: (#[0-9a-f]{{6}});", css)
        if match:
            found[name] = match[1]
    return found


def _box(box: tuple[int, int, int, int], fill: str, stroke: str = "") -> str:
    x, y, width, height = box
    edge = f' stroke="{stroke}"' if stroke else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{edge}/>'


def _words(tr: Translator) -> Mapping[str, str]:
    return {
        "standard": tr("one column"),
        "wide": tr("wide"),
        "paper": tr("a page to read"),
        "sidebar": tr("navigation at the side"),
        "split": tr("in two halves"),
        "masthead": tr("a newspaper"),
        "tiles": tr("tiles"),
        "chapters": tr("chapters"),
    }
