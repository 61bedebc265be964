"""Findings by department, most serious first: the order in which every report tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.i18n import Translator
from generator.sources import canonical
from generator.sources.tables import Tables
from generator.vetting.desk import owner_column
from generator.vetting.finding import Finding, Severity
from generator.vetting.reports.scorecard import Scorecard

ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of a department, or of what belongs to none: most serious first."""

    slug: str
    name: str
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings are so serious."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report tells: the city, its day, findings by department, scorecards if wanted.

    `remark` says in a sentence what was looked at, if not all.
    """

    city: str
    day: date
    groups: tuple[Group, ...]
    cards: tuple[Scorecard, ...] = ()
    remark: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the report."""
        return tuple(finding for group in self.groups for finding in group.findings)

    def count(self, severity: Severity) -> int:
        """Return how many findings are so serious."""
        return sum(group.count(severity) for group in self.groups)


def compose(findings: Iterable[Finding], tables: Tables, tr: Translator) -> tuple[Group, ...]:
    """Return the findings by department: those with most errors first, then as registered."""
    owners, names = Owners(tables), department_names(tables)
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(owners.of(finding), []).append(finding)
    common = tr("Registers and what belongs to no department")
    groups = [
        Group(
            slug=slug,
            name=names.get(slug, slug) or common,
            findings=tuple(sorted(mine, key=lambda finding: ORDER[finding.severity])),
        )
        for slug, mine in found.items()
    ]
    places = {slug: place for place, slug in enumerate(names)}
    return tuple(
        sorted(
            groups,
            key=lambda group: (
                *(-group.count(severity) for severity in Severity),
                places.get(group.slug, len(places)),
                group.slug,
            ),
        )
    )


def department_names(tables: Tables) -> Mapping[str, str]:
    """Return the name of every department by its slug, in the order of the register."""
    rows = (row.cells for row in tables.rows("departments"))
    found = (
        (canonical.text(row.get("slug", "")), canonical.text(row.get("name", ""))) for row in rows
    )
    return {slug: name or slug for slug, name in found if slug}


class Owners:
    """Tells to which department a finding belongs."""

    def __init__(self, tables: Tables) -> None:
        self._rows: dict[int, str] = {}
        self._powers: dict[str, str] = {}
        self._departments = department_names(tables)
        for row in tables.rows("powers"):
            code, slug = (
                canonical.text(row.cells.get(name, "")) for name in ("code", "department")
            )
            self._rows[row.number] = slug
            self._powers.setdefault(code, slug)

    def of(self, finding: Finding) -> str:
        """Return the slug of the finding's department; "" if it belongs to none."""
        if finding.table == "powers" and finding.row in self._rows:
            return self._rows[finding.row]
        if owner_column(finding.table):
            return self._powers.get(finding.record, "")
        # A department's own row, or its prose and theme, which are in no table.
        if finding.table in ("departments", "") and finding.record in self._departments:
            return finding.record
        return ""
