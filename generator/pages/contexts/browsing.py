"""Lists of powers: complete and page by page as they are, sorted and filtered where scripts run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from generator.model.release import Withdrawal
from generator.pages.contexts.parts import NONE, ChangeRow, Counts, Page, PowerRow
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Powers of a list under one heading; `count` is that of the whole group.

    A group that began on the page before is `continued`.
    """

    key: str
    heading: str
    rows: tuple[PowerRow, ...]
    count: int
    continued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """The way to a group: `address` is "" where the group begins on the page itself."""

    key: str
    text: str
    count: int
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Which page of how many this is; `addresses` are those of all."""

    number: int = 1
    addresses: tuple[str, ...] = ()


ONE_PAGE = Pager()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that a list can be filtered by, and what it is called."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list can be filtered by where scripts run.

    `scope` is what the list keeps to anyway, column and value; `status` is which powers
    it shows unasked (`active`, `ended`, `all`); `choices` are the columns offered, each with
    what it is called, what "any" is called, and its values.
    """

    address: str
    scope: tuple[tuple[str, str], ...] = ()
    status: str = "active"
    choices: tuple[tuple[str, str, str, tuple[Choice, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerListPage(Page):
    """A page of a list of powers in groups: all of them, a kind's, a theme's, a department's.

    `show` names the parts of a row that the groups do not say already; `ways` lead to
    neighbouring lists.
    """

    template: ClassVar[str] = "power_list.html"
    heading: str
    intro: str = ""
    groups: tuple[RowGroup, ...] = ()
    counts: Counts = NONE
    show: tuple[str, ...] = ()
    jumps: tuple[Jump, ...] = ()
    pager: Pager = ONE_PAGE
    filters: Filters | None = None
    ways: tuple[Link, ...] = ()


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
    """The powers that the city gave up, and the records that it had to take back."""

    template: ClassVar[str] = "abolished.html"
    rows: tuple[EndedRow, ...] = ()
    withdrawn: tuple[tuple[Withdrawal, Link], ...] = ()
    total: int = 0
    pager: Pager = ONE_PAGE
    filters: Filters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesOfDay:
    """What was vetted on a day, in the order of the page: amended and ended before new.

    `amended`, `ended` and `added` count the whole day; a day that began on the page before
    is `continued`.
    """

    day: date
    rows: tuple[ChangeRow, ...]
    amended: int = 0
    ended: int = 0
    added: int = 0
    continued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What was vetted when, newest first, and what of it changed."""

    template: ClassVar[str] = "changes.html"
    heading: str
    days: tuple[ChangesOfDay, ...] = ()
    pager: Pager = ONE_PAGE
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUse:
    """A post of the city government with the powers, and their steps, that come before it.

    Powers for which no step names the government stand under an empty `post`.
    """

    key: str
    post: str
    rows: tuple[tuple[PowerRow, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MayorPage(Page):
    """What comes before the city government itself, and at which step."""

    template: ClassVar[str] = "mayor.html"
    heading: str
    name: str
    counts: Counts = NONE
    own: tuple[PostUse, ...] = ()
    others: tuple[PostUse, ...] = ()
    site: Link | None = None
