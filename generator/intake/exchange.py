"""The exchange JSON of the national service platform: its tables as entries for ours.

Forms seen in the field: `{"AUDIT_ITEM": […], "AUDIT_MATERIAL": […]}`, a list of such
objects (one for each power), the same inside `data`/`list`/`CUSTOM`, and one object per
line. Column names in either case; a code may have its word beside it (`TASK_TYPE_TEXT`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.errors import SourceError
from generator.i18n import Translator
from generator.intake import bases, exchange_rows
from generator.intake.bases import Cite
from generator.intake.bodies import Bodies
from generator.intake.exchange_rows import Columns
from generator.intake.grids import read_bytes
from generator.intake.submission import Entry, Place, Refusal, Submission, remark
from generator.vetting.finding import Finding

_WRAPPERS = ("DATA", "LIST", "ROWS", "RECORDS", "CUSTOM", "RESULT", "RESULTS")
_SINGULAR = {
    "AUDIT_ITEM": "powers",
    "AUDIT_ITEM_EXTEND": "powers",
    "AUDIT_ITEM_RESULT": "powers",
    "AUDIT_ITEM_WINDOW": "powers",
    "AUDIT_CATALOG_LOBBY": "powers",
    "AUDIT_ITEM_BYLAW": "legal_bases",
    "AUDIT_MATERIAL": "materials",
    "AUDIT_ITEM_MATERIAL": "materials",
    "AUDIT_CHARGE": "fees",
    "AUDIT_ITEM_CHARGE": "fees",
    "AUDIT_ITEM_FEE": "fees",
    "AUDIT_FEE": "fees",
    "AUDIT_ITEM_FLOWSHEET": "steps",
}
"""Our table by each of the platform's."""

_KEYS = ("TASK_GUID", "ITEM_GUID", "ITEM_ID", "TASK_HANDLE_ITEM", "TASK_CODE", "CATALOG_CODE")
"""By what a row of another table names its power, the surest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    place: Place
    table: str
    columns: Columns
    group: int


@dataclass(slots=True, kw_only=True)
class _Reading:
    bodies: Bodies
    instruments: Mapping[str, Any]
    cite: Cite
    tr: Translator
    scheme: str = "cn"
    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    steps: dict[Place, list[tuple[Place, dict[str, str]]]] = field(default_factory=dict)


def submission(
    path: Path, bodies: Bodies, *, instruments: Mapping[str, Any], cite: Cite, tr: Translator
) -> Submission:
    """Return what an exchange file holds; raises SourceError if it is no such file."""
    reading = _Reading(bodies=bodies, instruments=instruments, cite=cite, tr=tr)
    rows = list(_rows(_parsed(path, tr), reading))
    total = len(rows) + len(reading.refusals)
    if not any(row.table == "AUDIT_ITEM" for row in rows):
        raise SourceError(
            tr(
                "{file}: holds no row of AUDIT_ITEM, so it is no exchange file of the service "
                "platform; name another file",
                file=path.name,
            )
        )
    reading.scheme = exchange_rows.scheme(
        [row.columns for row in rows if row.table == "AUDIT_ITEM"]
    )
    owners = _owners(rows)
    for row in rows:
        _take(row, owners, reading)
    _moves(reading)
    return Submission(
        kind="exchange",
        rows=total,
        entries=tuple(reading.entries),
        refusals=tuple(reading.refusals),
        findings=(*reading.findings, *bodies.findings()),
        departments=bodies.drafts(),
        whole=frozenset({"materials", "fees"}),
    )


def _parsed(path: Path, tr: Translator) -> Any:
    raw = read_bytes(path, tr)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    problem: Exception
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = error
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        why = getattr(problem, "msg", type(problem).__name__)
        line = getattr(problem, "lineno", 1)
        raise SourceError(
            tr(
                "{file} line {line}: is not JSON ({why}); export it again",
                file=path.name,
                line=line,
                why=why,
            )
        ) from problem


def _rows(found: Any, reading: _Reading) -> Iterator[_Row]:
    """Yield the rows of every table, each with the number of the object that it stands in."""
    count: dict[str, int] = {}
    for group, holder in enumerate(_holders(found, 0)):
        for name, content in holder.items():
            table = str(name).upper()
            if not table.startswith("AUDIT_") and table not in ("LAW",):
                continue
            alone = [] if content is None or content == "" else [content]
            for row in content if isinstance(content, list) else alone:
                count[table] = count.get(table, 0) + 1
                place = Place(sheet=table, row=count[table])
                if not isinstance(row, Mapping):
                    message = reading.tr("is no row with named columns; export the file again")
                    reading.refusals.append(Refusal(place=place, code="I109", message=message))
                    continue
                columns = Columns(row)
                yield _Row(place=place, table=table, columns=columns, group=group)
                for law in columns.rows("LAW") if table == "AUDIT_ITEM" else ():
                    count["LAW"] = count.get("LAW", 0) + 1
                    inner = Place(sheet="LAW", row=count["LAW"])
                    yield _Row(
                        place=inner, table="AUDIT_ITEM_BYLAW", columns=Columns(law), group=group
                    )


def _holders(found: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the objects that hold tables, wherever services wrap them."""
    if isinstance(found, list):
        for part in found:
            yield from _holders(part, depth)
    if not isinstance(found, Mapping) or depth > 6:
        return
    keys = {str(key).upper(): key for key in found}
    if any(key.startswith("AUDIT_") for key in keys):
        yield found
    elif {"TASK_NAME", "CATANAME"} & keys.keys():
        yield {"AUDIT_ITEM": found}
    else:
        for name in _WRAPPERS:
            if name in keys:
                yield from _holders(found[keys[name]], depth + 1)


def _owners(rows: list[_Row]) -> dict[tuple[int | str, str], list[Place]]:
    """Return the places of the powers by each of their keys, and by the object they stand in."""
    owners: dict[tuple[int | str, str], list[Place]] = {}
    for row in rows:
        if row.table != "AUDIT_ITEM":
            continue
        owners.setdefault((row.group, ""), []).append(row.place)
        for key in (*_KEYS, "ROWGUID"):
            if value := row.columns.text(key):
                name = "TASK_GUID" if key == "ROWGUID" else key
                places = owners.setdefault((name, value), [])
                if row.place not in places:
                    places.append(row.place)
    return owners


def _owner(row: _Row, owners: Mapping[tuple[int | str, str], list[Place]]) -> Place | None:
    for key in _KEYS:
        value = row.columns.text(key)
        places = owners.get((key, value), []) if value else []
        if len(places) == 1:
            return places[0]
    alone = owners.get((row.group, ""), [])
    return alone[0] if len(alone) == 1 else None


def _take(
    row: _Row, owners: Mapping[tuple[int | str, str], list[Place]], reading: _Reading
) -> None:
    tr = reading.tr
    if row.table == "AUDIT_ITEM":
        _item(row, reading)
        return
    target = _SINGULAR.get(row.table, "")
    owner = _owner(row, owners)
    if not target:
        message = tr("{table} has no place in our tables; its rows are not taken", table=row.table)
        reading.refusals.append(Refusal(place=row.place, code="I108", message=message))
    elif owner is None:
        message = tr(
            "belongs to no power of this file, or to several; give it the power's TASK_CODE"
        )
        reading.refusals.append(Refusal(place=row.place, code="I107", message=message))
    elif target == "legal_bases":
        _law(row, owner, reading)
    elif target == "steps":
        cells = exchange_rows.step(row.columns)
        reading.steps.setdefault(owner, []).append((row.place, cells))
    else:
        make = exchange_rows.OF_TABLE[row.table]
        cells = make(row.columns)
        unsaid = {"powers": "", "materials": "name", "fees": "name"}[target]
        if unsaid and not cells.get(unsaid):
            message = tr("has no name; fill it in")
            reading.refusals.append(Refusal(place=row.place, code="I102", message=message))
            return
        reading.entries.append(Entry(place=row.place, table=target, cells=cells, of=owner))


def _item(row: _Row, reading: _Reading) -> None:
    columns, place = row.columns, row.place
    cells, defaults, codes = exchange_rows.power(columns, reading.scheme)
    name = columns.text("DEPT_NAME", "IMPL_ORG_NAME")
    if name:
        cells["department"] = reading.bodies.slug(name, place.row)
        unit = columns.text("TONGYI_CODE", "DEPT_CODE")
        reading.bodies.note_unit(name, "department", unit)
    reading.entries.append(
        Entry(place=place, table="powers", cells=cells, defaults=defaults, codes=codes)
    )
    reading.findings += exchange_rows.doubts(columns, cells, place, reading.tr)
    text = columns.text("BY_LAW")
    if text:
        cited = reading.cite(text, reading.instruments, reading.tr)
        reading.entries += bases.rows(cited, place, place)
        reading.findings += bases.doubts(text, cited, place, reading.tr)


def _law(row: _Row, owner: Place, reading: _Reading) -> None:
    """Take a basis whose instrument the register has; refuse the row, with candidates, otherwise."""
    text = exchange_rows.citation(row.columns)
    cited = reading.cite(text, reading.instruments, reading.tr)
    entries = list(bases.rows(cited, row.place, owner))
    reading.findings += bases.doubts(text, cited, row.place, reading.tr)
    if entries:
        reading.entries += entries
        return
    names = ", ".join(bases.candidates(cited))
    tr = reading.tr
    message = (
        tr(
            "“{text}” is not in the law register; is it one of these: {names}?",
            text=text,
            names=names,
        )
        if names
        else tr("“{text}” was not matched to the law register; add the basis by hand", text=text)
    )
    reading.refusals.append(Refusal(place=row.place, code="I110", message=message))


def _moves(reading: _Reading) -> None:
    """Add the steps of each power in their order; the exchange knows no branches, which is told."""
    tr = reading.tr
    for owner, steps in reading.steps.items():
        for number, (place, cells) in enumerate(steps, 1):
            kind = "start" if number == 1 else "end" if number == len(steps) else "task"
            reading.entries.append(
                Entry(place=place, table="steps", cells=cells, of=owner,
                      defaults={"id": f"s{number}", "kind": kind})
            )  # fmt: skip
        reading.findings.append(
            remark(
                "I212",
                tr("the exchange lists {n} steps and no ways between them", n=len(steps)),
                reason=tr(
                    "A procedure also says what follows when something is missing or refused."
                ),
                remedy=tr("add the moves, and the ends in which an application is refused"),
                table="steps",
                row=owner.row,
            )
        )
