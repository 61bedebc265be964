"""What each template sees, one frozen dataclass per template, and nothing else.

The context is the dependency: a page is made again when its context, its site's look
or the toolchain changes. Record pages carry the record's own last change, never the
release's date, or each change would rewrite them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from generator.model.power import LegalBasis, Power
from generator.model.registers import Department, Instrument, LifeEvent
from generator.model.release import SignOff, Withdrawal
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says of itself: title, description, place in the site, State Council labels.

    `canonical` is the address of the same facts on the municipal site, where that is
    another page; `column` is the name of the page's column; `published` is the day the
    content last changed, for content pages; `leads_to` is where a browser goes on by itself.
    """

    address: str
    title: str
    description: str = ""
    canonical: str = ""
    leads_to: str = ""
    crumbs: tuple[Link, ...] = ()
    column: str = ""
    column_type: str = ""
    source: str = ""
    published: date | None = None
    toc: tuple[tuple[str, str], ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The base of every context."""

    template: ClassVar[str]
    layout: ClassVar[str] = "list"
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A line of an index: where it leads, what it is called, how many powers stand there."""

    address: str
    text: str
    count: int
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines of an index under one heading."""

    heading: str
    tallies: tuple[Tally, ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRow:
    """A power in a list."""

    code: str
    name: str
    address: str
    kind: str
    status: str
    department: str
    department_address: str = ""
    applicant: str = ""
    summary: str = ""
    limit: int | None = None
    unit: str = ""
    fee: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A vetted change in a list: the day, the power, what happened (`added`, `amended`, …)."""

    day: date
    row: PowerRow
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBasis:
    """A legal basis with the instrument it names."""

    basis: LegalBasis
    instrument: Instrument
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerPage(Page):
    """Everything about one power, on the municipal page and on its department's alike.

    `chart` is the key of its flowchart, "" when there is no procedure; `has_chart` is
    false when the chart could not be laid out and only the text form stands.
    """

    template: ClassVar[str] = "power.html"
    layout: ClassVar[str] = "record"
    power: Power
    department: Department
    department_address: str
    joint: tuple[tuple[str, Link], ...] = ()
    bases: tuple[CitedBasis, ...] = ()
    parent: Link | None = None
    children: tuple[PowerRow, ...] = ()
    successor: Link | None = None
    predecessors: tuple[Link, ...] = ()
    life_events: tuple[Link, ...] = ()
    vetted_on: date
    first_vetted_on: date
    sign_offs: tuple[SignOff, ...] = ()
    chart: str = ""
    has_chart: bool = True
    data_address: str = ""
    chart_address: str = ""
    other_site: Link | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalHome(Page):
    """The city's home page: search in the middle, counts, kinds, departments, what is new."""

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
    changes: tuple[ChangeRow, ...] = ()


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
    blocks: tuple[str, ...] = ()
    as_of: date
    package: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(Page):
    """A list of lists: kinds, departments, laws, life events."""

    template: ClassVar[str] = "index.html"
    heading: str
    intro: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerListPage(Page):
    """Powers in groups: a kind's, a department's, the mayor's; `keys` are the groups' ids."""

    template: ClassVar[str] = "power_list.html"
    heading: str
    intro: str = ""
    groups: tuple[tuple[str, tuple[PowerRow, ...]], ...] = ()
    keys: tuple[str, ...] = ()
    total: int = 0
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRow:
    """A power no longer in force, with what became of it."""

    row: PowerRow
    since: date | None
    reason: str
    document: str
    successor: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedPage(Page):
    """The powers that the city gave up."""

    template: ClassVar[str] = "abolished.html"
    rows: tuple[EndedRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUse:
    """An article of an instrument and the powers that rest on it."""

    article: int | None
    suffix: str
    rows: tuple[tuple[PowerRow, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPage(Page):
    """An instrument: which powers rest on which article."""

    template: ClassVar[str] = "law.html"
    layout: ClassVar[str] = "record"
    instrument: Instrument
    articles: tuple[ArticleUse, ...] = ()
    total: int = 0
    superseded_by: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartCard:
    """A flowchart in a gallery, by its standalone drawing."""

    row: PowerRow
    image: str
    steps: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage(Page):
    """Flowcharts to leaf through."""

    template: ClassVar[str] = "gallery.html"
    heading: str
    intro: str = ""
    groups: tuple[tuple[str, tuple[ChartCard, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStage:
    """Powers of a life event that may run side by side."""

    number: int
    steps: tuple[tuple[PowerRow, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEventPage(Page):
    """A life event: what to do, in what order, and what may run in parallel."""

    template: ClassVar[str] = "life_event.html"
    layout: ClassVar[str] = "record"
    event: LifeEvent
    stages: tuple[EventStage, ...] = ()


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
class SearchPage(Page):
    """The search of a site; without JavaScript it offers the ways to browse.

    `scope` is the department whose powers the search keeps to, "" for all.
    """

    template: ClassVar[str] = "search.html"
    scope: str = ""
    scope_name: str = ""
    browse: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What was vetted when, newest first."""

    template: ClassVar[str] = "changes.html"
    heading: str
    days: tuple[tuple[date, tuple[ChangeRow, ...]], ...] = ()


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

    `facts`, `drafts` and `waivers` stand on the page about the data only.
    """

    template: ClassVar[str] = "prose.html"
    layout: ClassVar[str] = "prose"
    heading: str
    html: str
    facts: Mapping[str, str] = field(default_factory=dict)
    drafts: DraftCounts | None = None
    waivers: tuple[WaiverRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMapPage(Page):
    """Every kind of page with the way to it."""

    template: ClassVar[str] = "site_map.html"
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(Page):
    """The 404 page; its links are absolute, since it is served at any address."""

    template: ClassVar[str] = "not_found.html"
    browse: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstonePage(Page):
    """What stays of a withdrawn record."""

    template: ClassVar[str] = "tombstone.html"
    withdrawal: Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPage(Page):
    """The redirect page of a department that was merged into another."""

    template: ClassVar[str] = "moved.html"
    department: Department
    target: Link | None = None
