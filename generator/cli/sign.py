"""`sign`: what enters the ledger, checked against the gate, the offices and the proof sheet."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from generator.cli import digests
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
from generator.config import SiteConfig, load
from generator.drafts import Drafts
from generator.drafts import read as read_drafts
from generator.errors import ConfigError
from generator.i18n import Translator, translator
from generator.ledger import signatures, signing, subjects
from generator.ledger.subjects import REGISTERS, Refusal, SigningOutcome, Subject
from generator.ledger.trust import Trust
from generator.model.codes import Stage
from generator.vetting.finding import Severity
from generator.vetting.gate import Verdict

office_option = click.option(
    "--office", metavar="NAME", required=True, help="The office that acts."
)
key_option = click.option(
    "--key",
    "key_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Sign with this SSH key (ed25519); a .pub file stands for a key that an agent holds.",
)


@daylight.command(
    epilog="\b\nExamples:\n  daylight sign --stage legality --office 'Legal Affairs Office' --all\n"
    "  daylight sign --stage format --office 'Publication Desk' --department health\n"
    "  daylight sign --stage legality --office 'Legal Affairs Office' --register departments\n"
    "  daylight sign --stage format --office 'Publication Desk' HD31-XK-001 --dry-run\n"
    "  daylight sign --stage legality --office 'Legal Affairs Office' --key ~/.ssh/id_ed25519 \\\n"
    "    --digests proofs/health.digests.json --department health"
)
@config_option
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    required=True,
    help="Legality first, then format.",
)
@office_option
@click.option(
    "--date",
    "day",
    type=ActDay(),
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
@key_option
@click.option(
    "--digest",
    "named_digest",
    metavar="HEX",
    help="Sign the one record only if this is its digest: all of it, or its first 16 characters.",
)
@click.option(
    "--digests",
    "digests_path",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Sign only what is as on the proof sheet: the list that `proof` writes beside it.",
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
    key_path: Path | None,
    named_digest: str | None,
    digests_path: Path | None,
    dry_run: bool,
    codes: tuple[str, ...],
    form: str,
    quiet: bool,
) -> None:
    """Sign records that pass the gate; with both stages they enter the ledger.

    What the gate refuses is not signed and is told, and so is what is not as on the proof
    sheet. Where the configuration names keys for the stage, --key is needed. Exit code 1
    when anything named was refused.
    """
    config = load(config_path)
    tr = translator(config.language)
    sheet = digests.read(digests_path, tr) if digests_path else {}
    if digests_path and not (codes or department or everything or registers):
        codes = tuple(name for name in sheet if name not in REGISTERS)
        registers = tuple(name for name in sheet if name in REGISTERS)
    if not (codes or department or everything or registers):
        raise click.UsageError("name codes, or give --department, --register or --all")
    when = as_day(day) or config.as_of or date.today()
    check_office(config, stage, office, tr)
    trust = Trust(reviewers=config.reviewers)
    signer = signatures.signer(key_path, tr) if key_path else None
    check_key(trust, stage, given=signer is not None or dry_run, tr=tr)
    drafts = read_drafts(config, day=when, tr=tr)
    wanted = _wanted(drafts, codes, department, everything)
    tables = tuple(drafts.registers) if everything else registers
    verdict, unsigned_waivers = drafts.vet_to_sign(wanted, tables, Stage(stage))
    chosen = _subjects(drafts, verdict, wanted, tables)
    if named_digest:
        sheet = digests.one(named_digest, [*wanted, *tables], tr)
    chosen, changed = digests.as_on_sheet(chosen, sheet, bool(named_digest or digests_path), tr)
    outcome = signing.sign(
        config.vetted,
        chosen,
        stage=Stage(stage),
        office=office,
        date=when,
        tr=tr,
        dry_run=dry_run,
        trust=trust,
        signer=signer,
        files_in=config.files,
    )
    refused = sorted(verdict.refused & wanted) + sorted(verdict.refused_registers & set(tables))
    refusals = (*changed, *outcome.refused)
    if form == "json":
        act = {"stage": stage, "office": office, "date": when.isoformat(), "dry_run": dry_run}
        found = {**act, **_as_dict(outcome, refusals, refused)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print_refused(verdict, refused, refusals)
        _print_outcome(stage, outcome, len(refusals) + len(refused), dry_run)
    if unsigned_waivers and refused:
        say(tr("waivers: not all are signed, and those do not count yet; sign the register first"))
    if config.as_of and when > config.as_of:
        say(
            f"signed on {when}, after the city's as_of {config.as_of}: published once as_of moves on, "
            "or with --as-of",
            quiet,
        )
    raise SystemExit(1 if refused or refusals else 0)


def check_office(config: SiteConfig, stage: str, office: str, tr: Translator) -> None:
    """Raise ConfigError for an office that the configuration does not name for a stage."""
    known = getattr(config.offices, stage)
    if known and office.strip() not in known:
        raise ConfigError(
            tr(
                "--office: {office} may not sign stage {stage}; the configuration names {known}",
                office=office,
                stage=stage,
                known=", ".join(known),
            )
        )


def check_key(trust: Trust, stage: str, *, given: bool, tr: Translator) -> None:
    """Raise ConfigError if a stage must be signed with a key and none is given."""
    if trust.demands(stage) and not given:
        raise ConfigError(
            tr(
                "--key: the configuration names keys for stage {stage}, so that nothing counts "
                "without a signature; name the office's key",
                stage=stage,
            )
        )


def _as_dict(
    outcome: SigningOutcome, refusals: tuple[Refusal, ...], refused: list[str]
) -> dict[str, Any]:
    return {
        "waiting": list(outcome.waiting),
        "appended": list(outcome.appended),
        "already": list(outcome.already),
        "refused": [
            *({"name": refusal.name, "reason": refusal.reason} for refusal in refusals),
            *({"name": name, "reason": "the gate refuses it"} for name in refused),
        ],
    }


def _print_refused(verdict: Verdict, refused: list[str], refusals: tuple[Refusal, ...]) -> None:
    mine = {*refused}
    print_findings(
        tuple(
            f
            for f in verdict.findings
            if f.severity is Severity.ERROR and (f.record in mine or f.table in mine)
        ),
        to_stderr=True,
    )
    for refusal in refusals:
        say(refusal.reason)


def _print_outcome(stage: str, outcome: SigningOutcome, refused: int, dry_run: bool) -> None:
    click.echo(
        f"{'would sign' if dry_run else 'signed'} {stage}: {len(outcome.signed)} "
        f"({len(outcome.appended)} entered the ledger, {len(outcome.waiting)} wait for the "
        f"other stage), {len(outcome.already)} already, {refused} refused"
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
