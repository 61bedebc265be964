"""Rules T1: a time limit has a unit, and what is promised is no longer than the law allows."""

from __future__ import annotations

from collections.abc import Iterator

from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.rule import rule

ON_THE_SPOT = "on_the_spot"
PAIRS = {
    "powers": (("statutory_limit", "statutory_unit"), ("promised_limit", "promised_unit")),
    "steps": (("limit", "unit"),),
}


@rule("T101")
def limit_has_a_unit(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each limit without a unit and each unit without a limit.

    Working days and calendar days differ by law: 行政许可法 Art. 82, 行政处罚法 Art. 85.
    """
    tr = desk.tr
    for line, limit, unit in _limits(desk):
        if (limit in line.values) == (unit in line.values):
            continue
        given, lacking = (limit, unit) if limit in line.values else (unit, limit)
        yield desk.error(
            line,
            lacking,
            message=tr(
                "“{given}” is filled in, “{lacking}” is not",
                given=desk.label(line.table, given),
                lacking=desk.label(line.table, lacking),
            ),
            reason=tr("Twenty working days are four weeks, twenty days are not."),
            remedy=tr(
                "fill in both or neither; for a decision on the spot write 0 and on_the_spot"
            ),
        )


@rule("T102", waivable=False)
def promise_is_within_the_law(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each promised limit longer than the statutory one in the same unit.

    Where the law asks for a decision on the spot, any later promise is longer.
    Source: 优化营商环境条例 Art. 36(2).
    """
    tr = desk.tr
    for draft in desk.drafts:
        values = draft.line.values
        allowed, promised = values.get("statutory_limit"), values.get("promised_limit")
        if not isinstance(allowed, int) or not isinstance(promised, int) or promised <= allowed:
            continue
        if values.get("statutory_unit") not in (values.get("promised_unit"), ON_THE_SPOT):
            continue
        yield desk.error(
            draft.line,
            "promised_limit",
            message=tr(
                "promises {promised}, the law allows {allowed}", promised=promised, allowed=allowed
            ),
            reason=tr("A department may be quicker than the law, never slower."),
            remedy=tr("promise {allowed} or less, or correct the statutory limit", allowed=allowed),
            law=tr("Regulation on Optimising the Business Environment of the PRC, Art. 36(2)"),
        )


@rule("T103")
def on_the_spot_takes_no_time(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each limit in the unit “on the spot” that is not 0."""
    tr = desk.tr
    for line, limit, unit in _limits(desk):
        number = line.values.get(limit)
        if line.values.get(unit) == ON_THE_SPOT and isinstance(number, int) and number != 0:
            yield desk.error(
                line,
                limit,
                message=tr("on the spot, yet after {number}", number=number),
                reason=tr("What is done on the spot takes no time that could be counted."),
                remedy=tr("write 0, or the unit that is meant"),
            )


def _limits(desk: Desk) -> Iterator[tuple[Line, str, str]]:
    for table, pairs in PAIRS.items():
        for line in desk.vetted(table):
            for limit, unit in pairs:
                yield line, limit, unit
