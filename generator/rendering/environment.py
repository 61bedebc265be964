"""The Jinja environment of our own page templates: what comes from the data is text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.i18n import Translator
from generator.pages import urls
from generator.pages.site import Site
from generator.rendering.expansion import FactCompiler
from generator.rendering.facts import Facts
from generator.rendering.pour import escaped

_OUTWARD = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[^/?#]*:")
_TEXT = re.compile(r'\b_\("([^"\\]*)"\)')
_INCLUDE = re.compile(r'\{% include "([^"]+)" %\}\n?')
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class _Loader(FileSystemLoader):
    """Reads templates for one language.

    Texts are translated and includes put in as a template is read, so that a page costs no
    look-up, and the spaces that begin lines are dropped, so that no page carries them.
    """

    def __init__(self, folder: Path, tr: Translator) -> None:
        super().__init__(folder)
        self._tr = tr

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, filename, current = super().get_source(environment, template)
        source = _INCLUDE.sub(lambda found: self.get_source(environment, found[1])[0], source)
        source = _TEXT.sub(lambda found: json.dumps(self._tr(found[1]), ensure_ascii=False), source)
        return _INDENTATION.sub("", source), filename, current


class Outline:
    """The sections of a page, in the order in which its template writes them."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []

    def part(self, identifier: str, title: str, lead: str = "") -> Markup:
        """Take down a section and return what opens it; the template closes it."""
        self.entries.append((identifier, title))
        opened = (
            f'<section class="part" id="{identifier}" aria-labelledby="{identifier}-title">\n'
            f'<h2 id="{identifier}-title">{escape(title)}</h2>\n'
        )
        return Markup(opened + (f'<p class="part__lead">{escape(lead)}</p>\n' if lead else ""))


class Links:
    """Spells links as one page must.

    A link goes up to the city's root (`root`) and down again, which holds on a domain of
    its own, below a sub-path and in a folder on disk. `base` is the absolute path at which
    the city is served, for the one page that stands at any address.
    """

    def __init__(self, page: str, base: str = "") -> None:
        self._page = page
        self.root = base or "../" * page.count("/")

    def __call__(self, address: str) -> str:
        """Return the link to an address of the output; outward links stay as they are.

        A scheme that could run or hide something gives "#".
        """
        if ":" in address or address.startswith(("/", "\\")):
            return self._foreign(address)
        if "#" in address and address.startswith(f"{self._page}#"):
            return address.removeprefix(self._page)
        return f"{self.root}{address}" or "./"

    def _foreign(self, address: str) -> str:
        if _OUTWARD.match(address):
            return address
        if _SCHEME.match(address) or address.startswith(("/", "\\")):
            return "#"
        return f"{self.root}{address}"


class OwnLinks(Links):
    """Spells links on a department's own domain: its own pages as above, the city's in full."""

    def __init__(self, page: str, site: Site, base: str = "") -> None:
        super().__init__(site.own_address(page) or "", base)
        self._site = site

    def __call__(self, address: str) -> str:
        """Return the link to an address of the city's output."""
        if ":" in address or address.startswith(("/", "\\")):
            return self._foreign(address)
        path, mark, fragment = address.partition("#")
        own = self._site.own_address(path)
        if own is None:
            return f"{self._site.origin}/{address}"
        return super().__call__(f"{own}{mark}{fragment}")


def links_of(site: Site, page: str, base: str = "") -> Links:
    """Return what spells the links of a page of a site, given by its address in the city.

    The page for what is not found stands at any address: its links begin at the site's root.
    """
    if page == urls.NOT_FOUND:
        base = f"{urlsplit(site.own_origin or site.origin).path.rstrip('/')}/"
    return OwnLinks(page, site, base) if site.own_origin else Links(page, base)


def environment(folder: Path, tr: Translator) -> Environment:
    """Return the environment of the page templates in one language."""
    made = Environment(
        loader=_Loader(folder, tr),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.code_generator_class = FactCompiler
    made.globals.update(_=tr, plural=tr.plural, trusted=Markup, language=tr.language)
    made.globals.update(theme_address=urls.theme, kind_address=urls.kind)
    made.globals["escaped"] = escaped
    Facts(tr).install(made)
    return made


def digest(*folders: Path) -> str:
    """Return the SHA-256 of all files below the folders, names included; no compiled code."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()
