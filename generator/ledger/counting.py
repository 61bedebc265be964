"""Which lines of the ledger count: those signed as the city demands, marked where revoked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from generator.i18n import Translator
from generator.ledger.acts import PendingLine, RevocationLine
from generator.ledger.lines import EditionLine, SealedLine, VersionLine
from generator.ledger.needs import keys_of, of_power
from generator.ledger.trust import Uncounted
from generator.model.codes import Stage

_Line = TypeVar("_Line", VersionLine, EditionLine, PendingLine)
_Key = TypeVar("_Key", bound=str)


def without(
    groups: Mapping[_Key, tuple[_Line, ...]], left_out: Collection[int]
) -> dict[_Key, tuple[_Line, ...]]:
    """Return the groups without some lines, named by identity; a group left empty goes."""
    kept = {
        subject: tuple(line for line in lines if id(line) not in left_out)
        for subject, lines in groups.items()
    }
    return {subject: lines for subject, lines in kept.items() if lines}


def marked(
    groups: Mapping[_Key, tuple[_Line, ...]], revocations: Iterable[RevocationLine]
) -> dict[_Key, tuple[_Line, ...]]:
    """Return the groups with every line that a revocation names saying so.

    A line is named by subject, digest and day; a pending sign-off by its stage besides, and it
    stays revoked in a version that was made of it elsewhere. Of two revocations the earlier
    one counts.
    """
    acts: dict[tuple[str, str], list[RevocationLine]] = {}
    for act in revocations:
        acts.setdefault((act.subject, act.digest), []).append(act)

    def named(line: _Line) -> _Line:
        for act in acts.get((line.subject, line.digest), ()):
            if _names(act, line):
                return replace(line, revoked=act)
        return line

    return {subject: tuple(map(named, lines)) for subject, lines in groups.items()}


def _names(act: RevocationLine, line: SealedLine | PendingLine) -> bool:
    """Tell whether a revocation of a line's subject and digest means this line."""
    if isinstance(line, PendingLine):
        return (act.stage, act.signed_on) == (line.stage, line.date)
    given = {(each.stage, each.date) for each in line.sign_offs}
    return act.signed_on == line.vetted_on or (act.stage, act.signed_on) in given


def replayed(groups: Mapping[_Key, tuple[_Line, ...]], tr: Translator) -> dict[int, Uncounted]:
    """Return the vetted lines that carry a sign-off which an earlier line has already used up."""
    found: dict[int, Uncounted] = {}
    for lines in groups.values():
        used: set[tuple[str, Stage, str, date]] = set()
        for line in lines:
            if not isinstance(line, SealedLine) or line.withdrawn:
                continue
            given = {(line.digest, each.stage, each.office, each.date) for each in line.sign_offs}
            if again := sorted(given & used, key=lambda each: each[1]):
                _, stage, office, day = again[0]
                found[id(line)] = Uncounted(
                    place=line.place,
                    subject=line.subject,
                    day=line.vetted_on,
                    reason=tr(
                        "an earlier line has used up the {stage} sign-off of {office} of {day}",
                        stage=stage,
                        office=office,
                        day=day,
                    ),
                )
            used |= given
    return found


def without_ground(
    versions: Mapping[_Key, Sequence[VersionLine]],
    editions: Mapping[str, Sequence[EditionLine]],
    tr: Translator,
) -> dict[int, Uncounted]:
    """Return the versions that rest on a register row which no edition that counts ever held."""
    held: dict[tuple[str, str], date] = {}
    for edition in chain.from_iterable(editions.values()):
        for key in keys_of(edition.table, edition.rows()):
            row = (edition.table, key)
            held[row] = min(held.get(row, date.max), edition.vetted_on)
    found = {}
    for line in chain.from_iterable(versions.values()):
        if line.withdrawn:
            continue
        lacking = sorted(
            key
            for table, key in of_power(line.record())
            if held.get((table, key), date.max) > line.vetted_on
        )
        if lacking:
            found[id(line)] = Uncounted(
                place=line.place,
                subject=line.subject,
                day=line.vetted_on,
                reason=tr(
                    "it rests on {key}, which no edition of a register that counts holds",
                    key=lacking[0],
                ),
            )
    return found


def weighed(left_out: Iterable[Uncounted], counted: Iterable[SealedLine]) -> tuple[Uncounted, ...]:
    """Return the lines left out in the order of their places; those overtaken matter no more."""
    last: dict[str, tuple[date, str, int]] = {}
    for sealed in counted:
        last[sealed.subject] = max(sealed.order, last.get(sealed.subject, sealed.order))
    found = (
        replace(line, matters=line.stands or line.order >= last.get(line.subject, line.order))
        for line in left_out
    )
    return tuple(sorted(found, key=lambda line: (line.place.file, line.place.line)))
