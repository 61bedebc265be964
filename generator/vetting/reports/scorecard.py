"""A department's scorecard: how many of its powers pass, what is wrong, how complete they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity

_Record = Mapping[str, Any]

WORDS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "notes"}
"""The member of a scorecard that counts findings of each severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of the powers in force that ought to have something do."""

    present: int
    of: int

    @property
    def percent(self) -> int:
        """The share in whole percent; 100 only if nothing is missing, or nothing is asked."""
        return self.present * 100 // self.of if self.of else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One department; `findings` counts by severity, then by the group of the rule.

    `records` are all its powers, of which the gate lets pass or refuses each; `complete`
    looks at those in force.
    """

    department: str
    name: str
    records: int
    passing: int
    refused: int
    findings: Mapping[Severity, Mapping[str, int]]
    complete: Mapping[str, Share] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """Return how many findings are so serious."""
        return sum(self.findings.get(severity, {}).values())

    def as_dict(self) -> dict[str, Any]:
        """Return the card as JSON can carry it."""
        counts = {
            WORDS[severity]: dict(sorted(self.findings.get(severity, {}).items()))
            for severity in Severity
        }
        complete = {
            name: {"present": share.present, "of": share.of}
            for name, share in self.complete.items()
        }
        own: dict[str, Any] = {"department": self.department, "name": self.name}
        own |= {"records": self.records, "passing": self.passing, "refused": self.refused}
        return {**own, **counts, "complete": complete}


def scorecards(
    departments: Iterable[_Record],
    records: Mapping[Any, _Record],
    refused: Iterable[str],
    findings: Mapping[str, Iterable[Finding]],
) -> tuple[Scorecard, ...]:
    """Return the card of each department that has a power or a finding, as registered.

    `departments` are the rows of the register, `records` the drafts of powers by code,
    `refused` the codes that the gate refuses, `findings` those of each department. A power
    without a telephone shows its department's, so that counts too.
    """
    bad = frozenset(refused)
    powers: dict[str, dict[str, _Record]] = {}
    for code, record in records.items():
        powers.setdefault(str(record.get("department", "")), {})[code] = record
    cards = []
    for row in departments:
        slug = str(row.get("slug", ""))
        mine = {code: {**_contact(row), **record} for code, record in powers.pop(slug, {}).items()}
        found = tuple(findings.get(slug, ()))
        if slug and (mine or found):
            cards.append(_card(slug, str(row.get("name", slug)), mine, bad, found))
    return tuple(cards)


def titles(tr: Translator) -> Mapping[str, str]:
    """Return what each member of `complete` means, in the language of the city."""
    return {
        "legal_bases": tr("Legal basis"),
        "limits": tr("Time limit"),
        "materials": tr("Materials"),
        "chart": tr("Flowchart"),
        "responsibilities": tr("Responsibilities"),
        "phone": tr("Telephone"),
        "supervision_phone": tr("Supervision telephone"),
        "remedy": tr("Ways to complain or appeal"),
    }


def families(tr: Translator) -> Mapping[str, str]:
    """Return the name of each group of rules by its letter."""
    return {
        "S": tr("Schema and references"),
        "L": tr("Legality"),
        "T": tr("Time"),
        "P": tr("Procedures"),
        "F": tr("Format"),
        "V": tr("Privacy"),
        "G": tr("Path guard"),
    }


def _contact(row: _Record) -> dict[str, Any]:
    return {name: row[name] for name in ("phone", "supervision_phone") if name in row}


def _card(
    slug: str,
    name: str,
    powers: Mapping[str, _Record],
    bad: frozenset[str],
    found: tuple[Finding, ...],
) -> Scorecard:
    counts = {
        severity: Counter(f.code[:1] for f in found if f.severity is severity)
        for severity in Severity
    }
    refused = sum(code in bad for code in powers)
    active = [power for power in powers.values() if power.get("status") == "active"]
    return Scorecard(
        department=slug,
        name=name,
        records=len(powers),
        passing=len(powers) - refused,
        refused=refused,
        findings=counts,
        complete={member: _share(member, active) for member in _COMPLETE},
    )


def _share(member: str, active: list[_Record]) -> Share:
    asked, given = _COMPLETE[member]
    wanted = [power for power in active if asked(power)]
    return Share(present=sum(map(given, wanted)), of=len(wanted))


def _always(power: _Record) -> bool:
    return True


def _on_application(power: _Record) -> bool:
    """Tell whether somebody applies for it: only then can there be a limit and materials."""
    return power.get("applicant") in ("citizen", "firm", "both")


def _has(*columns: str) -> Callable[[_Record], bool]:
    return lambda power: any(power.get(column) not in (None, "", []) for column in columns)


_COMPLETE: Mapping[str, tuple[Callable[[_Record], bool], Callable[[_Record], bool]]] = {
    "legal_bases": (_always, _has("legal_bases")),
    "limits": (_on_application, _has("statutory_limit", "promised_limit", "limit_note")),
    "materials": (_on_application, _has("materials")),
    "chart": (_always, _has("steps")),
    "responsibilities": (_always, _has("responsibilities")),
    "phone": (_always, _has("phone")),
    "supervision_phone": (_always, _has("supervision_phone")),
    "remedy": (_always, _has("remedy")),
}
"""Each member of `complete`: which powers ought to have it, and which do."""
