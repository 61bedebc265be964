"""Rule S111: what a spreadsheet did to a value before it came here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding
from generator.vetting.rule import rule
from generator.vetting.texts import matches

_RUINED = re.compile(
    r"^(?:#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)"
    r"|[+-]?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3})$",
    re.MULTILINE,
)


@rule("S111", waivable=False)
def value_was_not_ruined_by_a_spreadsheet(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each `#REF!` and the like, and each long code that became `1.30405E+17`.

    A spreadsheet keeps 15 digits of a number; of a code of 18 typed as a number the last three
    are gone. Source: ECMA-376 Part 1, 18.17.3 (error values); IEEE 754 (double precision).
    """
    tr = desk.tr
    for line, column, found in matches(desk, _RUINED):
        is_error = found[0].startswith("#")
        yield desk.error(
            line,
            column,
            value=found[0],
            message=tr("holds “{value}”, a spreadsheet's sign of an error", value=shown(found[0]))
            if is_error
            else tr("holds “{value}”: digits of a long number are lost", value=shown(found[0])),
            reason=tr("What was meant cannot be told from it."),
            remedy=tr("mend the formula, or put the value itself in its place")
            if is_error
            else tr("give the column the format “text” and type the number again"),
        )
