"""What each version of a power brought: read from the ledger's lines, never from drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.ledger.lines import VersionLine
from generator.model.codes import PowerStatus
from generator.model.release import VersionMark


def marks(lines: Sequence[VersionLine], day: date, status: PowerStatus) -> tuple[VersionMark, ...]:
    """Return a mark for every version of a power up to a day, in the order of their entry.

    `status` is that of the version that stands; a power with one version needs no second
    look, so only those with a past are parsed. Each version is held against the one before
    that was not revoked.
    """
    if len(lines) == 1:
        return (_mark(lines[0], status),)
    found, before = [], None
    for line in lines:
        record = line.record()
        is_held = line.holds_on(day)
        changed = _differences(before, record) if before and record and is_held else ()
        found.append(
            _mark(
                line,
                PowerStatus(record.get("status", PowerStatus.ACTIVE)),
                changed=changed,
                revoked=not is_held,
            )
        )
        if is_held:
            before = record
    return tuple(found)


def _mark(
    line: VersionLine, status: PowerStatus, *, changed: tuple[str, ...] = (), revoked: bool = False
) -> VersionMark:
    return VersionMark(
        vetted_on=line.vetted_on,
        digest=line.digest,
        department=line.department,
        status=status,
        changed=changed,
        revoked=revoked,
    )


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns and tables that differ, by name; what is left out is empty."""
    names = sorted(before.keys() | after.keys())
    return tuple(name for name in names if before.get(name) != after.get(name))
