"""Rules F42: sub-items must fit their main item, and what has ended must lead on to what is."""

from __future__ import annotations

from collections.abc import Iterator

from generator.sources import schema
from generator.sources.canonical import Line
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding
from generator.vetting.rule import rule


@rule("F421")
def sub_item_fits_its_main_item(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each sub-item of another department or kind than its main item.

    So too if it has the same name, or if its main item is a sub-item itself: national codes
    know main items and sub-items only. Source: GB/T 39554.1-2020, as read from published
    lists (three digits for the main item, three for the sub-item).
    """
    tr = desk.tr
    for draft in desk.drafts:
        line = draft.line
        main = desk.keys["powers"].get(line.values.get("parent", ""))
        if main is None or main is line:
            continue
        for column, message in _misfits(desk, line, main):
            yield desk.warning(
                line,
                column,
                message=message,
                reason=tr("Readers find sub-items under their main item, and take them for parts."),
                remedy=tr("correct it, or make the power a main item of its own"),
            )


def _misfits(desk: Desk, line: Line, main: Line) -> Iterator[tuple[str, str]]:
    tr, own, other = desk.tr, line.values, main.values
    code = shown(other.get("code", ""))
    if other.get("parent", own.get("code")) != own.get("code"):  # S202 has two in a circle
        yield "parent", tr("the main item {code} is a sub-item itself", code=code)
    bodies = (other.get("department"), *other.get("joint_departments", ()))
    if own.get("department") not in bodies:
        yield (
            "department",
            tr("the main item {code} belongs to another department", code=code),
        )
    kinds = schema.tables()["powers"].field("kind").enum
    if own.get("kind") != other.get("kind") and own.get("kind") in kinds:
        yield (
            "kind",
            tr(
                "the main item {code} is of another kind, {kind}",
                code=code,
                kind=shown(other.get("kind", "")),
            ),
        )
    if own.get("name") and own.get("name") == other.get("name"):
        yield "name", tr("has the same name as its main item {code}", code=code)


@rule("F422")
def main_item_is_in_force(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each sub-item in force whose main item no longer is."""
    tr = desk.tr
    for draft in desk.active():
        main = desk.keys["powers"].get(draft.line.values.get("parent", ""))
        if main is None or main.values.get("status") in ("active", None):
            continue
        yield desk.warning(
            draft.line,
            "parent",
            message=tr(
                "the main item {code} is no longer in force",
                code=shown(main.values.get("code", "")),
            ),
            reason=tr("Nobody can tell whether the part outlived the whole."),
            remedy=tr("give the sub-item's end too, or make it a main item"),
        )


@rule("F423")
def merged_power_names_its_heir(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each merged power that does not say into which.

    Source: design (an abolished power keeps its page with date, reason and successor).
    """
    tr = desk.tr
    for draft in desk.drafts:
        values = draft.line.values
        if values.get("status") == "merged" and "successor" not in values:
            yield desk.error(
                draft.line,
                "successor",
                message=tr("the power was merged, but not said into which"),
                reason=tr("Its page leads on to the power that took its place."),
                remedy=tr("fill in “{label}”", label=desk.label("powers", "successor")),
            )


@rule("F424")
def successor_is_in_force(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each successor that leads to no power in force.

    So too if a power in force has one: what is still there has no heir.
    """
    tr = desk.tr
    for draft in desk.drafts:
        heir = desk.keys["powers"].get(draft.line.values.get("successor", ""))
        if heir is None:
            continue
        last = _last_heir(desk, heir)
        if draft.is_active:
            message = tr("the power is in force, and yet has a successor")
            remedy = tr("leave the successor empty, or give the power's end")
        elif last is not None and last.values.get("status") != "active":
            message = tr(
                "leads to {code}, which is no longer in force and has no successor",
                code=shown(last.values.get("code", "")),
            )
            remedy = tr("name the power that a reader should go to now, or leave it empty")
        else:
            continue
        yield desk.warning(
            draft.line,
            "successor",
            message=message,
            reason=tr("A reader is sent on to where the matter is dealt with today."),
            remedy=remedy,
        )


def _last_heir(desk: Desk, heir: Line) -> Line | None:
    """Return the last power of a line of successors; None if it leads round in a circle."""
    seen: set[int] = set()
    while (found := desk.keys["powers"].get(heir.values.get("successor", ""))) is not None:
        if heir.number in seen:
            return None
        seen.add(heir.number)
        heir = found
    return heir
