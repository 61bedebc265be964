"""`template` and `import`: a department's workbook out, its list in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.cli.console import STYLES, config_option, format_option, quiet_option, say, stderr
from generator.cli.main import daylight
from generator.config import load
from generator.errors import ConfigError, PublishError, SourceError
from generator.i18n import Translator, translator
from generator.intake import merge, source, template
from generator.intake import plan as plans
from generator.intake.plan import Plan
from generator.sources.stores import open_store
from generator.vetting.finding import Severity

_SHOWN = 60


@daylight.command(
    name="template", epilog="\b\nExample:\n  daylight template health --output health.xlsx"
)
@config_option
@click.argument("slug")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the workbook goes.  [default: SLUG.xlsx]",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@quiet_option
def template_command(
    config_path: Path, slug: str, output: Path | None, force: bool, quiet: bool
) -> None:
    """Write the workbook of a department: its records, explanations, drop-down lists.

    Filled in, it comes back with `daylight import`.
    """
    config = load(config_path)
    tr = translator(config.language)
    tables = open_store(config.source, config.root, tr).read(tr)
    content = template.make(tables, slug, city=config.name, tr=tr)
    path = output or Path(f"{slug}.xlsx")
    if path.exists() and not force and path.read_bytes() != content:
        raise ConfigError(
            tr(
                "{path}: is there already, and may hold somebody's work; name another file, or "
                "give --force",
                path=path,
            )
        )
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PublishError(
            tr(
                "{path}: cannot be written ({why}); name another file",
                path=path,
                why=error.strerror,
            )
        ) from error
    click.echo(str(path))
    say(tr("Send it to the department; `daylight import {path}` brings it back", path=path), quiet)


@daylight.command(
    name="import",
    epilog="\b\nExamples:\n  daylight import health.xlsx --dry-run\n"
    "  daylight import list.csv --suggest > list.map.yml\n"
    "  daylight import list.csv --map list.map.yml\n  daylight import exchange.json --format json",
)
@config_option
@click.argument("path", metavar="SOURCE", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "map_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="How the list is read.  [default: drafted from the list itself]",
)
@click.option(
    "--suggest", is_flag=True, help="Only draft the mapping: to stdout, or to the file of --map."
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--department", metavar="SLUG", help="Take only this department's rows.")
@format_option("json")
@quiet_option
def import_command(
    config_path: Path,
    path: Path,
    map_path: Path | None,
    suggest: bool,
    dry_run: bool,
    department: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Take a department's list into the working tables: all that can be taken, or nothing.

    SOURCE is a workbook of `daylight template`, any CSV or XLSX list, or an exchange file
    of the national service platform. Columns that the list does not have stay as they
    are; what is vetted is not touched.

    Every row is accounted for: rows = taken + unchanged + refused. Rows are those below
    the headings, blank ones aside; of our workbook those of all its tables; of an exchange
    file those of all its AUDIT_ tables. A row is taken if it changes any cell.
    """
    config = load(config_path)
    tr = translator(config.language)
    store = open_store(config.source, config.root, tr)
    digest = store.digest()
    tables = store.read(tr)
    if suggest:
        _suggest(source.draft(path, tables, city=config.name, tr=tr), map_path, tr)
        return
    found, owner = source.submission(path, tables, city=config.name, map_path=map_path, tr=tr)
    if department and owner and department != owner:
        raise ConfigError(
            tr("{file}: is the workbook of {owner}, not of {department}",
               file=path.name, owner=owner, department=department)
        )  # fmt: skip
    made = merge.plan(tables, found, tr=tr, department=department or owner)
    if not dry_run and not made.is_refused:
        plans.write(made, tables, store, digest, tr)
    if form == "json":
        account = {"source": str(path), "dry_run": dry_run, **made.as_dict()}
        click.echo(json.dumps(account, ensure_ascii=False, indent=1))
    else:
        _print(made, path.name, dry_run, tr)
    say(
        tr("Next: `daylight vet` says what each record still lacks"),
        quiet or dry_run or form != "text" or not made.taken,
    )
    raise SystemExit(1 if made.is_refused else 0)


def _suggest(text: str, map_path: Path | None, tr: Translator) -> None:
    if map_path is None:
        click.echo(text, nl=False)
        return
    if map_path.exists():
        raise ConfigError(
            tr("{path}: is there already; name a new file for the mapping", path=map_path)
        )
    try:
        map_path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceError(
            tr("{path}: cannot be written ({why}); name another file",
               path=map_path, why=error.strerror)
        ) from error  # fmt: skip
    click.echo(str(map_path))


def _print(made: Plan, name: str, dry_run: bool, tr: Translator) -> None:
    for finding in made.findings:
        where = tr("{file} row {row}", file=name, row=finding.row) if finding.row else name
        if finding.column:
            where = f"{where}, {finding.column}"
        line = (
            f"{finding.severity.value} {finding.code}: {where}: {finding.message}; {finding.remedy}"
        )
        stderr.print(line, style=STYLES[finding.severity], markup=False)
    for refusal in made.refusals:
        file = f"{name} {refusal.place.sheet}".strip()
        where = tr("{file} row {row}", file=file, row=refusal.place.row)
        line = f"refused {refusal.code}: {where}: {refusal.message}"
        stderr.print(line, style=STYLES[Severity.ERROR], markup=False)
    if dry_run:
        for line in _changes(made, tr):
            click.echo(line)
    click.echo(
        tr(
            "{rows} rows: {taken} would be taken, {unchanged} unchanged, {refused} refused"
            if dry_run
            else "{rows} rows: {taken} taken, {unchanged} unchanged, {refused} refused",
            rows=made.rows,
            taken=made.taken,
            unchanged=made.unchanged,
            refused=len(made.refusals),
        )
    )
    click.echo(
        tr(
            "{added} powers added, {changed} changed, {departments} departments drafted",
            added=len(made.added),
            changed=len(made.changed),
            departments=len(made.departments),
        )
    )


def _changes(made: Plan, tr: Translator) -> list[str]:
    lines = [tr("+ {code} (new)", code=code) for code in made.added]
    for change in made.changes:
        place = f"{change.record} {change.table} {change.key}".rstrip()
        if change.column:
            old, new = (
                text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                for text in (change.old, change.new)
            )
            lines.append(f"~ {place} {change.column}: “{old}” → “{new}”")
        else:
            lines.append(f"{'-' if change.old else '+'} {place} {change.old}".rstrip())
    return lines
