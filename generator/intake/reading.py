"""What the reading of a list carries along, and what it says of columns and words it cannot place."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.i18n import Translator
from generator.intake.bases import Cite
from generator.intake.bodies import Bodies
from generator.intake.mapping import Mapping
from generator.intake.submission import Entry, Place, Refusal, remark, warning
from generator.sources import schema
from generator.vetting.finding import Finding


@dataclass(slots=True, kw_only=True)
class Reading:
    """The reading of a list: its mapping and registers, and what has come of it so far."""

    mapping: Mapping
    bodies: Bodies
    instruments: Map[str, object]
    cite: Cite
    tr: Translator
    several: bool = False
    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mains: dict[tuple[str, str], list[Place]] = field(default_factory=dict)


def not_taken(heading: str, place: int, reading: Reading) -> Finding:
    """Return the finding for a column of the list, by its position, that goes nowhere."""
    tr, columns = reading.tr, reading.mapping.columns
    if heading in columns:
        message = tr("a second column “{column}” is not taken", column=heading)
        reason = tr("Two columns with one heading cannot be told apart; the first counts.")
        remedy = tr("give each column a heading of its own")
    elif heading:
        message = tr("the column “{column}” is not taken", column=heading)
        reason = tr("Nothing says which column of the tables it is.")
        remedy = tr("map it, if it matters: `daylight import --suggest` writes a mapping to edit")
    else:
        message = tr("column {number} has no heading and is not taken", number=place + 1)
        reason = tr("Nothing says which column of the tables it is.")
        remedy = tr("give it a heading")
    return remark(
        "I210",
        message,
        reason=reason,
        remedy=remedy,
        table=reading.mapping.table,
        row=reading.mapping.header,
        value=heading,
    )


def unknown(column: str, text: str, place: Place, reading: Reading) -> Finding:
    """Return the finding for a word that is none of a column's values."""
    tr, table = reading.tr, reading.mapping.table
    label = schema.tables()[table].field(column).label(tr.language)
    return warning(
        "I204",
        tr("“{value}” is no value known for “{column}”; it is kept as it is",
           value=text[:60], column=label),
        reason=tr("The gate refuses it until it is one of the controlled values."),
        remedy=tr("say in the mapping what it means: values: {{{column}: {{{value}: …}}}}",
                  column=column, value=text[:60]),
        table=table, row=place.row, column=column, value=text[:200],
    )  # fmt: skip
