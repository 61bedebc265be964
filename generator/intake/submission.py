"""What a source holds, in our words: rows for our tables, rows refused, what was noticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.vetting.finding import Finding, Severity

Read = Callable[[str, str, str, str | None], str]
"""`read(table, column, cell, present)`: the cell to store, given the present one or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of the source: its sheet (or table of an exchange file) and its number there."""

    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that cannot be taken, and why: a code of docs/how-to/submissions.md, a text."""

    place: Place
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row for one of our tables.

    `cells` are the columns that the row speaks of; `defaults` fill only what is still
    empty. A power without a code of its own has `codes` to choose from, the best first.
    A child belongs to the power of the row at `of`, or to the one that its cell `power`
    names; an entry for `powers` with `of` has more columns of that power. `parent` is the
    row of its main item.
    """

    place: Place
    table: str
    cells: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    of: Place | None = None
    parent: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """All that a source holds; `rows` counts every row of it, refused ones too.

    `whole` names tables of children whose rows are a power's complete list: what stands
    in the working tables besides is taken out. With `erases`, an empty cell empties; a
    power that the source names then has no other children than those it lists.
    """

    kind: str
    rows: int
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = ()
    departments: tuple[Mapping[str, str], ...] = ()
    whole: frozenset[str] = frozenset()
    erases: bool = False
    read: Read = lambda table, column, cell, present: cell


def warning(code: str, message: str, *, reason: str, remedy: str, **where: Any) -> Finding:
    """Return what somebody should look at; `where` is table, row (of the source), column, …."""
    texts: dict[str, Any] = {"message": message, "reason": reason, "remedy": remedy}
    return Finding(code=code, severity=Severity.WARNING, **texts, **where)


def remark(code: str, message: str, *, reason: str, remedy: str, **where: Any) -> Finding:
    """Return what is good to know."""
    texts: dict[str, Any] = {"message": message, "reason": reason, "remedy": remedy}
    return Finding(code=code, severity=Severity.INFO, **texts, **where)
