"""The ledger's folder, read and verified as a whole.

<department>.jsonl           vetted versions of powers, one line each, and their revocations
registers.jsonl              signed editions of the registers, and their revocations
pending/<department>.jsonl   sign-offs that wait for the other stage, registers.jsonl too
status.jsonl                 recorded counts of what was published, waited and was refused
files/<sha256>.<end>         the files that vetted versions name
releases.jsonl               named releases, read elsewhere
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from generator.i18n import Translator
from generator.ledger import attachments, counting
from generator.ledger.acts import (
    PendingLine,
    RevocationLine,
    StatusLine,
    read_pending,
    read_status,
)
from generator.ledger.faults import ENGLISH, Place, fault
from generator.ledger.files import PENDING, REGISTERS, STATUS, lines_of, of_departments
from generator.ledger.lines import (
    EditionLine,
    SealedLine,
    VersionLine,
    prove_form,
    read_edition,
    read_version,
)
from generator.ledger.trust import NOBODY, Signed, Trust, Uncounted, uncounted
from generator.model.codes import PowerCode, Stage

_Line = TypeVar("_Line")
_Entered = TypeVar("_Entered", bound=SealedLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger's lines by what they are about, each in the order in which they were vetted.

    Of one day, a file's lines stand in its order and files by name, so that nothing
    depends on the order in which files are read or branches were merged. A line that was
    revoked says so and stays; `uncounted` tells of those left out because they lack a
    signature that counts.
    """

    root: Path
    versions: Mapping[PowerCode, tuple[VersionLine, ...]]
    editions: Mapping[str, tuple[EditionLine, ...]]
    pending: Mapping[str, tuple[PendingLine, ...]]
    pending_editions: Mapping[str, tuple[PendingLine, ...]]
    revocations: tuple[RevocationLine, ...] = ()
    statuses: tuple[StatusLine, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()

    def latest(self, code: PowerCode) -> VersionLine | None:
        """Return the last line of a power that was not revoked, a tombstone too."""
        lines = standing_lines(self.versions.get(code, ()))
        return lines[-1] if lines else None

    def edition(self, table: str, on: date | None = None) -> EditionLine | None:
        """Return a register's edition that holds on a day, or the last one not revoked."""
        lines = [
            line
            for line in self.editions.get(table, ())
            if (line.holds_on(on) if on else not line.revoked)
        ]
        return lines[-1] if lines else None

    def standing(self, code: PowerCode, digest: str) -> Mapping[Stage, PendingLine]:
        """Return the sign-offs that a draft of a power has so far."""
        return standing(self.pending.get(code, ()), self.versions.get(code, ()), digest)

    def standing_edition(self, table: str, digest: str) -> Mapping[Stage, PendingLine]:
        """Return the sign-offs that a draft of a register has so far."""
        return standing(self.pending_editions.get(table, ()), self.editions.get(table, ()), digest)

    def lines(self) -> Iterable[SealedLine]:
        """Return every line that holds vetted content."""
        groups: Iterable[Sequence[SealedLine]] = chain(
            self.versions.values(), self.editions.values()
        )
        return chain.from_iterable(groups)


def withdrawn_on(lines: Iterable[SealedLine]) -> date | None:
    """Return the day of the last withdrawal among the lines of a power."""
    return max((line.withdrawn.date for line in lines if line.withdrawn), default=None)


def standing_lines(lines: Iterable[_Entered]) -> tuple[_Entered, ...]:
    """Return the lines of a subject that were not revoked; a tombstone cannot be."""
    return tuple(line for line in lines if line.withdrawn or not line.revoked)


def standing(
    pending: Iterable[PendingLine], entered: Sequence[SealedLine], digest: str
) -> Mapping[Stage, PendingLine]:
    """Return the pending sign-offs that still count for a digest, by stage.

    One older than what has entered the ledger since was used up or overtaken; a merge
    can bring such a line back.
    """
    since = entered[-1].vetted_on if entered else date.min
    gone = withdrawn_on(entered) or date.min
    used = {
        (each.stage, each.office, each.date)
        for line in entered
        if line.digest == digest
        for each in line.sign_offs
    }
    found: dict[Stage, PendingLine] = {}
    for line in pending:
        if line.revoked or (line.stage, line.sign_off["office"], line.date) in used:
            continue
        if line.digest == digest and line.date >= since and line.date > gone:
            found.setdefault(line.stage, line)
    return found


def read(
    root: Path, tr: Translator = ENGLISH, *, thorough: bool = False, trust: Trust = NOBODY
) -> Ledger:
    """Read the ledger and prove every byte of it; a folder that is missing is an empty ledger.

    Raises LedgerError naming file and line for anything that is not as it was written,
    and for withdrawn content that a merge brought back. `thorough` also proves that each
    line has the canonical form, which hashes cannot show. Lines that lack a signature which
    `trust` demands are left out and listed.
    """
    ledger = collect(root, tr)
    for code, lines in ledger.versions.items():
        _nothing_came_back(code, lines, tr)
    attachments.prove(root, chain.from_iterable(ledger.versions.values()), tr)
    if thorough:
        for line in ledger.lines():
            prove_form(line, tr)
    return _counted(ledger, trust, tr)


def collect(root: Path, tr: Translator) -> Ledger:
    """Read the ledger and prove each line by itself, as `withdraw` needs it to mend the whole."""
    versions: list[VersionLine | RevocationLine] = []
    pending: list[PendingLine | RevocationLine] = []
    for path in of_departments(root, tr):
        versions += _read(path, root, read_version, tr)
    for path in of_departments(root / PENDING, tr):
        pending += _read(path, root, partial(read_pending, key="code"), tr)
    editions = _read(root / f"{REGISTERS}.jsonl", root, read_edition, tr)
    pending_editions = _read(
        root / PENDING / f"{REGISTERS}.jsonl", root, partial(read_pending, key="table"), tr
    )
    statuses = _read(root / f"{STATUS}.jsonl", root, read_status, tr)
    revocations = (
        line
        for group in (versions, pending, editions, pending_editions)
        for line in group
        if isinstance(line, RevocationLine)
    )
    of_powers = _grouped(line for line in versions if isinstance(line, VersionLine))
    return Ledger(
        root=root,
        versions={PowerCode(code): lines for code, lines in of_powers.items()},
        editions=_grouped(line for line in editions if isinstance(line, EditionLine)),
        pending=_grouped(line for line in pending if isinstance(line, PendingLine)),
        pending_editions=_grouped(
            line for line in pending_editions if isinstance(line, PendingLine)
        ),
        revocations=tuple(sorted(revocations, key=attrgetter("order"))),
        statuses=tuple(sorted(statuses, key=attrgetter("order"))),
    )


def _read(
    path: Path,
    root: Path,
    read_line: Callable[[bytes, Place, Translator], _Line],
    tr: Translator,
) -> list[_Line]:
    """Read one file; raise LedgerError for its first line that does not hold."""
    seen: dict[bytes, int] = {}
    found = []
    for raw, place in lines_of(path, root, tr):
        found.append(read_line(raw, place, tr))
        if seen.setdefault(raw, place.line) != place.line:
            raise fault(
                place,
                tr,
                "{place}: is the same as line {other}; delete one of the two",
                other=seen[raw],
            )
    return found


_Subject = TypeVar("_Subject", VersionLine, EditionLine, PendingLine)


def _grouped(lines: Iterable[_Subject]) -> dict[str, tuple[_Subject, ...]]:
    groups: dict[str, list[_Subject]] = {}
    for line in sorted(lines, key=attrgetter("order")):
        groups.setdefault(line.subject, []).append(line)
    return {subject: tuple(group) for subject, group in groups.items()}


def _counted(ledger: Ledger, trust: Trust, tr: Translator) -> Ledger:
    """Leave out the lines that lack a signature which the city demands, and mark the revoked."""
    if trust.reviewers:
        ledger = _signed(ledger, trust, tr)
    acts = ledger.revocations
    if not acts:
        return ledger
    registers = [act for act in acts if act.is_register]
    powers = [act for act in acts if not act.is_register]
    return replace(
        ledger,
        versions=counting.marked(ledger.versions, powers),
        editions=counting.marked(ledger.editions, registers),
        pending=counting.marked(ledger.pending, powers),
        pending_editions=counting.marked(ledger.pending_editions, registers),
    )


def _signed(ledger: Ledger, trust: Trust, tr: Translator) -> Ledger:
    waiting = chain.from_iterable([*ledger.pending.values(), *ledger.pending_editions.values()])
    lines: list[Signed] = [*ledger.lines(), *waiting, *ledger.revocations]
    found = uncounted(lines, trust, tr)
    out = {name for name, line in found.items() if not line.stands}
    versions = counting.without(ledger.versions, out)
    editions = counting.without(ledger.editions, out)
    again = counting.replayed(versions, tr) | counting.replayed(editions, tr)
    found |= again
    versions = counting.without(versions, again)
    editions = counting.without(editions, again)
    if any(len(editions.get(table, ())) < len(each) for table, each in ledger.editions.items()):
        groundless = counting.without_ground(versions, editions, tr)
        found |= groundless
        versions = counting.without(versions, groundless)
    ledger = replace(
        ledger,
        versions=versions,
        editions=editions,
        pending=counting.without(ledger.pending, out),
        pending_editions=counting.without(ledger.pending_editions, out),
        revocations=tuple(act for act in ledger.revocations if id(act) not in out),
    )
    return replace(ledger, uncounted=counting.weighed(found.values(), ledger.lines()))


def _nothing_came_back(code: PowerCode, lines: Sequence[VersionLine], tr: Translator) -> None:
    gone = withdrawn_on(lines)
    if gone is None:
        return
    removed = {line.digest for line in lines if line.withdrawn}
    for line in lines:
        if not line.withdrawn and (line.vetted_on <= gone or line.digest in removed):
            raise fault(
                line.place,
                tr,
                "{place}: holds content of {code}, which was withdrawn on {day}; a merge brought "
                "it back: run `daylight withdraw {code}` again",
                code=code,
                day=gone,
            )
