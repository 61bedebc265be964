"""The pages of a power, of a law, and of what is at an address no longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from generator.model.codes import Applicant, BasisRole
from generator.model.power import LegalBasis, Power
from generator.model.registers import Department, Instrument
from generator.model.release import SignOff, Withdrawal
from generator.pages import answers
from generator.pages.contexts.parts import Page, PowerRow
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBasis:
    """A legal basis with the instrument it names."""

    basis: LegalBasis
    instrument: Instrument
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file to be fetched: its address, its name, what kind it is, its size in bytes."""

    address: str
    name: str
    form: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerPage(Page):
    """Everything about one power, on the municipal page and on its department's alike.

    `chart` is the key of its flowchart, "" when there is no procedure; `has_chart` is
    false when the chart could not be laid out and only the text form stands. `files` are
    the blank forms and samples by their SHA-256.
    """

    template: ClassVar[str] = "power.html"
    sheets: ClassVar[tuple[str, ...]] = ("charts",)
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
    files: Mapping[str, FileLink] = field(default_factory=dict)
    chart: str = ""
    has_chart: bool = True
    data_address: str = ""
    chart_address: str = ""
    other_site: Link | None = None
    digest: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the questions answered above all else, in the reader's order."""
        return answers.of(self.power, self.department)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the parts that have something to say, in the reader's order."""
        return answers.parts(self.power)

    @property
    def is_applied_for(self) -> bool:
        """Tell whether people apply for the power's act; others are done to them."""
        return self.power.applicant is not Applicant.NONE

    @property
    def contact(self) -> Department:
        """Return the body to turn to; one that lost the power has no counter for it."""
        if self.power.is_active:
            return self.department
        return replace(self.department, address="", hours="", phone="")

    @property
    def first_basis(self) -> CitedBasis | None:
        """Return where the law that sets the power says so; None where no basis is known."""
        sets = (cited for cited in self.bases if cited.basis.role is BasisRole.SETS)
        return next(sets, self.bases[0] if self.bases else None)


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
