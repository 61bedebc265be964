"""A chart and its text form say the same; both are read back on their own."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.flowcharts.chart import Failure, draw
from generator.flowcharts.draw import Charts
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.outline import outline
from generator.flowcharts.plan import pack, unpack
from generator.flowcharts.svg import Chart, inline
from generator.model.power import Procedure
from tests.flowcharts.drawings import read, squeezed
from tests.flowcharts.samples import SAMPLES, ZH, at_random


def of_table(procedure: Procedure) -> tuple[Counter[object], Counter[object]]:
    """Return steps and moves as the tables have them."""
    limits = {"on_the_spot": "当场办结", "working_day": "个工作日", "calendar_day": "个自然日"}

    def limit(step: object) -> str:
        number, unit = step.limit, step.unit  # type: ignore[attr-defined]
        if number is None:
            return limits.get(unit, "").removeprefix("个")
        return limits[unit] if unit == "on_the_spot" else f"{number}{limits[unit]}"

    names = {step.id: squeezed(step.name) for step in procedure.steps}
    steps = Counter(
        (
            step.kind.value,
            names[step.id],
            squeezed(step.post),
            squeezed(limit(step)),
            step.counted is False,
            squeezed(step.document),
        )
        for step in procedure.steps
    )
    moves = Counter({(m.source, m.target, squeezed(m.condition)): 1 for m in procedure.moves})
    return steps, Counter(
        (names[source], names[target], condition) for source, target, condition in moves
    )


def of_drawing(svg: str) -> tuple[Counter[object], Counter[object]]:
    """Return steps and moves as the drawing shows them."""
    chart = read(svg)
    steps = Counter(
        (
            step.kind,
            step.words["name"],
            step.words.get("post", ""),
            step.words.get("limit", ""),
            "uncounted" in step.words,
            step.words.get("document", ""),
        )
        for step in chart.steps
    )
    names = [step.words["name"] for step in chart.steps]
    return steps, Counter(
        (names[way.source], names[way.target], way.condition) for way in chart.ways
    )


def of_text(procedure: Procedure) -> tuple[Counter[object], Counter[object]]:
    """Return steps and moves as the text form tells them."""
    words = outline(procedure, ZH)
    steps = Counter(
        (
            step.kind.value,
            squeezed(step.name),
            squeezed(step.post),
            squeezed(step.limit),
            not step.counted,
            squeezed(step.document),
        )
        for step in words.steps
    )
    moves = Counter(
        (squeezed(step.name), squeezed(words.steps[way.number - 1].name), squeezed(way.condition))
        for step in words.steps
        for way in step.ways
    )
    return steps, moves


@pytest.mark.parametrize("name", SAMPLES)
def test_drawing_text_and_tables_say_the_same(name: str, samples: Charts):
    """Whoever cannot see the drawing must not be told another procedure than whoever can."""
    expected = of_table(SAMPLES[name])

    assert of_drawing(samples.inline(samples.prints[name], "x", name)) == expected
    assert of_text(SAMPLES[name]) == expected


@pytest.mark.parametrize("seed", range(40))
def test_any_procedure_is_drawn_as_it_stands(seed: int):
    """A flow nobody thought of must not lose a step or a way in the drawing."""
    procedure = at_random(seed, steps=4 + seed % 14, moves=6 + seed % 19)
    drawn = draw(unpack(pack(outline(procedure, ZH))), Graphviz())

    assert not isinstance(drawn, Failure)
    svg = inline(Chart.read(drawn, ""), "x", "x")
    named_alike = len({step.name for step in procedure.steps}) < len(procedure.steps)
    steps, ways = of_drawing(svg)
    expected_steps, expected_ways = of_text(procedure)
    assert steps == expected_steps
    assert named_alike or ways == expected_ways
    assert len(read(svg).ways) == sum(expected_ways.values())
