"""Time limits of records, read and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.i18n import Translator

_UNITS = frozenset({"working_day", "calendar_day", "hour", "month", "year", "on_the_spot"})


def limit_of(values: Mapping[str, Any], prefix: str = "") -> tuple[int, str] | None:
    """Return a row's limit as number and unit; None where it has none that can be read.

    The prefix is that of a power's columns, such as "statutory_".
    """
    limit, unit = values.get(f"{prefix}limit"), values.get(f"{prefix}unit")
    if isinstance(limit, int) and limit >= 0 and isinstance(unit, str) and unit in _UNITS:
        return limit, unit
    return None


def amount(tr: Translator, n: int, unit: str) -> str:
    """Return a limit in words, such as "20 working days"; raises KeyError for no unit."""
    return {
        "working_day": tr.plural("{n} working day", "{n} working days", n),
        "calendar_day": tr.plural("{n} calendar day", "{n} calendar days", n),
        "hour": tr.plural("{n} hour", "{n} hours", n),
        "month": tr.plural("{n} month", "{n} months", n),
        "year": tr.plural("{n} year", "{n} years", n),
        "on_the_spot": tr("on the spot"),
    }[unit]
