"""Working days: the State Council's holidays and shifted days, with the city's own rows over them.

The library `chinesecalendar` knows the years from 2004 on that have been announced; what
it does not know yet a city enters in calendar.csv. Source: 全国年节及纪念日放假办法 and the
yearly notices of the State Council's office; 国务院关于职工工作时间的规定 Art. 7 (Saturday
and Sunday are days of rest).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are working days; `shifted` are those that a weekday alone does not tell.

    In a year that is not among `years` only Saturdays and Sundays are days of rest: ask
    `knows` before anything is said in public.
    """

    years: frozenset[int]
    shifted: Mapping[date, bool] = field(repr=False)

    def knows(self, year: int) -> bool:
        """Tell whether the holidays and shifted days of a year are known."""
        return year in self.years

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        found = self.shifted.get(day)
        return day.weekday() < _SATURDAY if found is None else found

    def add_workdays(self, day: date, n: int) -> date:
        """Return the last of `n` working days; the first day is not counted.

        Source: 民事诉讼法 Art. 85 (periods), to which the other laws refer.
        """
        while n > 0:
            day += _DAY
            n -= self.is_workday(day)
        return day

    def moved_on(self, day: date) -> date:
        """Return the day, or the first working day after a last day that is a day of rest.

        Source: 民事诉讼法 Art. 85.
        """
        while not self.is_workday(day):
            day += _DAY
        return day

    def last_day(self, start: date, limit: int, unit: str) -> date:
        """Return the last day of a limit that begins to run after `start`.

        The unit is one of the tables'; hours count as whole days begun and over.
        Raises KeyError for a unit that is none.
        """
        if unit == "working_day":
            return self.add_workdays(start, limit)
        if unit in ("on_the_spot", "hour"):
            return start + timedelta(days=limit // 24 if unit == "hour" else 0)
        if unit == "calendar_day":
            return self.moved_on(start + timedelta(days=limit))
        return self.moved_on(_months_after(start, limit * {"month": 1, "year": 12}[unit]))


def work_calendar(own: Mapping[date, bool] | None = None) -> WorkCalendar:
    """Return the calendar of the library with a city's own days over it; True is a working day.

    A year of the city's own counts as known once its 1 January and 1 October are entered.
    """
    known = _library()
    if not own:
        return known
    return WorkCalendar(years=known.years | _years(own), shifted={**known.shifted, **own})


def _years(days: Mapping[date, bool]) -> frozenset[int]:
    """Return the years of which more is there than the New Year that the last notice named."""
    october = {day.year for day in days if (day.month, day.day) == (10, 1)}
    return frozenset(year for year in october if date(year, 1, 1) in days)


@cache
def _library() -> WorkCalendar:
    # Imported here: most commands never ask for a working day.
    from chinese_calendar.constants import (  # type: ignore[import-untyped]
        holidays,
        workdays,
    )

    shifted = dict.fromkeys(holidays, False) | dict.fromkeys(workdays, True)
    return WorkCalendar(years=_years(shifted), shifted=shifted)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
