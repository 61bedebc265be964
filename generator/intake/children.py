"""The rows that belong to a power, set beside those that are there: bases, materials, steps and the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.intake.plan import Change
from generator.intake.submission import Entry
from generator.sources import canonical, schema

if TYPE_CHECKING:
    from generator.intake.merge import Cells, Merge

NAMES = {
    "legal_bases": ("instrument", "article", "article_suffix", "paragraph", "subparagraph"),
    "materials": ("name",),
    "fees": ("name",),
    "responsibilities": ("duty",),
    "penalties": ("conduct", "circumstance"),
    "steps": ("name",),
    "moves": ("source", "target"),
}
"""What tells the rows of one power apart where a list has no numbers of ours."""


def merge(state: Merge) -> None:
    """Take every entry for a table of children into the state."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    unsure: set[tuple[str, str]] = set()
    for entry in state.submission.entries:
        if entry.table == "powers":
            continue
        owner = _owner(state, entry)
        if owner and entry.place not in state.refused:
            groups[entry.table, owner].append(entry)
        else:
            unsure.add((entry.table, owner))
    if state.submission.erases:
        for table in state.submission.whole:
            for code in state.codes.values():
                groups.setdefault((table, code), [])
    for table in schema.children():
        mine = {owner: entries for (name, owner), entries in groups.items() if name == table}
        if mine:
            doubtful = {owner for name, owner in unsure if name == table}
            _table(state, table, mine, doubtful)


def _owner(state: Merge, entry: Entry) -> str:
    """Return the code of the power that a row belongs to; "" and a refusal if it has none."""
    tr = state.tr
    if entry.of is not None:
        code, name = state.codes.get(entry.of, ""), str(entry.of)
    else:
        name = canonical.text(entry.cells.get("power", ""))
        code = _named(state, name)
    if not code:
        message = (
            tr("belongs to {name}, a power that this list has not, or that was refused", name=name)
            if name
            else tr("names no power; write its code")
        )
        state.refuse(entry.place, "I107", message)
    elif state.department and state.powers[code].get("department", "").strip() != state.department:
        message = tr("belongs to {code}, a power of another department", code=code)
        state.refuse(entry.place, "I105", message)
        return ""
    return code


def _named(state: Merge, name: str) -> str:
    taken = set(state.codes.values())
    if taken or any(entry.table == "powers" for entry in state.submission.entries):
        return name if name in taken else ""
    if name in state.powers:
        return name
    found = [
        code
        for code, cells in state.powers.items()
        if name and name in (cells.get("local_code"), cells.get("implementation_code"))
    ]
    return found[0] if len(found) == 1 else ""


def _table(state: Merge, table: str, groups: dict[str, list[Entry]], doubtful: set[str]) -> None:
    present: dict[str, list[Cells]] = defaultdict(list)
    for row in state.tables.rows(table):
        present[row.cells.get("power", "").strip()].append(dict(row.cells))
    made = {
        owner: _rows(state, table, owner, entries, (present[owner], owner not in doubtful))
        for owner, entries in groups.items()
    }
    changed = {
        owner: rows
        for owner, rows in made.items()
        if [_values(table, row) for row in rows] != [_values(table, row) for row in present[owner]]
    }
    if not changed:
        return
    written: list[Cells] = []
    done: set[str] = set()
    for row in state.tables.rows(table):
        owner = row.cells.get("power", "").strip()
        if owner not in changed:
            written.append(dict(row.cells))
        elif owner not in done:
            written += changed[owner]
            done.add(owner)
    for owner, rows in changed.items():
        if owner not in done:
            written += rows
    state.written[table] = written


def _rows(
    state: Merge, table: str, owner: str, entries: Sequence[Entry], beside: tuple[list[Cells], bool]
) -> list[Cells]:
    """Return the rows of one power: those of the list, and what stays of those that are there."""
    present, sure = beside
    key = next(name for name in schema.tables()[table].primary_key if name != "power")
    left = list(range(len(present)))
    made: dict[int, Cells] = {}
    new: list[Cells] = []
    order: list[Cells] = []
    for entry in entries:
        place = _match(state, table, entry, [(n, present[n]) for n in left])
        row = state.take(entry, present[place] if place is not None else None, owner, _key(entry))
        if row is None:
            sure = False
            continue
        row["power"] = owner if place is None else present[place].get("power", owner)
        if place is not None:
            left.remove(place)
            made[place] = row
        else:
            new.append(row)
            state.touched.add(entry.place)
        order.append(row)
    gone = [present[n] for n in left]
    if table in state.submission.whole and sure and (entries or state.submission.erases):
        state.changes += [_removed(table, owner, row) for row in gone]
        rows = order
    else:
        rows = [made.get(n, row) for n, row in enumerate(present)] + new
    if key == "seq":
        _number(rows)
    state.changes += [
        Change(record=owner, table=table, key=row.get(key, ""))
        for row in new
        if owner not in state.added
    ]
    return rows


def _key(entry: Entry) -> str:
    key = schema.tables()[entry.table].primary_key[1]
    return canonical.text(entry.cells.get(key, ""))


def _match(
    state: Merge, table: str, entry: Entry, present: Iterable[tuple[int, Cells]]
) -> int | None:
    """Return the place of the row that an entry speaks of: by its key, else by its name."""
    present = list(present)
    keys = [name for name in schema.tables()[table].primary_key if name != "power"]
    by_key = _said(state, entry, keys)
    if all(by_key) and state.submission.erases:
        exact = [
            n for n, row in present if [canonical.text(row.get(k, "")) for k in keys] == by_key
        ]
        if exact:
            return exact[0]
    names = NAMES[table]
    wanted = _said(state, entry, names)
    if not any(wanted):
        return None
    like = [n for n, row in present if [canonical.text(row.get(k, "")) for k in names] == wanted]
    return like[0] if like else None


def _said(state: Merge, entry: Entry, columns: Iterable[str]) -> list[str]:
    found = []
    for column in columns:
        try:
            cell = state.submission.read(entry.table, column, entry.cells.get(column, ""), None)
        except ValueError:
            cell = ""
        found.append(canonical.text(cell))
    return found


def _number(rows: Iterable[Cells]) -> None:
    """Give the rows without a number the next free ones."""
    rows = list(rows)
    field = schema.tables()["materials"].field("seq")
    used = [canonical.value(field, row.get("seq", "")) for row in rows]
    following = max((n for n in used if isinstance(n, int)), default=0) + 1
    for row in rows:
        if not row.get("seq", "").strip():
            row["seq"] = str(following)
            following += 1


def _removed(table: str, owner: str, row: Cells) -> Change:
    key = schema.tables()[table].primary_key[1]
    what = row.get(NAMES[table][0], "")
    return Change(record=owner, table=table, key=row.get(key, ""), old=what)


def _values(table: str, row: Cells) -> dict[str, object]:
    fields = schema.tables()[table].fields
    return {f.name: canonical.value(f, row.get(f.name, "")) for f in fields}
