"""Open data, its dictionary, prose, and what is said about the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from generator.pages.contexts.browsing import Choice
from generator.pages.contexts.parts import Page, Tally
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to download, with what a reader wants to know before."""

    address: str
    name: str
    title: str
    description: str = ""
    rows: int | None = None
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """A data package: its tables, how to cite it, its licence, its checksums."""

    template: ClassVar[str] = "data.html"
    heading: str
    release_date: date
    as_of: date
    downloads: tuple[Download, ...]
    descriptor: Link
    checksums: Link
    dictionary: Link
    citation: str
    licence: Link
    packages: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNote:
    """A column of a published table, as the data dictionary explains it."""

    name: str
    title: str
    type: str
    description: str
    required: bool = False
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryPage(Page):
    """The data dictionary: every published table, column by column."""

    template: ClassVar[str] = "dictionary.html"
    tables: tuple[tuple[str, str, str, tuple[ColumnNote, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """How many of a department's records waited and were refused on the day of a count."""

    department: Link
    waiting: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCounts:
    """A recorded count of drafts: of the city, and of each department that had any."""

    day: date
    waiting: int
    refused: int
    departments: tuple[CountRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRow:
    """A waiver that holds: `link` leads to its record where that is published."""

    rule: str
    record: str
    reason: str
    decided_by: str
    until: date | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage(Page):
    """A page of words: about, accessibility, a department's own. `html` is sanitised.

    `facts`, `drafts` and `waivers` stand on the page about the data only; news has a `day`.
    """

    template: ClassVar[str] = "prose.html"
    layout: ClassVar[str] = "prose"
    heading: str
    html: str
    facts: Mapping[str, str] = field(default_factory=dict)
    drafts: DraftCounts | None = None
    waivers: tuple[WaiverRow, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePage(Page):
    """What the service worker shows for a page that is not stored; its script lists those that are."""

    template: ClassVar[str] = "offline.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchPage(Page):
    """Where staff turn a device into the hall's touch screen.

    `starts` are the addresses at which it may begin, `pauses` the seconds without a touch
    after which it goes back there.
    """

    template: ClassVar[str] = "touch.html"
    starts: tuple[Choice, ...] = ()
    pauses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(Page):
    """The 404 page; its links are absolute, since it is served at any address."""

    template: ClassVar[str] = "not_found.html"
    browse: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignPage(Page):
    """The living page of the design system: every component in the look of its site.

    Nothing on it is from the data: `kinds` and `statuses` are values with their labels.
    `houses` lead to the same page in the looks of the other sites.
    """

    template: ClassVar[str] = "design.html"
    sheets: ClassVar[tuple[str, ...]] = ("charts", "events", "search", "houses", "design")
    kinds: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...]
    houses: tuple[Link, ...] = ()
