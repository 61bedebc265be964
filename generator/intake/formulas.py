"""Formulas, and texts that a spreadsheet would take for one: taken as text, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.i18n import Translator
from generator.intake.grids import Grid
from generator.intake.submission import remark, warning
from generator.vetting.finding import Finding

# Source: OWASP, CSV Injection (=, +, -, @ begin a formula); a minus before a number or a word
# of its own begins none, and a plus begins telephone numbers.
_LIKE = re.compile(r"\s*(?:=|@|[+-](?=[A-Za-z(]))")


def formula_findings(
    grid: Grid, columns: Mapping[int, str], table: str, tr: Translator
) -> Iterator[Finding]:
    """Yield a finding for each cell that is a formula or reads like one."""
    for number, cells in grid.rows[1:]:
        for place, name in columns.items():
            cell = cells[place] if place < len(cells) else ""
            where = {"table": table, "row": number, "column": name, "value": cell[:60]}
            if (number, place + 1) in grid.formulas:
                yield warning(
                    "I207",
                    tr("is a formula that was never calculated; it is taken as it is written")
                    if cell.startswith("=")
                    else tr(
                        "is a formula; its last result, “{value}”, is taken as text",
                        value=cell[:40],
                    ),
                    reason=tr("What a formula shows depends on where it is opened."),
                    remedy=tr("look whether that is what is meant"),
                    **where,
                )
            elif _LIKE.match(cell):
                yield remark(
                    "I206",
                    tr("reads like a formula and is taken as text"),
                    reason=tr("A spreadsheet that opens it could compute it."),
                    remedy=tr("look whether a text is meant"),
                    **where,
                )
