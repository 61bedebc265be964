"""A fault in data: a value with a place, a reason and a remedy; collected, never raised."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error refuses a record; a warning asks for a look; information only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, where, why it matters and what to do.

    `row` is the line of the table as an editor shows it (the header is 1); `record`
    is the code, slug or identifier of the record that the fault belongs to; texts
    are in the city's language.
    """

    code: str
    severity: Severity
    message: str
    table: str = ""
    row: int | None = None
    column: str = ""
    record: str = ""
    value: str = ""
    reason: str = ""
    remedy: str = ""
    law: str = ""

    @property
    def where(self) -> str:
        """The place in words: `legal_bases.csv row 214, article`."""
        place = f"{self.table}.csv" if self.table else self.record
        if self.row is not None:
            place += f" row {self.row}"
        return f"{place}, {self.column}" if self.column else place

    def as_dict(self) -> dict[str, Any]:
        """Return the eleven fields of the contract, in its order, as JSON can carry them."""
        values = asdict(self)
        order = "code severity table row column record value message reason remedy law".split()
        return {key: values[key] for key in order}

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")
