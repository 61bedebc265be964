"""`sign`, `status` and `withdraw`: what enters the ledger, how things stand, what leaves it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from generator.cli.build import DAY, as_day
from generator.cli.console import config_option, format_option, print_findings, quiet_option, say
from generator.cli.main import daylight
from generator.config import SiteConfig, load
from generator.drafts import Comparison, Drafts, Standing
from generator.drafts import read as read_drafts
from generator.i18n import Translator, translator
from generator.ledger import signing, subjects, withdrawal
from generator.ledger.subjects import REGISTERS, Subject
from generator.model.codes import PowerCode, Stage
from generator.vetting.finding import Severity
from generator.vetting.gate import Verdict


@daylight.command(
    epilog="\b\nExamples:\n  daylight sign --stage legality --office 'Legal Affairs Office' --all\n"
    "  daylight sign --stage format --office 'Publication Desk' --department health\n"
    "  daylight sign --stage legality --office 'Legal Affairs Office' --register departments\n"
    "  daylight sign --stage format --office 'Publication Desk' HD31-XK-001 --dry-run"
)
@config_option
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    required=True,
    help="Legality first, then format.",
)
@click.option("--office", metavar="NAME", required=True, help="The office that signs.")
@click.option(
    "--date",
    "day",
    type=DAY,
    metavar="DAY",
    help="Day of the sign-off.  [default: the city's as_of, else today]",
)
@click.option("--department", metavar="SLUG", help="Every record of a department.")
@click.option("--all", "everything", is_flag=True, help="Every register and every record.")
@click.option(
    "--register",
    "registers",
    metavar="TABLE",
    multiple=True,
    type=click.Choice(sorted(REGISTERS)),
    help="A register, as a whole.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be signed; write nothing.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@format_option("json")
@quiet_option
def sign(
    config_path: Path,
    stage: str,
    office: str,
    day: datetime | None,
    department: str | None,
    everything: bool,
    registers: tuple[str, ...],
    dry_run: bool,
    codes: tuple[str, ...],
    form: str,
    quiet: bool,
) -> None:
    """Sign records that pass the gate; with both stages they enter the ledger.

    What the gate refuses is not signed and is told. Exit code 1 when anything named was
    refused.
    """
    config = load(config_path)
    tr = translator(config.language)
    if not (codes or department or everything or registers):
        raise click.UsageError("name codes, or give --department, --register or --all")
    when = as_day(day) or config.as_of or date.today()
    _check_office(config, stage, office)
    drafts = read_drafts(config, day=when, tr=tr)
    wanted = _wanted(drafts, codes, department, everything)
    tables = tuple(drafts.registers) if everything else registers
    verdict = drafts.vet(wanted)
    outcome = signing.sign(
        config.vetted,
        _subjects(drafts, verdict, wanted, tables),
        stage=Stage(stage),
        office=office,
        date=when,
        tr=tr,
        dry_run=dry_run,
    )
    refused = sorted(verdict.refused & wanted) + sorted(verdict.refused_registers & set(tables))
    if form == "json":
        found = {
            "stage": stage,
            "office": office,
            "date": when.isoformat(),
            "dry_run": dry_run,
            "waiting": list(outcome.waiting),
            "appended": list(outcome.appended),
            "already": list(outcome.already),
            "refused": [
                *({"name": refusal.name, "reason": refusal.reason} for refusal in outcome.refused),
                *({"name": name, "reason": "the gate refuses it"} for name in refused),
            ],
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        mine = {*refused}
        print_findings(
            tuple(
                f
                for f in verdict.findings
                if f.severity is Severity.ERROR and (f.record in mine or f.table in mine)
            ),
            to_stderr=True,
        )
        for refusal in outcome.refused:
            say(refusal.reason)
        click.echo(
            f"{'would sign' if dry_run else 'signed'} {stage}: {len(outcome.signed)} "
            f"({len(outcome.appended)} entered the ledger, {len(outcome.waiting)} wait for the "
            f"other stage), {len(outcome.already)} already, "
            f"{len(outcome.refused) + len(refused)} refused"
        )
    if config.as_of and when > config.as_of:
        say(
            f"signed on {when}, after the city's as_of {config.as_of}: published once as_of moves on, "
            "or with --as-of",
            quiet,
        )
    raise SystemExit(1 if refused or outcome.refused else 0)


def _check_office(config: SiteConfig, stage: str, office: str) -> None:
    known = getattr(config.offices, stage)
    if known and office not in known:
        say(
            f"--office: {office} is not configured for stage {stage} ({', '.join(known)}); "
            "recorded as given"
        )


def _wanted(
    drafts: Drafts, codes: tuple[str, ...], department: str | None, everything: bool
) -> frozenset[str]:
    known = {str(code): record.get("department") for code, record in drafts.records.items()}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise click.UsageError(f"no such record: {', '.join(unknown)}; see `daylight status`")
    if department and department not in known.values() and not everything:
        raise click.UsageError(f"--department: no record of {department}; see `daylight status`")
    return frozenset(
        code
        for code, holder in known.items()
        if everything or code in codes or (department and holder == department)
    )


def _subjects(
    drafts: Drafts, verdict: Verdict, wanted: frozenset[str], tables: tuple[str, ...]
) -> list[Subject]:
    found = [
        subjects.register(name, drafts.registers[name])
        for name in tables
        if name not in verdict.refused_registers
        and (drafts.registers[name] or drafts.ledger.edition(name))
    ]
    found += [
        subjects.power(code, record)
        for code, record in drafts.records.items()
        if code in wanted and code not in verdict.refused
    ]
    return found


@daylight.command(epilog="\b\nExample:\n  daylight status --format json")
@config_option
@format_option("json")
def status(config_path: Path, form: str) -> None:
    """Tell what is published, changed and waiting, or refused, per department."""
    config = load(config_path)
    tr = translator(config.language)
    drafts = read_drafts(config, day=config.as_of or date.today(), tr=tr)
    comparison = drafts.compare()
    departments = _by_department(drafts, comparison)
    if form == "json":
        found = {
            "departments": departments,
            "waiting": [
                {
                    "code": r.code,
                    "name": r.name,
                    "department": r.department,
                    "standing": r.standing.value,
                    "signed": list(r.signed),
                }
                for r in comparison.records
                if r.standing is not Standing.PUBLISHED
            ],
            "registers": list(comparison.registers),
            "refused_registers": list(comparison.refused_registers),
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    _print_status(departments, comparison, tr)


def _by_department(drafts: Drafts, comparison: Comparison) -> dict[str, dict[str, int]]:
    """Count, per department: published (in the ledger, whatever the draft), and each standing."""
    counts: dict[str, Counter[str]] = {}
    for row in drafts.registers.get("departments", ()):
        counts[str(row.get("slug", ""))] = Counter()
    for code in drafts.ledger.versions:
        line = drafts.ledger.latest(code)
        if line and not line.withdrawn:
            counts.setdefault(line.department, Counter())["published"] += 1
    for record in comparison.records:
        if record.standing is not Standing.PUBLISHED:
            counts.setdefault(record.department, Counter())[record.standing.value] += 1
    keys = ("published", "new", "changed", "deleted", "refused")
    return {slug: {key: found[key] for key in keys} for slug, found in counts.items()}


def _print_status(
    departments: dict[str, dict[str, int]], comparison: Comparison, tr: Translator
) -> None:
    width = max([len(slug) for slug in departments], default=10)
    click.echo(f"{'department':<{width}}  published  new  changed  deleted  refused")
    for slug, found in departments.items():
        click.echo(
            f"{slug:<{width}}  {found['published']:>9}  {found['new']:>3}  {found['changed']:>7}"
            f"  {found['deleted']:>7}  {found['refused']:>7}"
        )
    for table in comparison.registers:
        click.echo(f"register {table}: changed, waits for sign-off")
    for table in comparison.refused_registers:
        click.echo(f"register {table}: refused by the gate")
    for record in comparison.records:
        if record.standing is Standing.PUBLISHED:
            continue
        signed = f", signed {', '.join(record.signed)}" if record.signed else ""
        click.echo(f"{record.code} {record.name}: {record.standing.value}{signed}")


@daylight.command(
    epilog="\b\nExample:\n  daylight withdraw HD31-XK-001 --reason 'holds personal data' \\\n"
    "    --document 'Court order 12'"
)
@config_option
@click.argument("code")
@click.option("--reason", required=True, help="Why; it stands on the tombstone.")
@click.option("--document", required=True, help="The deciding document.")
@click.option(
    "--date",
    "day",
    type=DAY,
    metavar="DAY",
    help="Day of the withdrawal.  [default: the city's as_of, else today]",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def withdraw(
    config_path: Path, code: str, reason: str, document: str, day: datetime | None, yes: bool
) -> None:
    """Remove a record's content from the ledger; a tombstone with the reason stays.

    This outranks everything and cannot be undone from the ledger: the next build is
    free of the content everywhere.
    """
    config = load(config_path)
    when = as_day(day) or config.as_of or date.today()
    if not yes and sys.stdin.isatty():
        click.confirm(f"Remove every vetted version of {code} from the ledger?", abort=True)
    outcome = withdrawal.withdraw(
        config.vetted,
        PowerCode(code),
        reason=reason,
        document=document,
        date=when,
        tr=translator(config.language),
    )
    click.echo(
        f"{code}: {outcome.versions} versions and {outcome.pending} pending sign-offs removed"
    )
    say(
        "Next: `daylight build`; then mend or delete the row in the working tables, and mind the "
        "history of version control, which this command does not rewrite."
    )
