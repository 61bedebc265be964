"""Reads the tables of the law: setting rules, time limits, required steps, words of steps."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

_LETTER = re.compile("[A-Za-z]")
_TOP_LEVEL_BAR = re.compile(r"\|(?![^()]*\))")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words by which a step is recognised: plain ones, and patterns in Chinese and English."""

    plain: tuple[str, ...]
    chinese: re.Pattern[str] | None
    english: re.Pattern[str]

    def are_in(self, text: str) -> bool:
        """Tell whether a text has any of the words."""
        if any(word in text for word in self.plain):
            return True
        if self.chinese and self.chinese.search(text):
            return True
        return bool(_LETTER.search(text) and self.english.search(text))


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
def words(step: str) -> Words:
    """Return the words by which a step is recognised, in Chinese or English."""
    return _words()[step]


@cache
def _words() -> Mapping[str, Words]:
    return {row["step"]: _words_of(row["chinese"], row["english"]) for row in _rows("words")}


def _words_of(chinese: str, english: str) -> Words:
    parts = _TOP_LEVEL_BAR.split(chinese)
    patterns = "|".join(part for part in parts if re.escape(part) != part)
    return Words(
        plain=tuple(part for part in parts if re.escape(part) == part),
        chinese=re.compile(patterns) if patterns else None,
        english=re.compile(english, re.IGNORECASE),
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
