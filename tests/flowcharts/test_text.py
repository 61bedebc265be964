"""Measuring and breaking text: Chinese rules for the ends of lines, whole words, even lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.flowcharts.text import CLOSING, OPENING, clean, width, wrap


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        pytest.param("受理", 8, ("受理",), id="fits"),
        pytest.param("", 8, (), id="nothing"),
        pytest.param("受理行政许可申请书", 8, ("受理行政许", "可申请书"), id="even"),
        pytest.param(
            "调查取证，制作笔录", 5, ("调查取证，", "制作笔录"), id="no-line-opens-with-，"
        ),
        pytest.param(
            "出具《不予受理决定书》", 3, ("出具", "《不予", "受理决", "定书》"), id="《-stays"
        ),
        pytest.param(
            "限15个工作日办结", 4, ("限15个", "工作日", "办结"), id="figure-and-measure-word"
        ),
        pytest.param("Review of documents", 6, ("Review of", "documents"), id="whole-words"),
        pytest.param(
            "Administrationsakt", 4, ("Adminis", "trations", "akt"), id="longer-than-a-line"
        ),
    ],
)
def test_lines_break_where_a_typesetter_would(text: str, limit: float, lines: tuple[str, ...]):
    """A line that opens with a comma looks like an error in an official's chart."""
    assert wrap(text, limit) == lines


@given(st.text(alphabet="受理申请AB c，。（）《》15.", max_size=40), st.integers(3, 12))
def test_no_word_is_lost_and_no_line_too_long(text: str, limit: int):
    """What the break loses, nobody can appeal against."""
    text = re.sub(rf"\s+(?=[{re.escape(CLOSING)}])", "", clean(text))
    lines = wrap(text, limit)

    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        hanging = line.rstrip(CLOSING).lstrip(OPENING)
        assert width(hanging) <= limit + 1
    for line in lines[1:]:
        assert line[0] not in CLOSING or all(char in CLOSING + OPENING for char in line)


@pytest.mark.parametrize(
    ("raw", "fit"),
    [
        ("a\x00b\x1bc\x7f", "abc"),
        ("受\u202e理\u2066", "受理"),
        ("  two \t lines\n here ", "two lines here"),
        ("\ufffe\ud800x", "x"),
        ("受理", "受理"),
    ],
)
def test_what_xml_cannot_carry_is_taken_out(raw: str, fit: str):
    """One NUL from a spreadsheet must not make a chart that no browser opens."""
    assert clean(raw) == fit


def test_a_chinese_character_is_one_em_and_a_letter_less():
    """Measured too narrow, a name would run out of its box on every machine."""
    assert width("受理，") == 3
    assert 0.5 <= width("n") < width("n", bold=True) < 0.7
    assert width("e\u0301") == width("e")
