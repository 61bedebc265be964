"""A submission beside the working tables: which records it adds, which it changes, what it may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.i18n import Translator
from generator.intake import bodies, children, claims
from generator.intake.plan import Change, Plan
from generator.intake.submission import Entry, Place, Refusal, Submission
from generator.sources import canonical, schema
from generator.sources.tables import Tables
from generator.vetting.finding import Finding

Cells = dict[str, str]


@dataclass(slots=True, kw_only=True)
class Merge:
    """The state of a merge: tables being changed, what became of each row, what was refused."""

    tables: Tables
    submission: Submission
    tr: Translator
    department: str
    powers: dict[str, Cells] = field(default_factory=dict)
    codes: dict[Place, str] = field(default_factory=dict)
    refused: dict[Place, Refusal] = field(default_factory=dict)
    touched: set[Place] = field(default_factory=set)
    seen: set[Place] = field(default_factory=set)
    added: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    written: dict[str, list[Cells]] = field(default_factory=dict)

    def refuse(self, place: Place, code: str, message: str) -> None:
        """Refuse a row, for the first reason found."""
        self.refused.setdefault(place, Refusal(place=place, code=code, message=message))

    def take(self, entry: Entry, present: Cells | None, code: str, key: str = "") -> Cells | None:
        """Return a row with an entry's cells in it; None, and a refusal, if one has no meaning."""
        table, row = entry.table, dict(present or {})
        definition, submission = schema.tables()[table], self.submission
        changes: list[Change] = []
        touched = False
        for column, cell in self._said(entry, row):
            old = row.get(column)
            try:
                new = submission.read(table, column, cell, old if present is not None else None)
            except ValueError:
                label = definition.field(column).label(self.tr.language)
                self.refuse(
                    entry.place,
                    "I111",
                    self.tr(
                        "“{column}” says that it was left as it is, but there is nothing yet; "
                        "write the text, shorter",
                        column=label,
                    ),
                )
                return None
            found = definition.field(column)
            if canonical.value(found, new) == canonical.value(found, old or ""):
                continue
            row[column], touched = new, True
            place = {"record": code, "table": table, "key": key, "column": column}
            changes.append(Change(**place, old=old or "", new=new))
        if touched:
            self.touched.add(entry.place)
        if present is not None:
            self.changes += changes
        return row

    def _said(self, entry: Entry, row: Cells) -> Iterable[tuple[str, str]]:
        for column, cell in entry.cells.items():
            if column in ("code", "power"):
                continue
            if not self.submission.erases:
                if not cell.strip():
                    continue
                if column == "former_codes":
                    cell = ";".join(filter(None, [row.get(column, ""), cell]))
            yield column, cell
        for column, cell in entry.defaults.items():
            if not row.get(column, "").strip() and not entry.cells.get(column, "").strip():
                yield column, cell


def plan(tables: Tables, submission: Submission, *, tr: Translator, department: str = "") -> Plan:
    """Return what a submission would do to the tables; `department` limits it to one's own rows."""
    state = Merge(tables=tables, submission=submission, tr=tr, department=department)
    for refusal in submission.refusals:
        state.refused.setdefault(refusal.place, refusal)
    for row in tables.rows("powers"):
        code = row.cells.get("code", "").strip()
        if code:
            state.powers.setdefault(code, dict(row.cells))
    _powers(state)
    children.merge(state)
    departments = _departments(state)
    places = {entry.place for entry in submission.entries} - set(state.refused)
    taken = len(places & state.touched)
    return Plan(
        kind=submission.kind,
        rows=submission.rows,
        taken=taken,
        unchanged=len(places) - taken,
        refusals=tuple(sorted(state.refused.values(), key=lambda r: (r.place.sheet, r.place.row))),
        added=tuple(state.added),
        changes=tuple(state.changes),
        departments=departments,
        findings=tuple(_of_use(submission.findings, departments)),
        tables=state.written,
    )


def _of_use(
    findings: Iterable[Finding], departments: Iterable[Mapping[str, str]]
) -> Iterator[Finding]:
    """Yield the findings, without those on departments none of whose powers was taken."""
    drafted = {row["slug"] for row in departments}
    for finding in findings:
        if finding.code != bodies.DRAFTED or finding.record in drafted:
            yield finding


def _powers(state: Merge) -> None:
    own = [e for e in state.submission.entries if e.table == "powers" and e.of is None]
    wanted = Counter(
        code for entry in own if entry.place not in state.refused for code in entry.codes
    )
    names = claims.aliases(state)
    given: dict[str, Place] = {}
    dirty = False
    for entry in own:
        if entry.place in state.refused:
            continue
        code = claims.code(state, entry, wanted, names)
        if code and code in given:
            state.refuse(
                entry.place,
                "I104",
                state.tr(
                    "“{code}” stands in row {row} already; keep one of the two",
                    code=code,
                    row=given[code],
                ),
            )
        if not code or entry.place in state.refused or not claims.may(state, entry, code):
            continue
        row = state.take(entry, state.powers.get(code), code)
        if row is None:
            continue
        given[code] = entry.place
        state.codes[entry.place] = code
        if code not in state.powers:
            row["code"] = code
            state.added.append(code)
            state.touched.add(entry.place)
        dirty |= entry.place in state.touched
        state.powers[code] = row
    dirty |= _more(state)
    dirty |= _parents(state, own)
    if dirty:
        _write_powers(state)


def _parents(state: Merge, entries: Iterable[Entry]) -> bool:
    """Name the main item of sub-items, by the code that it got; tell whether any changed."""
    dirty = False
    for entry in entries:
        code = state.codes.get(entry.place, "")
        parent = state.codes.get(entry.parent, "") if entry.parent else ""
        if code and parent and parent != code:
            named = replace(entry, cells={"parent": parent}, defaults={})
            row = state.take(named, state.powers[code], code)
            if row is not None:
                state.powers[code] = row
                dirty |= entry.place in state.touched
    return dirty


def _more(state: Merge) -> bool:
    """Take the entries that have more columns of a power; tell whether any changed it."""
    dirty = False
    for entry in state.submission.entries:
        if entry.table != "powers" or entry.of is None or entry.place in state.refused:
            continue
        code = state.codes.get(entry.of, "")
        if not code:
            state.refuse(entry.place, "I107", _orphan(state, str(entry.of)))
            continue
        row = state.take(entry, state.powers[code], code)
        if row is not None:
            state.powers[code] = row
            dirty |= entry.place in state.touched
    return dirty


def _orphan(state: Merge, name: str) -> str:
    return state.tr("the power that it belongs to, {name}, was not taken; see there", name=name)


def _write_powers(state: Merge) -> None:
    rows, done = [], set()
    for row in state.tables.rows("powers"):
        code = row.cells.get("code", "").strip()
        first = code and code not in done
        done.add(code)
        rows.append(state.powers[code] if first else dict(row.cells))
    rows += [state.powers[code] for code in state.added]
    state.written["powers"] = rows


def _departments(state: Merge) -> tuple[Mapping[str, str], ...]:
    """Add the departments that are not in the register yet and now have a power."""
    used = {state.powers[code].get("department", "") for code in state.codes.values()}
    there = {row.cells.get("slug", "").strip() for row in state.tables.rows("departments")}
    new = [
        row
        for row in state.submission.departments
        if row["slug"] in used and row["slug"] not in there
    ]
    if new:
        rows = [dict(row.cells) for row in state.tables.rows("departments")]
        state.written["departments"] = rows + [dict(row) for row in new]
    return tuple(new)
