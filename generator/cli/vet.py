"""`vet`: the gate alone, over the working tables."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import click

from generator.cli.console import config_option, format_option, print_findings, quiet_option, say
from generator.cli.main import daylight
from generator.config import SiteConfig
from generator.errors import ConfigError
from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity


@daylight.command(
    epilog="\b\nExamples:\n  daylight vet\n"
    "  daylight vet --department health --format sarif > findings.sarif\n"
    "  daylight vet --changed-since origin/main"
)
@config_option
@click.option("--department", metavar="SLUG", help="Only the records of one department.")
@click.option(
    "--changed-since", metavar="REV", help="Only records whose rows changed since a git revision."
)
@format_option("json", "sarif", "html")
@quiet_option
def vet(
    config_path: Path, department: str | None, changed_since: str | None, form: str, quiet: bool
) -> None:
    """Find what is wrong with the working tables: where, what, and what to do.

    Exit code 1 when there is any error-level finding.
    """
    from generator import drafts
    from generator.config import load
    from generator.i18n import translator
    from generator.vetting import reports

    config = load(config_path)
    tr = translator(config.language)
    folder = Path()
    if changed_since or form == "sarif":
        folder = _csv_folder(config, "--changed-since" if changed_since else "--format sarif", tr)
    desk = drafts.read(config, day=config.as_of or date.today(), tr=tr)
    findings = desk.vet().findings
    if department:
        mine = {
            code for code, record in desk.records.items() if record.get("department") == department
        }
        findings = tuple(f for f in findings if f.record in mine or f.record == department)
    if changed_since:
        lines = _changed_lines(folder, changed_since)
        records = {f.record for f in findings if f.row in lines.get(f.table, ())}
        findings = tuple(f for f in findings if f.record in records)
    if form == "json":
        click.echo(reports.as_json(findings))
    elif form == "sarif":
        click.echo(reports.as_sarif(findings, _relative(folder)))
    elif form == "html":
        click.echo(reports.as_html(findings, tr), nl=False)
    else:
        print_findings(findings)
    errors = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    say(_summary(findings, errors), quiet or form != "text")
    raise SystemExit(1 if errors else 0)


def _summary(findings: tuple[Finding, ...], errors: int) -> str:
    warnings = sum(1 for finding in findings if finding.severity is Severity.WARNING)
    return f"{errors} errors, {warnings} warnings"


def _csv_folder(config: SiteConfig, option: str, tr: Translator) -> Path:
    """Return the folder of the tables; raise ConfigError if they are no files with lines."""
    from generator.sources.stores import Folder, open_store

    store = open_store(config.source, config.root, tr)
    if isinstance(store, Folder):
        return store.path
    raise ConfigError(
        tr(
            "{option}: goes by the lines of CSV files, and the tables are kept in {location}; "
            "leave it out, or copy them first: `daylight copy-tables content/database`",
            option=option,
            location=store.location,
        )
    )


def _relative(folder: Path) -> str:
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()


def _changed_lines(folder: Path, revision: str) -> dict[str, set[int]]:
    """Return, per table, the lines that differ from a git revision."""
    command = [
        "git",
        "-C",
        str(folder),
        "diff",
        "-U0",
        "--no-color",
        "--relative",
        revision,
        "--",
        ".",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        message = done.stderr.strip().splitlines()[:1] or ["git failed"]
        raise ConfigError(
            f"--changed-since {revision}: {message[0]}; name a revision that git knows"
        )
    found: dict[str, set[int]] = {}
    table = ""
    for line in done.stdout.splitlines():
        if line.startswith("+++ b/"):
            table = Path(line[6:]).stem
        elif line.startswith("@@"):
            start, _, count = line.split(" ")[2][1:].partition(",")
            found.setdefault(table, set()).update(range(int(start), int(start) + int(count or 1)))
    return found
