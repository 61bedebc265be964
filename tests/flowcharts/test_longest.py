"""The longest way through a procedure and its time: what people plan their lives by."""

from __future__ import annotations

import pytest

from generator.flowcharts.longest import longest, span, words
from generator.i18n import Translator
from generator.model.power import Procedure
from tests.flowcharts.samples import LICENCE, LINE, SAMPLES, a_procedure

EN = Translator("en")


def test_the_longest_way_is_found_and_its_time_told_apart():
    """Twenty days promised are twenty-five when what does not count is left unsaid."""
    way = longest(LICENCE)

    assert [LICENCE.steps[n - 1].id for n in way.numbers] == [
        "apply", "accept", "papers", "site", "decide", "issue", "done",
    ]  # fmt: skip
    assert span(way.counted, EN) == "9 working days"
    assert span(way.uncounted, EN) == "15 working days"
    assert words(way, EN) == (
        "The longest way takes 9 working days that count in the time limit, "
        "and 15 working days that do not."
    )


def test_a_way_back_is_not_walked_twice():
    """Nobody can tell how often papers will be sent back; a sum that guesses misleads."""
    way = longest(
        a_procedure("a start A\nb decision B | | 5d\nc wait C | | 30d\nd end D", "a>b b>c c>b b>d")
    )

    assert way.days == 35 and len(way.numbers) == 3


@pytest.mark.parametrize(
    "steps, said",
    [
        pytest.param("a start A\nb end B", "", id="no limit"),
        pytest.param(
            "a start A\nb end B | | 0", "The longest way is done on the spot.", id="on the spot"
        ),
        pytest.param(
            "a start A | | 3h-\nb end B",
            "The longest way takes 3 hours, none of which count in the time limit.",
            id="nothing counts",
        ),
        pytest.param(
            "a start A | | 3h\nb end B | | 30d",
            "The longest way takes 30 calendar days and 3 hours, all of which count in the time limit.",
            id="units are not added up",
        ),
    ],
)
def test_what_is_not_known_is_not_said(steps: str, said: str):
    """A time that nobody fixed must not look like none."""
    assert words(longest(a_procedure(steps, "a>b")), EN) == said


def test_every_kind_of_flow_has_a_longest_way():
    """A page must not fail for the shape of a procedure."""
    for name, procedure in SAMPLES.items():
        way = longest(procedure)
        assert list(way.numbers) == sorted(way.numbers), name
    assert not longest(Procedure())
    assert longest(LINE).numbers == (1, 2, 3)
