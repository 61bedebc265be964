"""Revocation: a line that takes a sign-off or a version out of count; what it names stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.ledger import digest, files, signatures, store
from generator.ledger.acts import PendingLine, sealed
from generator.ledger.faults import ENGLISH
from generator.ledger.lines import SealedLine
from generator.ledger.signatures import Signer
from generator.ledger.store import Ledger
from generator.ledger.trust import NOBODY, Trust
from generator.model.codes import PowerCode, Stage
from generator.model.release import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be revoked, by whom and why; `version` takes the vetted version at once.

    Without it a pending sign-off of the stage comes first.
    """

    subject: str
    stage: Stage
    office: str
    reason: str
    date: Day
    is_register: bool = False
    version: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """What was revoked: its day, whether it was a pending sign-off, what applies again."""

    signed_on: Day
    digest: str
    pending: bool
    applies_again: Day | None = None


def revoke(
    root: Path,
    wish: Wish,
    *,
    tr: Translator = ENGLISH,
    trust: Trust = NOBODY,
    signer: Signer | None = None,
    dry_run: bool = False,
) -> Revoked:
    """Append the line that takes the last sign-off or version of a subject out of count.

    From its date on, the version before applies again; as of an earlier day nothing changes.
    Raises ConfigError if there is nothing to revoke, the date comes before what is revoked,
    or the signature would not count.
    """
    if not wish.reason.strip() or not wish.office.strip():
        raise ConfigError(tr("--reason, --office: are empty; say who revokes, and why"))
    with files.locked(root, tr):
        ledger = store.read(root, tr, thorough=True, trust=trust)
        target, rest = _target(ledger, wish, tr)
        act = {
            "stage": wish.stage.value,
            "office": wish.office.strip(),
            "reason": wish.reason.strip(),
            "date": wish.date.isoformat(),
            "signed_on": _day(target).isoformat(),
        }
        key = "table" if wish.is_register else "code"
        named = {key: wish.subject, "digest": target.digest}
        covered = signatures.message(**named, act="revoke", **act)
        signature = signer([covered])[0] if signer else ""
        if trust.demands(wish.stage) and not trust.holds(
            covered, signature, wish.stage, act["office"], wish.date
        ):
            raise ConfigError(
                tr(
                    "--key: a revocation of stage {stage} needs the signature of a key that the "
                    "configuration names for {office}; sign with that key",
                    stage=wish.stage.value,
                    office=act["office"],
                )
            )
        if not dry_run:
            line = sealed({**named, "revoked": digest.canonical({**act, "signature": signature})})
            files.append(root / target.place.file.split("/", 1)[1], [line])
    return Revoked(
        signed_on=_day(target),
        digest=target.digest,
        pending=isinstance(target, PendingLine),
        applies_again=rest[-1].vetted_on if rest and not isinstance(target, PendingLine) else None,
    )


def _target(
    ledger: Ledger, wish: Wish, tr: Translator
) -> tuple[PendingLine | SealedLine, Sequence[SealedLine]]:
    """Return the line to revoke, and the versions that stand without it."""
    entered: Sequence[SealedLine]
    if wish.is_register:
        entered = store.standing_lines(ledger.editions.get(wish.subject, ()))
        waiting = ledger.pending_editions.get(wish.subject, ())
    else:
        entered = store.standing_lines(ledger.versions.get(PowerCode(wish.subject), ()))
        waiting = ledger.pending.get(wish.subject, ())
    pending = [each for each in waiting if each.stage is wish.stage and not each.revoked]
    if pending and not wish.version:
        target: PendingLine | SealedLine = pending[-1]
        rest = entered
    elif entered and not entered[-1].withdrawn:
        target, rest = entered[-1], entered[:-1]
    else:
        raise ConfigError(
            tr(
                "{name}: has no sign-off of stage {stage} and no vetted version that counts; "
                "see `daylight status`",
                name=wish.subject,
                stage=wish.stage.value,
            )
        )
    if wish.date < _day(target):
        raise ConfigError(
            tr(
                "--date: {day} comes before {signed}, on which what is revoked was signed; "
                "give that day or a later one",
                day=wish.date,
                signed=_day(target),
            )
        )
    return target, rest


def _day(line: PendingLine | SealedLine) -> Day:
    return line.date if isinstance(line, PendingLine) else line.vetted_on
