"""The ledger's folder, read and verified as a whole.

<department>.jsonl           vetted versions of powers, one line each
registers.jsonl              signed editions of the registers
pending/<department>.jsonl   sign-offs that wait for the other stage, registers.jsonl too
releases.jsonl               named releases, read elsewhere
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from generator.i18n import Translator
from generator.ledger.faults import ENGLISH, Place, fault
from generator.ledger.files import PENDING, REGISTERS, lines_of, of_departments
from generator.ledger.lines import (
    EditionLine,
    PendingLine,
    SealedLine,
    VersionLine,
    prove_form,
    read_edition,
    read_pending,
    read_version,
)
from generator.model.codes import PowerCode, Stage

_Line = TypeVar("_Line", VersionLine, EditionLine, PendingLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger's lines by what they are about, each in the order in which they were vetted.

    Of one day, a file's lines stand in its order and files by name, so that nothing
    depends on the order in which files are read or branches were merged.
    """

    root: Path
    versions: Mapping[PowerCode, tuple[VersionLine, ...]]
    editions: Mapping[str, tuple[EditionLine, ...]]
    pending: Mapping[str, tuple[PendingLine, ...]]
    pending_editions: Mapping[str, tuple[PendingLine, ...]]

    def latest(self, code: PowerCode) -> VersionLine | None:
        """Return the last line of a power, a tombstone too."""
        lines = self.versions.get(code)
        return lines[-1] if lines else None

    def edition(self, table: str, on: date | None = None) -> EditionLine | None:
        """Return a register's edition that holds on a day, or the last one."""
        lines = [line for line in self.editions.get(table, ()) if not on or line.vetted_on <= on]
        return lines[-1] if lines else None

    def standing(self, code: PowerCode, digest: str) -> Mapping[Stage, PendingLine]:
        """Return the sign-offs that a draft of a power has so far."""
        return standing(self.pending.get(code, ()), self.versions.get(code, ()), digest)

    def standing_edition(self, table: str, digest: str) -> Mapping[Stage, PendingLine]:
        """Return the sign-offs that a draft of a register has so far."""
        return standing(self.pending_editions.get(table, ()), self.editions.get(table, ()), digest)


def withdrawn_on(lines: Iterable[SealedLine]) -> date | None:
    """Return the day of the last withdrawal among the lines of a power."""
    return max((line.withdrawn.date for line in lines if line.withdrawn), default=None)


def standing(
    pending: Iterable[PendingLine], entered: Sequence[SealedLine], digest: str
) -> Mapping[Stage, PendingLine]:
    """Return the pending sign-offs that still count for a digest, by stage.

    One older than what has entered the ledger since was used up or overtaken; a merge
    can bring such a line back.
    """
    since = entered[-1].vetted_on if entered else date.min
    gone = withdrawn_on(entered) or date.min
    found: dict[Stage, PendingLine] = {}
    for line in pending:
        if line.digest == digest and line.date >= since and line.date > gone:
            found.setdefault(line.stage, line)
    return found


def read(root: Path, tr: Translator = ENGLISH, *, thorough: bool = False) -> Ledger:
    """Read the ledger and prove every byte of it; a folder that is missing is an empty ledger.

    Raises LedgerError naming file and line for anything that is not as it was written,
    and for withdrawn content that a merge brought back. `thorough` also proves that each
    line has the canonical form, which hashes cannot show.
    """
    ledger = collect(root, tr)
    for code, lines in ledger.versions.items():
        _nothing_came_back(code, lines, tr)
    if thorough:
        for group in (ledger.versions, ledger.editions):
            for line in (line for lines in group.values() for line in lines):
                prove_form(line, tr)
    return ledger


def collect(root: Path, tr: Translator) -> Ledger:
    """Read the ledger and prove each line by itself, as `withdraw` needs it to mend the whole."""
    versions, pending = [], []
    for path in of_departments(root, tr):
        versions += _read(path, root, read_version, tr)
    for path in of_departments(root / PENDING, tr):
        pending += _read(path, root, partial(read_pending, key="code"), tr)
    editions = _read(root / f"{REGISTERS}.jsonl", root, read_edition, tr)
    pending_editions = _read(
        root / PENDING / f"{REGISTERS}.jsonl", root, partial(read_pending, key="table"), tr
    )
    return Ledger(
        root=root,
        versions={PowerCode(code): lines for code, lines in _grouped(versions).items()},
        editions=_grouped(editions),
        pending=_grouped(pending),
        pending_editions=_grouped(pending_editions),
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


def _grouped(lines: Iterable[_Line]) -> dict[str, tuple[_Line, ...]]:
    groups: dict[str, list[_Line]] = {}
    for line in sorted(lines, key=attrgetter("order")):
        groups.setdefault(line.subject, []).append(line)
    return {subject: tuple(group) for subject, group in groups.items()}


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
