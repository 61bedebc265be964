"""An exchange file as rows of the platform's tables, each with the power that it belongs to.

Forms seen in the field: `{"AUDIT_ITEM": […], "AUDIT_MATERIAL": […]}`, a list of such
objects (one for each power), the same inside `data`/`list`/`CUSTOM`, tables inside the row
of their power, and one object per line. Names in either case.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import SourceError
from generator.i18n import Translator
from generator.intake.exchange_rows import Columns
from generator.intake.grids import read_bytes
from generator.intake.submission import Place

_WRAPPERS = ("DATA", "LIST", "ROWS", "RECORDS", "CUSTOM", "RESULT", "RESULTS")
_DEEPEST = 8
_OF_POWERS = ("TASK", "ITEM", "CATA", "POWER", "AUDIT", "LOCAL_TASK", "LOCAL_CATA")
_IDENTIFYING = ("GUID", "ID", "CODE", "TASK_HANDLE_ITEM")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRow:
    """One row; `group` numbers the object that it stands in, `of` is the row it stands inside."""

    place: Place
    table: str
    columns: Columns
    group: int
    of: Place | None = None


def read(path: Path, tr: Translator) -> tuple[list[ExchangeRow], list[Place]]:
    """Return the rows of a file, and the places of those that are none.

    Raises SourceError if it is no JSON.
    """
    count: Counter[str] = Counter()
    rows: list[ExchangeRow] = []
    broken: list[Place] = []
    for group, holder in enumerate(_holders(_parsed(path, tr), 0)):
        for table, content in _tables(holder):
            for row in _listed(content):
                count[table] += 1
                place = Place(sheet=table, row=count[table])
                if not isinstance(row, Mapping):
                    broken.append(place)
                    continue
                rows.append(
                    ExchangeRow(place=place, table=table, columns=Columns(row), group=group)
                )
                for inner, nested in _tables(row, inside=True) if table == "AUDIT_ITEM" else ():
                    for part in _listed(nested):
                        count[inner] += 1
                        at = Place(sheet=inner, row=count[inner])
                        if not isinstance(part, Mapping):
                            broken.append(at)
                            continue
                        rows.append(
                            ExchangeRow(
                                place=at, table=inner, columns=Columns(part), group=group, of=place
                            )
                        )
    return rows, broken


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


def _tables(holder: Mapping[str, Any], *, inside: bool = False) -> Iterator[tuple[str, Any]]:
    """Yield the platform's tables in an object, or inside a row, where AUDIT_STATE is no table."""
    for name, content in holder.items():
        table = str(name).upper()
        if content in (None, "") or (inside and not isinstance(content, list | dict)):
            continue
        if table == "LAW":
            yield "AUDIT_ITEM_BYLAW", content
        elif table.startswith("AUDIT_"):
            yield table, content


def _listed(content: Any) -> list[Any]:
    if isinstance(content, Mapping):
        for name, inner in content.items():
            if str(name).upper() in _WRAPPERS and isinstance(inner, list):
                return inner
    return content if isinstance(content, list) else [content]


def _holders(found: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield the objects that hold tables, wherever services wrap them."""
    if depth > _DEEPEST:
        return
    if isinstance(found, list):
        for part in found:
            yield from _holders(part, depth + 1)
    if not isinstance(found, Mapping):
        return
    keys = {str(key).upper(): key for key in found}
    if {"TASK_NAME", "CATANAME"} & keys.keys():
        yield {"AUDIT_ITEM": found}
    elif any(key.startswith("AUDIT_") for key in keys):
        yield found
    else:
        for name in _WRAPPERS:
            if name in keys:
                yield from _holders(found[keys[name]], depth + 1)


class Owners:
    """The powers of a file by everything that names them."""

    def __init__(self, rows: Iterable[ExchangeRow]) -> None:
        self._groups: dict[int, list[Place]] = {}
        self._named: dict[str, set[Place]] = {}
        for row in rows:
            if row.table == "AUDIT_ITEM":
                self._groups.setdefault(row.group, []).append(row.place)
                for value in _identifiers(row):
                    self._named.setdefault(value, set()).add(row.place)

    def of(self, row: ExchangeRow) -> Place | None:
        """Return the power of a row: where it stands, else whom it names, else the only one there."""
        if row.of is not None:
            return row.of
        named = [self._named[value] for value in _identifiers(row) if value in self._named]
        sure = {next(iter(places)) for places in named if len(places) == 1}
        if sure or named:
            return sure.pop() if len(sure) == 1 else None
        alone = self._groups.get(row.group, [])
        return alone[0] if len(alone) == 1 else None


def _identifiers(row: ExchangeRow) -> list[str]:
    """Return what a row says in columns that identify a power (TASK_CODE, ITEM_ID, ROWGUID …).

    ROWGUID and ID are those of the row itself: of a power only in AUDIT_ITEM.
    """
    own = ("ROWGUID", "GUID", "ID") if row.table == "AUDIT_ITEM" else ()
    names = (
        name
        for name in row.columns.names
        if name in own or (name.startswith(_OF_POWERS) and name.endswith(_IDENTIFYING))
    )
    return [value for name in names if (value := row.columns.text(name))]
