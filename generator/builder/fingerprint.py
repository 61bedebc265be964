"""What a thing's content is, as one short name: equal values, equal fingerprint, on any machine.

The canonical form is JSON in UTF-8. Dataclasses are written with their class, so that two
kinds with the same values differ; mappings are sorted by key; nothing depends on the hash
seed, on the order of a mapping or on which objects happen to be shared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any

# Begins the name of what JSON has no word for; no text in a page begins with it. A pair, not an
# object, says what a thing is: the encoder need not sort a key that stands alone.
_MARK = "\x00"


@cache
def _reader(kind: type) -> tuple[str, Callable[[Any], Any]] | None:
    """Return a dataclass's mark and a function that reads all its fields at once, else None."""
    if not is_dataclass(kind):
        return None
    mark = f"{_MARK}{kind.__module__}.{kind.__qualname__}"
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return mark, attrgetter(*names)
    return mark, lambda value: [getattr(value, name) for name in names]


def _plain(value: object) -> object:
    """Turn a value that JSON does not know into one that it knows."""
    reader = _reader(type(value))  # type: ignore[arg-type]  # mypy takes no class as hashable
    if reader is not None:
        mark, read = reader
        return mark, read(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Enum):
        return _MARK + type(value).__qualname__, value.value
    if isinstance(value, date | time):
        return _MARK + type(value).__name__, value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return _MARK + "bytes", bytes(value).hex()
    if isinstance(value, Decimal):
        return _MARK + "decimal", str(value)
    if isinstance(value, AbstractSet):
        # A page that walks a set would change with the hash seed while this stood still.
        raise TypeError("fingerprint: a set has no order; give a sorted tuple")
    if isinstance(value, Sequence):
        return list(value)
    kind = type(value).__qualname__
    raise TypeError(f"fingerprint: a {kind} has no canonical form; give a dataclass or plain value")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_plain,
)


def canonical(value: object) -> bytes:
    """Write a value as canonical JSON.

    Takes dataclasses (nested, slots or not), tuples and lists, mappings with text keys,
    enums, dates, bytes, str, int, float, bool and None. An enum that is also a str or int
    is written as that. Raises TypeError for a set, a function or any other object and
    ValueError for a float that is no number.
    """
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def of(*parts: object) -> str:
    """Return the SHA-256 of the parts' canonical form, in hex.

    A large value that many pages share is best given as its own fingerprint, made once.
    """
    return sha256(canonical(parts)).hexdigest()
