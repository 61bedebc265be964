"""`datapackage.json` and its companions, written by ourselves and checked by others' tools.

Source: Data Package v2 (https://datapackage.org/standard/data-package/).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.i18n import Translator
from generator.outputs.datapackages.tables import PublishedTable
from generator.sources.schema import Field, TableSchema

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"


def resource(
    table: PublishedTable, content: bytes, present: set[str], tr: Translator
) -> Mapping[str, Any]:
    """Return the descriptor of a table's CSV; references to absent tables are left out."""
    schema = table.schema
    return {
        "$schema": PROFILE.format("dataresource"),
        "name": schema.name,
        "type": "table",
        "path": f"{schema.name}.csv",
        "title": schema.label(tr.language),
        "description": schema.about(tr.language),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {
            "$schema": PROFILE.format("tabledialect"),
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {
            "$schema": PROFILE.format("tableschema"),
            "fields": [_field(field, tr.language) for field in schema.published],
            "primaryKey": list(schema.primary_key),
            **_foreign_keys(schema, present),
        },
    }


def _field(field: Field, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.label(language),
        "description": field.about(language),
    }
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.enum:
        constraints["enum"] = list(field.enum)
        found["categories"] = list(field.enum)
    if field.pattern:
        constraints["pattern"] = field.pattern
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if constraints:
        found["constraints"] = constraints
    return found


def _foreign_keys(schema: TableSchema, present: set[str]) -> dict[str, Any]:
    """Keep a reference only where its table is in the package and complete in it.

    A department's package lacks the powers of others, so `parent` and `successor`,
    which may lead there, are checked in the city's package alone.
    """
    keys = [
        {
            "fields": list(key.fields),
            "reference": {
                **({"resource": key.resource} if key.resource else {}),
                "fields": list(key.reference_fields),
            },
        }
        for key in schema.foreign_keys
        if key.resource in present or (not key.resource and "self:" + schema.name in present)
    ]
    return {"foreignKeys": keys} if keys else {}


def encode(descriptor: Mapping[str, Any]) -> bytes:
    """Return a descriptor as its file holds it."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return `SHA256SUMS` as `sha256sum -c` reads it, names relative to the folder."""
    return "".join(_lines(files)).encode()


def _lines(files: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted(files):
        yield f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n"
