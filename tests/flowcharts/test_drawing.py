"""What a reader sees: nothing lies on anything else, all fits, and the bytes are those reviewed."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from generator.flowcharts.chart import Failure, draw
from generator.flowcharts.draw import Charts
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.levels import WIDEST
from generator.flowcharts.outline import outline
from generator.flowcharts.plan import pack, unpack
from generator.flowcharts.svg import Chart, inline
from generator.model.power import Procedure
from tests.flowcharts.drawings import DrawnChart, read, segments
from tests.flowcharts.samples import SAMPLES, ZH, at_random

GOLDEN = Path(__file__).parent / "golden"
Edges = tuple[float, float, float, float]


def drawn(procedure: Procedure) -> str:
    body = draw(unpack(pack(outline(procedure, ZH))), Graphviz())
    assert not isinstance(body, Failure)
    return inline(Chart.read(body, ""), "x", "x")


def overlap(a: Edges, b: Edges, by: float = 0) -> bool:
    return a[0] < b[2] - by and b[0] < a[2] - by and a[1] < b[3] - by and b[1] < a[3] - by


def faults(chart: DrawnChart) -> list[str]:
    """Return what lies on what, or outside."""
    boxes = [(box.left, box.top, box.right, box.bottom) for box in chart.steps]
    signs = [(sign.left, sign.top, sign.right, sign.bottom) for sign in chart.signs]
    found = [f"boxes {a} {b}" for a, b in combinations(boxes, 2) if overlap(a, b)]
    found += [f"conditions {a} {b}" for a, b in combinations(signs, 2) if overlap(a, b, 2)]
    found += [f"box {a} and condition {b}" for a in boxes for b in signs if overlap(a, b)]
    found += [
        f"outside {edges}"
        for edges in boxes + signs
        if edges[0] < 0 or edges[1] < 0 or edges[2] > chart.wide or edges[3] > chart.high
    ]
    for way in chart.ways:
        for line in segments(way.points):
            found += [f"line {line} in box {box}" for box in boxes if overlap(line, box, 1)]
            found += [
                f"line {line} of {way.condition!r} under condition {sign.words!r}"
                for sign, edges in zip(chart.signs, signs, strict=True)
                if overlap((line[0] - 1, line[1] - 1, line[2] + 1, line[3] + 1), edges, 1)
                and sign.words != way.condition
            ]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_lies_on_anything_else(name: str, samples: Charts):
    """A line through a word makes a chart that nobody can read."""
    assert faults(read(samples.inline(samples.prints[name], "x", name))) == []


@pytest.mark.parametrize("seed", range(25))
def test_nothing_lies_on_anything_else_in_any_procedure(seed: int):
    """No one looks at 2,515 charts before they are published."""
    procedure = at_random(seed, steps=5 + seed % 13, moves=7 + seed % 17)

    assert faults(read(drawn(procedure))) == []


def test_two_arrows_share_a_line_only_where_one_forks_or_both_arrive():
    """Where strangers' lines run on one another, a reader follows the wrong one."""
    for seed in range(25):
        chart = read(drawn(at_random(seed, steps=10, moves=13)))
        for a, b in combinations(chart.ways, 2):
            if a.source == b.source or a.target == b.target:
                continue
            for one in segments(a.points):
                for other in segments(b.points):
                    wide = min(one[2], other[2]) - max(one[0], other[0])
                    high = min(one[3], other[3]) - max(one[1], other[1])
                    assert not (wide == 0 and high > 8) and not (high == 0 and wide > 8), (
                        f"seed {seed}: {one} {other}"
                    )


@pytest.mark.parametrize("name", ["licence", "penalty", "short"])
def test_the_drawing_is_the_one_reviewed(name: str, samples: Charts):
    """A change of looks must be seen by somebody before 2,515 charts change."""
    golden = GOLDEN / f"{name}.svg"

    assert samples.inline(samples.prints[name], "P-1", name) + "\n" == golden.read_text("utf-8")


@pytest.mark.parametrize("name", ["licence", "penalty", "parallel", "loop", "short"])
def test_an_ordinary_chart_fits_a_telephone(name: str, samples: Charts):
    """Most people look at it on a telephone of 390 pixels, and will not scroll sideways."""
    chart = samples.drawn[samples.prints[name]]

    assert chart.wide <= WIDEST + 6
    assert chart.wide <= 356


def test_a_wide_chart_can_be_scrolled_by_keyboard(samples: Charts):
    """Who has no mouse must reach the right half of a wide chart too."""
    procedure = SAMPLES["many-ways"]
    many = Procedure(
        steps=(*procedure.steps, *(_renamed(step, "b") for step in procedure.steps[2:])),
        moves=(*procedure.moves, *(_removed(move, "b") for move in procedure.moves[3:])),
    )
    words = drawn(many)

    assert 'class="fc fc-wide"' in words
    assert '<div class="fc-frame" role="region" tabindex="0" aria-labelledby="x-t">' in words
    assert "tabindex" not in samples.inline(samples.prints["short"], "x", "x")


def _renamed(step, mark):
    return type(step)(id=step.id + mark, name=step.name + mark, kind=step.kind)


def _removed(move, mark):
    return type(move)(source="b", target=move.target + mark, condition=move.condition + mark)


@pytest.mark.parametrize("name", ["licence", "penalty"])
def test_a_chart_stays_small(name: str, samples: Charts):
    """Each stands in two pages: a kilobyte more is five megabytes more for the city."""
    words = samples.inline(samples.prints[name], "HD31-XK-002", name)

    assert len(words.encode()) / len(SAMPLES[name].steps) < 800


def test_decisions_waits_ends_and_uncounted_time_are_told_apart_without_colour(samples: Charts):
    """One man in twelve sees colours differently, and most printers print none."""
    words = samples.inline(samples.prints["licence"], "x", "x")

    for kind, shape in (("decision", "<path"), ("task", "<rect"), ("wait", "<rect")):
        group = words.split(f'<g class="fc-{kind}"', 1)[1].split("</g>", 1)[0]
        assert f'{shape} class="fc-s"' in group
    waiting = words.split('<g class="fc-wait"', 1)[1].split("</g>", 1)[0]
    task = words.split('<g class="fc-task"', 1)[1].split("</g>", 1)[0]
    assert waiting.count("m1.5-5h8") == 1  # the hourglass
    assert "m1.5-5h8" not in task
    assert 'class="fc-u"' in waiting and "不计入时限" in waiting
