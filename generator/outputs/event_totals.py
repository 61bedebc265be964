"""What a life event takes in all: powers, bodies, materials, and the time it must and need not take."""

from __future__ import annotations

from collections.abc import Mapping

from generator.flowcharts.longest import Span, span
from generator.i18n import Translator
from generator.model.codes import FeeKind, PowerCode
from generator.model.power import Power
from generator.outputs.event_schedule import Schedule
from generator.pages.contexts import EventTotals
from generator.pages.materials import merge


def totals(
    schedule: Schedule, powers: Mapping[PowerCode, Power], tr: Translator
) -> EventTotals | None:
    """Return the sums over the powers that everybody needs; over all if each is optional.

    None for an event without powers in force.
    """
    needed = [powers[code] for code in schedule.needed]
    if not needed:
        return None
    active = sum(1 for codes in schedule.rounds for code in codes if powers[code].is_active)
    wanted = merge((power, False) for power in needed)
    timed = schedule.is_timed
    return EventTotals(
        powers=len(needed),
        optional=active - len(needed),
        bodies=len({power.department for power in needed}),
        materials=sum(1 for thing in wanted if thing.always and not thing.shared),
        with_fee=sum(1 for power in needed if power.fee is FeeKind.STATUTORY),
        one_by_one=_words(schedule.one_by_one, tr) if timed else "",
        side_by_side=_words(schedule.side_by_side, tr) if timed else "",
        untimed=sum(1 for each in schedule.spans.values() if each is None),
    )


def _words(time: Span, tr: Translator) -> str:
    return span(time, tr) or tr("on the spot")
