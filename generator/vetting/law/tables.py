"""Reads the tables of the law: setting rules, time limits, required steps, words of steps."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Verdict(StrEnum):
    """Whether norms of a rank may set a kind of power."""

    MAY = "may"
    LIMITED = "limited"
    DETAIL = "detail"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRule:
    """Whether a rank may set a kind of power; `law` reads "key articles; key articles"."""

    kind: str
    subtype: str
    rank: str
    verdict: Verdict
    condition: str
    law: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """A limit of the law on a power's decision or on a step.

    `name` is a pattern for the power's name, `step` a row of the words; `otherwise` are
    the ranks that may give another limit; `least` means that it may not be shorter.
    """

    id: str
    scope: str
    kind: str
    subtype: str
    joint: bool | None
    step: str
    name: re.Pattern[str]
    least: bool
    limit: int
    unit: str
    otherwise: frozenset[str]
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredStep:
    """A step that the law asks of a kind of power."""

    kind: str
    subtype: str
    step: str
    law: str


@cache
def setting_rules() -> Mapping[tuple[str, str, str], SettingRule]:
    """Return the setting rules by kind, subtype and rank."""
    found = {}
    for row in _rows("setting_rules"):
        verdict, confirmed = Verdict(row.pop("verdict")), row.pop("confidence") == "confirmed"
        made = SettingRule(**row, verdict=verdict, confirmed=confirmed)
        found[made.kind, made.subtype, made.rank] = made
    return found


@cache
def subtypes(kind: str) -> frozenset[str]:
    """Return the subtypes that setting rules tell apart in a kind; "" stands for the rest."""
    return frozenset(subtype for known, subtype, _ in setting_rules() if known == kind)


@cache
def time_limits() -> tuple[TimeLimit, ...]:
    """Return the time limits of the law in the order of their table."""
    return tuple(_time_limit(row) for row in _rows("time_limits"))


def _time_limit(row: dict[str, str]) -> TimeLimit:
    texts = {key: row[key] for key in ("id", "scope", "kind", "subtype", "step", "unit", "law")}
    return TimeLimit(
        **texts,
        joint={"yes": True, "no": False}.get(row["joint"]),
        name=re.compile(row["name"], re.IGNORECASE),
        least=row["bound"] == "least",
        limit=int(row["limit"]),
        otherwise=frozenset(filter(None, row["otherwise"].split(";"))),
    )


@cache
def required_steps() -> tuple[RequiredStep, ...]:
    """Return the steps that the law asks of a kind of power."""
    return tuple(RequiredStep(**row) for row in _rows("required_steps"))


@cache
def words(step: str) -> re.Pattern[str]:
    """Return the pattern by which a step is recognised, in Chinese or English."""
    return _words()[step]


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    return {
        row["step"]: re.compile(f"{row['chinese']}|{row['english']}", re.IGNORECASE)
        for row in _rows("words")
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
