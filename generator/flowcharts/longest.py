"""The longest way through a procedure, and how much time it takes: counted and not counted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.flowcharts.outline import reading_order
from generator.model.codes import TimeUnit
from generator.model.power import Procedure, Step
from generator.pages import labels

if TYPE_CHECKING:
    from generator.i18n import Translator

Span = Counter[TimeUnit]
"""A length of time, unit by unit: working days and calendar days cannot be added up."""

DAYS = {
    TimeUnit.HOUR: 1 / 24,
    TimeUnit.CALENDAR_DAY: 1.0,
    TimeUnit.WORKING_DAY: 7 / 5,
    TimeUnit.MONTH: 30.0,
    TimeUnit.YEAR: 365.0,
}
"""About how many days a unit is; only to find which way is the longest, never to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Longest:
    """The way that takes the most time; of several, the one with the most steps.

    `numbers` are its steps in reading order, from 1; `timed` of them have a limit.
    """

    numbers: tuple[int, ...]
    counted: Span
    uncounted: Span
    timed: int

    def __bool__(self) -> bool:
        return bool(self.numbers)

    @property
    def days(self) -> int:
        """The whole time in days of the calendar, about: to sort and to choose by."""
        return round(sum(n * DAYS[unit] for unit, n in (self.counted + self.uncounted).items()))


def longest(procedure: Procedure) -> Longest:
    """Return the longest way through a procedure.

    Each step is passed once: nobody can tell how often a way back will be taken. A step
    without a limit takes no time here; `timed` says how many have one.
    """
    order = reading_order(procedure)
    place = {step.id: number for number, step in enumerate(order)}
    best = [(_days(step), 1) for step in order]
    before: list[int | None] = [None] * len(order)
    turns = sorted(
        (place[move.source], place[move.target])
        for move in procedure.moves
        if move.source in place and move.target in place
    )
    for source, target in turns:  # by source in reading order, so that sources are settled
        if source < target:
            days, steps = best[source]
            way = (round(days + _days(order[target]), 6), steps + 1)
            if way > best[target]:
                best[target], before[target] = way, source
    numbers: list[int] = []
    here = max(range(len(order)), key=best.__getitem__, default=None)
    while here is not None:
        numbers.append(here + 1)
        here = before[here]
    numbers.reverse()
    passed = [order[number - 1] for number in numbers]
    return Longest(
        numbers=tuple(numbers),
        counted=_sum(step for step in passed if step.counted is not False),
        uncounted=_sum(step for step in passed if step.counted is False),
        timed=sum(1 for step in passed if step.unit is not None),
    )


def words(way: Longest, tr: Translator) -> str:
    """Return the time of a way in a sentence; empty if none of its steps has a limit."""
    if not way.timed:
        return ""
    counted, uncounted = span(way.counted, tr), span(way.uncounted, tr)
    if uncounted and counted:
        return tr(
            "The longest way takes {counted} that count in the time limit, and {uncounted} that do not.",
            counted=counted,
            uncounted=uncounted,
        )
    if uncounted:
        return tr(
            "The longest way takes {uncounted}, none of which count in the time limit.",
            uncounted=uncounted,
        )
    if counted:
        return tr(
            "The longest way takes {counted}, all of which count in the time limit.",
            counted=counted,
        )
    return tr("The longest way is done on the spot.")


def span(time: Span, tr: Translator) -> str:
    """Return a length of time in words, empty if it is none."""
    return tr(" and ").join(labels.limit(time[unit], unit, tr) for unit in TimeUnit if time[unit])


def _days(step: Step) -> float:
    return (step.limit or 0) * DAYS.get(step.unit, 0.0) if step.unit else 0.0


def _sum(steps: Iterable[Step]) -> Span:
    total: Span = Counter()
    for step in steps:
        if step.limit and step.unit and step.unit is not TimeUnit.ON_THE_SPOT:
            total[step.unit] += step.limit
    return total
