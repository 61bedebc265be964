"""`build`: the main job."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import click

from generator.cli.console import (
    config_option,
    format_option,
    print_findings,
    progress,
    quiet_option,
)
from generator.cli.main import daylight
from generator.errors import VettingError
from generator.report import BuildReport
from generator.vetting.finding import Finding

DAY = click.DateTime(["%Y-%m-%d"])


def as_day(value: datetime | None) -> date | None:
    """Return the day of an option's value."""
    return value.date() if value else None


@daylight.command(
    epilog="\b\nExamples:\n  daylight build\n  daylight build --output /srv/www/city --report report.json\n"
    "  daylight build --as-of 2025-01-31 --output old\n  daylight build --only fire-rescue"
)
@config_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where the site goes; it is replaced as a whole.  [default: public]",
)
@click.option(
    "--report",
    "report_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a report as JSON.",
)
@click.option("--strict", is_flag=True, help="Publish nothing while drafts wait or are refused.")
@click.option("--as-of", type=DAY, metavar="DAY", help="Publish the list as it was on a day.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes at work.  [default: one per core]",
)
@click.option(
    "--only", metavar="SLUG", help="Build one site for preview, into a folder of its own."
)
@format_option("json")
@quiet_option
def build(
    config_path: Path,
    output: Path | None,
    report_path: Path | None,
    strict: bool,
    as_of: datetime | None,
    workers: int | None,
    only: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Publish the ledger: the city's site, the departments' sites, flowcharts, data, search.

    Reads vetted versions only. Drafts that wait or are refused are told, and change
    nothing. The published site is replaced as a whole, or not at all.
    """
    from generator import pipeline
    from generator.config import load

    config = load(config_path)
    target = output or (config.cache / "preview" / only if only else Path("public"))
    if (
        only
        and output
        and (output / "index.html").exists()
        and not (output / "departments" / only).exists()
    ):
        raise click.UsageError(f"--only: {output} holds a full site; name another folder")
    with progress(quiet) as tell:
        wish = pipeline.Wish(
            output=target,
            today=date.today(),
            as_of=as_day(as_of),
            strict=strict,
            workers=workers or len(os.sched_getaffinity(0)),
            only=only or "",
            tell=tell,
        )
        try:
            report = pipeline.build(config, wish)
        except VettingError as error:
            print_findings(_findings(error), to_stderr=True)
            raise
    if report_path:
        report_path.parent.mkdir(parents=True, exist_ok=True)
        report_path.write_text(report.as_json() + "\n", encoding="utf-8")
    print_findings(report.findings, to_stderr=True)
    if form == "json":
        click.echo(report.as_json())
    elif not quiet:
        for line in _summary(report):
            click.echo(line)


def _findings(error: VettingError) -> tuple[Finding, ...]:
    return tuple(found for found in error.findings if isinstance(found, Finding))


def _summary(report: BuildReport) -> list[str]:
    pages = sum(site.pages for site in report.sites)
    files = report.artifacts
    seconds = sum(spent for _, spent in report.stages)
    lines = [
        f"{report.output}: {len(report.sites)} sites, {pages} pages, "
        f"{report.powers['published']} powers in force, as of {report.release['as_of']}",
        f"{files['written']} files written, {files['unchanged']} unchanged, "
        f"{files['removed']} removed, {seconds:.1f} s",
    ]
    if report.search:
        lines.append(f"search by {report.search}")
    if report.waiting:
        lines.append(f"{len(report.waiting)} waiting for sign-off: {_few(report.waiting)}")
    if report.refused:
        lines.append(
            f"{len(report.refused)} refused by the gate: {_few(report.refused)}; see `daylight vet`"
        )
    return lines


def _few(codes: tuple[str, ...], most: int = 5) -> str:
    more = f" and {len(codes) - most} more" if len(codes) > most else ""
    return ", ".join(codes[:most]) + more
