"""The Jinja environment of our own page templates: everything from the data is text and is escaped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.i18n import Translator
from generator.pages import labels, urls

_OUTWARD = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[^/?#]*:")
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class _Loader(FileSystemLoader):
    """Reads templates without the spaces that begin their lines, so that no page carries them."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, filename, current = super().get_source(environment, template)
        return _INDENTATION.sub("", source), filename, current


class Outline:
    """The sections of a page, in the order in which its template writes them."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []

    def add(self, identifier: str, title: str) -> str:
        """Take down a section and return nothing to print."""
        self.entries.append((identifier, str(title)))
        return ""


class Links:
    """Spells links as one page must.

    `base` is "" for links relative to the page, or the absolute path at which the city
    is served, for the page that stands at any address.
    """

    def __init__(self, page: str, base: str = "") -> None:
        self._page, self._base = page, base

    def __call__(self, address: str) -> str:
        """Return the link to an address of the output, its fragment kept; outward links as they are.

        A scheme that could run or hide something gives "#".
        """
        if _OUTWARD.match(address):
            return address
        if _SCHEME.match(address) or address.startswith(("//", "/\\")):
            return "#"
        path, mark, fragment = address.partition("#")
        if self._base:
            return f"{self._base}{path}{mark}{fragment}"
        if mark and path == self._page:
            return f"#{fragment}"
        return f"{urls.relative(path, self._page)}{mark}{fragment}"

    @property
    def root(self) -> str:
        """What leads from the page to the city's root, "" for the root itself."""
        return self._base or urls.relative("", self._page).removeprefix("./")


def environment(folder: Path, tr: Translator) -> Environment:
    """Return the environment of the page templates in one language."""
    made = Environment(
        loader=_Loader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.loopcontrols"],
    )
    made.globals.update(
        _=tr,
        plural=tr.plural,
        label=lambda member: labels.label(member, tr),
        limit=lambda n, unit: labels.limit(n, unit, tr),
        citation=lambda *parts: labels.citation(*parts, tr),
        day=day_writer(tr.language),
        trusted=Markup,
        language=tr.language,
    )
    return made


def day_writer(language: str) -> Callable[[date], str]:
    """Return what writes a day in words, as the language does."""
    locale = Locale.parse(language, sep="-")

    @cache
    def day(value: date) -> str:
        return format_date(value, "d MMMM y" if locale.language == "en" else "long", locale=locale)

    return day


def digest(*folders: Path) -> str:
    """Return the SHA-256 of all files below the folders, names included."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()
