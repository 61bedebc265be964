"""The gate: every rule over the working tables, and the verdict on each power.

Pure: the same tables, files, day and language give the same verdict. One bad record never
takes others down.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from generator.i18n import Translator
from generator.model.codes import PowerCode
from generator.model.registers import Waiver
from generator.sources import decode, schema
from generator.sources.tables import Tables
from generator.vetting import (
    attached,
    bases,
    cells,
    codes,
    counting,
    duplicates,
    feebases,
    format,
    hygiene,
    limits,
    papers,
    persons,
    privacy,
    procedures,
    provisions,
    quoted,
    references,
    registers,
    required,
    setting,
    spreadsheets,
    statutory,
    successions,
    unmet,
    wording,
)
from generator.vetting import schema as schema_rules
from generator.vetting.beside import Beside
from generator.vetting.desk import Desk, lay_out, owner_column, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import Rule, rules

__all__ = ["RULE_MODULES", "Verdict", "rules", "vet"]

RULE_MODULES = (
    schema_rules,
    spreadsheets,
    references,
    registers,
    bases,
    setting,
    unmet,
    provisions,
    feebases,
    quoted,
    limits,
    statutory,
    counting,
    procedures,
    required,
    hygiene,
    attached,
    format,
    codes,
    duplicates,
    successions,
    wording,
    privacy,
    papers,
)
"""Importing them registers their rules; a module of new rules is added here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the gate found.

    `refused` are the powers, `refused_registers` the tables without a power (registers,
    waivers), that have an error and so cannot be signed. `by_record` gives the findings
    of a power or register row.
    """

    findings: tuple[Finding, ...]
    refused: frozenset[PowerCode]
    refused_registers: frozenset[str]
    by_record: Mapping[str, tuple[Finding, ...]] = field(repr=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


def vet(
    tables: Tables,
    *,
    tr: Translator,
    day: date,
    only: Collection[str] | None = None,
    beside: Beside | None = None,
) -> Verdict:
    """Return the verdict on the drafts of all powers, or of those in `only`; registers always.

    `day` is the city's day: what is repealed by then is no basis, and a waiver that ended
    before it counts no more. `beside` names the city's folder, whose files and prose are read
    for private persons. Findings stand in the order of tables, rows and columns.
    """
    with _much_that_stays():
        desk = lay_out(tables, tr=tr, day=day, only=only)
        desk = replace(desk, faults=cells.faults(desk), beside=beside or Beside())
        waivers = _waivers(tables, day)
        known = rules().values()
        found = list(_run(desk, (rule for rule in known if not rule.last), waivers))
        desk = replace(desk, broken=_broken(found))
        found += _run(desk, (rule for rule in known if rule.last), waivers)
        return _verdict(desk, found)


@contextmanager
def _much_that_stays() -> Iterator[None]:
    """Spare the garbage collector half a million rows that live until the verdict."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _run(
    desk: Desk, chosen: Iterable[Rule], waivers: Mapping[tuple[str, str], Waiver]
) -> Iterator[Finding]:
    for rule in chosen:
        for finding in rule.check(replace(desk, rule=rule.code)):
            waiver = waivers.get((finding.code, finding.record)) if rule.waivable else None
            told = persons.discreet(finding, desk.day)
            yield _waived(told, waiver, desk.tr) if waiver else told


def _waivers(tables: Tables, day: date) -> dict[tuple[str, str], Waiver]:
    found = {}
    for row in decode.register_rows(tables, "waivers"):
        try:
            waiver = decode.waiver(row)
        except KeyError:
            continue  # S101 has it
        # Without an end that can be read it would last for ever, so it does not count at all.
        if waiver.until and waiver.until >= day:
            found[waiver.rule, waiver.record] = waiver
    return found


def _waived(finding: Finding, waiver: Waiver, tr: Translator) -> Finding:
    if finding.severity is Severity.INFO:
        return finding
    message = tr(
        "{message} (waived by {office} until {until}: {reason})",
        message=finding.message,
        office=shown(waiver.decided_by),
        until=waiver.until,
        reason=shown(waiver.reason),
    )
    return replace(finding, severity=Severity.INFO, message=message)


def _broken(findings: Iterable[Finding]) -> dict[str, set[str]]:
    broken: dict[str, set[str]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.table in schema.registers():
            broken.setdefault(finding.table, set()).add(finding.record)
    return broken


def _verdict(desk: Desk, findings: Iterable[Finding]) -> Verdict:
    place = {name: order for order, name in enumerate(schema.tables())}
    ordered = sorted(
        findings,
        key=lambda f: (place.get(f.table, len(place)), f.table, f.row or 0, f.column, f.code),
    )
    refused: set[PowerCode] = set()
    tables: set[str] = set()
    by_record: dict[str, list[Finding]] = {}
    drafted = {draft.code for draft in desk.drafts}
    for finding in ordered:
        by_record.setdefault(finding.record, []).append(finding)
        if finding.severity is not Severity.ERROR:
            continue
        code = PowerCode(finding.record)
        if not finding.table:
            continue  # a page of prose, which nobody signs
        if not owner_column(finding.table):
            tables.add(finding.table)
        elif code in drafted or (code and finding.table == "powers"):
            refused.add(code)
    return Verdict(
        findings=tuple(ordered),
        refused=frozenset(refused),
        refused_registers=frozenset(tables),
        by_record={record: tuple(found) for record, found in by_record.items()},
    )
