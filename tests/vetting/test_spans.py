"""Limits in different units compared, and the longest way through a procedure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.codes import PowerCode
from generator.sources.canonical import Line
from generator.vetting.draft import Course, Draft
from generator.vetting.longest import longest_way
from generator.vetting.spans import Longer, spans

YEAR = spans((), date(2026, 3, 1))  # begun in 2025


@pytest.mark.parametrize(
    ("limit", "allowed", "longer"),
    [
        pytest.param((20, "working_day"), (20, "working_day"), None, id="same"),
        pytest.param((21, "working_day"), (20, "working_day"), Longer.ALWAYS, id="one-more"),
        pytest.param((31, "calendar_day"), (30, "calendar_day"), Longer.ALWAYS, id="same-unit"),
        pytest.param((25, "hour"), (24, "hour"), Longer.ALWAYS, id="an-hour-more"),
        pytest.param((20, "calendar_day"), (20, "working_day"), None, id="calendar-in-working"),
        pytest.param((20, "working_day"), (20, "calendar_day"), Longer.ALWAYS, id="working-longer"),
        pytest.param((1, "month"), (20, "working_day"), Longer.SOMETIMES, id="month"),
        pytest.param((2, "month"), (20, "working_day"), Longer.ALWAYS, id="two-months"),
        pytest.param((12, "month"), (1, "year"), None, id="a-year"),
        pytest.param((0, "on_the_spot"), (1, "working_day"), None, id="on-the-spot"),
        pytest.param((1, "working_day"), (0, "on_the_spot"), Longer.ALWAYS, id="not-on-the-spot"),
        pytest.param((10**9, "month"), (10**9, "year"), None, id="beyond-all-calendars"),
    ],
)
def test_limits_in_different_units_are_compared_day_by_day(
    limit: tuple[int, str], allowed: tuple[int, str], longer: Longer | None
) -> None:
    """A month sounds shorter than twenty working days, and at the Spring Festival it is."""
    found = YEAR.compare(limit, allowed)

    assert (found.longer if found else None) == longer
    if found and limit[1] != allowed[1]:
        assert found.start <= found.allowed < found.end


@given(
    st.integers(0, 10),
    st.sampled_from(["working_day", "calendar_day", "month", "year", "hour", "on_the_spot"]),
    st.sampled_from([date(2025, 1, 1), date(2025, 1, 27), date(2025, 9, 30), date(2025, 12, 31)]),
)
def test_the_fast_count_is_the_calendar_s_own(limit: int, unit: str, start: date) -> None:
    """A span that differs from the calendar would accuse a department of a day it kept."""
    ends = YEAR._last_days(limit, unit)

    last = YEAR.calendar.last_day(start, limit, unit)
    assert ends[start.timetuple().tm_yday - 1] == last.toordinal()
    assert YEAR.shortest(limit, unit) <= (last - start).days <= YEAR.longest(limit, unit)


def course(moves: str, **days: int) -> Course:
    """Return a procedure from "a>b b>c"; the first step is its start, others take some days."""
    ways = [tuple(way.split(">")) for way in moves.split()]
    names = dict.fromkeys(name for way in ways for name in way)
    kinds = dict.fromkeys(names, "task") | {next(iter(names)): "start"}
    steps = [
        Line("steps", n, {"id": name, "kind": kinds[name], "limit": days.get(name, 0)})
        for n, name in enumerate(names, start=2)
    ]
    lines = [Line("moves", n, {"source": a, "target": b}) for n, (a, b) in enumerate(ways, start=2)]
    own = Line("powers", 2, {"code": "P"})
    children = {"steps": tuple(steps), "moves": tuple(lines)}
    return Draft(code=PowerCode("P"), line=own, children=children).course


@pytest.mark.parametrize(
    ("moves", "days", "total", "way"),
    [
        pytest.param("a>b b>c", {"b": 2, "c": 3}, 5, "abc", id="in-a-row"),
        pytest.param("a>b a>c b>d c>d", {"b": 2, "c": 7, "d": 1}, 8, "acd", id="the-longer-branch"),
        pytest.param("a>b b>c c>b c>d", {"b": 2, "c": 3, "d": 1}, 6, "abcd", id="loop-once"),
        pytest.param("a>b b>b b>c", {"b": 2, "c": 1}, 3, "abc", id="loop-on-itself"),
        pytest.param("a>b b>a", {"a": 1, "b": 2}, 3, "ab", id="back-to-the-start"),
        pytest.param("a>b x>y", {"b": 2, "y": 99}, 2, "ab", id="not-reached"),
    ],
)
def test_the_longest_way_takes_each_step_once(
    moves: str, days: dict[str, int], total: int, way: str
) -> None:
    """A procedure must not be refused for a loop that nobody may ever take."""
    found = course(moves, **days)

    assert longest_way(found, lambda line: line.values["limit"]) == (total, tuple(way))


def test_a_procedure_without_a_start_has_no_way() -> None:
    """The gate says that the start is missing; the time of it is nobody's question."""
    found = Draft(code=PowerCode("P"), line=Line("powers", 2, {}), children={}).course

    assert longest_way(found, lambda line: 1.0) == (0.0, ())


def test_a_very_long_procedure_is_measured_too() -> None:
    """A list of a thousand steps must bring a finding, not a traceback."""
    found = course(" ".join(f"s{n}>s{n + 1}" for n in range(3000)))

    assert longest_way(found, lambda line: 1.0)[0] == 3001


@pytest.mark.parametrize("when", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_no_end_of_the_gate(when: date) -> None:
    """A city with a mistyped day gets findings, not a traceback."""
    found = spans((), when).compare((20, "working_day"), (20, "calendar_day"))

    assert found is not None
