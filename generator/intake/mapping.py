"""The mapping file: which heading of a list is which column of ours, and what its words mean."""

from __future__ import annotations

import json
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from generator import checked_yaml, schema_faults
from generator.checked_yaml import Checked
from generator.i18n import Translator
from generator.intake.headings import SPECIAL
from generator.sources import schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a list is read: its table, headings, words, departments, constants.

    `columns` gives our column (or one of `headings.SPECIAL`) by heading, `unused` the
    headings that are not taken; `values` our value by column and word.
    """

    table: str = "powers"
    sheet: str = ""
    header: int = 1
    columns: Map[str, str]
    unused: tuple[str, ...] = ()
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    unknown: Map[str, tuple[str, ...]] = field(default_factory=dict)
    departments: Map[str, str] = field(default_factory=dict)
    constants: Map[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()


@cache
def rules() -> Map[str, Any]:
    """Return the JSON Schema of a mapping file."""
    text = (resources.files(__package__) / "mapping.schema.json").read_text(encoding="utf-8")
    loaded: Map[str, Any] = json.loads(text)
    return loaded


def load(path: Path, tr: Translator) -> Mapping:
    """Return the mapping of a file; raises ConfigError with all of its faults."""
    found = checked_yaml.read(checked_yaml.read_text(path, tr), path.name, tr)
    if not found.values:
        found.raise_if_faulty()
    schema_faults.check(found, rules())
    found.raise_if_faulty()
    values = found.values
    table = values.get("table", "powers")
    known = (*schema.tables()[table].columns, *(SPECIAL if table == "powers" else ()))
    _columns(found, known)
    for part in ("values", "constants"):
        for column in values.get(part, {}):
            if column not in schema.tables()[table].columns:
                _unknown(found, (part, column), column, schema.tables()[table].columns)
    found.raise_if_faulty()
    return Mapping(
        table=table,
        sheet=values.get("sheet", ""),
        header=int(values.get("header", "1")),
        columns=values["columns"],
        values=values.get("values", {}),
        departments=values.get("departments", {}),
        constants=values.get("constants", {}),
        empty=frozenset(values.get("empty", ())),
    )


def _columns(found: Checked, known: tuple[str, ...]) -> None:
    taken: dict[str, str] = {}
    for heading, column in found.values["columns"].items():
        if column not in known:
            _unknown(found, ("columns", heading), column, known)
        elif column in taken:
            found.fault(
                ("columns", heading),
                "{column} is filled by “{first}” already; keep one of the two",
                column=column,
                first=taken[column],
            )
        taken.setdefault(column, heading)


def _unknown(found: Checked, keys: tuple[str, str], column: str, known: tuple[str, ...]) -> None:
    near = get_close_matches(column, known, n=1)
    if near:
        found.fault(
            keys, "{column} is no column; did you mean {near}?", column=column, near=near[0]
        )
    else:
        found.fault(
            keys, "{column} is no column; docs/reference/tables.md lists them", column=column
        )


def dump(mapping: Mapping, source: str, tr: Translator) -> str:
    """Return a mapping as YAML, to be looked through and kept beside the list."""
    content: dict[str, Any] = {}
    if mapping.table != "powers":
        content["table"] = mapping.table
    if mapping.sheet:
        content["sheet"] = mapping.sheet
    if mapping.header != 1:
        content["header"] = str(mapping.header)
    content["columns"] = dict(mapping.columns) | dict.fromkeys(mapping.unused)
    values = {
        column: dict(mapping.values.get(column, {}))
        | dict.fromkeys(mapping.unknown.get(column, ()))
        for column in dict.fromkeys([*mapping.values, *mapping.unknown])
    }
    parts: dict[str, Any] = {
        "values": values,
        "departments": dict(mapping.departments),
        "constants": dict(mapping.constants),
        "empty": sorted(mapping.empty),
    }
    content |= {key: part for key, part in parts.items() if part}
    lines = [
        tr("How {source} is read. Look it through; what has no value is not taken.", source=source),
        tr("columns: the list's heading: our column. values: the list's word: our value."),
    ]
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return "".join(f"# {line}\n" for line in lines) + text.replace(": null\n", ":\n")
