"""Rules S2, continued: registers, life events and waivers must make sense in themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.sources import canonical, schema
from generator.sources.canonical import Line
from generator.vetting.circles import in_a_circle
from generator.vetting.desk import Desk, record_of, shown
from generator.vetting.finding import Finding
from generator.vetting.rule import rule, rules

_LONGEST_WAIVER = 731


@rule("S206")
def registers_do_not_run_in_circles(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each department merged into, or instrument replaced by, itself."""
    tr = desk.tr
    for table, column in (("departments", "merged_into"), ("instruments", "superseded_by")):
        for line in in_a_circle(desk, table, column):
            yield desk.error(
                line,
                column,
                message=tr("the row leads back to itself, directly or over others"),
                reason=tr("A reader of an old address would be sent round in a circle."),
                remedy=tr("name the row that takes its place, or leave it empty"),
            )


@rule("S207")
def waiver_can_apply(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each waiver that has no effect: unknown rule or record, fixed, or ended.

    A rule is fixed, and nobody can waive it, if without it the record could not be read, or
    if the law leaves no room.
    """
    tr = desk.tr
    lines = desk.lines["waivers"]
    waivable = [code for code, known in rules().items() if known.waivable]
    records = _records(desk) if lines else set()
    for line in lines:
        code, record = line.values.get("rule", ""), line.values.get("record", "")
        until = canonical.day(line.values.get("until"))
        if code in rules() and code not in waivable:
            column = "rule"
            remedy = tr("take the row out: this rule leaves no room for exceptions")
        elif code not in waivable or record not in records:
            column, choices = ("record", records) if code in waivable else ("rule", waivable)
            remedy = desk.did_you_mean(
                line.values.get(column, ""),
                choices,
                among=f"waivers.{column}",
                otherwise=tr("correct the row, or take it out"),
            )
        elif until and until < desk.day:
            column, remedy = "until", tr("take the row out, or have it decided anew")
        else:
            continue
        yield desk.warning(
            line,
            column,
            message=tr(
                "the waiver of {rule} for “{record}” does nothing",
                rule=shown(code),
                record=shown(record),
            )
            if column != "until"
            else tr(
                "the waiver of {rule} for “{record}” ended on {until}",
                rule=shown(code),
                record=shown(record),
                until=until,
            ),
            reason=tr("A decision that is written down should have its effect."),
            remedy=remedy,
        )


@rule("S210")
def waiver_has_an_end_in_sight(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each waiver that lasts more than two years from the day of the list.

    Two years are this gate's own measure: what stands longer is no exception but another rule.
    """
    tr = desk.tr
    for line in desk.lines["waivers"]:
        until = canonical.day(line.values.get("until"))
        if until and (until - desk.day).days > _LONGEST_WAIVER:
            yield desk.warning(
                line,
                "until",
                message=tr("the waiver lasts until {until}, more than two years", until=until),
                reason=tr("An exception that never ends is a rule that nobody decided."),
                remedy=tr("name an earlier day; it can be decided anew"),
            )


def _records(desk: Desk) -> set[str]:
    return {
        record_of(name, line.values)
        for name in ("powers", *schema.registers())
        for line in desk.lines[name]
    }


@rule("S209")
def life_event_has_an_order(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each part of a life event that waits for itself or for a stranger."""
    tr = desk.tr
    events: dict[str, dict[str, Line]] = {}
    for line in desk.lines["life_event_powers"]:
        if "life_event" in line.values and "power" in line.values:
            events.setdefault(line.values["life_event"], {})[line.values["power"]] = line
    for members in events.values():
        order = {code: line.values.get("after", ()) for code, line in members.items()}
        for code, line in members.items():
            strangers = [other for other in order[code] if other not in members]
            if strangers:
                message = tr(
                    "comes after “{code}”, which is not part of the life event",
                    code=shown(strangers[0]),
                )
            elif _waits_for_itself(code, order):
                message = tr("comes after itself, directly or over others")
            else:
                continue
            yield desk.error(
                line,
                "after",
                message=message,
                reason=tr("Nobody could ever begin with it."),
                remedy=tr("name only powers of the same life event that come earlier"),
            )


def _waits_for_itself(code: str, order: Mapping[str, Any]) -> bool:
    seen: set[str] = set()
    ahead = list(order[code])
    while ahead:
        current = ahead.pop()
        if current == code:
            return True
        if current not in seen:
            seen.add(current)
            ahead += order.get(current, ())
    return False
