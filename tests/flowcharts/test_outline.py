"""The text form: reading order, loops told as ways back."""

from __future__ import annotations

from dataclasses import replace

from generator.flowcharts.outline import outline
from tests.flowcharts.samples import LICENCE, SAMPLES, TWO_STARTS, ZH, a_procedure


def test_a_step_is_told_after_all_that_lead_to_it():
    """Read aloud, a procedure must not speak of what has not been said."""
    for name, procedure in SAMPLES.items():
        for step in outline(procedure, ZH).steps:
            for way in step.ways:
                assert way.back == (way.number <= step.number), name
        assert [s.number for s in outline(procedure, ZH).steps] == [
            place for place, _ in enumerate(procedure.steps, 1)
        ]


def test_the_order_is_the_tables_own_where_the_flow_leaves_it_open():
    """Officials wrote the steps in the order in which they think of them."""
    ids = [step.id for step in outline(LICENCE, ZH).steps]

    assert ids == [step.id for step in LICENCE.steps]


def test_only_what_returns_is_told_as_a_way_back():
    """ "Back to step 2" must mean that one has been there."""
    back = [
        (step.id, way.number)
        for step in outline(LICENCE, ZH).steps
        for way in step.ways
        if way.back
    ]

    assert back == [("mend", 2), ("repair", 6)]


def test_steps_that_nothing_leads_to_are_told_all_the_same():
    """The text form serves drafts too, where an unreachable step is what one looks for."""
    assert {step.id for step in outline(TWO_STARTS, ZH).steps} == {"a", "b", "c", "d", "lost"}


def test_the_summary_counts_steps_and_decisions():
    """It is the first, and for some the only, thing a screen reader says of the drawing."""
    assert outline(LICENCE, ZH).summary == (
        "共11个环节，其中3处判断。开始：提出许可申请。"
        "结束：告知改办备案；公示并建信用档案；不予许可并说明理由。"
    )


def test_a_limit_half_filled_in_is_told_as_it_stands():
    """The gate refuses it; the preview of a draft must still show what is in the table."""
    procedure = a_procedure("a start 申请\nb end 办结", "a>b")
    half = replace(procedure.steps[1], limit=7)
    words = outline(replace(procedure, steps=(procedure.steps[0], half)), ZH)

    assert words.steps[1].limit == "7"
