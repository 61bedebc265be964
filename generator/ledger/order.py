"""One day after another: on which day new content can enter what the ledger already holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.i18n import Translator
from generator.ledger.acts import PendingLine
from generator.ledger.lines import SealedLine
from generator.ledger.store import withdrawn_on
from generator.ledger.subjects import RefusalError


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the ledger holds of a subject, and the digest and file of the content that is to follow."""

    of_content: str
    stem: str
    entered: Sequence[SealedLine]
    pending: Sequence[PendingLine]


def check(name: str, day: date, past: Past, tr: Translator) -> None:
    """Raise RefusalError if the content cannot follow what the ledger holds, or not on this day."""
    if any(line.withdrawn and line.digest == past.of_content for line in past.entered):
        raise RefusalError(
            tr(
                "{name}: this very content was withdrawn on {day}; "
                "remove from it what led to the withdrawal, then sign",
                name=name,
                day=withdrawn_on(past.entered),
            )
        )
    first = _first_day(past)
    if day < first:
        raise RefusalError(
            tr(
                "{name}: {day} does not follow the version or withdrawal that the ledger holds; "
                "sign with {first} or a later date",
                name=name,
                day=day,
                first=first,
            )
        )
    first = _first_day_after_revocations(past)
    if day < first:
        raise RefusalError(
            tr(
                "{name}: was revoked; sign it again with {first} or a later date",
                name=name,
                first=first,
            )
        )


def _first_day(past: Past) -> date:
    """Return the first day on which new content can enter and be told to be the newest."""
    entered = past.entered
    if not entered:
        return date.min
    last = entered[-1].vetted_on
    mixed = any(
        line.vetted_on == last and (line.digest == past.of_content or line.place.stem != past.stem)
        for line in entered
    )
    gone = withdrawn_on(entered)
    days = [last + timedelta(days=1) if mixed else last]
    return max([*days, gone + timedelta(days=1)] if gone else days)


def _first_day_after_revocations(past: Past) -> date:
    """Return the first day on which a sign-off does not touch what was revoked.

    One of the same content on the same day could not be told from the revoked one; one of
    an earlier day would change what was published in between.
    """
    acts = [line.revoked for line in past.entered if line.revoked]
    acts += [line.revoked for line in past.pending if line.revoked]
    same = [act.signed_on + timedelta(days=1) for act in acts if act.digest == past.of_content]
    return max([act.date for act in acts] + same, default=date.min)
