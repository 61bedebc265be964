"""A second opinion on published packages that shares no code with frictionless or the writer.

The descriptor is held against the official Data Package 2.0 JSON Schemas; the rows against
the descriptor by the standard library: types, required cells, enumerations, patterns, keys,
references, sizes and sums.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

PROFILE = Path(sys.prefix) / "share" / "daylight" / "data-package-2-0.json"


def check(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the package in a folder."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    yield from descriptor_faults(descriptor)
    tables = {}
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        if not path.is_file():
            yield f"{resource['path']}: missing"
            continue
        content = path.read_bytes()
        if resource["bytes"] != len(content):
            yield f"{resource['path']}: has {len(content)} bytes, not {resource['bytes']}"
        if resource["hash"] != f"sha256:{hashlib.sha256(content).hexdigest()}":
            yield f"{resource['path']}: has another hash"
        rows = list(csv.DictReader(content.decode("utf-8").splitlines(keepends=True)))
        tables[resource["name"]] = rows
        yield from row_faults(resource, content, rows)
    for resource in descriptor["resources"]:
        yield from reference_faults(resource, tables)
    yield from sum_faults(folder)


def descriptor_faults(descriptor: dict[str, Any]) -> Iterator[str]:
    """Yield where the descriptor does not fit the official schema."""
    schema = json.loads(PROFILE.read_text("utf-8"))
    for error in Draft7Validator(schema).iter_errors(descriptor):
        yield f"datapackage.json {error.json_path}: {error.message[:200]}"
    if descriptor.get("$schema") != "https://datapackage.org/profiles/2.0/datapackage.json":
        yield "datapackage.json: $schema is not that of 2.0"
    if not descriptor.get("licenses"):
        yield "datapackage.json: no licenses"
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            if not field.get("title") or not field.get("description"):
                yield f"{resource['name']}.{field['name']}: no title or no description"


def row_faults(
    resource: dict[str, Any], content: bytes, rows: list[dict[str, str]]
) -> Iterator[str]:
    """Yield the cells that do not fit their column, and keys given twice."""
    schema, name = resource["schema"], resource["path"]
    header = next(csv.reader(content.decode("utf-8").splitlines()))
    if header != [field["name"] for field in schema["fields"]]:
        yield f"{name}: the header is {header}"
        return
    for number, row in enumerate(rows, 2):
        for field in schema["fields"]:
            fault = cell_fault(field, row[field["name"]])
            if fault:
                yield f"{name} row {number}, {field['name']}: {fault}"
    key = schema["primaryKey"]
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 2):
        value = tuple(row[column] for column in key)
        if value in seen:
            yield f"{name} row {number}: the key {value} stands twice"
        seen.add(value)


def cell_fault(field: dict[str, Any], cell: str | None) -> str:
    """Return what is wrong with one cell, or nothing."""
    rules = field.get("constraints", {})
    if cell is None:
        return "the row is too short"
    if cell == "":
        return "required" if rules.get("required") else ""
    if field["type"] == "integer" and not re.fullmatch(r"[+-]?\d+", cell):
        return f"{cell!r} is no integer"
    if field["type"] == "boolean" and cell not in {"true", "false"}:
        return f"{cell!r} is no boolean"
    if field["type"] == "date":
        try:
            date.fromisoformat(cell)
        except ValueError:
            return f"{cell!r} is no date"
    if "enum" in rules and cell not in rules["enum"]:
        return f"{cell!r} is not in the enumeration"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        return f"{cell!r} does not match {rules['pattern']}"
    if "minimum" in rules and int(cell) < rules["minimum"]:
        return f"{cell} is less than {rules['minimum']}"
    return ""


def reference_faults(
    resource: dict[str, Any], tables: dict[str, list[dict[str, str]]]
) -> Iterator[str]:
    """Yield the foreign keys that lead to no row."""
    for key in resource["schema"].get("foreignKeys", []):
        target = key["reference"].get("resource") or resource["name"]
        known = {
            tuple(row[c] for c in key["reference"]["fields"]) for row in tables.get(target, [])
        }
        for number, row in enumerate(tables.get(resource["name"], []), 2):
            value = tuple(row[column] for column in key["fields"])
            if any(value) and value not in known:
                yield f"{resource['path']} row {number}: {value} is not in {target}"


def sum_faults(folder: Path) -> Iterator[str]:
    """Yield the lines of SHA256SUMS that do not hold, and files that it does not name."""
    named = set()
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        named.add(name)
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"SHA256SUMS: {name} does not hold"
    for path in folder.iterdir():
        if path.is_file() and path.suffix != ".html" and path.name not in named | {"SHA256SUMS"}:
            yield f"SHA256SUMS: does not name {path.name}"
