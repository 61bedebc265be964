"""Compares limits in different units: begun on each day of a year, which ends later?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.sources import canonical
from generator.sources.canonical import Line
from generator.vetting.workdays import WorkCalendar, work_calendar

_MOST = {"working_day": 2500, "calendar_day": 3650, "hour": 87600, "month": 120, "year": 10}
"""Ten years; a longer limit is not told apart from one of ten years."""

_YEARS_AHEAD = 12


class Longer(StrEnum):
    """How often one limit ends after another, if it ever does."""

    SOMETIMES = "sometimes"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """How often a limit ends after another, and a start on which it does, with both ends."""

    longer: Longer
    start: date
    end: date
    allowed: date


class Spans:
    """The last days of limits, for each start in the year before that of `day`."""

    def __init__(self, calendar: WorkCalendar, day: date) -> None:
        year = min(max(day.year - 1, 1900), 9000)
        first, last = date(year, 1, 1), date(year, 12, 31)
        self.years = (year, year + 1)
        self.calendar = calendar
        self._starts = range(first.toordinal(), last.toordinal() + 1)
        ahead = range(self._starts.start, date(year + _YEARS_AHEAD, 1, 1).toordinal())
        self._workdays = [n for n in ahead if calendar.is_workday(date.fromordinal(n))]
        self._ends: dict[tuple[int, str], tuple[int, ...]] = {}
        self._extreme: dict[tuple[int, str], tuple[int, int]] = {}
        self._compared: dict[tuple[tuple[int, str], tuple[int, str]], Overrun | None] = {}

    def compare(self, limit: tuple[int, str], allowed: tuple[int, str]) -> Overrun | None:
        """Return how often a limit (number, unit) ends after another; None if it never does.

        In one unit the number alone counts, though both may end after the same holiday.
        """
        if (limit, allowed) not in self._compared:
            self._compared[limit, allowed] = self._compare(limit, allowed)
        return self._compared[limit, allowed]

    def _compare(self, limit: tuple[int, str], allowed: tuple[int, str]) -> Overrun | None:
        alike = limit[1] == allowed[1]
        if alike and limit[0] <= allowed[0]:
            return None
        ends, bounds = self._last_days(*limit), self._last_days(*allowed)
        late = [n for n, (end, bound) in enumerate(zip(ends, bounds, strict=True)) if end > bound]
        if not late and not alike:
            return None
        first = late[0] if late else 0
        return Overrun(
            longer=Longer.ALWAYS if alike or len(late) == len(ends) else Longer.SOMETIMES,
            start=date.fromordinal(self._starts[first]),
            end=date.fromordinal(ends[first]),
            allowed=date.fromordinal(bounds[first]),
        )

    def shortest(self, limit: int, unit: str) -> int:
        """Return the fewest calendar days that a limit takes."""
        return self._extremes(limit, unit)[0]

    def longest(self, limit: int, unit: str) -> int:
        """Return the most calendar days that a limit takes."""
        return self._extremes(limit, unit)[1]

    def _extremes(self, limit: int, unit: str) -> tuple[int, int]:
        if (limit, unit) not in self._extreme:
            ends = self._last_days(limit, unit)
            taken = [end - start for start, end in zip(self._starts, ends, strict=True)]
            self._extreme[limit, unit] = min(taken), max(taken)
        return self._extreme[limit, unit]

    def _last_days(self, limit: int, unit: str) -> tuple[int, ...]:
        limit = min(limit, _MOST.get(unit, 0))
        if (limit, unit) not in self._ends:
            self._ends[limit, unit] = tuple(self._last(n, limit, unit) for n in self._starts)
        return self._ends[limit, unit]

    def _last(self, start: int, limit: int, unit: str) -> int:
        # As WorkCalendar.last_day, by a list of working days: thousands are asked for.
        if unit == "working_day":
            return (
                self._workdays[bisect_right(self._workdays, start) + limit - 1] if limit else start
            )
        if unit == "calendar_day":
            return self._workdays[bisect_left(self._workdays, start + limit)]
        return self.calendar.last_day(date.fromordinal(start), limit, unit).toordinal()


def spans(rows: Iterable[Line], day: date) -> Spans:
    """Return the spans of a day, with the city's own rows of calendar.csv."""
    own = {}
    for line in rows:
        shifted, kind = canonical.day(line.values.get("day")), line.values.get("kind")
        if shifted and kind in ("holiday", "workday"):
            own[shifted] = kind == "workday"
    return Spans(work_calendar(own), day)
