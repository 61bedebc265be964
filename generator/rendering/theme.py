"""A department's theme: read, checked, reduced to what pages need; it changes looks, never facts.

A theme that cannot be used gives way to the municipal look; a part that cannot be used gives
way alone. Both are told, neither stops the city. A department without a folder gets a look
made from its slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from generator.builder import fingerprint
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.pages import urls
from generator.pages.contexts import DepartmentHome
from generator.pages.site import MUNICIPAL, Site
from generator.rendering.theming import looks, parts, rehearsal
from generator.rendering.theming.block_rules import block
from generator.rendering.theming.blocks import block_data
from generator.rendering.theming.folder import gather
from generator.rendering.theming.palette import derived_wishes, palette
from generator.rendering.theming.sandbox import SandboxError
from generator.rendering.theming.settings import Fault, did_you_mean, read
from generator.rendering.theming.stylesheet import Style, stylesheet
from generator.vetting.finding import Finding, Severity

SHEET = "theme.css"
ARRANGED = frozenset({"split", "masthead", "tiles", "chapters"})
"""Structures whose home pages are put together by `theme/templates/arrangements/<name>.html`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A look: style sheet, pictures, the home page's blocks and their order.

    `key` names it among the looks of a city, `municipal` for one that gave way; `blocks`
    is empty where the city's order stands; `mark` and `picture` are names in `pictures`;
    `structure` is one of `looks.STRUCTURES`, `typeface` one of `looks.TYPEFACES` or "".
    """

    key: str
    slug: DepartmentSlug
    name: str = ""
    tagline: str = ""
    structure: str = "standard"
    typeface: str = ""
    blocks: tuple[str, ...] = ()
    banner_text: str = ""
    css: bytes = b""
    mark: str = ""
    picture: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The hash of what pages take from the theme; its files are built on their own."""
        words = (self.banner_text, self.mark, self.picture, bool(self.css))
        parts = (self.key, self.arrangement, self.blocks, *words)
        return fingerprint.of(parts, sorted(self.pictures), self.templates)

    @property
    def arrangement(self) -> str:
        """How the home page's blocks are put together: `plain`, or the structure that asks more."""
        return self.structure if self.structure in ARRANGED else "plain"

    @property
    def stylesheet(self) -> str:
        """The address of its CSS, "" for none."""
        return self._address(SHEET) if self.css else ""

    @property
    def logo(self) -> str:
        """The address of its mark, "" for the city's."""
        return self._address(self.mark) if self.mark else ""

    @property
    def banner(self) -> str:
        """The address of its banner picture, "" for none."""
        return self._address(self.picture) if self.picture else ""

    def render_block(self, site: Site, name: str, context: Mapping[str, Any]) -> str | None:
        """Return the theme's own markup of a home page block, None to take the city's.

        A template that fails on this department's data, or would change a fact, is not used.
        """
        if name not in self.templates:
            return None
        addresses = {picture: self._address(picture) for picture in self.pictures}
        data = block_data(site, context["page"], context["href"], addresses)
        try:
            return block(self.templates[name], name, data, Translator("en"))
        except SandboxError:
            return None

    def rehearse(self, site: Site, page: DepartmentHome, tr: Translator) -> Iterator[Finding]:
        """Yield a finding for each template that `render_block` would not use on this page."""
        for name, source in self.templates.items():
            for message in rehearsal.failures(source, name, site, page, self.pictures, tr):
                remedy = tr("correct the template; until then the city's block stands there")
                fault = Fault(f"templates/blocks/{name}.html", "", message, remedy, "F305")
                yield _finding(self.slug, fault, tr)

    def _address(self, name: str) -> str:
        return f"{urls.department_page(self.slug, 'assets')}{name}"


def files(theme: Theme) -> Iterator[tuple[str, bytes]]:
    """Yield path in the output and content of the files that a theme brings."""
    folder = urls.department_page(theme.slug, "assets")
    if theme.css:
        yield f"{folder}{SHEET}", theme.css
    for name, content in theme.pictures.items():
        yield f"{folder}{name}", content
    if theme.typeface:
        yield f"{folder}{theme.typeface}.woff2", looks.typeface(theme.typeface)


def load_all(
    root: Path, slugs: Sequence[DepartmentSlug], settings: Mapping[str, Any], *, tr: Translator
) -> tuple[Mapping[DepartmentSlug, Theme], tuple[Finding, ...]]:
    """Return the theme of each department, and all that was wrong with any; raises nothing.

    A department's settings may name another folder under `theme`.
    """
    themes: dict[DepartmentSlug, Theme] = {}
    findings: list[Finding] = []
    known, used = _folders(root), set[str]()
    for slug in slugs:
        name = folder_name(settings.get(slug)) or slug
        if name != slug and name not in known:
            message = tr("there is no theme {name}", name=name)
            fault = Fault("theme", name, message, did_you_mean(name, sorted(known), tr), "F307")
            findings.append(_finding(slug, fault, tr))
        used.add(name)
        themes[slug], found = load(root / name, slug, tr=tr)
        findings += found
    for stray in sorted(known - used):
        remedy = did_you_mean(stray, sorted(set(slugs) - known), tr)
        fault = Fault("theme.yml", stray, tr("there is no department {name}", name=stray), remedy)
        findings.append(_finding(stray, fault._replace(code="F307"), tr))
    return themes, tuple(findings)


def load(
    folder: Path, slug: DepartmentSlug, *, tr: Translator
) -> tuple[Theme, tuple[Finding, ...]]:
    """Return a department's theme and what is wrong with it; raises nothing.

    A folder that is not there gives the look made from the slug; one that cannot be used,
    the municipal look.
    """
    try:
        return _loaded(folder, slug, tr)
    except Exception as error:  # whatever a theme may do, the other departments are published
        problem = f"{type(error).__name__} {error}".strip()
        message = tr("cannot be used: {problem}", problem=problem)
        remedy = tr("take out what was changed last, and report the fault")
        fault = Fault(folder.name, "", message, remedy)
        return Theme(key=MUNICIPAL, slug=slug), (_finding(slug, fault, tr),)


def _loaded(
    folder: Path, slug: DepartmentSlug, tr: Translator
) -> tuple[Theme, tuple[Finding, ...]]:
    if not folder.is_symlink() and not folder.exists():
        return derived(slug), ()
    if folder.is_symlink() or not folder.is_dir():
        message = tr("is a link or a file, not a folder")
        fault = Fault(folder.name, "", message, tr("put the theme's own folder there"))
        return Theme(key=MUNICIPAL, slug=slug), (_finding(slug, fault, tr),)
    content, faults = gather(folder, tr)
    settings, broken = _settings(content, tr)
    if broken:
        found = (*broken, *faults)
        return Theme(key=MUNICIPAL, slug=slug), tuple(_finding(slug, fault, tr) for fault in found)
    theme, more = _made(slug, settings, content, tr)
    return theme, tuple(_finding(slug, fault, tr) for fault in (*faults, *more))


def derived(slug: DepartmentSlug) -> Theme:
    """Return the look of a department that made none: the same for the same slug, anywhere."""
    made, _ = palette(derived_wishes(slug))
    served: dict[str, bytes] = {}
    mark, picture = parts.made_pictures(slug, made, served, "", "")
    return Theme(
        key=slug,
        slug=slug,
        css=stylesheet(Style(palette=made)),
        mark=mark,
        picture=picture,
        pictures=served,
    )


def _settings(
    content: Mapping[str, bytes], tr: Translator
) -> tuple[Mapping[str, Any], tuple[Fault, ...]]:
    if "theme.yml" not in content:
        remedy = tr("write one; “daylight theme new” starts it")
        return {}, (Fault("theme.yml", "", tr("there is no such file"), remedy),)
    return read(content["theme.yml"], tr)


def _made(
    slug: DepartmentSlug, settings: Mapping[str, Any], content: Mapping[str, bytes], tr: Translator
) -> tuple[Theme, tuple[Fault, ...]]:
    faults: list[Fault] = []
    wishes = {"colours": derived_wishes(slug), **settings}
    made = parts.coloured(wishes, faults, tr)
    served = parts.shown(content, faults, tr)
    banner = settings.get("banner", {})
    mark = parts.chosen(settings.get("logo", ""), "logo", served, faults, tr)
    picture = parts.chosen(banner.get("image", ""), "banner.image", served, faults, tr)
    if banner.get("image") == "none":
        picture = "none"
    mark, picture = parts.made_pictures(slug, made, served, mark, picture)
    style = Style(
        palette=made,
        font=settings.get("font", ""),
        radius=settings.get("radius", ""),
        density=settings.get("density", ""),
        structure=settings.get("structure", "standard"),
        typeface=settings.get("typeface", ""),
        choices={**settings, "banner": banner.get("form", "")},
        own=parts.dressed(settings.get("css", ""), content, served, faults, tr),
    )
    theme = Theme(
        key=slug,
        slug=slug,
        name=settings.get("name", ""),
        tagline=settings.get("tagline", ""),
        structure=style.structure,
        typeface=style.typeface,
        blocks=tuple(settings.get("blocks", ())),
        banner_text=banner.get("text", ""),
        css=stylesheet(style),
        mark=mark,
        picture=picture,
        pictures=served,
        templates=parts.templates(content, served, faults, tr),
    )
    return theme, tuple(faults)


def _folders(root: Path) -> set[str]:
    try:
        return {path.name for path in root.iterdir() if not path.name.startswith((".", "README"))}
    except OSError:
        return set()


def folder_name(settings: Any) -> str:
    """Return the folder that a department's settings name, "" for its own."""
    named = settings.get if isinstance(settings, Mapping) else partial(getattr, settings)
    name = named("theme", "")
    return name if isinstance(name, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) else ""


def _finding(slug: str, fault: Fault, tr: Translator) -> Finding:
    whole = fault.code == "F301"
    return Finding(
        code=fault.code,
        severity=Severity.INFO if fault.code == "F307" else Severity.WARNING,
        record=slug,
        column=fault.place,
        value=fault.value,
        message=fault.message,
        reason=tr("published with the municipal theme") if whole else "",
        remedy=fault.remedy,
    )
