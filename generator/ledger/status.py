"""The ledger beside the drafts: what is published, what waits and for whom; by digests alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.ledger import digest
from generator.ledger.store import Ledger
from generator.ledger.subjects import REGISTERS
from generator.model.codes import DepartmentSlug, PowerCode, PowerStatus, Stage
from generator.model.release import Release

_Groups = dict[DepartmentSlug, dict[str, list[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A draft that differs from what is vetted, and the sign-offs that it has already."""

    name: str
    digest: str
    is_new: bool
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentStanding:
    """How a department's drafts stand to the ledger.

    `published` counts powers in force. `deleted` are in force in the ledger, but their
    drafts are gone without an abolition; `withdrawn` still stand in the drafts with the
    very content that was withdrawn.
    """

    department: DepartmentSlug
    published: int = 0
    waiting: tuple[Waiting, ...] = ()
    deleted: tuple[PowerCode, ...] = ()
    withdrawn: tuple[PowerCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every department that has a power or a draft, by slug, and the registers that wait."""

    departments: Mapping[DepartmentSlug, DepartmentStanding]
    registers: tuple[Waiting, ...] = ()

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The powers that wait, of all departments."""
        return tuple(each for standing in self.departments.values() for each in standing.waiting)

    @property
    def deleted(self) -> tuple[PowerCode, ...]:
        """The powers whose drafts are gone without an abolition, of all departments."""
        return tuple(each for standing in self.departments.values() for each in standing.deleted)


def compare(
    ledger: Ledger,
    records: Mapping[PowerCode, Mapping[str, Any]],
    registers: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    release: Release,
) -> Comparison:
    """Compare the drafts with the ledger and with the release folded from it.

    `records` are canonical records by code, `registers` canonical rows by table. What
    the gate refuses among those that wait, the caller knows. A draft that the scheme has
    no form for waits with an empty digest.
    """
    found: _Groups = {}
    for code, record in records.items():
        _place_draft(found, ledger, code, record)
    for code, lines in ledger.versions.items():
        if code not in records and lines[-1].record().get("status") == PowerStatus.ACTIVE:
            _at(found, lines[-1].department)["deleted"].append(code)
    published = Counter(version.power.department for version in release.active())
    for version in release.powers.values():
        _at(found, version.power.department)
    return Comparison(
        departments={
            slug: DepartmentStanding(
                department=slug,
                published=published[slug],
                **{what: tuple(names) for what, names in groups.items()},
            )
            for slug, groups in sorted(found.items())
        },
        registers=tuple(_registers(ledger, registers)),
    )


def _at(found: _Groups, department: str) -> dict[str, list[Any]]:
    empty: dict[str, list[Any]] = {"waiting": [], "deleted": [], "withdrawn": []}
    return found.setdefault(DepartmentSlug(department), empty)


def _place_draft(
    found: _Groups, ledger: Ledger, code: PowerCode, record: Mapping[str, Any]
) -> None:
    """Put a draft where it belongs, if it is not as it is vetted."""
    of_draft = _digest_of(record)
    entered = ledger.versions.get(code, ())
    groups = _at(found, str(record.get("department", "")))
    if any(line.withdrawn and line.digest == of_draft for line in entered):
        groups["withdrawn"].append(code)
    elif not entered or entered[-1].digest != of_draft:
        groups["waiting"].append(
            Waiting(
                name=code,
                digest=of_draft,
                is_new=all(line.withdrawn for line in entered),
                stages=tuple(ledger.standing(code, of_draft)),
            )
        )


def _registers(
    ledger: Ledger, registers: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[Waiting]:
    waiting = []
    for table in REGISTERS:
        rows = registers.get(table, ())
        edition, of_draft = ledger.edition(table), _digest_of(rows)
        if (edition.digest != of_draft) if edition else rows:
            stages = tuple(ledger.standing_edition(table, of_draft))
            waiting.append(
                Waiting(name=table, digest=of_draft, is_new=edition is None, stages=stages)
            )
    return waiting


def _digest_of(content: object) -> str:
    try:
        return digest.digest_of(content)
    except ValueError:
        return ""
