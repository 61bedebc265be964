"""Homes and lists: the ways that lead to a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from generator.model.registers import Department
from generator.pages.contexts.parts import NONE, ChangeRow, Counts, Group, Page, PowerRow, Tally
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalHome(Page):
    """The city's home page: search in the middle, counts, kinds, departments, what is new.

    `html` are the city's own words under `heading`, sanitised.
    """

    template: ClassVar[str] = "home.html"
    layout: ClassVar[str] = "home"
    active: int
    ended: int
    departments_count: int
    charts: int
    as_of: date
    release_date: date
    kinds: tuple[Tally, ...]
    departments: tuple[Tally, ...]
    life_events: tuple[Tally, ...] = ()
    all_events: int = 0
    changes: tuple[ChangeRow, ...] = ()
    counts: Counts = NONE
    themes: tuple[Tally, ...] = ()
    audiences: tuple[Tally, ...] = ()
    heading: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsEntry:
    """A dated text of a department: where it stands, its heading, how it begins."""

    day: date
    address: str
    heading: str
    opening: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentHome(Page):
    """A department's home page; which blocks stand in what order is the theme's choice."""

    template: ClassVar[str] = "department_home.html"
    layout: ClassVar[str] = "home"
    department: Department
    active: int
    ended: int
    kinds: tuple[Tally, ...]
    powers: tuple[PowerRow, ...]
    changes: tuple[ChangeRow, ...] = ()
    life_events: tuple[Tally, ...] = ()
    prose: tuple[Link, ...] = ()
    news: tuple[NewsEntry, ...] = ()
    blocks: tuple[str, ...] = ()
    as_of: date
    package: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPage(Page):
    """All news of a department, newest first."""

    template: ClassVar[str] = "news.html"
    heading: str
    entries: tuple[NewsEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A department's site in the gallery: the way to it, its layout in words, a drawing (SVG)."""

    link: Link
    layout: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeGalleryPage(Page):
    """Every department's house in small."""

    template: ClassVar[str] = "theme_gallery.html"
    sheets: ClassVar[tuple[str, ...]] = ("houses",)
    heading: str
    intro: str = ""
    houses: tuple[House, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(Page):
    """A list of lists: kinds, departments, laws, life events."""

    template: ClassVar[str] = "index.html"
    heading: str
    intro: str = ""
    groups: tuple[Group, ...] = ()
    ways: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The search of a site; without JavaScript it offers the ways to browse.

    `scope` is the department whose powers the search keeps to, "" for all. `phone` and
    `email` are of whoever can be asked where the search finds nothing.
    """

    template: ClassVar[str] = "search.html"
    sheets: ClassVar[tuple[str, ...]] = ("search",)
    scope: str = ""
    scope_name: str = ""
    phone: str = ""
    email: str = ""
    browse: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMapPage(Page):
    """Every kind of page with the way to it."""

    template: ClassVar[str] = "site_map.html"
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()
