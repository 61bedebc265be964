"""Rules S2: what a power points to must be there, exist still, and not lead round in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from generator.sources import schema
from generator.sources.canonical import Line
from generator.vetting.circles import in_a_circle
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding
from generator.vetting.rule import rule

SEVERAL = {("powers", "joint_departments"): "departments", ("life_event_powers", "after"): "powers"}
"""Columns with several references, for which Table Schema has no foreign key."""


@rule("S201", waivable=False)
def reference_is_there(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each reference to a power, department or instrument that is not there.

    A legal basis whose instrument is far from any known one is no mistake of the pen: L206
    notes that the register does not hold it. Source: Table Schema, `foreignKeys`.
    """
    for name in desk.lines:
        for column, table in _targets(name).items():
            known = desk.keys[table]
            for line in desk.vetted(name):
                found = line.values.get(column)
                if found is None or (found.__class__ is str and found in known):
                    continue
                for value in found if isinstance(found, list) else (found,):
                    if value not in known and not _unheard_of(desk, line, column, value):
                        yield _missing(desk, line, column, table, value)


def _targets(name: str) -> dict[str, str]:
    """Return the table that each referring column of a table points to."""
    found = {
        key.fields[0]: key.resource or name
        for key in schema.tables()[name].foreign_keys
        if len(key.fields) == 1
    }
    return found | {column: table for (own, column), table in SEVERAL.items() if own == name}


def _unheard_of(desk: Desk, line: Line, column: str, value: str) -> bool:
    """Tell whether a basis names an instrument that is like none in the register."""
    if line.table != "legal_bases" or column != "instrument":
        return False
    return not desk.nearest.slip(value, desk.keys["instruments"], among="instruments")


def _missing(desk: Desk, line: Line, column: str, table: str, value: str) -> Finding:
    tr = desk.tr
    otherwise = tr("add it to {table}.csv, or correct the reference", table=table)
    return desk.error(
        line,
        column,
        message=tr("“{value}” is not in {table}.csv", value=shown(value), table=table),
        reason=tr("A reader would be led to nothing."),
        remedy=desk.did_you_mean(value, desk.keys[table], among=table, otherwise=otherwise),
        value=value,
    )


@rule("S202")
def main_item_is_another(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power that is, over any number of steps, its own main item."""
    tr = desk.tr
    for line in in_a_circle(desk, "powers", "parent"):
        yield desk.error(
            line,
            "parent",
            message=tr("the power is its own main item, directly or over others"),
            reason=tr("A list of sub-items would never end."),
            remedy=tr(
                "name the main item, or leave “{label}” empty", label=desk.label("powers", "parent")
            ),
        )


@rule("S203")
def successor_is_another(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power that is, over any number of steps, its own successor."""
    tr = desk.tr
    for line in in_a_circle(desk, "powers", "successor"):
        yield desk.error(
            line,
            "successor",
            message=tr("the power succeeds itself, directly or over others"),
            reason=tr("A reader of an old address would be sent round in a circle."),
            remedy=tr("name the power that takes its place, or leave it empty"),
        )


@rule("S204")
def department_still_exists(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power in force whose department, or joint one, no longer exists.

    Source: 行政许可法 Art. 22, 行政处罚法 Art. 17 (an organ exercises a power within its
    statutory competence, which a body that is gone no longer has).
    """
    tr = desk.tr
    for draft in desk.active():
        values = draft.line.values
        slugs = [("department", values.get("department", ""))]
        slugs += [("joint_departments", slug) for slug in values.get("joint_departments", ())]
        for column, slug in slugs:
            body = desk.keys["departments"].get(slug)
            if body is None or body.values.get("status") not in ("merged", "abolished"):
                continue
            heir = body.values.get("merged_into", "")
            name = body.values.get("name", slug)
            yield desk.error(
                draft.line,
                column,
                message=tr("the power is in force, but {name} no longer exists", name=shown(name)),
                reason=tr("Only a body that exists can exercise a power and answer for it."),
                remedy=tr("name “{heir}”, into which it was merged", heir=heir)
                if heir
                else tr("name the body that took the power over, or give the power's end"),
                value=slug,
            )


@rule("S205", last=True)
def what_is_referred_to_is_sound(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power that rests on a department or instrument with errors."""
    tr = desk.tr
    for draft in desk.drafts:
        for line, column, table in _supports(draft.line, draft["legal_bases"]):
            found = line.values.get(column, ())
            for key in found if isinstance(found, list) else (found,):
                if key in desk.broken.get(table, ()):
                    yield desk.error(
                        line,
                        column,
                        message=tr(
                            "“{key}” has errors of its own in {table}.csv",
                            key=shown(key),
                            table=table,
                        ),
                        reason=tr("The power cannot be published without it."),
                        remedy=tr("mend the row of {table}.csv first", table=table),
                        value=key,
                    )


def _supports(own: Line, bases: tuple[Line, ...]) -> Iterator[tuple[Line, str, str]]:
    yield own, "department", "departments"
    yield own, "joint_departments", "departments"
    for basis in bases:
        yield basis, "instrument", "instruments"


@rule("S208")
def former_code_belongs_to_one(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each former code that another power has, now or formerly.

    An address once published leads to one power for good.
    """
    tr = desk.tr
    first: dict[str, Line] = {}
    for line in desk.lines["powers"]:
        for code in line.values.get("former_codes", ()):
            other = desk.keys["powers"].get(code) or first.setdefault(code, line)
            if other is line or not desk.covers(line):
                continue
            yield desk.error(
                line,
                "former_codes",
                message=tr(
                    "“{code}” is also a code of the power in row {row}",
                    code=shown(code),
                    row=other.number,
                ),
                reason=tr("An old address can lead to one power only."),
                remedy=tr("keep the code with the power that had it"),
                value=code,
            )
