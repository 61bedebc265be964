"""Parts that several pages show: what a page says of itself, rows, groups and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says of itself: title, description, place in the site, State Council labels.

    `canonical` is the address of the same facts on the municipal site, where that is
    another page; `column` is the name of the page's column; `published` is the day the
    content last changed, for content pages; `leads_to` is where a browser goes on by itself.
    Search engines leave out a page that is not `indexed`.
    """

    address: str
    title: str
    description: str = ""
    canonical: str = ""
    leads_to: str = ""
    indexed: bool = True
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
    """The base of every context; `sheets` names style sheets that not every page needs."""

    template: ClassVar[str]
    layout: ClassVar[str] = "list"
    sheets: ClassVar[tuple[str, ...]] = ()
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
class Counts:
    """How many powers stand in a list, and how many of them are parts of others, and services.

    A public service is not a power in the strict sense, and a sub-item is counted beside
    the power that it is a part of; who quotes the number should know.
    """

    total: int = 0
    parts: int = 0
    services: int = 0


NONE = Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRow:
    """A power in a list."""

    code: str
    name: str
    address: str
    kind: str
    status: str
    department: str
    applicant: str = ""
    summary: str = ""
    limit: int | None = None
    unit: str = ""
    fee: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A vetted change in a list: the day, the power, what happened (`added`, `amended`, …).

    `initial` is one that came with the city's first list, unlike those added to it later.
    `fields` says in words what was amended, as far as the ledger still tells.
    """

    day: date
    row: PowerRow
    change: str
    initial: bool = False
    fields: tuple[str, ...] = ()
