"""A cell of a record as a reader of a proof sheet meets it: in words, with the bare value beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.i18n import Translator
from generator.pages.labels import CONTROLLED, label
from generator.sources import schema
from generator.vetting.finding import Finding

_SUGGESTED = {
    ("powers", name): name
    for name in ("subtype", "level", "source_of_power", "case_type", "channels")
} | {("materials", name): name for name in ("form", "source")}
_NAMED = {
    ("powers", "department"): "departments",
    ("powers", "joint_departments"): "departments",
    ("powers", "parent"): "powers",
    ("powers", "successor"): "powers",
    ("legal_bases", "instrument"): "instruments",
    ("moves", "source"): "steps",
    ("moves", "target"): "steps",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What departments, instruments and powers are called, by table and key."""

    of: Mapping[str, Mapping[str, str]]

    def __call__(self, table: str, key: str) -> str:
        """Return the name of a row, empty if it is not known."""
        return self.of.get(table, {}).get(key, "")


def in_words(table: str, column: str, value: Any, names: Names, tr: Translator) -> tuple[str, str]:
    """Return a canonical value in words, and as the table has it where that says something else."""
    if value is None or value == "" or value == []:
        return "", ""
    parts: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
    words = [_word(table, column, part, names, tr) for part in parts]
    bare = [str(part) for part in parts]
    if isinstance(value, bool):
        bare = [str(value).lower()]
    text = tr("; ").join(words)
    return text, "" if words == bare or isinstance(value, bool) else ";".join(bare)


def _word(table: str, column: str, value: Any, names: Names, tr: Translator) -> str:
    place = (table, column)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if place in _NAMED:
        return names(_NAMED[place], str(value)) or str(value)
    if place in CONTROLLED:
        try:
            return label(CONTROLLED[place](str(value)), tr)
        except ValueError:
            return str(value)
    if place in _SUGGESTED:
        return label(str(value), tr, column=_SUGGESTED[place])
    return str(value)


def place_of(finding: Finding, tr: Translator) -> str:
    """Return where a finding is, by the labels of table and column rather than their names."""
    table = schema.tables().get(finding.table)
    if table is None:
        return finding.where
    words = table.label(tr.language)
    if finding.row is not None:
        words = tr("{table} row {row}", table=words, row=finding.row)
    labels = {field.name: field.label(tr.language) for field in table.fields}
    column = labels.get(finding.column, finding.column)
    return tr(", ").join([words, column]) if column else words
