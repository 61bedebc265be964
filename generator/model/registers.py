"""The registers that records refer to: departments, instruments, life events, synonyms, waivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.codes import (
    DepartmentSlug,
    DepartmentStatus,
    InstrumentId,
    LifeEventSlug,
    PowerCode,
    Rank,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A body that publishes powers."""

    slug: DepartmentSlug
    name: str
    status: DepartmentStatus
    short_name: str = ""
    kind: str = ""
    merged_into: DepartmentSlug | None = None
    summary: str = ""
    former_names: tuple[str, ...] = ()
    credit_code: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    supervision_phone: str = ""
    email: str = ""

    @property
    def label(self) -> str:
        """The name for lists and narrow columns."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, regulation, rule or document; the facts about it, never its text."""

    id: InstrumentId
    title: str
    rank: Rank
    short_title: str = ""
    issuer: str = ""
    document_number: str = ""
    adopted_on: date | None = None
    effective_from: date | None = None
    repealed_on: date | None = None
    superseded_by: InstrumentId | None = None
    last_article: int | None = None
    url: str = ""

    @property
    def label(self) -> str:
        """The title used in citations."""
        return self.short_title or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEventPower:
    """One power of a life event, and what comes before it."""

    life_event: LifeEventSlug
    power: PowerCode
    optional: bool | None = None
    after: tuple[PowerCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """Something people want to get done, across departments."""

    slug: LifeEventSlug
    name: str
    audience: str = ""
    summary: str = ""
    powers: tuple[LifeEventPower, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """An everyday word and what the list calls it."""

    term: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A decision to let a record stand against a rule, until a day."""

    rule: str
    record: str
    reason: str
    decided_by: str
    until: date | None = None
