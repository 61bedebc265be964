"""What changed between two states of the working tables, row by row, and what that brings.

Cells are compared, not lines: a file that a spreadsheet wrote anew, with other quotation
marks or columns in another order, has not changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.sources import canonical, decode, schema
from generator.sources.tables import IrregularityKind, Row, Tables
from generator.vetting.desk import owner_column
from generator.vetting.finding import Finding
from generator.vetting.ownership import files_of

_Signature = tuple[tuple[str, str], ...]
_CELLS = "\0cells"  # no column can be called so


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row added (no `before`), deleted (no `after`) or edited, with the columns that differ."""

    table: str
    before: Row | None = None
    after: Row | None = None
    columns: tuple[str, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The codes of the powers that the row belongs or belonged to."""
        column = owner_column(self.table)
        rows = filter(None, (self.before, self.after))
        codes = (canonical.text(row.cells.get(column, "")) for row in rows if column)
        return tuple(dict.fromkeys(code for code in codes if code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Every row that changed; `reordered` are the powers of which only the order of rows did.

    `files` are the files of the city that changed, by their paths from its folder, and
    `naming` the rows of `materials` that name one.
    """

    rows: tuple[RowChange, ...]
    reordered: frozenset[str]
    reordered_registers: frozenset[str]
    files: frozenset[str] = frozenset()
    naming: frozenset[int] = frozenset()

    @property
    def powers(self) -> frozenset[str]:
        """The codes of the powers with any change."""
        return self.reordered | {code for change in self.rows for code in change.owners}

    @property
    def lines(self) -> Mapping[str, frozenset[int]]:
        """The changed rows that are still there, by table, and those that name a changed file."""
        found: dict[str, set[int]] = {"materials": set(self.naming)}
        for change in self.rows:
            if change.after:
                found.setdefault(change.table, set()).add(change.after.number)
        return {table: frozenset(numbers) for table, numbers in found.items()}


def compare(before: Tables, after: Tables) -> Changes:
    """Return what changed between two states of the tables, in the order of tables and rows."""
    altered = [name for name in schema.tables() if _digest(before, name) != _digest(after, name)]
    rows = tuple(change for name in altered for change in _rows(name, before, after))
    touched = {code for change in rows for code in change.owners}
    old, new = (decode.records(_only(tables, altered)) for tables in (before, after))
    reordered = {code for code in old.keys() & new.keys() if old[code] != new[code]} - touched
    tables = {change.table for change in rows}
    return Changes(
        rows=rows,
        reordered=frozenset(reordered),
        reordered_registers=frozenset(
            name
            for name in altered
            if not owner_column(name)
            and name not in tables
            and decode.register_rows(before, name) != decode.register_rows(after, name)
        ),
    )


def with_files(changes: Changes, files: Collection[str], after: Tables) -> Changes:
    """Return changes with the files that changed besides, and the rows that name one."""
    changed = frozenset(files)
    naming = frozenset(
        row.number for row in after.rows("materials") if not changed.isdisjoint(files_of(row))
    )
    return replace(changes, files=changed, naming=naming)


def _digest(tables: Tables, name: str) -> str:
    table = tables.tables.get(name)
    return table.digest if table else ""


def _only(tables: Tables, names: Collection[str]) -> Tables:
    """Return the powers and some of the tables: what is the same need not be compared."""
    kept = {name: table for name, table in tables.tables.items() if name in {"powers", *names}}
    return replace(tables, tables=kept if names else {})


def brought(
    findings: Iterable[Finding], known: Callable[[], Iterable[Finding]], changes: Changes
) -> tuple[Finding, ...]:
    """Return the findings on what changed, and those elsewhere that were not there before.

    A law taken out of the register is found where a power refers to it, in a row that
    nobody touched. `known` finds what there was before; it is asked only if need be.
    """
    powers, lines = changes.powers, changes.lines
    before: Counter[tuple[str, ...]] | None = None
    shown = []
    for finding in findings:
        is_theirs = finding.record in powers and bool(owner_column(finding.table))
        if is_theirs or finding.row in lines.get(finding.table, ()):
            shown.append(finding)
            continue
        if not finding.table and finding.column:  # a line of a file, which git compares
            shown += [finding] * (finding.column in changes.files)
            continue
        if before is None:
            before = Counter(map(_identity, known()))
        before[_identity(finding)] -= 1
        if before[_identity(finding)] < 0:
            shown.append(finding)
    return tuple(shown)


def _identity(finding: Finding) -> tuple[str, ...]:
    """Return what makes a finding the same after rows were inserted above it."""
    place = (finding.table, finding.column, finding.record, finding.value)
    return (finding.code, finding.severity.value, *place)


def _rows(table: str, before: Tables, after: Tables) -> Iterator[RowChange]:
    old, new = _by_key(table, before), _by_key(table, after)
    found = []
    for key in old.keys() | new.keys():
        gone, come = _different(old.get(key, []), new.get(key, []))
        for position in range(max(len(gone), len(come))):
            was = gone[position] if position < len(gone) else None
            now = come[position] if position < len(come) else None
            columns = _columns(was, now) if was and now else ()
            found.append(RowChange(table=table, before=was, after=now, columns=columns))
    yield from sorted(found, key=_place)


def _place(change: RowChange) -> tuple[int, int]:
    after = change.after.number if change.after else 0
    before = change.before.number if change.before else 0
    return after or before, before


def _by_key(table: str, tables: Tables) -> dict[tuple[str, ...], list[Row]]:
    columns = schema.tables()[table].primary_key
    rows = list(tables.rows(table))
    rows += [
        Row(note.row or 0, {**note.cells, _CELLS: str(note.found)})
        for note in tables.irregularities
        if note.table == table and note.kind is IrregularityKind.RAGGED_ROW
    ]
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(canonical.text(row.cells.get(column, "")) for column in columns)
        found.setdefault(key, []).append(row)
    return found


def _different(old: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows of either state that have no equal in the other."""
    if len(old) == len(new) == 1 and old[0].cells == new[0].cells:
        return [], []  # nearly all of them
    common = Counter(map(_signature, old)) & Counter(map(_signature, new))
    return _without(old, common), _without(new, common)


def _without(rows: list[Row], common: Counter[_Signature]) -> list[Row]:
    left = Counter(common)
    found = []
    for row in rows:
        signature = _signature(row)
        if left[signature] > 0:
            left[signature] -= 1
        else:
            found.append(row)
    return found


def _signature(row: Row) -> _Signature:
    cells = ((column, canonical.text(cell)) for column, cell in row.cells.items())
    return tuple(sorted((column, cell) for column, cell in cells if cell))


def _columns(before: Row, after: Row) -> tuple[str, ...]:
    names = dict.fromkeys([*after.cells, *before.cells])
    return tuple(
        name
        for name in names
        if name != _CELLS
        and canonical.text(before.cells.get(name, "")) != canonical.text(after.cells.get(name, ""))
    )
