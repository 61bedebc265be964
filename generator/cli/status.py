"""`status`: how the working tables stand against the ledger, and the counts that may be published."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from generator.cli import private
from generator.cli.build import as_day
from generator.cli.console import (
    ActDay,
    config_option,
    format_option,
    print_findings,
    quiet_option,
    say,
)
from generator.cli.main import daylight
from generator.config import load
from generator.drafts import read as read_drafts
from generator.i18n import translator
from generator.ledger import recording
from generator.papers import standing
from generator.papers.standing import DepartmentStanding
from generator.standing import Comparison, DraftStatus, Standing
from generator.vetting import seals


@daylight.command(
    epilog="\b\nExamples:\n  daylight status --format json\n  daylight status --html status.html\n"
    "  daylight status --record --date 2025-06-30"
)
@config_option
@click.option(
    "--record",
    "recorded",
    is_flag=True,
    help="Write the counts, and nothing else, into the ledger: the next build publishes them.",
)
@click.option(
    "--date",
    "day",
    type=ActDay(),
    metavar="DAY",
    help="Day of the count.  [default: the city's as_of, else today]",
)
@click.option(
    "--html",
    "page_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page for the city's own use too, outside the published site.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing: no count, no page.")
@format_option("json")
@quiet_option
def status(
    config_path: Path,
    recorded: bool,
    day: datetime | None,
    page_path: Path | None,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> None:
    """Tell what is published, changed and waiting, or refused, per department.

    Nothing of it is public, but for counts that --record writes into the ledger. What
    waits does so since its first sign-off; before that, since when is not known.
    """
    config = load(config_path)
    tr = translator(config.language)
    when = as_day(day) or config.as_of or date.today()
    if page_path:
        private.check(page_path, "--html", config.root, tr)
    drafts = read_drafts(config, day=when, tr=tr)
    comparison = drafts.compare()
    departments = standing.by_department(drafts, comparison)
    unsigned = tuple(seals.of_ledger(drafts.ledger.uncounted, tr))
    if form == "json":
        found = _as_dict(departments, comparison)
        found["findings"] = [finding.as_dict() for finding in unsigned]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(departments, comparison)
    print_findings(unsigned, to_stderr=True)
    if page_path and not dry_run:
        made = standing.html(config, departments, comparison, when, tr)
        private.write({page_path: made.encode()}, tr)
        say(str(page_path), quiet)
    if recorded:
        count = standing.count(departments, when)
        if dry_run:
            words = "would be recorded"
        else:
            words = "recorded" if recording.record(config.vetted, count, tr) else "stands already"
        say(
            f"count of {when} {words}: {count.city.published} published, "
            f"{count.city.waiting} waiting, {count.city.refused} refused",
            quiet,
        )


def _as_dict(departments: tuple[DepartmentStanding, ...], comparison: Comparison) -> dict[str, Any]:
    return {
        "departments": {each.slug: dict(each.counts) for each in departments},
        "waiting": [
            {
                "code": r.code,
                "name": r.name,
                "department": r.department,
                "standing": r.standing.value,
                "signed": list(r.signed),
                "since": r.since or None,
            }
            for r in comparison.records
            if r.standing is not Standing.PUBLISHED
        ],
        "registers": list(comparison.registers),
        "refused_registers": list(comparison.refused_registers),
    }


def _print(departments: tuple[DepartmentStanding, ...], comparison: Comparison) -> None:
    width = max([len(each.slug) for each in departments], default=10)
    click.echo(f"{'department':<{width}}  published  new  changed  deleted  refused  waits since")
    for each in departments:
        found = each.counts
        line = (
            f"{each.slug:<{width}}  {found['published']:>9}  {found['new']:>3}  "
            f"{found['changed']:>7}  {found['deleted']:>7}  {found['refused']:>7}  {each.since}"
        )
        click.echo(line.rstrip())
    for table in comparison.registers:
        click.echo(f"register {table}: changed, waits for sign-off")
    for table in comparison.refused_registers:
        click.echo(f"register {table}: refused by the gate")
    for record in comparison.records:
        if record.standing is not Standing.PUBLISHED:
            click.echo(_line(record))


def _line(record: DraftStatus) -> str:
    signed = f", signed {', '.join(record.signed)} since {record.since}" if record.signed else ""
    return f"{record.code} {record.name}: {record.standing.value}{signed}"
