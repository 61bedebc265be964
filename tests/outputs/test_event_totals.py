"""The totals of a life event: what takes long is told, and nothing that cannot be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.i18n import Translator
from generator.model.codes import (
    Applicant,
    DepartmentSlug,
    FeeKind,
    PowerCode,
    PowerKind,
    PowerStatus,
    TimeUnit,
)
from generator.model.power import Material, Power, Procedure
from generator.outputs import event_totals
from generator.outputs.event_schedule import schedule
from generator.pages.contexts import EventTotals

EN = Translator("en")
A, B, C = (PowerCode(code) for code in "ABC")


def _power(code: str, days: int | None, unit: TimeUnit = TimeUnit.WORKING_DAY) -> Power:
    return Power(
        code=PowerCode(code),
        name=code,
        kind=PowerKind.LICENSING,
        department=DepartmentSlug(f"body-{code.lower()}"),
        applicant=Applicant.FIRM,
        fee=FeeKind.NONE,
        status=PowerStatus.ACTIVE,
        promised_limit=days,
        promised_unit=None if days is None else unit,
        materials=(
            Material(seq=1, name="Application", required=True, source="applicant"),
            Material(seq=2, name=f"Plan {code}", required=True, source="applicant"),
            Material(seq=3, name="Licence", required=True, source="shared"),
            Material(seq=4, name="Mandate", required=False, source="applicant"),
        ),
        procedure=Procedure(),
    )


def totals(
    rounds: Sequence[Sequence[Power]],
    after: Mapping[PowerCode, Sequence[PowerCode]],
    optional: frozenset[PowerCode],
    tr: Translator,
) -> EventTotals | None:
    powers = {power.code: power for powers in rounds for power in powers}
    return event_totals.totals(schedule(powers, after, optional), powers, tr)


def test_what_runs_side_by_side_counts_by_its_longest_way() -> None:
    """Who plans an opening must know how long it takes at the least, and not twice as long."""
    rounds = [[_power("A", 3)], [_power("B", 20), _power("C", 5)]]

    found = totals(rounds, {B: [A], C: [A]}, frozenset(), EN)

    assert found is not None
    assert (found.one_by_one, found.side_by_side) == ("28 working days", "23 working days")
    assert (found.powers, found.bodies, found.materials) == (3, 3, 4)


def test_optional_powers_are_left_out_and_told() -> None:
    """A shop without a signboard must not be told to wait for one."""
    found = totals([[_power("A", 3), _power("B", 20)]], {}, frozenset([B]), EN)

    assert found is not None
    assert (found.powers, found.optional, found.one_by_one) == (1, 1, "3 working days")


def test_a_way_leads_on_through_an_optional_power() -> None:
    """What waits for an optional step still waits for what came before that one."""
    rounds = [[_power("A", 3)], [_power("B", 20)], [_power("C", 5)]]

    found = totals(rounds, {B: [A], C: [B]}, frozenset([B]), EN)

    assert found is not None
    assert found.side_by_side == "8 working days"


def test_units_are_not_added_up() -> None:
    """Thirty days and ten working days are no forty of anything."""
    rounds = [[_power("A", 30, TimeUnit.CALENDAR_DAY)], [_power("B", 10)]]

    found = totals(rounds, {B: [A]}, frozenset(), EN)

    assert found is not None
    assert found.side_by_side == "10 working days and 30 calendar days"


def test_a_power_without_a_limit_is_told_and_the_law_stands_in_for_a_promise() -> None:
    """Silence must not read as "at once"."""
    bound = replace(_power("B", None), statutory_limit=45, statutory_unit=TimeUnit.CALENDAR_DAY)

    found = totals([[_power("A", None), bound]], {}, frozenset(), EN)

    assert found is not None
    assert (found.untimed, found.one_by_one) == (1, "45 calendar days")


def test_nothing_is_said_of_an_event_whose_powers_were_all_given_up() -> None:
    """Sums over nothing would look like an easy day."""
    ended = replace(_power("A", 3), status=PowerStatus.ABOLISHED)

    assert totals([[ended]], {}, frozenset(), EN) is None


def test_the_longest_way_and_every_beginning_are_told() -> None:
    """Who must choose what to do first has to know which delay delays the whole.

    A (3) then B (20 working days) or C (30 calendar days, longer by the calendar), and D after
    both, which also names A; E is optional and counts nothing.
    """
    d, e = PowerCode("D"), PowerCode("E")
    c = _power("C", 30, TimeUnit.CALENDAR_DAY)
    powers = {
        p.code: p for p in (_power("A", 3), _power("B", 20), c, _power("D", 1), _power("E", 99))
    }

    found = schedule(powers, {B: [A], C: [A], d: [A, B, C], e: [A]}, frozenset([e]))

    assert found.rounds == ((A,), (B, C, e), (d,))
    assert found.before[d] == (B, C), "that D waits for A follows from the rest"
    assert found.longest == (A, C, d)
    assert found.begins[d] == {TimeUnit.WORKING_DAY: 3, TimeUnit.CALENDAR_DAY: 30}
    assert found.one_by_one == {TimeUnit.WORKING_DAY: 24, TimeUnit.CALENDAR_DAY: 30}
    assert found.side_by_side == {TimeUnit.WORKING_DAY: 4, TimeUnit.CALENDAR_DAY: 30}
    assert (found.unit, found.is_timed) == (None, True)


def test_a_circle_in_an_old_edition_still_gives_an_order() -> None:
    """A page of the past must stand, whatever the gate let through then."""
    found = schedule({A: _power("A", 1), B: _power("B", 2)}, {A: [B], B: [A]}, frozenset())

    assert sorted(code for codes in found.rounds for code in codes) == [A, B]
