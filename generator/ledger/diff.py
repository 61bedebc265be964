"""What changed: two records field by field, and the ledger from day to day.

`compare` knows two records in canonical form and nothing else; `changes` walks the ledger and
compares each version with the one that stood before it. Words are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from generator.ledger.lines import EditionLine, VersionLine
from generator.ledger.store import Ledger
from generator.model.codes import DepartmentSlug

Record = Mapping[str, Any]
KEYS: Mapping[str, tuple[str, ...]] = {
    "legal_bases": ("instrument", "article", "article_suffix", "paragraph", "subparagraph"),
    "materials": ("name",),
    "fees": ("name",),
    "responsibilities": ("duty",),
    "penalties": ("conduct",),
    "steps": ("id",),
    "moves": ("source", "target"),
}
"""What makes two rows of a child table the same row to a reader; `seq` only orders them."""
_NO_CONTENT = {"seq", "power"}


class ChangeKind(StrEnum):
    """What happened to a power, or to a body."""

    ADDED = "added"
    ABOLISHED = "abolished"
    MERGED = "merged"
    DEVOLVED = "devolved"
    RESTORED = "restored"
    MOVED = "moved"
    AMENDED = "amended"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A column of a record whose value differs; None where there was or is none."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsChange:
    """A child table whose rows differ: those new, those gone, and pairs of old and new."""

    table: str
    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    altered: tuple[tuple[Record, Record], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How two records differ; false if they do not."""

    fields: tuple[FieldChange, ...] = ()
    rows: tuple[RowsChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.rows)

    def field(self, *columns: str) -> FieldChange | None:
        """Return the change of the first of the columns that differs."""
        return next((each for each in self.fields if each.column in columns), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened on a day to the subject: a power by its code, or a body by its slug.

    `old` and `new` are canonical records, empty where there is none; `reason` and `document`
    are those of a withdrawal or revocation. `department` is who holds the power now.
    """

    day: date
    kind: ChangeKind
    subject: str
    department: DepartmentSlug
    old: Record
    new: Record
    difference: Difference = Difference()
    reason: str = ""
    document: str = ""
    is_body: bool = False


def compare(old: Record, new: Record) -> Difference:
    """Return how a record differs from an older one: columns in order of name, then child tables."""
    columns = sorted((old.keys() | new.keys()) - KEYS.keys())
    tables = [table for table in KEYS if old.get(table) != new.get(table)]
    return Difference(
        fields=tuple(
            FieldChange(column=column, old=old.get(column), new=new.get(column))
            for column in columns
            if old.get(column) != new.get(column)
        ),
        rows=tuple(
            change
            for table in tables
            if (change := _rows(table, old.get(table) or (), new.get(table) or ())) is not None
        ),
    )


def first_day(ledger: Ledger) -> date | None:
    """Return the day on which the city first published, None for an empty ledger."""
    return min(
        (line.vetted_on for entered in ledger.versions.values() for line in entered), default=None
    )


def changes(ledger: Ledger, since: date, until: date) -> Iterator[Change]:
    """Yield what changed from `since` to `until`, both included, by power in the order of days.

    A version is compared with the one that stood when it came. What was withdrawn is told by
    its tombstone alone, for its content is gone from the ledger.
    """
    for code in sorted(ledger.versions):
        for change in _of_power(ledger.versions[code]):
            if since <= change.day <= until:
                yield change
    for change in _of_bodies(ledger.editions.get("departments", ())):
        if since <= change.day <= until:
            yield change


def _of_power(lines: tuple[VersionLine, ...]) -> Iterator[Change]:
    standing: VersionLine | None = None
    gone = False
    for line in lines:
        if line.withdrawn:
            if not gone:
                yield _taken_back(line, ChangeKind.WITHDRAWN)
            gone, standing = True, None
            continue
        if standing and standing.revoked and standing.revoked.date <= line.vetted_on:
            standing = None
        old, new = standing.record() if standing else {}, line.record()
        difference = compare(old, new)
        if difference:
            yield Change(
                day=line.vetted_on,
                kind=_kind(old, new),
                subject=line.code,
                department=line.department,
                old=old,
                new=new,
                difference=difference,
            )
        if line.revoked:
            yield _taken_back(line, ChangeKind.REVOKED)
        standing = line


def _taken_back(line: VersionLine, kind: ChangeKind) -> Change:
    act = line.withdrawn or line.revoked
    assert act is not None
    return Change(
        day=act.date,
        kind=kind,
        subject=line.code,
        department=line.department,
        old=line.record(),
        new={},
        reason=act.reason,
        document=line.withdrawn.document if line.withdrawn else "",
    )


def _kind(old: Record, new: Record) -> ChangeKind:
    status = str(new.get("status", "active"))
    if status != str(old.get("status", "active")):
        return ChangeKind.RESTORED if status == "active" else ChangeKind(status)
    if not old:
        return ChangeKind.ADDED
    return ChangeKind.MOVED if old["department"] != new["department"] else ChangeKind.AMENDED


def _of_bodies(editions: tuple[EditionLine, ...]) -> Iterator[Change]:
    """Yield what changed in the register of bodies; not a body's summary, nor the first edition."""
    standing = [line for line in editions if not line.revoked]
    for before, after in pairwise(standing):
        former = {row["slug"]: row for row in before.rows()}
        for row in after.rows():
            old = former.get(row["slug"], {})
            difference = compare(old, row)
            if not difference or {each.column for each in difference.fields} == {"summary"}:
                continue
            kind = ChangeKind.AMENDED if old else ChangeKind.ADDED
            if old and row.get("status") != old.get("status"):
                status = str(row.get("status", "active"))
                kind = ChangeKind.RESTORED if status == "active" else ChangeKind(status)
            yield Change(
                day=after.vetted_on,
                kind=kind,
                subject=row["slug"],
                department=DepartmentSlug(row["slug"]),
                old=old,
                new=row,
                difference=difference,
                is_body=True,
            )


def _rows(table: str, old: Any, new: Any) -> RowsChange | None:
    """Return how a child table differs to a reader, None if only in the order of its rows."""
    before, after = _keyed(table, old), _keyed(table, new)
    change = RowsChange(
        table=table,
        added=tuple(row for key, row in after.items() if key not in before),
        removed=tuple(row for key, row in before.items() if key not in after),
        altered=tuple(
            (before[key], row)
            for key, row in after.items()
            if key in before and _content(before[key]) != _content(row)
        ),
    )
    return change if change.added or change.removed or change.altered else None


def _keyed(table: str, rows: Any) -> dict[tuple[Any, ...], Record]:
    """Return rows by what makes them the same; those alike in that are told apart by their number."""
    found: dict[tuple[Any, ...], Record] = {}
    for row in rows:
        key = tuple(row.get(column) for column in KEYS[table])
        number = 0
        while (*key, number) in found:
            number += 1
        found[*key, number] = row
    return found


def _content(row: Record) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _NO_CONTENT}
