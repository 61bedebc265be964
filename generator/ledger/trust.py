"""Which signatures count: those of the keys that the configuration names for a stage.

Where it names none, a sign-off counts by standing in the ledger. Where it names one, a line
that lacks a signature of such a key counts for nothing: it is left out, and told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from generator.i18n import Translator
from generator.ledger import signatures
from generator.ledger.acts import PendingLine, RevocationLine
from generator.ledger.faults import Place
from generator.ledger.lines import SealedLine
from generator.ledger.signatures import Claim, Memory
from generator.model.reviewers import WITHDRAWAL, Reviewer

Signed = SealedLine | PendingLine | RevocationLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """A line of the ledger that counts for nothing, and why, in words.

    `matters` is false where the subject has since got a version that counts, so that the line
    changes nothing; `stands` is true for a withdrawal, which nothing can undo.
    """

    place: Place
    subject: str
    day: date
    reason: str
    matters: bool = True
    stands: bool = False

    @property
    def order(self) -> tuple[date, str, int]:
        """By day, of one day by file, in a file by position."""
        return self.day, self.place.file, self.place.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The keys of a city's reviewers; without any, every line counts."""

    reviewers: tuple[Reviewer, ...] = ()
    memory: Memory | None = field(default=None, compare=False)

    def demands(self, stage: str) -> bool:
        """Tell whether an act of a stage must be signed with a key."""
        return any(reviewer.stage == stage for reviewer in self.reviewers)

    def keys(self, stage: str, office: str, day: date) -> tuple[bytes, ...]:
        """Return the raw public keys that may sign for an office on a day."""
        return tuple(
            signatures.public_key(reviewer.key)
            for reviewer in self.reviewers
            if reviewer.may_sign(stage, office, day)
        )

    def holds(self, message: bytes, signature: str, stage: str, office: str, day: date) -> bool:
        """Tell whether a signature over a message is one that counts."""
        claim = Claim(message=message, signature=signature, keys=self.keys(stage, office, day))
        return signatures.verify([claim], self.memory)[0]


NOBODY = Trust()
"""The trust of a city that names no keys."""


@dataclass(frozen=True, slots=True)
class _Act:
    """An act that must be signed: its line, what the signature is over, who gave it."""

    line: Signed
    message: bytes
    signature: str
    stage: str
    office: str
    day: date


def uncounted(lines: Iterable[Signed], trust: Trust, tr: Translator) -> dict[int, Uncounted]:
    """Return the lines that lack a signature that counts, by the identity of the line."""
    acts = [act for line in lines for act in _acts(line) if trust.demands(act.stage)]
    claims = [
        Claim(
            message=act.message,
            signature=act.signature,
            keys=trust.keys(act.stage, act.office, act.day),
        )
        for act in acts
    ]
    found: dict[int, Uncounted] = {}
    held = signatures.verify(claims, trust.memory)
    for act, claim, holds in zip(acts, claims, held, strict=True):
        if not holds:
            line = act.line
            stands = isinstance(line, SealedLine) and line.withdrawn is not None
            found[id(line)] = Uncounted(
                place=line.place,
                subject=line.subject,
                day=act.day,
                reason=_reason(act, claim, tr),
                stands=stands,
            )
    return found


def _acts(line: Signed) -> Iterator[_Act]:
    if isinstance(line, RevocationLine):
        yield _Act(line, revocation(line), line.signature, line.stage, line.office, line.date)
    elif isinstance(line, PendingLine):
        act = line.sign_off
        key = "table" if line.place.stem == "registers" else "code"
        covered = signatures.of_sign_off(line.subject, line.digest, act, key)
        signature = str(act.get("signature", ""))
        yield _Act(line, covered, signature, line.stage, str(act["office"]), line.date)
    elif line.withdrawn:
        gone = line.withdrawn
        named = {"reason": gone.reason, "document": gone.document, "office": gone.office}
        covered = withdrawal(line.subject, day=gone.date, **named)
        yield _Act(line, covered, gone.signature, WITHDRAWAL, gone.office, gone.date)
    else:
        key = "table" if line.place.stem == "registers" else "code"
        for each in line.sign_offs:
            members = {"stage": each.stage.value, "office": each.office}
            covered = signatures.of_sign_off(
                line.subject, line.digest, {**members, "date": each.date.isoformat()}, key
            )
            yield _Act(line, covered, each.signature, each.stage, each.office, each.date)


def revocation(line: RevocationLine) -> bytes:
    """Return the bytes that a revocation's signature covers."""
    return signatures.message(
        **{"table" if line.is_register else "code": line.subject},
        act="revoke",
        digest=line.digest,
        stage=line.stage.value,
        office=line.office,
        reason=line.reason,
        date=line.date.isoformat(),
        signed_on=line.signed_on.isoformat(),
    )


def withdrawal(code: str, *, reason: str, document: str, office: str, day: date) -> bytes:
    """Return the bytes that a withdrawal's signature covers."""
    return signatures.message(
        act="withdraw", code=code, reason=reason, document=document, office=office,
        date=day.isoformat(),
    )  # fmt: skip


def _reason(act: _Act, claim: Claim, tr: Translator) -> str:
    named = {"stage": act.stage, "office": act.office, "day": act.day}
    if not act.signature:
        return tr("the {stage} sign-off of {office} of {day} is not signed with a key", **named)
    if not claim.keys:
        return tr("the configuration names no key of {office} for stage {stage} on {day}", **named)
    return tr(
        "the {stage} sign-off of {office} of {day} is not signed with the office's key, or not "
        "over this content",
        **named,
    )
