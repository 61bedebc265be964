"""Our own workbook, filled in: its rows as entries, whatever a spreadsheet did to the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.i18n import Translator
from generator.intake.formulas import formula_findings
from generator.intake.grids import Book, Grid
from generator.intake.submission import Entry, Place, Submission, remark
from generator.intake.template import EXPLAINS, department_tables
from generator.intake.words import Words
from generator.sources import schema
from generator.sources.tables import Tables
from generator.vetting.finding import Finding


def is_ours(book: Book) -> bool:
    """Tell whether a workbook is one that `daylight template` made."""
    return any(_columns(grid) for grid in book.grids)


def submission(book: Book, tables: Tables, *, slug: str, tr: Translator) -> Submission:
    """Return what the workbook of a department holds; `slug` is used where a row names none.

    A table's sheet counts as the whole of it for every power that the workbook names.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    whole = set()
    words, total = Words(tables, tr), 0
    for grid in book.grids:
        found = _columns(grid)
        if not found:
            continue
        table, columns = found
        if table != "powers":
            whole.add(table)
        findings += _strangers(grid, columns, table, tr)
        for place, cells in _rows(grid, columns):
            total += 1
            if table == "powers" and not cells.get("department", "").strip() and slug:
                cells["department"] = words.departments.get(slug, slug)
            entries.append(Entry(place=place, table=table, cells=cells))
        findings += formula_findings(grid, columns, table, tr)
    return Submission(
        kind="workbook",
        rows=total,
        entries=tuple(entries),
        findings=tuple(findings),
        whole=frozenset(whole),
        erases=True,
        read=words.meant,
    )


def _columns(grid: Grid) -> tuple[str, dict[int, str]] | None:
    """Return the table and the columns of a sheet of ours, by position; None for another sheet."""
    if not grid.rows:
        return None
    head = [cell.strip() for cell in grid.rows[0][1]]
    for table in department_tables():
        definition = schema.tables()[table]
        if grid.name not in (table, definition.title, definition.title_zh):
            continue
        names: Mapping[str, str] = {
            text: field.name
            for field in definition.fields
            for text in (field.name, field.title, field.title_zh)
        }
        columns = {place: names[text] for place, text in enumerate(head) if text in names}
        keys = set(definition.primary_key) - {"seq"}
        if keys <= set(columns.values()):
            return table, columns
    return None


def _rows(grid: Grid, columns: Mapping[int, str]) -> Iterator[tuple[Place, dict[str, str]]]:
    for number, cells in grid.rows[1:]:
        if all(cell.startswith(EXPLAINS) for cell in cells if cell.strip()):
            continue
        found = {
            name: cells[place] if place < len(cells) else "" for place, name in columns.items()
        }
        yield Place(sheet=grid.name, row=number), found


def _strangers(
    grid: Grid, columns: Mapping[int, str], table: str, tr: Translator
) -> Iterator[Finding]:
    """Yield a remark for each column with content that the form does not have."""
    head = grid.rows[0][1]
    strangers = {
        place: number
        for number, cells in reversed(grid.rows[1:])
        for place, cell in enumerate(cells)
        if cell.strip() and place not in columns
    }
    for place, number in sorted(strangers.items()):
        name = head[place].strip() if place < len(head) else ""
        yield remark(
            "I210",
            tr("the column “{column}” is not part of the form and is not taken", column=name),
            reason=tr("Only columns of the tables have a place to go to."),
            remedy=tr("put what matters into a column of the form"),
            table=table,
            row=number,
            value=name,
        )
