"""How each draft stands to what is published: new, changed, deleted, refused, or as vetted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from generator.vetting.finding import Finding, Severity


class Standing(StrEnum):
    """How a draft stands to what is published."""

    PUBLISHED = "published"
    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStatus:
    """One record of the working tables, or one that was deleted from them.

    `signed` names the stages that its present content has, `since` the day of the first of
    them, as ISO text; without a sign-off nobody knows since when it waits.
    """

    code: str
    name: str
    department: str
    standing: Standing
    signed: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every record's standing, the registers that wait or are refused, the gate's findings."""

    records: tuple[DraftStatus, ...]
    registers: tuple[str, ...]
    refused_registers: tuple[str, ...]
    findings: tuple[Finding, ...]

    def codes(self, *standings: Standing) -> tuple[str, ...]:
        """Return the codes of the records that stand so."""
        return tuple(record.code for record in self.records if record.standing in standings)

    @property
    def waiting(self) -> tuple[str, ...]:
        """What passes the gate and is not published as it stands, deleted rows too."""
        return self.codes(Standing.NEW, Standing.CHANGED, Standing.DELETED) + self.registers

    @property
    def refused(self) -> tuple[str, ...]:
        """What the gate refuses."""
        return self.codes(Standing.REFUSED) + self.refused_registers


def encode(comparison: Comparison) -> bytes:
    """Return a comparison as the cache keeps it."""
    return json.dumps(asdict(comparison), ensure_ascii=False).encode()


def decode(raw: bytes) -> Comparison:
    """Return a comparison that the cache kept."""
    found = json.loads(raw)
    return Comparison(
        records=tuple(
            DraftStatus(
                **{
                    **row,
                    "standing": Standing(row["standing"]),
                    "signed": tuple(row["signed"]),
                }
            )
            for row in found["records"]
        ),
        registers=tuple(found["registers"]),
        refused_registers=tuple(found["refused_registers"]),
        findings=tuple(
            Finding(**{**row, "severity": Severity(row["severity"])}) for row in found["findings"]
        ),
    )
