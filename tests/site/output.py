"""A published city as crawlers and browsers meet it: parsed pages, addresses, facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

from generator.config import SiteConfig, load
from generator.i18n import translator
from generator.ledger.fold import fold
from generator.ledger.store import read
from generator.model.codes import DepartmentStatus
from generator.model.release import Release

HIDING_ATTRIBUTES = ("hidden", "inert", "aria-hidden")
HIDING_ELEMENTS = ("template", "noscript", "dialog", "script", "style", "head", "datalist")
_PARSER = html.HTMLParser(encoding="utf-8")


@dataclass(frozen=True)
class Output:
    """The published folder of a city."""

    root: Path

    @cached_property
    def config(self) -> SiteConfig:
        """The configuration that the city was built with."""
        return load(self.root.parent / "site_config.yml")

    @cached_property
    def release(self) -> Release:
        """The release that the city was built from, folded anew from its ledger."""
        tr = translator(self.config.language)
        return fold(read(self.config.vetted, tr), as_of=self.config.as_of, tr=tr)

    @property
    def origin(self) -> str:
        """Scheme and host of the city, as its canonical links name them."""
        return f"https://{self.config.domain}"

    @cached_property
    def files(self) -> frozenset[str]:
        """Every published file, relative to the folder, with slashes."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.root).as_posix() for path in found)

    @cached_property
    def pages(self) -> Mapping[str, HtmlElement]:
        """Every page by its address, parsed."""
        return {
            path.removesuffix("index.html"): html.document_fromstring(
                (self.root / path).read_bytes(), parser=_PARSER
            )
            for path in sorted(self.files)
            if path.endswith(".html")
        }

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of each page, by its address."""
        return {address: frozenset(page.xpath("//@id")) for address, page in self.pages.items()}

    def text(self, path: str) -> str:
        """Return the text of a file."""
        return (self.root / path).read_text(encoding="utf-8")

    @cached_property
    def _targets(self) -> dict[tuple[str, str], tuple[str, str] | None]:
        return {}

    def target(self, link: str, page: str) -> tuple[str, str] | None:
        """Return file and fragment of a link on a page, None where it leads to another host.

        A link to the city's own origin is a link to its own file. Many tests ask after the
        same links: each is worked out once.
        """
        if (link, page) not in self._targets:
            self._targets[link, page] = self._target(link, page)
        return self._targets[link, page]

    def _target(self, link: str, page: str) -> tuple[str, str] | None:
        base = f"{self.origin}/"
        whole = urlsplit(urljoin(f"{base}{page}", link.strip()))
        if f"{whole.scheme}://{whole.netloc}" != self.origin:
            return None
        path = unquote(whole.path).removeprefix("/")
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        return file, unquote(whole.fragment)

    def power_pages(self) -> Iterator[tuple[str, str, str]]:
        """Yield each power's code with its municipal and its department's address."""
        for code, version in self.release.powers.items():
            address = f"departments/{version.power.department}/powers/{code}/"
            if address in self.pages:
                yield code, f"powers/{code}/", address


@dataclass(frozen=True, order=True)
class Fact:
    """What an element with `data-fact` says: column, machine value, words."""

    column: str
    value: str
    words: str


def facts(page: HtmlElement, code: str) -> list[tuple[Fact, HtmlElement]]:
    """Return the facts about one record on a page, in their order, with their elements."""
    return _facts_by_owner(page).get(code, [])


@cache
def _facts_by_owner(page: HtmlElement) -> dict[str, list[tuple[Fact, HtmlElement]]]:
    """Return all facts of a page by the record that they are about."""
    found: dict[str, list[tuple[Fact, HtmlElement]]] = {}
    for element in page.xpath("//*[@data-fact]"):
        holders = (element, *element.iterancestors())
        owner = next((code for at in holders if (code := at.get("data-record")) is not None), "")
        found.setdefault(owner, []).append((fact(element), element))
    return found


def fact(element: HtmlElement) -> Fact:
    """Return the fact of an element: the value of `data` and `time`, else its text."""
    words = " ".join(element.text_content().split())
    value = {"data": element.get("value"), "time": element.get("datetime")}.get(element.tag)
    return Fact(element.get("data-fact"), words if value is None else value, words)


def hiding_ancestor(element: HtmlElement) -> str:
    """Return what hides an element by markup alone, "" where nothing does."""
    above = element.getparent()
    return _hides(element) or (_hiding_around(above) if above is not None else "")


@cache
def _hiding_around(element: HtmlElement) -> str:
    return hiding_ancestor(element)


def _hides(element: HtmlElement) -> str:
    """Return how an element hides what is in it, "" where it does not."""
    tag = element.tag
    if tag in HIDING_ELEMENTS or (tag == "details" and element.get("open") is None):
        return str(tag)
    for name in HIDING_ATTRIBUTES:
        if element.get(name) not in (None, "false"):
            return f"{tag}[{name}]"
    return ""


@cache
def sites(output: Output) -> dict[str, dict[str, HtmlElement]]:
    """Return the pages by site: "" for the city's own, else the department's slug.

    What a body left behind that exists no more is no site.
    """
    found: dict[str, dict[str, HtmlElement]] = {}
    for address, page in output.pages.items():
        place = re.match(r"departments/([^/]+)/", address)
        slug = place[1] if place else ""
        if not slug or output.release.departments[slug].status is DepartmentStatus.ACTIVE:
            found.setdefault(slug, {})[address] = page
    return found
