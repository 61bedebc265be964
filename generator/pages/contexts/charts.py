"""Flowcharts to leaf through, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.pages.contexts.parts import Page, PowerRow, Tally
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartCard:
    """A flowchart in a gallery, by its standalone drawing; `takes` is its longest way in words."""

    row: PowerRow
    image: str
    steps: int
    posts: int
    takes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage(Page):
    """A page of the flowcharts of a site; complete page by page, searched where scripts run.

    `groups` are heading, number of charts in all, and those on this page; `scope` is the
    department, "" for the city; `addresses` are those of all the pages.
    """

    template: ClassVar[str] = "gallery.html"
    sheets: ClassVar[tuple[str, ...]] = ("charts",)
    heading: str
    intro: str = ""
    groups: tuple[tuple[str, int, tuple[ChartCard, ...]], ...] = ()
    total: int = 0
    number: int = 1
    addresses: tuple[str, ...] = ()
    scope: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    index: str = ""
    compare: str = ""
    bpmn: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """Two procedures step by step, chosen and drawn up by a script; without one, ways to the lists."""

    template: ClassVar[str] = "compare.html"
    sheets: ClassVar[tuple[str, ...]] = ("charts",)
    heading: str
    intro: str
    index: str
    gallery: str
    kinds: tuple[Tally, ...] = ()
