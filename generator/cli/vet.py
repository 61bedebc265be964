"""`vet`: the gate alone, over the working tables, and its reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.console import config_option, format_option, quiet_option, say
from generator.cli.main import daylight
from generator.config import SiteConfig
from generator.errors import ConfigError
from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity

if TYPE_CHECKING:
    from generator.cli.since import Since
    from generator.drafts import Drafts
    from generator.sources.stores import Store
    from generator.vetting.gate import Verdict
    from generator.vetting.reports import Report, Scorecard


@daylight.command(
    epilog="\b\nExamples:\n  daylight vet\n"
    "  daylight vet --department health --scorecard\n"
    "  daylight vet --format html > findings.html\n"
    "  daylight vet --changed-since origin/main --format sarif > findings.sarif\n"
    "  daylight vet --changed-since origin/main --as health"
)
@config_option
@click.option("--department", metavar="SLUG", help="Only the records of one department.")
@click.option(
    "--changed-since",
    metavar="REV",
    help="Only what changed since a git revision, and what that brings elsewhere.",
)
@click.option(
    "--as",
    "guarded",
    metavar="DEPARTMENT",
    help="With --changed-since: the change is this department's and may touch only its own.",
)
@click.option(
    "--scorecard",
    is_flag=True,
    help="Add a scorecard for each department (text, json); a page has them always.",
)
@format_option("json", "sarif", "html")
@quiet_option
def vet(
    config_path: Path,
    department: str | None,
    changed_since: str | None,
    guarded: str | None,
    scorecard: bool,
    form: str,
    quiet: bool,
) -> None:
    """Find what is wrong with the working tables: where, what, and what to do.

    Findings come by department, most serious first. Exit code 1 when there is any
    error-level finding.
    """
    from generator import drafts
    from generator.cli import since as changes
    from generator.config import load
    from generator.i18n import translator
    from generator.sources.stores import open_store

    if guarded is not None and changed_since is None:
        raise click.UsageError("--as goes with --changed-since: it judges a change, not a state.")
    config = load(config_path)
    tr = translator(config.language)
    day = config.as_of or date.today()
    store = open_store(config.source, config.root, tr)
    if changed_since is not None:
        changes.csv_folder(store, tr)  # before a server is asked for its tables
    desk = drafts.read(config, day=day, tr=tr)
    since = None
    if changed_since is not None:
        since = changes.Since(config, store, desk, changed_since, tr)
    _check_departments(desk, since, department, guarded, tr)
    verdict = desk.vet()
    findings = _chosen(desk, verdict.findings, department, since, day)
    if since and guarded:
        findings = (*since.guard(guarded), *findings)
    report = _report(config, desk, findings, day, tr)
    if scorecard or form == "html":
        cards = _cards(desk, verdict, department, tr)
        touched = {group.slug for group in report.groups}
        shown = tuple(card for card in cards if not since or card.department in touched)
        report = replace(report, cards=shown)
    _print(report, form, store=store, config_path=config_path, cards=scorecard, tr=tr)
    errors = report.count(Severity.ERROR)
    warnings = report.count(Severity.WARNING)
    say(
        tr("{errors} errors, {warnings} warnings", errors=errors, warnings=warnings),
        quiet or form != "text",
    )
    raise SystemExit(1 if errors else 0)


def _check_departments(
    desk: Drafts, since: Since | None, asked: str | None, guarded: str | None, tr: Translator
) -> None:
    """Raise ConfigError for a department that no register knows or knew."""
    from generator.vetting.nearest import Nearest
    from generator.vetting.reports.grouping import department_names

    now = tuple(department_names(desk.tables))
    for option, slug, known in (
        ("--department", asked, now),
        ("--as", guarded, since.departments if since else now),
    ):
        if slug is None or slug in known:
            continue
        near = Nearest()(slug, known, among="departments")
        remedy = tr("did you mean “{near}”?", near=near) if near else ", ".join(known)
        raise ConfigError(
            tr(
                "{option} {slug}: no department is called so; {remedy}",
                option=option,
                slug=slug,
                remedy=remedy,
            )
        )


def _chosen(
    desk: Drafts,
    findings: tuple[Finding, ...],
    department: str | None,
    since: Since | None,
    day: date,
) -> tuple[Finding, ...]:
    from generator.vetting.reports.grouping import Owners

    if since:
        findings = since.brought(findings, day)
    if department is not None:
        owners = Owners(desk.tables)
        findings = tuple(found for found in findings if owners.of(found) == department)
    return findings


def _report(
    config: SiteConfig, desk: Drafts, findings: Iterable[Finding], day: date, tr: Translator
) -> Report:
    from generator.vetting import reports

    groups = reports.compose(findings, desk.tables, tr)
    return reports.Report(city=config.name, day=day, groups=groups)


def _cards(
    desk: Drafts, verdict: Verdict, department: str | None, tr: Translator
) -> tuple[Scorecard, ...]:
    """Return the scorecards of all departments, or of one: of the state, not of a change."""
    from generator.vetting import reports

    groups = reports.compose(verdict.findings, desk.tables, tr)
    found = {group.slug: group.findings for group in groups}
    rows = desk.registers.get("departments", ())
    cards = reports.scorecards(rows, desk.records, verdict.refused, found)
    return tuple(card for card in cards if department in (None, card.department))


def _print(
    report: Report, form: str, *, store: Store, config_path: Path, cards: bool, tr: Translator
) -> None:
    from generator.sources.stores import Folder
    from generator.vetting import reports
    from generator.vetting.reports.spots import Spots, base_of

    if form == "json":
        click.echo(reports.as_json(report.findings, report.cards if cards else None))
    elif form == "html":
        click.echo(reports.as_html(report, tr), nl=False)
    elif form == "sarif":
        folder = store.path if isinstance(store, Folder) else None
        base = base_of(config_path.parent, otherwise=Path.cwd())
        spots = Spots(folder, config=config_path, base=base)
        click.echo(reports.as_sarif(report.findings, spots, tr))
    else:
        text = reports.as_text(report, tr, with_cards=cards)
        click.echo(text, nl=False)
