"""Says which procedures have no drawing, why, and what would give them one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.flowcharts.chart import Failure
from generator.flowcharts.draw import Charts
from generator.i18n import Translator
from generator.model.sizes import MOST_MOVES, MOST_SIGNS, MOST_STEPS
from generator.vetting.finding import Finding, Severity


def undrawn(charts: Charts, tr: Translator) -> Iterator[Finding]:
    """Yield a finding for each procedure that is published in its text form only."""
    for code, key in charts.prints.items():
        if key in charts.failed:
            reason, remedy = _why(charts.failed[key], tr)
            yield Finding(
                code="P900",
                severity=Severity.WARNING,
                table="steps",
                record=code,
                message=tr("the procedure has no flowchart; its page shows the steps as a list"),
                reason=reason,
                remedy=remedy,
            )


def _why(failure: Failure, tr: Translator) -> tuple[str, str]:
    match failure:
        case Failure.TOO_LARGE:
            return (
                tr(
                    "a drawing of more than {steps} steps or {moves} moves cannot be read",
                    steps=MOST_STEPS,
                    moves=MOST_MOVES,
                ),
                tr("divide the procedure, or leave steps out that the reader need not know"),
            )
        case Failure.TOO_WORDY:
            return (
                tr("a text of a step is longer than {most} characters", most=MOST_SIGNS),
                tr("shorten the step's name, post or document, or the move's condition"),
            )
        case Failure.TOO_SLOW:
            return (
                tr("it could not be laid out in time"),
                tr("divide the procedure, or draw fewer moves between its steps"),
            )
        case Failure.CRASHED:
            return (
                tr("the drawing failed in Graphviz or in Daylight"),
                tr("report the procedure to Daylight's makers; until then nothing has to be done"),
            )
