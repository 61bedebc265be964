"""Working days: weekends, holidays, shifted days, and the city's own rows over the library's."""

from __future__ import annotations

from datetime import date

import pytest

from generator.sources.canonical import Line
from generator.vetting.spans import spans
from generator.vetting.workdays import work_calendar

YEAR = work_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2025-01-26", True),  # a Sunday, shifted
        ("2025-02-08", True),  # a Saturday, shifted
        *((f"2025-01-{n}", False) for n in range(28, 32)),
        *((f"2025-02-0{n}", False) for n in range(1, 5)),
        ("2025-02-05", True),
        ("2025-04-27", True),
        ("2025-05-01", False),
        ("2025-05-05", False),
        ("2025-09-28", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2025-03-01", False),  # a Saturday like any other
        ("2025-03-03", True),
    ],
)
def test_the_days_of_2025_are_those_of_the_notice(when: str, works: bool) -> None:
    """Who counts a Sunday off on which offices work tells a citizen the wrong last day."""
    assert YEAR.is_workday(day(when)) is works


@pytest.mark.parametrize("year", [2007, 2015, 2024, 2025, 2026])
def test_announced_years_are_known(year: int) -> None:
    """A remark on a year that is known would send the city to enter what is there."""
    assert YEAR.knows(year)


def test_a_year_not_announced_is_not_known() -> None:
    """Nobody may say in public which days of 2034 are off."""
    assert not YEAR.knows(2034)


@pytest.mark.parametrize(
    ("start", "limit", "unit", "last"),
    [
        pytest.param("2025-03-03", 1, "working_day", "2025-03-04", id="first-day-not-counted"),
        pytest.param("2025-03-07", 1, "working_day", "2025-03-10", id="over-a-weekend"),
        pytest.param("2025-01-24", 1, "working_day", "2025-01-26", id="shifted-sunday-counts"),
        pytest.param("2025-01-27", 1, "working_day", "2025-02-05", id="over-spring-festival"),
        pytest.param("2025-03-03", 20, "working_day", "2025-03-31", id="twenty"),
        pytest.param("2025-03-03", 5, "calendar_day", "2025-03-10", id="saturday-moves-on"),
        pytest.param("2025-04-24", 7, "calendar_day", "2025-05-06", id="holiday-moves-on"),
        pytest.param("2025-03-03", 7, "calendar_day", "2025-03-10", id="workday-stays"),
        pytest.param("2025-01-31", 1, "month", "2025-02-28", id="shorter-month"),
        pytest.param("2024-02-29", 1, "year", "2025-02-28", id="leap-year"),
        pytest.param("2025-03-03", 24, "hour", "2025-03-04", id="hours"),
        pytest.param("2025-03-03", 2, "hour", "2025-03-03", id="same-day"),
        pytest.param("2025-03-03", 0, "on_the_spot", "2025-03-03", id="on-the-spot"),
    ],
)
def test_a_limit_ends_on_its_last_day(start: str, limit: int, unit: str, last: str) -> None:
    """An applicant who comes on the last day must not be told that it was yesterday."""
    assert YEAR.last_day(day(start), limit, unit) == day(last)


def test_the_city_s_own_days_count_before_the_library_s() -> None:
    """A notice that came late, or a mistake of the library, is mended by the city itself."""
    own = work_calendar({day("2025-01-26"): False, day("2025-03-03"): False})

    assert not own.is_workday(day("2025-01-26")) and not own.is_workday(day("2025-03-03"))
    assert own.is_workday(day("2025-02-08"))
    assert YEAR.is_workday(day("2025-03-03"))


def test_a_year_counts_as_known_once_its_first_and_last_holidays_are_entered() -> None:
    """A single row must not make a year pass for one that is known."""
    half = work_calendar({day("2034-01-01"): False})
    full = work_calendar({day("2034-01-01"): False, day("2034-10-01"): False})

    assert not half.knows(2034) and full.knows(2034)


def test_calendar_rows_that_cannot_be_read_are_passed_over() -> None:
    """The gate reports them; until they are mended the rest of the calendar holds."""
    rows = [
        Line("calendar", 2, {"day": "2025-03-03", "kind": "holiday"}),
        Line("calendar", 3, {"day": "3 March", "kind": "holiday"}),
        Line("calendar", 4, {"day": "2025-03-04", "kind": "day off"}),
        Line("calendar", 5, {"kind": "workday"}),
    ]

    calendar = spans(rows, day("2026-03-01")).calendar

    assert not calendar.is_workday(day("2025-03-03"))
    assert calendar.is_workday(day("2025-03-04"))
