"""A power with everything that belongs to it, field by field as the tables name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.attachment import Attachment
from generator.model.codes import (
    Applicant,
    BasisRole,
    DepartmentSlug,
    FeeKind,
    InstrumentId,
    PowerCode,
    PowerKind,
    PowerStatus,
    StepKind,
    TimeUnit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """An article on which a power rests."""

    seq: int
    instrument: InstrumentId
    role: BasisRole
    article: int | None = None
    article_suffix: str = ""
    paragraph: int | None = None
    subparagraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Something an applicant brings.

    `blank_form` and `sample` are paths below `content/files`; their digests bind the bytes.
    """

    seq: int
    name: str
    form: str = ""
    copies: int | None = None
    required: bool | None = None
    source: str = ""
    basis: str = ""
    blank_form: str = ""
    sample: str = ""
    blank_form_sha256: str = ""
    sample_sha256: str = ""

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that it names and that are bound to it, the blank form first."""
        named = (
            Attachment(path=self.blank_form, sha256=self.blank_form_sha256),
            Attachment(path=self.sample, sha256=self.sample_sha256),
        )
        return tuple(file for file in named if file.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A statutory fee."""

    seq: int
    name: str
    standard: str = ""
    basis: str = ""
    reductions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """A duty that comes with a power, and what follows from its neglect."""

    seq: int
    duty: str
    duty_basis: str = ""
    accountability: str = ""
    accountability_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """A conduct and the sanction that the law attaches to it."""

    seq: int
    conduct: str
    circumstance: str = ""
    sanction: str = ""
    range: str = ""
    discretion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a procedure, with its post and time limit."""

    id: str
    name: str
    kind: StepKind
    post: str = ""
    limit: int | None = None
    unit: TimeUnit | None = None
    counted: bool | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The way from one step to another, and the condition on which it is taken."""

    source: str
    target: str
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """How a power runs; "flowchart" is only its drawing."""

    steps: tuple[Step, ...] = ()
    moves: tuple[Move, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """One administrative power or public service."""

    code: PowerCode
    name: str
    kind: PowerKind
    department: DepartmentSlug
    applicant: Applicant
    fee: FeeKind
    status: PowerStatus
    parent: PowerCode | None = None
    aliases: tuple[str, ...] = ()
    subtype: str = ""
    joint_departments: tuple[DepartmentSlug, ...] = ()
    entrusted_to: str = ""
    level: str = ""
    source_of_power: str = ""
    local_code: str = ""
    implementation_code: str = ""
    former_codes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    summary: str = ""
    conditions: str = ""
    quantity_limit: str = ""
    case_type: str = ""
    statutory_limit: int | None = None
    statutory_unit: TimeUnit | None = None
    promised_limit: int | None = None
    promised_unit: TimeUnit | None = None
    limit_note: str = ""
    result: str = ""
    validity: str = ""
    channels: tuple[str, ...] = ()
    place: str = ""
    hours: str = ""
    phone: str = ""
    supervision_phone: str = ""
    remedy: str = ""
    status_from: date | None = None
    status_reason: str = ""
    status_document: str = ""
    successor: PowerCode | None = None
    legal_bases: tuple[LegalBasis, ...] = ()
    materials: tuple[Material, ...] = ()
    fees: tuple[Fee, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    procedure: Procedure = Procedure()

    @property
    def is_active(self) -> bool:
        """Whether the power is in force."""
        return self.status is PowerStatus.ACTIVE

    @property
    def limit(self) -> tuple[int | None, TimeUnit | None]:
        """The time that an applicant may count on: what was promised, else what the law says."""
        if self.promised_limit is not None:
            return self.promised_limit, self.promised_unit
        return self.statutory_limit, self.statutory_unit
