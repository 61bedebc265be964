"""The path guard, rules G1: a department's change touches nothing that is not its own.

Its own are the rows of powers that belong to it before and after the change, its folder of
prose, its theme, and the files that only its powers name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from unicodedata import normalize

from generator.i18n import Translator
from generator.sources import schema
from generator.sources.tables import Row, Tables
from generator.vetting.changes import Changes, RowChange
from generator.vetting.desk import owner_column, record_of, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.ownership import Owners, departments_of, owners_in

CODES = MappingProxyType(
    {
        "G101": "A row of another department's power was added, edited or deleted.",
        "G102": "A row of a register, or of another table that no department owns, was changed.",
        "G103": "A power moved from one department to another, which concerns both.",
        "G104": "A file that is not the department's was added, changed or deleted.",
        "G105": "A changed row is of no power or no department: nobody can tell whose it is.",
    }
)
"""What the guard reports; each is an error and cannot be waived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file that differs from the revision; its path is relative to the repository."""

    path: str
    was_there: bool
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Whose change it is, and where things lie: `city` and `tables` relative to the repository.

    Both end with a slash, unless they are the repository itself and so empty.
    """

    department: str
    city: str
    tables: str
    revision: str


def guard(
    area: Area,
    *,
    changes: Changes,
    before: Tables,
    after: Tables,
    files: Iterable[FileChange],
    tr: Translator,
) -> tuple[Finding, ...]:
    """Return a finding for each row and file of a change that is not the department's own."""
    check = _Guard(area, owners_in(before), owners_in(after), tr)
    return (
        *check.rows(changes.rows),
        *check.orders(changes, after),
        *(found for change in files for found in check.file(change)),
    )


class _Guard:
    def __init__(self, area: Area, before: Owners, after: Owners, tr: Translator) -> None:
        self.area, self.before, self.after, self.tr = area, before, after, tr

    def rows(self, changes: Iterable[RowChange]) -> Iterator[Finding]:
        """Yield a finding for each changed row that is not, or was not, the department's."""
        for change in changes:
            if not owner_column(change.table):
                yield self._register(change)
                continue
            sides = [
                self._whose(change.table, row, first, second)
                for row, first, second in (
                    (change.before, self.before, self.after),
                    (change.after, self.after, self.before),
                )
                if row
            ]
            owners = frozenset().union(*sides)
            if not all(sides):
                yield self._nobodys(change)
            elif len(sides) == 2 and sides[0] != sides[1] and "department" in change.columns:
                yield self._moved(change)
            elif owners != {self.area.department}:
                yield self._others(change, owners - {self.area.department})

    def orders(self, changes: Changes, after: Tables) -> Iterator[Finding]:
        """Yield a finding for each power and register of others of which only the order changed."""
        rows = {row.cells.get("code", "").strip(): row for row in after.rows("powers")}
        for code in sorted(changes.reordered):
            others = (self.before.powers[code] | self.after.powers[code]) - {self.area.department}
            if others:
                yield self._others(
                    RowChange(table="powers", before=rows[code], after=rows[code]), others
                )
        for table in sorted(changes.reordered_registers):
            yield self._finding(
                "G102", table, None, message=self.tr("the order of its rows was changed")
            )

    def file(self, change: FileChange) -> Iterator[Finding]:
        """Yield a finding if a file is not the department's."""
        area, tr = self.area, self.tr
        path, mine = change.path, area.department
        if any(path == f"{area.tables}{name}.csv" for name in schema.tables()):
            return  # its rows say what changed
        folders = ("content/departments", "department_themes")
        if any(path.startswith(f"{area.city}{folder}/{mine}/") for folder in folders):
            return
        sides = [(change.was_there, self.before), (change.is_there, self.after)]
        owned = [self._file_owners(path, owners) for there, owners in sides if there]
        if all(owners == {mine} for owners in owned):
            return
        owners = frozenset().union(*owned)
        path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        message = tr("was changed, and is not a file of “{department}”", department=mine)
        if not change.is_there:
            message = tr("was deleted, and is not a file of “{department}”", department=mine)
        elif not change.was_there:
            message = tr("was added, and is not a file of “{department}”", department=mine)
        yield Finding(
            code="G104",
            severity=Severity.ERROR,
            record=shown(path),
            value=", ".join(sorted(owners)),
            message=message,
            reason=self._reason(),
            remedy=tr(
                "take it back, or leave it to those who answer for it in a change of their own"
            ),
        )

    def _file_owners(self, path: str, owners: Owners) -> frozenset[str]:
        """Return the departments of a file in one state: those whose powers name it or whose
        folder it lies in.
        """
        city = self.area.city
        for folder in ("content/departments/", "department_themes/", "content/files/"):
            if not path.startswith(city + folder):
                continue
            name = normalize("NFC", path.removeprefix(city + folder))
            slug, slash, _ = name.partition("/")
            found = frozenset({slug}) if slash and slug in owners.names else frozenset()
            return found | owners.files.get(name, frozenset()) if "files" in folder else found
        return frozenset()

    def _whose(self, table: str, row: Row, now: Owners, other: Owners) -> frozenset[str]:
        """Return the owners of a row in its own state, or in the other if its power is gone."""
        found = departments_of(table, row, now)
        if table == "powers":
            return found
        return found or departments_of(table, row, other)

    def _register(self, change: RowChange) -> Finding:
        tr = self.tr
        return self._change(
            "G102",
            change,
            tr("no department owns this table; a row of it was {what}", what=self._what(change)),
        )

    def _nobodys(self, change: RowChange) -> Finding:
        tr = self.tr
        return self._change(
            "G105",
            change,
            tr(
                "is of no power or no department that is there; the row was {what}",
                what=self._what(change),
            ),
        )

    def _moved(self, change: RowChange) -> Finding:
        assert change.before and change.after
        old, new = (row.cells.get("department", "") for row in (change.before, change.after))
        message = self.tr("moves from “{old}” to “{new}”", old=self._name(old), new=self._name(new))
        remedy = self.tr("let whoever may change both departments' powers move it, once both agree")
        return self._change("G103", change, message, column="department", remedy=remedy)

    def _others(self, change: RowChange, owners: frozenset[str]) -> Finding:
        tr = self.tr
        names = ", ".join(self._name(slug) for slug in sorted(owners))
        is_order = change.before is change.after
        what = tr("changed in the order of its rows") if is_order else self._what(change)
        return self._change(
            "G101", change, tr("is {owner}'s, and was {what}", owner=names, what=what)
        )

    def _what(self, change: RowChange) -> str:
        tr = self.tr
        if change.after is None:
            return tr("deleted (it stood in row {row})", row=change.before and change.before.number)
        if change.before is None:
            return tr("added")
        definition = schema.tables()[change.table]
        labels = [
            definition.field(name).label(tr.language) if name in definition.columns else shown(name)
            for name in change.columns
        ]
        return tr("edited: {columns}", columns=", ".join(labels)) if labels else tr("edited")

    def _change(
        self, code: str, change: RowChange, message: str, *, column: str = "", remedy: str = ""
    ) -> Finding:
        column = column or (change.columns[0] if change.columns else "")
        row = change.after or change.before
        assert row
        return self._finding(
            code,
            change.table,
            change.after,
            message=message,
            column=column,
            value=shown(row.cells.get(column, "")) if column else "",
            record=record_of(change.table, {k: v for k, v in row.cells.items() if v}),
            remedy=remedy,
        )

    def _finding(
        self, code: str, table: str, row: Row | None, *, message: str, **texts: str
    ) -> Finding:
        remedy = texts.pop("remedy", "") or self.tr(
            "take it back, or leave it to those who answer for it in a change of their own"
        )
        return Finding(
            code=code,
            severity=Severity.ERROR,
            table=table,
            row=row.number if row else None,
            message=message,
            reason=self._reason(),
            remedy=remedy,
            **texts,
        )

    def _reason(self) -> str:
        return self.tr(
            "This change is {department}'s (compared with {revision}); each department answers "
            "for its own powers, pages and look, and for nothing else.",
            department=self._name(self.area.department),
            revision=self.area.revision,
        )

    def _name(self, slug: str) -> str:
        names: Mapping[str, str] = self.after.names
        return f"{names[slug]} ({slug})" if names.get(slug) else shown(slug)
