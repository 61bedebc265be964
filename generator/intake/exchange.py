"""The exchange JSON of the national service platform: its tables as entries for ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.errors import SourceError
from generator.i18n import Translator
from generator.intake import bases, exchange_rows, exchange_tables
from generator.intake.bases import Cite
from generator.intake.bodies import Bodies
from generator.intake.exchange_tables import ExchangeRow, Owners
from generator.intake.submission import Entry, Place, Refusal, Submission, remark
from generator.vetting.finding import Finding

_SINGULAR = {
    "AUDIT_ITEM": "powers",
    "AUDIT_ITEM_EXTEND": "powers",
    "AUDIT_ITEM_RESULT": "powers",
    "AUDIT_ITEM_WINDOW": "powers",
    "AUDIT_CATALOG_LOBBY": "powers",
    "AUDIT_ITEM_BYLAW": "legal_bases",
    "AUDIT_MATERIAL": "materials",
    "AUDIT_ITEM_MATERIAL": "materials",
    "AUDIT_CHARGE": "fees",
    "AUDIT_ITEM_CHARGE": "fees",
    "AUDIT_ITEM_FEE": "fees",
    "AUDIT_FEE": "fees",
    "AUDIT_ITEM_FLOWSHEET": "steps",
}
"""Our table by each of the platform's."""


@dataclass(slots=True, kw_only=True)
class _Reading:
    bodies: Bodies
    instruments: Mapping[str, Any]
    cite: Cite
    tr: Translator
    scheme: str = "cn"
    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    steps: dict[Place, list[tuple[Place, dict[str, str]]]] = field(default_factory=dict)


def submission(
    path: Path, bodies: Bodies, *, instruments: Mapping[str, Any], cite: Cite, tr: Translator
) -> Submission:
    """Return what an exchange file holds; raises SourceError if it is no such file."""
    reading = _Reading(bodies=bodies, instruments=instruments, cite=cite, tr=tr)
    rows, broken = exchange_tables.read(path, tr)
    message = tr("is no row with named columns; export the file again")
    reading.refusals += [Refusal(place=place, code="I109", message=message) for place in broken]
    if not any(row.table == "AUDIT_ITEM" for row in rows):
        raise SourceError(
            tr(
                "{file}: holds no row of AUDIT_ITEM, so it is no exchange file of the service "
                "platform; name another file",
                file=path.name,
            )
        )
    reading.scheme = exchange_rows.scheme(
        [row.columns for row in rows if row.table == "AUDIT_ITEM"]
    )
    owners = Owners(rows)
    for row in rows:
        _take(row, owners, reading)
    _moves(reading)
    return Submission(
        kind="exchange",
        rows=len(rows) + len(broken),
        entries=tuple(reading.entries),
        refusals=tuple(reading.refusals),
        findings=(*reading.findings, *bodies.findings()),
        departments=bodies.drafts(),
        whole=frozenset({"materials", "fees"}),
    )


def _take(row: ExchangeRow, owners: Owners, reading: _Reading) -> None:
    tr = reading.tr
    if row.table == "AUDIT_ITEM":
        _item(row, reading)
        return
    target = _SINGULAR.get(row.table, "")
    owner = owners.of(row)
    if not target:
        message = tr("{table} has no place in our tables; its rows are not taken", table=row.table)
        reading.refusals.append(Refusal(place=row.place, code="I108", message=message))
    elif owner is None:
        message = tr(
            "belongs to no power of this file, or to several; give it the power's TASK_CODE"
        )
        reading.refusals.append(Refusal(place=row.place, code="I107", message=message))
    elif target == "legal_bases":
        _law(row, owner, reading)
    elif target == "steps":
        cells = exchange_rows.step(row.columns)
        if not cells["name"]:
            message = tr("has no name; fill it in")
            reading.refusals.append(Refusal(place=row.place, code="I102", message=message))
            return
        reading.steps.setdefault(owner, []).append((row.place, cells))
    else:
        make = exchange_rows.OF_TABLE[row.table]
        cells = make(row.columns)
        unsaid = {"powers": "", "materials": "name", "fees": "name"}[target]
        if unsaid and not cells.get(unsaid):
            message = tr("has no name; fill it in")
            reading.refusals.append(Refusal(place=row.place, code="I102", message=message))
            return
        reading.entries.append(Entry(place=row.place, table=target, cells=cells, of=owner))


def _item(row: ExchangeRow, reading: _Reading) -> None:
    columns, place = row.columns, row.place
    cells, defaults, codes = exchange_rows.power(columns, reading.scheme)
    name = columns.text("DEPT_NAME", "IMPL_ORG_NAME")
    if name:
        cells["department"] = reading.bodies.slug(name, place.row)
        unit = columns.text("TONGYI_CODE", "DEPT_CODE")
        reading.bodies.note_unit(name, "department", unit)
    reading.entries.append(
        Entry(place=place, table="powers", cells=cells, defaults=defaults, codes=codes)
    )
    reading.findings += exchange_rows.doubts(columns, cells, place, reading.tr)
    text = columns.text("BY_LAW")
    if text:
        cited = reading.cite(text, reading.instruments, reading.tr)
        reading.entries += bases.rows(cited, place, place)
        reading.findings += bases.doubts(text, cited, place, reading.tr)


def _law(row: ExchangeRow, owner: Place, reading: _Reading) -> None:
    """Take a basis whose instrument the register has; refuse the row, with candidates, otherwise."""
    text = exchange_rows.citation(row.columns)
    cited = reading.cite(text, reading.instruments, reading.tr)
    entries = list(bases.rows(cited, row.place, owner))
    reading.findings += bases.doubts(text, cited, row.place, reading.tr)
    if entries:
        reading.entries += entries
        return
    names = ", ".join(bases.candidates(cited))
    tr = reading.tr
    message = (
        tr(
            "“{text}” is not in the law register; is it one of these: {names}?",
            text=text,
            names=names,
        )
        if names
        else tr("“{text}” was not matched to the law register; add the basis by hand", text=text)
    )
    reading.refusals.append(Refusal(place=row.place, code="I110", message=message))


def _moves(reading: _Reading) -> None:
    """Add the steps of each power in their order; the exchange knows no branches, which is told."""
    tr = reading.tr
    for owner, steps in reading.steps.items():
        for number, (place, cells) in enumerate(steps, 1):
            kind = "start" if number == 1 else "end" if number == len(steps) else "task"
            reading.entries.append(
                Entry(place=place, table="steps", cells=cells, of=owner,
                      defaults={"id": f"s{number}", "kind": kind})
            )  # fmt: skip
        reading.findings.append(
            remark(
                "I212",
                tr("the exchange lists {n} steps and no ways between them", n=len(steps)),
                reason=tr(
                    "A procedure also says what follows when something is missing or refused."
                ),
                remedy=tr("add the moves, and the ends in which an application is refused"),
                table="steps",
                row=owner.row,
            )
        )
