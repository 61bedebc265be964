"""What an import would do to the working tables: cell by cell, and row by row of the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from generator.errors import SourceError
from generator.i18n import Translator
from generator.intake.submission import Place, Refusal
from generator.sources.stores import Store
from generator.sources.tables import IrregularityKind, Tables
from generator.vetting.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that becomes another; for a row that comes or goes whole, `column` is empty."""

    record: str
    table: str
    key: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is taken, what stays, what is refused; `tables` are the tables as they will be.

    `rows` is `taken` + `unchanged` + the number of refusals, one for each row of the source.
    """

    kind: str
    rows: int
    taken: int
    unchanged: int
    refusals: tuple[Refusal, ...]
    added: tuple[str, ...]
    changes: tuple[Change, ...]
    departments: tuple[Mapping[str, str], ...]
    findings: tuple[Finding, ...]
    tables: Mapping[str, Sequence[Mapping[str, str]]]

    @property
    def changed(self) -> tuple[str, ...]:
        """The powers that were there before and change."""
        new = set(self.added)
        found = dict.fromkeys(change.record for change in self.changes)
        return tuple(record for record in found if record not in new)

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it can be taken."""
        return bool(self.refusals) and not (self.taken or self.unchanged)

    def as_dict(self) -> dict[str, Any]:
        """Return the account as JSON carries it."""
        return {
            "kind": self.kind,
            "rows": self.rows,
            "taken": self.taken,
            "unchanged": self.unchanged,
            "refused": [
                {"row": r.place.row, "sheet": r.place.sheet, "code": r.code, "message": r.message}
                for r in self.refusals
            ],
            "added": list(self.added),
            "changed": list(self.changed),
            "changes": [asdict(change) for change in self.changes],
            "departments": [dict(row) for row in self.departments],
            "findings": [finding.as_dict() for finding in self.findings],
        }


def write(plan: Plan, tables: Tables, store: Store, digest: str, tr: Translator) -> None:
    """Put the tables of a plan in the place of those that it was made from: all, or none.

    `digest` is the store's before `tables` were read. Raises SourceError, with nothing
    written, when the tables changed since, or when one that must be written holds a row
    that could not be read and would be lost.
    """
    if not plan.tables:
        return
    for irregularity in tables.irregularities:
        if irregularity.kind is IrregularityKind.RAGGED_ROW and irregularity.table in plan.tables:
            raise SourceError(
                tr(
                    "{table}.csv row {row}: does not fit its header and would be lost; mend it, "
                    "then import again; nothing was changed",
                    table=irregularity.table,
                    row=irregularity.row,
                )
            )
    if store.digest() != digest:
        raise SourceError(
            tr(
                "{location}: changed while the list was read; import again; nothing was changed",
                location=store.location,
            )
        )
    store.replace(plan.tables, tr)


def at(place: Place, code: str, message: str) -> Refusal:
    """Return the refusal of a row."""
    return Refusal(place=place, code=code, message=message)
