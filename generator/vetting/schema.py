"""Rules S1: what the schemas of the tables ask of each cell, row and key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from generator.sources import schema
from generator.sources.canonical import Line
from generator.sources.tables import Irregularity, IrregularityKind
from generator.vetting.desk import Desk, owner_column, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule


@rule("S101", waivable=False)
def required_cell_is_filled(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each empty cell that its column requires.

    Source: Table Schema, constraint `required`; Hebei order 〔2009〕9 Art. 7 (name, body,
    basis and content of each power are published).
    """
    tr = desk.tr
    for fault in desk.faults["required"]:
        label = desk.label(fault.line.table, fault.column)
        yield desk.error(
            fault.line,
            fault.column,
            message=tr("“{label}” is empty", label=label),
            reason=tr("A row cannot be published without it."),
            remedy=tr("fill in “{label}”", label=label),
        )


@rule("S102", waivable=False)
def cell_has_its_type(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each cell that is no whole number, day or yes/no where one is asked.

    Source: Table Schema, field types `integer`, `date`, `boolean`.
    """
    tr = desk.tr
    for fault in (*desk.faults["type"], *desk.faults["other"]):
        field = schema.tables()[fault.line.table].field(fault.column)
        message, remedy = {
            "integer": (
                tr("“{value}” is not a whole number"),
                tr("write digits only, such as 20; units have a column of their own"),
            ),
            "date": (
                tr("“{value}” is not a date"),
                tr("write year, month and day as in 2025-04-19"),
            ),
            "boolean": (tr("“{value}” is neither yes nor no"), tr("write yes or no")),
        }.get(field.type, (tr("“{value}” is not allowed here"), tr("correct the value")))
        yield desk.error(
            fault.line,
            fault.column,
            message=message.format(value=shown(fault.cell)),
            reason=tr("Figures and dates are compared and sorted; other text is not understood."),
            remedy=remedy,
            value=fault.cell,
        )


@rule("S103", waivable=False)
def cell_is_one_of_the_allowed(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each cell that is not among its column's controlled values.

    Source: Table Schema, constraint `enum`.
    """
    tr = desk.tr
    for fault in desk.faults["enum"]:
        allowed = schema.tables()[fault.line.table].field(fault.column).enum
        choices = tr("write one of: {values}", values=", ".join(allowed))
        among = f"{fault.line.table}.{fault.column}"
        yield desk.error(
            fault.line,
            fault.column,
            message=tr("“{value}” is not one of the values allowed", value=shown(fault.cell)),
            reason=tr("Lists, counts and rules go by these values."),
            remedy=desk.did_you_mean(fault.cell, allowed, among=among, otherwise=choices),
            value=fault.cell,
        )


@rule("S104", waivable=False)
def cell_has_its_form(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each code, slug or identifier with characters it may not have.

    They become addresses and file names, which stay for good. Source: Table Schema,
    constraint `pattern`.
    """
    tr = desk.tr
    for fault in desk.faults["pattern"]:
        pattern = schema.tables()[fault.line.table].field(fault.column).pattern
        yield desk.error(
            fault.line,
            fault.column,
            message=tr("“{value}” has characters that it may not have", value=shown(fault.cell)),
            reason=tr("It becomes part of addresses and file names."),
            remedy=tr(
                "use letters without accents, digits and hyphens (pattern {pattern})",
                pattern=pattern,
            ),
            value=fault.cell,
        )


@rule("S105", waivable=False)
def number_is_not_too_small(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each number below the least that its column allows.

    Source: Table Schema, constraint `minimum`; articles and orders count from 1.
    """
    tr = desk.tr
    for fault in desk.faults["minimum"]:
        least = schema.tables()[fault.line.table].field(fault.column).minimum
        yield desk.error(
            fault.line,
            fault.column,
            message=tr("{value} is less than {least}", value=shown(fault.cell), least=least),
            reason=tr("Such a number cannot be meant."),
            remedy=tr(
                "write {least} or more, or leave it empty if the column allows it", least=least
            ),
            value=fault.cell,
        )


@rule("S106", waivable=False)
def key_stands_once(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each row whose key an earlier row has; both rows are named.

    Source: Table Schema, `primaryKey`; design: a code is never used again for another.
    """
    tr = desk.tr
    for name, definition in schema.tables().items():
        columns = definition.primary_key
        lines = desk.lines[name]
        if _differ(lines, columns):
            continue
        keys = [tuple(map(line.values.get, columns)) for line in lines]
        first: dict[tuple[Any, ...], Line] = {}
        for line, key in zip(lines, keys, strict=True):
            if None in key:
                continue
            earlier = first.setdefault(key, line)
            if earlier is line or not desk.covers(line):
                continue
            shown_key = " + ".join(str(part) for part in key)
            yield desk.error(
                line,
                columns[-1],
                message=tr(
                    "“{key}” stands in rows {first} and {second}",
                    key=shown(shown_key),
                    first=earlier.number,
                    second=line.number,
                ),
                reason=tr("Nobody can tell which of the two rows counts."),
                remedy=tr("take one of the rows out, or give it a key of its own"),
                value=shown_key,
            )


def _differ(lines: Sequence[Line], columns: tuple[str, ...]) -> bool:
    """Tell whether all keys are there and none stands twice."""
    try:
        return len(set(map(itemgetter(*columns), [line.values for line in lines]))) == len(lines)
    except KeyError:
        return False


@rule("S107", waivable=False)
def codes_differ_in_more_than_case(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each code that equals another but for capital letters.

    The two would be one file on many disks and one address for many readers.
    """
    tr = desk.tr
    first: dict[str, Line] = {}
    for line in desk.lines["powers"]:
        code = line.values.get("code", "")
        earlier = first.setdefault(code.lower(), line)
        if not code or earlier.values["code"] == code or not desk.covers(line):
            continue
        other = earlier.values["code"]
        yield desk.error(
            line,
            "code",
            message=tr(
                "differs from “{other}” (row {row}) in capital letters only",
                other=shown(other),
                row=earlier.number,
            ),
            reason=tr("Both would have the same file on many disks."),
            remedy=tr("give one of the two powers another code"),
        )


@rule("S108", waivable=False)
def row_fits_its_header(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each row with more or fewer cells than the header; it was left out.

    Source: RFC 4180, section 2.4.
    """
    tr = desk.tr
    for note in _noted(desk, IrregularityKind.RAGGED_ROW):
        yield Finding(
            code=desk.rule,
            severity=Severity.ERROR,
            table=note.table,
            row=note.row,
            record=_owner(note),
            value=str(note.found),
            message=tr(
                "has {found} cells, the header has {expected}",
                found=note.found,
                expected=note.expected,
            ),
            reason=tr("The cells cannot be told apart, so the row was left out."),
            remedy=tr("put a text with commas in quotation marks; count the commas of the row"),
        )


@rule("S109")
def column_is_known(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each column that no schema knows: it is read by nobody.

    Source: Data Package v2, Table Schema, `fieldsMatch`.
    """
    tr = desk.tr
    for note in _noted(desk, IrregularityKind.UNKNOWN_COLUMN):
        known = schema.tables()[note.table].columns
        otherwise = tr("take the column out, or rename it to one that is known")
        yield Finding(
            code=desk.rule,
            severity=Severity.WARNING,
            table=note.table,
            row=note.row,
            column=note.value,
            value=shown(note.value),
            message=tr("the column “{column}” is not known", column=shown(note.value)),
            reason=tr("Nothing in it will be signed or published."),
            remedy=desk.did_you_mean(note.value, known, among=note.table, otherwise=otherwise),
        )


@rule("S110")
def file_is_known(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each CSV file beside the tables that is none of them."""
    tr = desk.tr
    for note in _noted(desk, IrregularityKind.UNKNOWN_TABLE):
        otherwise = tr("move the file elsewhere, or rename it to a table that is known")
        yield Finding(
            code=desk.rule,
            severity=Severity.WARNING,
            table=note.table,
            value=shown(note.value),
            message=tr("no table is called “{table}”", table=shown(note.value)),
            reason=tr("Nothing in it will be signed or published."),
            remedy=desk.did_you_mean(
                note.value, tuple(schema.tables()), among="tables", otherwise=otherwise
            ),
        )


def _noted(desk: Desk, kind: IrregularityKind) -> Iterator[Irregularity]:
    for note in desk.tables.irregularities:
        owner = _owner(note)
        if note.kind is kind and (desk.only is None or not owner or owner in desk.only):
            yield note


def _owner(note: Irregularity) -> str:
    return note.cells.get(owner_column(note.table), "").strip()
