"""The proof sheet of a department: what is to be reviewed and signed, in one frozen whole.

It is the same for the page and the PDF; both only lay it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import segno

from generator.ledger import digest as d1
from generator.papers.charts import Picture
from generator.papers.differences import Entry, Grid
from generator.vetting.finding import Finding


class Standing(StrEnum):
    """How a record of the sheet stands to what is published."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A sign-off that a record has already."""

    stage: str
    office: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box for a sign-off: the stage in words, the offices that may sign, what is given already."""

    stage: str
    title: str
    offices: tuple[str, ...]
    given: Given | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the sheet; `code` is a power's code or a register's table.

    `entries` are its fields, `grids` its tables; a deleted record has those last published
    and no digest to sign.
    """

    code: str
    name: str
    standing: Standing
    digest: str
    entries: tuple[Entry, ...] = ()
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: bool = False
    chart: Picture | None = None
    has_steps: bool = False
    boxes: tuple[Box, ...] = ()
    published_on: str = ""

    @property
    def filled(self) -> tuple[Entry, ...]:
        """The fields that say something, now or as published."""
        return tuple(each for each in self.entries if each.cell.text or each.cell.old)

    @property
    def empty(self) -> tuple[Entry, ...]:
        """The fields left empty."""
        return tuple(each for each in self.entries if not (each.cell.text or each.cell.old))

    @property
    def qr_text(self) -> str:
        """What the code to scan says: scheme, digest, code."""
        return f"{d1.SCHEME}:{self.digest} {self.code}"

    def qr(self) -> str:
        """Return the digest as a QR code, an SVG element of black squares."""
        made: str = segno.make(self.qr_text, error="m", micro=False).svg_inline(
            border=2, omitsize=True, svgclass=None, lineclass=None
        )
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A department's proof sheet; `counts` are by standing, and of what is refused."""

    slug: str
    department: str
    city: str
    language: str
    day: date
    demonstration: bool
    records: tuple[Record, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    only_changed: bool = False
    left_out: int = 0

    @property
    def digests(self) -> dict[str, str]:
        """The digests to sign, by code or table."""
        return {each.code: each.digest for each in self.records if each.digest}

    def list_of_digests(self) -> dict[str, Any]:
        """Return what `daylight sign --digests` reads."""
        return {
            "scheme": d1.SCHEME,
            "department": self.slug,
            "day": self.day.isoformat(),
            "digests": self.digests,
        }
