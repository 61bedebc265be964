"""`revoke` and `withdraw`: what counts no more, and what leaves the ledger."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from generator.cli.build import as_day
from generator.cli.console import ActDay, config_option, format_option, quiet_option, say
from generator.cli.main import daylight
from generator.cli.sign import check_key, check_office, key_option, office_option
from generator.config import load
from generator.errors import ConfigError
from generator.i18n import translator
from generator.ledger import revoking, signatures, withdrawal
from generator.ledger import trust as trusting
from generator.ledger.subjects import REGISTERS
from generator.ledger.trust import Trust
from generator.model.codes import PowerCode, Stage
from generator.model.reviewers import WITHDRAWAL


@daylight.command(
    epilog="\b\nExamples:\n  daylight revoke HD31-XK-001 --stage legality \\\n"
    "    --office 'Legal Affairs Office' --reason 'the basis was repealed'\n"
    "  daylight revoke waivers --stage format --office 'Publication Desk' --reason 'decided anew'"
)
@config_option
@click.argument("name", metavar="CODE|TABLE")
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    required=True,
    help="The stage whose office revokes.",
)
@office_option
@click.option("--reason", required=True, help="Why; it stands in the ledger.")
@click.option(
    "--date",
    "day",
    type=ActDay(),
    metavar="DAY",
    help="From when on it counts no more.  [default: the city's as_of, else today]",
)
@key_option
@click.option(
    "--version",
    "whole",
    is_flag=True,
    help="Revoke the vetted version even where a sign-off of a newer draft is pending.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be revoked; write nothing.")
@format_option("json")
@quiet_option
def revoke(
    config_path: Path,
    name: str,
    stage: str,
    office: str,
    reason: str,
    day: datetime | None,
    key_path: Path | None,
    whole: bool,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> None:
    """Take a sign-off or a vetted version out of count, from a day on.

    A pending sign-off of the stage comes first; without one, the vetted version: the one
    before applies again. Nothing is erased, and the list of an earlier day stays as it was.
    """
    config = load(config_path)
    tr = translator(config.language)
    check_office(config, stage, office, tr)
    trust = Trust(reviewers=config.reviewers)
    signer = signatures.signer(key_path, tr) if key_path else None
    check_key(trust, stage, given=signer is not None, tr=tr)
    wish = revoking.Wish(
        subject=name,
        stage=Stage(stage),
        office=office,
        reason=reason,
        date=as_day(day) or config.as_of or date.today(),
        is_register=name in REGISTERS,
        version=whole,
    )
    done = revoking.revoke(config.vetted, wish, tr=tr, trust=trust, signer=signer, dry_run=dry_run)
    if form == "json":
        found = {
            "name": name,
            "revoked": "sign-off" if done.pending else "version",
            "digest": done.digest,
            "signed_on": done.signed_on.isoformat(),
            "date": wish.date.isoformat(),
            "applies_again": done.applies_again.isoformat() if done.applies_again else None,
            "dry_run": dry_run,
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    what = f"{stage} sign-off" if done.pending else "version"
    then = ""
    if not done.pending:
        then = (
            f"; the version of {done.applies_again} applies again"
            if done.applies_again
            else "; no version is left to apply"
        )
    click.echo(
        f"{name}: {'would revoke' if dry_run else 'revoked'} the {what} of {done.signed_on}, "
        f"from {wish.date} on{then}"
    )
    say("Next: `daylight build`", quiet or done.pending)


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
    type=ActDay(),
    metavar="DAY",
    help="Day of the withdrawal.  [default: the city's as_of, else today]",
)
@click.option("--office", metavar="NAME", default="", help="The office that withdraws.")
@key_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def withdraw(
    config_path: Path,
    code: str,
    reason: str,
    document: str,
    day: datetime | None,
    office: str,
    key_path: Path | None,
    yes: bool,
) -> None:
    """Remove a record's content from the ledger; a tombstone with the reason stays.

    This outranks everything and cannot be undone from the ledger: the next build is
    free of the content everywhere. Where the configuration names keys for withdrawals,
    --office and --key are needed.
    """
    config = load(config_path)
    tr = translator(config.language)
    when = as_day(day) or config.as_of or date.today()
    trust = Trust(reviewers=config.reviewers)
    check_key(trust, WITHDRAWAL, given=key_path is not None, tr=tr)
    named = {"reason": reason.strip(), "document": document.strip(), "office": office.strip()}
    signature = ""
    if key_path:
        covered = trusting.withdrawal(code, day=when, **named)
        signature = signatures.signer(key_path, tr)([covered])[0]
        if trust.demands(WITHDRAWAL) and not trust.holds(
            covered, signature, WITHDRAWAL, named["office"], when
        ):
            raise ConfigError(
                tr(
                    "--key: is not a key that the configuration names for withdrawals by {office}; "
                    "give --office and its own key",
                    office=named["office"] or "?",
                )
            )
    if not yes and sys.stdin.isatty():
        click.confirm(f"Remove every vetted version of {code} from the ledger?", abort=True)
    outcome = withdrawal.withdraw(
        config.vetted, PowerCode(code), date=when, tr=tr, signature=signature, **named
    )
    click.echo(
        f"{code}: {outcome.versions} versions, {outcome.pending} pending sign-offs and "
        f"{outcome.files} files removed"
    )
    say(
        "Next: `daylight build`; then mend or delete the row in the working tables, and mind the "
        "history of version control, which this command does not rewrite."
    )
