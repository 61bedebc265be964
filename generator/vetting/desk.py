"""The reviewer's desk: the drafts laid out for the rules, and the form on which they report."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from generator.i18n import Translator
from generator.model.codes import PowerCode
from generator.sources import canonical, schema
from generator.sources.canonical import Line
from generator.sources.tables import Tables
from generator.vetting.beside import Beside
from generator.vetting.draft import Draft
from generator.vetting.finding import Finding, Severity
from generator.vetting.nearest import Nearest
from generator.vetting.readings import Readings
from generator.vetting.scroll import Scroll, unroll
from generator.vetting.spans import Spans, spans

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LONGEST_VALUE = 120

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A cell that its column's definition does not allow; `kind` is the constraint it breaks."""

    kind: str
    line: Line
    column: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything a rule may look at.

    `drafts` are the powers being vetted and `only` their codes (None: all); registers are
    always vetted whole, and references always look at all rows. `keys` holds, for a table
    with one key column, the first line of each key; `distinct` the value of each distinct cell
    by table and column; `scrolls` the texts being vetted; `spans` compares time limits;
    `broken` the register keys with errors, for the rules that come last; `made` is what
    rules share; `beside` is what lies beside the tables.
    """

    tr: Translator
    day: date
    tables: Tables
    lines: Mapping[str, tuple[Line, ...]]
    keys: Mapping[str, Mapping[str, Line]]
    distinct: Mapping[str, Mapping[str, Mapping[str, Any]]]
    drafts: tuple[Draft, ...]
    spans: Spans
    scrolls: Mapping[str, Scroll] = field(default_factory=dict)
    only: frozenset[str] | None = None
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    broken: Mapping[str, Collection[str]] = field(default_factory=dict)
    nearest: Nearest = field(default_factory=Nearest)
    readings: Readings = field(default_factory=Readings)
    rule: str = ""
    beside: Beside = field(default_factory=Beside)
    made: dict[Callable[[Desk], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Desk], _Made]) -> _Made:
        """Return what a function makes of the desk, made once for all rules."""
        if make not in self.made:
            self.made[make] = make(self)
        found: _Made = self.made[make]
        return found

    def vetted(self, table: str) -> Iterator[Line]:
        """Yield the lines of a table that belong to what is being vetted."""
        lines = self.lines[table]
        return iter(lines) if self.only is None else filter(self.covers, lines)

    def covers(self, line: Line) -> bool:
        """Tell whether a line belongs to what is being vetted."""
        if self.only is None:
            return True
        owner = owner_column(line.table)
        return not owner or line.values.get(owner) in self.only

    def active(self, *kinds: str) -> Iterator[Draft]:
        """Yield the drafts of powers in force, or of those of some kinds."""
        if not kinds:
            return iter(self.once(_active))
        return (draft for draft in self.once(_active) if draft.line.values.get("kind") in kinds)

    def label(self, table: str, column: str) -> str:
        """Return a column's title in the city's language."""
        return schema.tables()[table].field(column).label(self.tr.language)

    def did_you_mean(self, name: str, known: Collection[str], *, among: str, otherwise: str) -> str:
        """Return the remedy for an unknown name: the nearest known one, if there is one."""
        near = self.nearest(name, known, among=among)
        return self.tr("did you mean “{near}”?", near=near) if near else otherwise

    def error(self, line: Line, column: str = "", **texts: Any) -> Finding:
        """Return a finding that refuses the line's record; see `finding` for the texts."""
        return self.finding(Severity.ERROR, line, column, **texts)

    def warning(self, line: Line, column: str = "", **texts: Any) -> Finding:
        """Return a finding that asks for a look; see `finding` for the texts."""
        return self.finding(Severity.WARNING, line, column, **texts)

    def finding(
        self,
        severity: Severity,
        line: Line,
        column: str = "",
        *,
        message: str,
        reason: str,
        remedy: str,
        law: str = "",
        value: object = None,
    ) -> Finding:
        """Return a finding on a line; the value is the column's unless another is given."""
        if value is None:
            value = line.values.get(column, "")
        return Finding(
            code=self.rule,
            severity=severity,
            table=line.table,
            row=line.number,
            column=column,
            record=record_of(line.table, line.values),
            value=shown(value),
            message=message,
            reason=reason,
            remedy=remedy,
            law=law,
        )


def lay_out(
    tables: Tables, *, tr: Translator, day: date, only: Collection[str] | None = None
) -> Desk:
    """Return the desk with every row decoded and every power's children beside it."""
    scope = None if only is None else frozenset(only)
    decoded = {name: canonical.decoded(tables, name) for name in schema.tables()}
    lines = {name: table.lines for name, table in decoded.items()}
    desk = Desk(
        tr=tr,
        day=day,
        tables=tables,
        lines=lines,
        keys={name: _keys(rows, name) for name, rows in lines.items()},
        distinct={name: table.distinct for name, table in decoded.items()},
        drafts=tuple(_drafts(lines, scope)),
        spans=spans(lines["calendar"], day),
        only=scope,
    )
    whole = desk.distinct if scope is None else {}
    scrolls = {name: unroll(desk.vetted(name), whole.get(name)) for name in lines}
    return replace(desk, scrolls=scrolls)


def owner_column(table: str) -> str:
    """Return the column that names the power a row belongs to; "" in a register."""
    if table == "powers":
        return "code"
    known = schema.tables().get(table)
    return "power" if known and known.parent == "powers" else ""


def record_of(table: str, values: Mapping[str, Any]) -> str:
    """Return the record of a row: its power's code, or the key of a register row."""
    owner = owner_column(table)
    columns = (owner,) if owner else schema.tables()[table].primary_key
    return " ".join(str(values[name]) for name in columns if name in values)


def shown(value: object) -> str:
    """Return a value as a finding may show it: short, one line, nothing unseen or active."""
    parts = value if isinstance(value, list | tuple) else (value,)
    text = ";".join(str(part) for part in parts)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + "…"
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _active(desk: Desk) -> tuple[Draft, ...]:
    return tuple(draft for draft in desk.drafts if draft.is_active)


def _keys(rows: tuple[Line, ...], table: str) -> dict[str, Line]:
    columns = schema.tables()[table].primary_key
    found: dict[str, Line] = {}
    if len(columns) == 1:
        for line in rows:
            if columns[0] in line.values:
                found.setdefault(line.values[columns[0]], line)
    return found


def _drafts(lines: Mapping[str, tuple[Line, ...]], scope: frozenset[str] | None) -> Iterator[Draft]:
    children: dict[str, dict[str, list[Line]]] = {}
    for name in schema.children():
        for line in lines[name]:
            owned = children.setdefault(line.values.get("power", ""), {})
            owned.setdefault(name, []).append(line)
    seen = set()
    for line in lines["powers"]:
        code = line.values.get("code")
        if not code or code in seen or (scope is not None and code not in scope):
            continue
        seen.add(code)
        owned = children.get(code, {})
        yield Draft(
            code=PowerCode(code),
            line=line,
            children={name: tuple(rows) for name, rows in owned.items()},
        )
