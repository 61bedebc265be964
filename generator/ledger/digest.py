"""Digest scheme d1: SHA-256 over the canonical JSON of a record, and that canonical form itself.

The scheme and its test vectors stand in docs/reference/digest-d1.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NoReturn, cast
from unicodedata import normalize

SCHEME = "d1"

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: object) -> Any:
    """Return a value in the form that d1 covers.

    Texts are NFC; fields of a record that are null, "", [] or {} are left out, at every
    depth; members of a list keep their order and none is left out. Raises ValueError for
    what the scheme has no form for: a fraction, a day that is not text, two keys that
    become one.
    """
    kind = type(value)  # exact types first: a city's drafts are a million values
    if kind is str:
        return normalize("NFC", cast(str, value))
    if kind is int or kind is bool or value is None:
        return value
    if isinstance(value, Mapping):
        return _fields(value)
    if isinstance(value, list | tuple):
        return [canonical(part) for part in value]
    if isinstance(value, str):  # an enumeration's member
        return normalize("NFC", str(value))
    raise ValueError(f"{SCHEME} has no form for a {kind.__name__}: {value!r}")


def encode(value: object) -> bytes:
    """Return a value as UTF-8 JSON with sorted keys and no spaces.

    Raises ValueError for half a surrogate pair, which is no text.
    """
    return _encode(value).encode()


def digest_of(value: object) -> str:
    """Return the d1 digest of a record or of a register's rows, canonical or not yet."""
    return sha256_of(encode(canonical(value)))


def sha256_of(*parts: bytes | memoryview) -> str:
    """Return the SHA-256 of the parts, one after the other, in hexadecimal."""
    total = sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()


def decode(raw: bytes) -> Any:
    """Return the value of JSON bytes; raise ValueError for what d1 has no form for."""
    return _decode(raw.decode())


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{SCHEME} has no form for {text}")


_decode = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode


def _fields(record: Mapping[Any, object]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in record.items():
        if not isinstance(key, str):
            raise ValueError(f"{SCHEME} has no form for a key that is no text: {key!r}")
        name, part = normalize("NFC", key), canonical(value)
        if name in found:
            raise ValueError(f"two keys of a record become one after Unicode normalisation: {name}")
        if part is None or part == "" or part == [] or part == {}:
            continue
        found[name] = part
    return found
