"""A list of any form, read through a mapping: rows of powers, or of one of their tables."""

from __future__ import annotations

from collections.abc import Mapping as Map
from difflib import get_close_matches

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.intake import bases, listed_powers, vocabulary
from generator.intake.formulas import formula_findings
from generator.intake.grids import Book, Grid, headings_at
from generator.intake.headings import BASIS
from generator.intake.mapping import Mapping
from generator.intake.reading import Reading, not_taken, unknown
from generator.intake.submission import Entry, Place, Refusal, Submission, remark
from generator.sources import canonical, schema

_LIMITS = {"statutory_limit": "statutory_unit", "promised_limit": "promised_unit", "limit": "unit"}


def submission(book: Book, reading: Reading, source: str) -> Submission:
    """Return what a list holds; raises ConfigError when the mapping does not fit it."""
    tr, mapping = reading.tr, reading.mapping
    grids = _grids(book, mapping, source, tr)
    reading.several = len(book.grids) > 1
    if book.encoding:
        reading.findings.append(
            remark(
                "I211",
                tr("{source} was read as {encoding}", source=source, encoding=book.encoding),
                reason=tr("A Chinese Excel saves CSV so; the working tables are UTF-8."),
                remedy=tr("look whether the characters are right"),
            )
        )
    for grid in grids:
        _grid(grid, reading)
    if any(entry.table == "legal_bases" and entry.of for entry in reading.entries):
        heading = next(text for text, column in mapping.columns.items() if column == BASIS)
        reading.findings.append(bases.role_taken(heading, "legal_bases", tr))
    listed_powers.set_parents(reading)
    return Submission(
        kind="list",
        rows=reading.rows,
        entries=tuple(reading.entries),
        refusals=tuple(reading.refusals),
        findings=(*reading.findings, *reading.bodies.findings()),
        departments=reading.bodies.drafts(),
        whole=frozenset({mapping.table} - {"powers"}),
    )


def _grids(book: Book, mapping: Mapping, source: str, tr: Translator) -> list[Grid]:
    named = [grid for grid in book.grids if mapping.sheet in ("", grid.name)]
    if not named:
        names = [grid.name for grid in book.grids]
        near = get_close_matches(mapping.sheet, names, n=1, cutoff=0) or [""]
        raise ConfigError(
            tr("{source}: has no sheet “{sheet}”; did you mean “{near}”?",
               source=source, sheet=mapping.sheet, near=near[0])
        )  # fmt: skip
    fitting = [
        grid for grid in named if set(mapping.columns) <= set(headings_at(grid, mapping.header))
    ]
    if fitting:
        return fitting
    head = headings_at(named[0], mapping.header)
    missing = next(heading for heading in mapping.columns if heading not in head)
    near = get_close_matches(missing, head, n=1)
    raise ConfigError(
        tr("{source} row {row}: has no heading “{heading}”; did you mean “{near}”?",
           source=source, row=mapping.header, heading=missing, near=near[0])
        if near
        else tr("{source} row {row}: has no heading “{heading}”; correct the mapping",
                source=source, row=mapping.header, heading=missing)
    )  # fmt: skip


def _grid(grid: Grid, reading: Reading) -> None:
    mapping, head = reading.mapping, headings_at(grid, reading.mapping.header)
    columns = {
        place: mapping.columns[text]
        for place, text in enumerate(head)
        if text in mapping.columns and head.index(text) == place
    }
    for number, cells in grid.rows:
        if number <= mapping.header:
            continue
        reading.rows += 1
        place = Place(sheet=grid.name if reading.several else "", row=number)
        beyond = [at for at, cell in enumerate(cells, 1) if at > len(head) and cell.strip()]
        if beyond:
            message = reading.tr(
                "has something in cell {found}, but there are {expected} headings; a comma in a "
                "cell of a CSV file needs quotation marks around the cell",
                found=beyond[-1],
                expected=len(head),
            )
            reading.refusals.append(Refusal(place=place, code="I101", message=message))
            continue
        found = {
            name: canonical.text(cells[at]) if at < len(cells) else ""
            for at, name in columns.items()
        }
        empty = mapping.empty
        _row({k: "" if v in empty and k != "fee" else v for k, v in found.items()}, place, reading)
    body = Grid(
        name=grid.name,
        rows=((0, ()), *((n, cells) for n, cells in grid.rows if n > mapping.header)),
        formulas=grid.formulas,
    )
    reading.findings += formula_findings(body, columns, mapping.table, reading.tr)
    for at, heading in enumerate(head):
        filled = any(len(cells) > at and cells[at].strip() for _, cells in body.rows)
        if at not in columns and (heading or filled):
            reading.findings.append(not_taken(heading, at, reading))


def _row(found: Map[str, str], place: Place, reading: Reading) -> None:
    mapping = reading.mapping
    known = schema.tables()[mapping.table].columns
    cells = {name: text for name, text in found.items() if name in known}
    defaults = dict(mapping.constants)
    codes: tuple[str, ...] = ()
    if mapping.table == "powers":
        codes = listed_powers.take(found, cells, defaults, (place, reading))
    for column, unit in _LIMITS.items():
        if cells.get(column):
            _limit(cells, (column, unit), (place, reading))
    for column in list(cells):
        if cells[column] and vocabulary.is_controlled(mapping.table, column):
            cells[column] = _value(column, cells[column], place, reading)
    reading.entries.append(
        Entry(place=place, table=mapping.table, cells=cells, defaults=defaults, codes=codes)
    )
    if found.get(BASIS):
        cited = reading.cite(found[BASIS], reading.instruments, reading.tr)
        reading.entries += bases.rows(cited, place, place)
        reading.findings += bases.doubts(found[BASIS], cited, place, reading.tr)


def _limit(cells: dict[str, str], names: tuple[str, str], at: tuple[Place, Reading]) -> None:
    """Set number and unit of a time limit from words such as 20个工作日."""
    column, unit = names
    place, reading = at
    said = reading.mapping.values.get(column, {}).get(cells[column], cells[column])
    read = vocabulary.time(said)
    if read is None:
        reading.findings.append(unknown(column, cells[column], place, reading))
        return
    cells[column] = read[0]
    if read[1] and unit in schema.tables()[reading.mapping.table].columns and not cells.get(unit):
        cells[unit] = read[1]


def _value(column: str, text: str, place: Place, reading: Reading) -> str:
    """Return our value for a word; the word itself, and a finding, if it means none."""
    mapping = reading.mapping
    known = mapping.values.get(column, {}).get(text)
    found = known or vocabulary.value(mapping.table, column, text)
    if found is None:
        reading.findings.append(unknown(column, text, place, reading))
    return found or text
