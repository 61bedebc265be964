"""The one definition of every table, read from the JSON files beside this module.

Reading, vetting, the published data dictionary and spreadsheet templates all come from
these Table Schemas (Data Package v2). What the standard has no word for stands beside
it: `many`, `suggested`, `multiline`, Chinese titles, `parent`, `register`, `optional`,
`derivedFields`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

_FIRST = ("departments", "instruments", "powers")
"""Registers before what refers to them; children and the rest follow by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is called and explained in both languages of the interface."""

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str

    def label(self, language: str) -> str:
        """Return the title in a language of the interface."""
        return self.title_zh if language.startswith("zh") else self.title

    def about(self, language: str) -> str:
        """Return the description in a language of the interface."""
        return self.description_zh if language.startswith("zh") else self.description


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(_Told):
    """One column: its type, its titles in both languages, what it may hold."""

    type: str
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | None = None
    many: bool = False
    suggested: tuple[str, ...] = ()
    multiline: bool = False
    true_values: tuple[str, ...] = ()
    false_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns whose value must stand in a key of `resource`, or of their own table if it is ""."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema(_Told):
    """One table: columns in their order, keys, and its part in the ledger.

    `parent` names the table whose records own the rows (`powers`, or ""); a `register`
    is signed as a whole; an `optional` table may be missing. `derived` columns are filled in
    by Daylight when a record is signed; working tables do not have them.
    """

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    parent: str = ""
    register: bool = False
    optional: bool = False
    required_columns: tuple[str, ...] = ()
    derived: tuple[Field, ...] = ()

    @property
    def published(self) -> tuple[Field, ...]:
        """The columns of the published table: those of the working table, then the derived."""
        return self.fields + self.derived

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the column of a name; raises KeyError for a name not defined."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@cache
def tables() -> Mapping[str, TableSchema]:
    """Return every table by name: registers, powers, then the rest by name."""
    schemas = {name: _table(descriptor(name)) for name in _names()}
    order = sorted(schemas, key=lambda name: (name not in _FIRST, name))
    return MappingProxyType({name: schemas[name] for name in order})


def descriptor(name: str) -> dict[str, Any]:
    """Return a table's Table Schema as JSON has it, a fresh copy each time."""
    text = (resources.files(__name__) / f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def children() -> tuple[str, ...]:
    """Return the names of the tables whose rows belong to a power."""
    return tuple(name for name, schema in tables().items() if schema.parent == "powers")


def registers() -> tuple[str, ...]:
    """Return the names of the tables that are signed as a whole."""
    return tuple(name for name, schema in tables().items() if schema.register)


def _names() -> list[str]:
    folder = resources.files(__name__)
    return sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".json"))


def _table(raw: dict[str, Any]) -> TableSchema:
    texts = {key: raw[key] for key in ("name", "title", "title_zh")}
    texts |= {key: raw[key] for key in ("description", "description_zh")}
    return TableSchema(
        **texts,
        fields=tuple(_field(field) for field in raw["fields"]),
        primary_key=tuple(raw["primaryKey"]),
        foreign_keys=tuple(_foreign_key(key) for key in raw.get("foreignKeys", ())),
        parent=raw.get("parent", ""),
        register=raw.get("register", False),
        optional=raw.get("optional", False),
        required_columns=tuple(raw["requiredColumns"]),
        derived=tuple(_field(field) for field in raw.get("derivedFields", ())),
    )


def _field(raw: dict[str, Any]) -> Field:
    texts = {key: raw[key] for key in ("name", "type", "title", "title_zh")}
    texts |= {key: raw[key] for key in ("description", "description_zh")}
    constraints = raw.get("constraints", {})
    return Field(
        **texts,
        required=constraints.get("required", False),
        enum=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern", ""),
        minimum=constraints.get("minimum"),
        many=raw.get("many", False),
        suggested=tuple(raw.get("suggested", ())),
        multiline=raw.get("multiline", False),
        true_values=tuple(raw.get("trueValues", ())),
        false_values=tuple(raw.get("falseValues", ())),
    )


def _foreign_key(raw: dict[str, Any]) -> ForeignKey:
    reference = raw["reference"]
    return ForeignKey(
        fields=tuple(raw["fields"]),
        resource=reference.get("resource", ""),
        reference_fields=tuple(reference["fields"]),
    )
