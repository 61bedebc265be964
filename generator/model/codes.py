"""The names by which everything is known. `city` is part of every identity: a Release carries it."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

PowerCode = NewType("PowerCode", str)
DepartmentSlug = NewType("DepartmentSlug", str)
InstrumentId = NewType("InstrumentId", str)
LifeEventSlug = NewType("LifeEventSlug", str)


class PowerKind(StrEnum):
    """Kinds of power: the national list of ten, public services, and Hebei's two additions."""

    LICENSING = "licensing"
    PENALTY = "penalty"
    COERCION = "coercion"
    LEVY = "levy"
    PAYMENT = "payment"
    INSPECTION = "inspection"
    CONFIRMATION = "confirmation"
    REWARD = "reward"
    ADJUDICATION = "adjudication"
    OTHER = "other"
    SERVICE = "service"
    FILING = "filing"
    REQUISITION = "requisition"


class Rank(StrEnum):
    """Rank of a legal norm, highest first."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    STATE_COUNCIL_DECISION = "state_council_decision"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENT_RULE = "department_rule"
    PROVINCIAL_RULE = "provincial_rule"
    CITY_RULE = "city_rule"
    NORMATIVE_DOCUMENT = "normative_document"


class TimeUnit(StrEnum):
    """Unit of a time limit; never a bare number."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    ON_THE_SPOT = "on_the_spot"


class PowerStatus(StrEnum):
    """Whether a power is in force, and if not, what became of it."""

    ACTIVE = "active"
    ABOLISHED = "abolished"
    MERGED = "merged"
    DEVOLVED = "devolved"


class DepartmentStatus(StrEnum):
    """Whether a body still exists."""

    ACTIVE = "active"
    MERGED = "merged"
    ABOLISHED = "abolished"


class Applicant(StrEnum):
    """Who may apply."""

    CITIZEN = "citizen"
    FIRM = "firm"
    BOTH = "both"
    NONE = "none"


class FeeKind(StrEnum):
    """Whether a power costs anything."""

    NONE = "none"
    STATUTORY = "statutory"


class BasisRole(StrEnum):
    """Whether an article sets a power or details how it is exercised."""

    SETS = "sets"
    DETAILS = "details"


class StepKind(StrEnum):
    """What a step of a procedure does."""

    START = "start"
    TASK = "task"
    DECISION = "decision"
    WAIT = "wait"
    END = "end"


class Stage(StrEnum):
    """The two sign-offs, in their order."""

    LEGALITY = "legality"
    FORMAT = "format"
