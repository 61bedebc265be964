"""Drafts and releases. Outputs accept only a Release, so unvetted data cannot be published by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.attachment import Attachment
from generator.model.codes import (
    DepartmentSlug,
    InstrumentId,
    LifeEventSlug,
    PowerCode,
    PowerStatus,
    Stage,
)
from generator.model.power import Power
from generator.model.registers import Department, Instrument, LifeEvent, Synonym, Waiver

Day = date  # under a name that the fields called `date` do not hide


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerList:
    """The working tables, decoded: drafts, always."""

    powers: Mapping[PowerCode, Power]
    departments: Mapping[DepartmentSlug, Department]
    instruments: Mapping[InstrumentId, Instrument]
    life_events: Mapping[LifeEventSlug, LifeEvent]
    synonyms: tuple[Synonym, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """An office's word that a record, by its digest, stands one stage of review.

    `signature` is that of OpenSSH without its armour, empty where none was asked for.
    """

    stage: Stage
    office: str
    date: date
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMark:
    """When a version entered the ledger, whose it was, its digest, and what it brought.

    Its content may be withdrawn, or the version `revoked` by the release's day. `changed`
    names the columns and tables in which it differs from the version before; it is empty
    for a first version and where either content is gone.
    """

    vetted_on: date
    digest: str
    department: DepartmentSlug
    status: PowerStatus = PowerStatus.ACTIVE
    changed: tuple[str, ...] = ()
    revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VettedVersion:
    """One version of a power as it entered the ledger.

    `history` marks every version up to the release's day, revoked ones too, in the order of
    their entry.
    """

    power: Power
    digest: str
    vetted_on: date
    first_vetted_on: date
    sign_offs: tuple[SignOff, ...]
    history: tuple[VersionMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The edition of a register that a release rests on."""

    table: str
    digest: str
    vetted_on: date
    sign_offs: tuple[SignOff, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What stays of a record whose content was removed: a tombstone."""

    code: PowerCode
    department: DepartmentSlug
    reason: str
    document: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many records of a department, or of the city, stood how on the day of a count."""

    published: int
    waiting: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCount:
    """A recorded count of what was published, waited and was refused; never which records."""

    date: date
    city: Standing
    departments: Mapping[DepartmentSlug, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The ledger folded as of a day: everything that outputs may know.

    `date` is the latest sign-off, revocation or withdrawal in it, never the build's.
    Powers stand in the order of their codes, departments and instruments in the order of
    their registers; `editions` names the registers' editions by table. `status` is the
    latest count recorded by then; `attachments` are the files of all versions up to the day.
    """

    date: Day
    as_of: Day
    digest: str
    powers: Mapping[PowerCode, VettedVersion]
    departments: Mapping[DepartmentSlug, Department]
    instruments: Mapping[InstrumentId, Instrument]
    life_events: Mapping[LifeEventSlug, LifeEvent]
    synonyms: tuple[Synonym, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    status: StatusCount | None = None
    attachments: tuple[Attachment, ...] = ()
    city: str = ""

    def active(self) -> Iterator[VettedVersion]:
        """Yield the powers in force."""
        return (version for version in self.powers.values() if version.power.is_active)

    def of_department(self, slug: DepartmentSlug) -> Iterator[VettedVersion]:
        """Yield a department's powers, those no longer in force included."""
        return (version for version in self.powers.values() if version.power.department == slug)
