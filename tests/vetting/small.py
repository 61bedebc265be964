"""One small power made from nothing but cells, so that a rule can be tried on every case there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.i18n import Translator
from generator.sources import schema
from generator.sources.tables import Row, Table, Tables
from generator.vetting.finding import Finding
from generator.vetting.gate import Verdict, vet

DAY = date(2026, 3, 1)
CODE = "P-1"

Cells = Mapping[str, str]


def tables(**rows: Iterable[Cells]) -> Tables:
    """Return working tables with these rows; every other table is empty."""
    return Tables(location="small", tables={name: _table(name, rows) for name in schema.tables()})


def a_power(**changes: str) -> dict[str, str]:
    """Return the cells of a power in force without kind-bound fields."""
    power = {"code": CODE, "name": "示例事项", "department": "office", "level": "municipal"}
    return power | {"source_of_power": "statutory", "fee": "none", "status": "active"} | changes


def an_instrument(rank: str, **changes: str) -> dict[str, str]:
    """Return the cells of an instrument in force for three months, named after its rank."""
    made = {"id": rank.replace("_", "-"), "title": f"示例{rank}", "rank": rank}
    return made | {"effective_from": "2025-12-01"} | changes


def a_basis(rank: str, seq: int = 1, role: str = "sets") -> dict[str, str]:
    """Return the cells of a basis in the instrument of a rank."""
    cells = {"power": CODE, "seq": str(seq), "instrument": rank.replace("_", "-")}
    return cells | {"article": "7", "role": role}


def judge(codes: str, day: date = DAY, **rows: Iterable[Cells]) -> list[Finding]:
    """Return the findings whose codes begin so, on tables with these rows."""
    return [found for found in verdict(day, **rows).findings if found.code.startswith(codes)]


def verdict(day: date = DAY, **rows: Iterable[Cells]) -> Verdict:
    """Return the gate's verdict on tables with these rows."""
    rows.setdefault("departments", [{"slug": "office", "name": "示例局", "status": "active"}])
    return vet(tables(**rows), tr=Translator("en"), day=day)


def _table(name: str, rows: Mapping[str, Iterable[Cells]]) -> Table:
    filled = tuple(Row(n, cells) for n, cells in enumerate(rows.get(name, ()), start=2))
    columns = schema.tables()[name].columns
    return Table(name=name, path=f"{name}.csv", columns=columns, rows=filled, digest="")
