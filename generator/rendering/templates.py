"""Makes pages: a context through its template, poured into its shell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import fields
from functools import lru_cache, partial
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from jinja2 import TemplateError
from markupsafe import Markup

from generator.builder import fingerprint
from generator.errors import RenderError
from generator.flowcharts.event_chart import event_chart
from generator.i18n import Translator
from generator.model.power import Power
from generator.pages import urls
from generator.pages.contexts import Head, Page, PowerPage
from generator.pages.site import Site
from generator.rendering import assets
from generator.rendering.environment import Links, Outline, digest, environment, links_of
from generator.rendering.phrases import heading
from generator.rendering.shell import FORMS, Form, ShellMaker

BLOCKS = (
    "banner", "search", "kinds", "powers", "life-events", "changes",
    "about", "contact", "prose", "data", "flowcharts", "news",
)  # fmt: skip
"""Every block of a department's home page; a theme chooses among them and orders them."""

DEFAULT_BLOCKS = (
    "banner", "search", "kinds", "powers", "news", "life-events", "contact", "changes", "about",
    "prose", "flowcharts", "data",
)  # fmt: skip
"""What the house itself may do comes before what it takes part in; a theme may say otherwise."""

LEAD_ENDS = "<lead-ends>"
"""Parts what stands above a page's contents list from what stands beside it."""

_TOOLCHAIN = (
    "jinja2", "markupsafe", "mkdocs", "mkdocs-material", "markdown", "babel", "pygraphviz",
)  # fmt: skip
_BESIDE_POWER = tuple(field.name for field in fields(PowerPage) if field.name != "power")


class Charts(Protocol):
    """The drawn flowcharts by key."""

    def inline(self, key: str, id_prefix: str, title: str) -> str:
        """Return a drawing as markup to stand in a page, its ids behind the prefix."""


class Look(Protocol):
    """What a theme adds to a site: never a fact."""

    @property
    def digest(self) -> str:
        """The theme's content hash."""

    @property
    def stylesheet(self) -> str:
        """The address of its CSS, "" for none."""

    @property
    def logo(self) -> str:
        """The address of its mark, "" for the city's."""

    @property
    def banner(self) -> str:
        """The address of its banner picture, "" for none."""

    @property
    def arrangement(self) -> str:
        """How the home page's blocks are put together: `plain` or another arrangement's name."""

    @property
    def banner_text(self) -> str:
        """A line of its own for the banner, "" for the department's summary."""

    def render_block(self, site: Site, name: str, context: Mapping[str, Any]) -> str | None:
        """Return the theme's own markup of a home page block, None to take the city's."""


class Renderer:
    """Makes the bytes of every page of one city in one language.

    `themes` holds the looks of the sites by the names in `Site.theme`; a site without
    one has the municipal look.
    """

    def __init__(
        self,
        *,
        language: str,
        tr: Translator,
        theme_root: Path,
        charts: Charts,
        themes: Mapping[str, Look] | None = None,
    ) -> None:
        self.language, self._folder, self._charts = language, theme_root, charts
        self._themes = dict(themes or {})
        self._shells = ShellMaker(theme_root, tr)
        self._environment = environment(theme_root / "templates", tr)
        self._look = _look_digest(theme_root, tr)
        self._chrome = lru_cache(maxsize=1024)(self._make_chrome)
        self._site_digest = lru_cache(maxsize=512)(self._make_site_digest)
        self._parts: tuple[Power | None, dict[str, Markup]] = (None, {})
        self._power_digest: tuple[Power | None, str] = (None, "")
        for form in FORMS:
            self._shells.shell(form)

    def with_looks(self, charts: Charts, themes: Mapping[str, Look]) -> Renderer:
        """Return a renderer of the same shells and templates with other looks and drawings."""
        other = copy(self)
        other._themes, other._charts = dict(themes), charts
        other._chrome = lru_cache(maxsize=1024)(other._make_chrome)
        other._site_digest = lru_cache(maxsize=512)(other._make_site_digest)
        other._parts, other._power_digest = (None, {}), (None, "")
        return other

    def page(self, site: Site, page: Page) -> bytes:
        """Return the finished page; raises RenderError with its path."""
        try:
            return self._page(site, page).encode()
        except RenderError:
            raise
        except (TemplateError, AttributeError, LookupError, TypeError, ValueError) as error:
            path = urls.file_of(page.head.address)
            raise RenderError(path, f"{page.template}: {error}") from error

    def fingerprint(self, site: Site, page: Page) -> str:
        """Return the hash of all that a page depends on: context, site and look."""
        if not isinstance(page, PowerPage):
            return fingerprint.of(page.template, page, self._site_digest(site))
        owner, found = self._power_digest
        if owner is not page.power:  # the same power follows, on its department's page
            owner, found = page.power, fingerprint.of(page.power)
            self._power_digest = owner, found
        rest = [getattr(page, name) for name in _BESIDE_POWER]
        return fingerprint.of(page.template, rest, found, self._site_digest(site))

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the files that all pages share, under `assets/`."""
        return assets.shared(self._folder)

    def _page(self, site: Site, page: Page) -> str:
        head, outline = page.head, Outline()
        links = links_of(site, head.address)
        names = {**self._names(site, links.root), "page": page, "head": head}
        names |= {"href": links, "outline": outline, "default_blocks": DEFAULT_BLOCKS}
        names["lead_ends"] = Markup(LEAD_ENDS)
        names["block"] = partial(self._block, names)
        body = self._render(page.template, names)
        contents = head.toc or tuple(outline.entries)
        has_contents = bool(contents) and page.layout in ("record", "prose")
        form = Form(page.layout, has_contents, bool(head.crumbs))
        lead, _, rest = body.rpartition(LEAD_ENDS)
        slots = {"title": _title(site, page), "lead": lead, "body": rest}
        slots |= {part: self._render(f"{part}.html", names) for part in ("head", "printed")}
        lists = {
            "nav": _nav(site, links, head),
            "crumb": [{"href": links(link.address), "text": link.text} for link in head.crumbs],
            "toc": [{"id": identifier, "text": text} for identifier, text in contents],
        }
        return self._shells.shell(form).pour({**self._chrome(site, links.root), **slots}, lists)

    def _render(self, template: str, names: Mapping[str, Any]) -> str:
        return self._environment.get_template(template).render(names)

    def _names(self, site: Site, root: str) -> dict[str, Any]:
        return {
            "site": site,
            "root": root,
            "look": self._themes.get(site.theme),
            "chart": self._chart,
            "same": self._same,
            "event_chart": event_chart,
            "searchable": "search" in site.features,
            "search_address": f"{site.home}search/",
        }

    def _make_chrome(self, site: Site, root: str) -> Mapping[str, str]:
        """Return what stands around every page of a site that lies equally deep."""
        links = links_of(site, site.home, root)
        names = {**self._names(site, root), "href": links}
        parts = ("notice", "mark", "find", "up", "footer")
        return {
            "root": root,
            "homehref": links(site.home),
            "sitename": heading(site.name, site.language),
            "tagline": site.tagline,
            **{part: self._render(f"chrome/{part}.html", names) for part in parts},
        }

    def _make_site_digest(self, site: Site) -> str:
        look = self._themes.get(site.theme)
        return fingerprint.of(site, self._look, look.digest if look else "")

    def _chart(self, key: str, title: str) -> Markup:
        return Markup(self._charts.inline(key, "chart", title))

    def _same(self, template: str, power: Power) -> Markup:
        """Return a part of a power's page that is the same on every site.

        The pages of a power are made one after the other; the part is made for the first.
        """
        owner, parts = self._parts
        if owner is not power:
            parts = {}
            self._parts = power, parts
        if template not in parts:
            parts[template] = Markup(self._render(template, {"power": power}))
        return parts[template]

    def _block(self, names: Mapping[str, Any], name: str) -> Markup:
        """Return a block of a department's home page: the theme's own, else the city's."""
        look = names["look"]
        own = look.render_block(names["site"], name, names) if look else None
        return Markup(self._render(f"blocks/{name}.html", names) if own is None else own)


def _title(site: Site, page: Page) -> str:
    return site.name if page.head.title == site.name else f"{page.head.title} - {site.name}"


def _nav(site: Site, links: Links, head: Head) -> list[dict[str, str]]:
    """Return the site's main links; the one that holds the page is marked as current."""
    above = {link.address for link in head.crumbs} - {site.home}
    holding = [
        link.address
        for link in site.nav
        if link.address in above
        or (link.address != site.home and head.address.startswith(link.address))
    ]
    nearest = max(holding, key=len, default="")
    return [
        {
            "href": links(link.address),
            "text": link.text,
            "state": "page"
            if link.address == head.address
            else "true"
            if link.address and link.address == nearest
            else "false",
        }
        for link in site.nav
    ]


def _look_digest(theme_root: Path, tr: Translator) -> str:
    """Return the hash of templates, texts, our own code and the versions of the tools."""
    packages = ("generator.rendering", "generator.pages", "generator.flowcharts")
    folders = [theme_root / "material", theme_root / "templates"]
    folders += [Path(str(resources.files(package))) for package in packages]
    versions = [f"{name} {version(name)}" for name in _TOOLCHAIN]
    parts = (digest(*folders), tr.digest, *versions)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
