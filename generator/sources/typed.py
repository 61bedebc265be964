"""Values with a type of their own, from a database or a spreadsheet, into text cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


def text_of(value: Any) -> str:
    """Return the cell that a value of any type means; none (NULL) is an empty cell.

    Raises UnicodeDecodeError for bytes that are no text in UTF-8.
    """
    if value is None:
        return ""
    make = _MAKERS.get(value.__class__)
    return make(value) if make else str(value)


def _number(value: Any) -> str:
    """Write 20.0 as 20, since the columns of whole numbers take no other."""
    number = Decimal(str(value))
    whole = number.is_finite() and abs(number) < 10**15 and number == int(number)
    return str(int(number)) if whole else str(value)


def _moment(value: datetime) -> str:
    """Write midnight as the day alone: it is how tools store a day."""
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


_MAKERS: Mapping[type, Callable[[Any], str]] = {
    str: lambda value: value,
    bytes: lambda value: value.decode("utf-8"),
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _number,
    Decimal: _number,
    datetime: _moment,
    date: lambda value: value.isoformat(),
    list: lambda value: ";".join(text_of(part) for part in value),
    dict: lambda value: json.dumps(value, ensure_ascii=False),
}
