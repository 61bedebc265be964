"""How the working tables stand, department by department: for the city's own use, never published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.config import SiteConfig
from generator.drafts import Drafts
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug, PowerStatus
from generator.model.release import Standing, StatusCount
from generator.pages.labels import label
from generator.papers import page
from generator.standing import Comparison, DraftStatus
from generator.standing import Standing as DraftStanding
from generator.vetting.finding import Finding, Severity

COUNTED = ("published", "new", "changed", "deleted", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentStanding:
    """A department's counts by standing, its open records, the day since which the first waits."""

    slug: str
    name: str
    counts: Mapping[str, int]
    open: tuple[DraftStatus, ...]
    since: str = ""


def by_department(drafts: Drafts, comparison: Comparison) -> tuple[DepartmentStanding, ...]:
    """Count, per department: published and in force, whatever the draft, and each standing."""
    counts: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for row in drafts.registers.get("departments", ()):
        slug = str(row.get("slug", ""))
        counts[slug], names[slug] = Counter(), str(row.get("name", ""))
    for code in drafts.ledger.versions:
        line = drafts.ledger.latest(code)
        if line and not line.withdrawn and line.record().get("status") == PowerStatus.ACTIVE.value:
            counts.setdefault(line.department, Counter())["published"] += 1
    opened: dict[str, list[DraftStatus]] = {}
    for record in comparison.records:
        if record.standing is not DraftStanding.PUBLISHED:
            counts.setdefault(record.department, Counter())[record.standing.value] += 1
            opened.setdefault(record.department, []).append(record)
    return tuple(
        DepartmentStanding(
            slug=slug,
            name=names.get(slug, slug),
            counts={key: found[key] for key in COUNTED},
            open=tuple(opened.get(slug, ())),
            since=min((each.since for each in opened.get(slug, ()) if each.since), default=""),
        )
        for slug, found in counts.items()
    )


def count(departments: tuple[DepartmentStanding, ...], day: date) -> StatusCount:
    """Return the counts that may be recorded: how many wait and are refused, never which."""
    found = {DepartmentSlug(each.slug): _standing(each.counts) for each in departments}
    return StatusCount(
        date=day,
        city=Standing(
            published=sum(each.published for each in found.values()),
            waiting=sum(each.waiting for each in found.values()),
            refused=sum(each.refused for each in found.values()),
        ),
        departments=found,
    )


def _standing(counts: Mapping[str, int]) -> Standing:
    waiting = counts["new"] + counts["changed"] + counts["deleted"]
    return Standing(published=counts["published"], waiting=waiting, refused=counts["refused"])


def html(
    config: SiteConfig,
    departments: tuple[DepartmentStanding, ...],
    comparison: Comparison,
    day: date,
    tr: Translator,
) -> str:
    """Return the status as one page for the city's own use."""
    reasons: dict[str, list[Finding]] = {}
    for finding in comparison.findings:
        if finding.severity is Severity.ERROR:
            reasons.setdefault(finding.record or finding.table, []).append(finding)
    whole = count(departments, day)
    return page.render(
        "status.html",
        tr,
        own_style=page.style("reports.css"),
        city=config.name,
        day=day.isoformat(),
        demonstration=config.demonstration,
        departments=departments,
        busy=[each for each in departments if each.open],
        registers=[(table, False) for table in comparison.registers]
        + [(table, True) for table in comparison.refused_registers],
        total=whole.city,
        reasons=reasons,
        stages={stage: label(stage, tr) for stage in ("legality", "format")},
        w=_words(tr),
    )


def _words(tr: Translator) -> dict[str, object]:
    return {
        "title": tr("How the tables stand"),
        "own_use": tr("For the city's own use; no part of the public site."),
        "demonstration": tr("This is a demonstration, not an official publication."),
        "day": tr("Tables judged as of"),
        "published": tr("published"),
        "waiting": tr("waiting"),
        "refused": tr("refused by the gate"),
        "overview": tr("All departments"),
        "department": tr("Department"),
        "new": tr("new"),
        "changed": tr("changed"),
        "deleted": tr("row deleted"),
        "since": tr("Waits since"),
        "unknown": tr("not signed yet"),
        "code": tr("Code"),
        "name": tr("Name"),
        "standing": tr("Standing"),
        "signed": tr("Signed so far"),
        "why": tr("Why"),
        "registers": tr("Registers"),
        "register_waits": tr("changed, waits for sign-off"),
        "nothing": tr("Nothing waits: every record is published as the tables have it."),
        "comma": tr(", "),
        "standings": {
            "new": tr("new"),
            "changed": tr("changed"),
            "deleted": tr("row deleted"),
            "refused": tr("refused by the gate"),
        },
    }
