"""The texts on the desk: each distinct one is read once, and every row that holds it is told."""

from __future__ import annotations

import re

from generator.sources.canonical import Line
from generator.vetting.scroll import unroll


def a_line(number: int, **values: object) -> Line:
    return Line("powers", number, values)


LINES = (
    a_line(2, code="A", name="one two", aliases=["three", "one"]),
    a_line(3, code="B", name="one two", promised_limit="one"),
    a_line(4, code="one", name="four", promised_limit=1),
)


def test_every_row_with_a_suspect_text_is_told_in_order() -> None:
    """A fault that stands in many rows must not be mended in the first alone."""
    scroll = unroll(LINES)

    cells = scroll.cells(scroll.suspects(re.compile("one")))

    found = [(line.number, column, text) for line, column, text in cells]
    assert sorted(found) == [
        (2, "aliases", "one"),
        (2, "name", "one two"),
        (3, "name", "one two"),
        (3, "promised_limit", "one"),
        (4, "code", "one"),
    ]
    assert [number for number, _, _ in found] == sorted(number for number, _, _ in found)


def test_a_match_does_not_reach_from_one_text_into_the_next() -> None:
    """Two innocent cells side by side are no identity number."""
    lines = (a_line(2, code="12", name="34"), a_line(3, code="56", name="78"))

    assert unroll(lines).suspects(re.compile("[0-9]{3}")) == {}


def test_a_row_with_two_long_texts_is_told_once() -> None:
    """A chart's text that is too long is asked about line by line."""
    long = a_line(9, code="x" * 10, name="y" * 10)

    assert [line.number for line in unroll((*LINES, long)).longer_than(9)] == [9]
