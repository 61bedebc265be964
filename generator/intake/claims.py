"""Which power a row of a source speaks of, and whether it may."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.intake.submission import Entry
from generator.sources import canonical

if TYPE_CHECKING:
    from generator.intake.merge import Merge

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
ALIASES = ("local_code", "implementation_code", "former_codes")
"""Columns that may name a power in a list that does not know our codes."""


def aliases(state: Merge) -> dict[str, set[str]]:
    """Return the codes of the powers by every name that another list may know them by."""
    names: dict[str, set[str]] = defaultdict(set)
    for code, cells in state.powers.items():
        for column in ALIASES:
            for name in re.split("[;；]", cells.get(column, "")):
                if name.strip():
                    names[name.strip()].add(code)
    return names


def code(
    state: Merge, entry: Entry, wanted: Mapping[str, int], names: Mapping[str, set[str]]
) -> str:
    """Return the code of an entry's power; "" and a refusal if it has none."""
    tr, explicit = state.tr, canonical.text(entry.cells.get("code", ""))
    if explicit:
        if _CODE.fullmatch(explicit) or explicit in state.powers:
            return explicit
        message = tr(
            "the code “{code}” may hold only letters, digits and hyphens; write one that does",
            code=explicit[:60],
        )
        state.refuse(entry.place, "I103", message)
        return ""
    found = _present(state, entry, names) or next(
        (code for code in entry.codes if wanted[code] == 1 and code not in state.powers), ""
    )
    if not found and not canonical.text(entry.cells.get("name", "")):
        state.refuse(entry.place, "I102", tr("has neither a code nor a name; fill them in"))
    elif not found and any(wanted[code] > 1 for code in entry.codes):
        message = tr(
            "the code “{code}” stands in several rows; give each power its own", code=entry.codes[0]
        )
        state.refuse(entry.place, "I104", message)
    elif not found:
        state.refuse(entry.place, "I103", tr("has no code; give the power one, it stays for ever"))
    return found


def _present(state: Merge, entry: Entry, names: Mapping[str, set[str]]) -> str:
    """Return the code of the power that is there already, known by any of the entry's codes."""
    department = entry.cells.get("department", "") or state.department
    keys = [entry.cells.get(column, "") for column in reversed(ALIASES)]
    for key in filter(None, [*keys, *entry.codes]):
        found = {key} & state.powers.keys() | names.get(key, set())
        mine = [
            code
            for code in found
            if not department or state.powers[code].get("department", "").strip() == department
        ]
        if len(mine) == 1:
            return mine[0]
    return ""


def may(state: Merge, entry: Entry, code: str) -> bool:
    """Tell whether the source may speak for a power; refuse the row if it may not."""
    tr, present = state.tr, state.powers.get(code)
    named = canonical.text(entry.cells.get("department", ""))
    if named:
        named = state.submission.read(
            "powers", "department", named, (present or {}).get("department")
        )
    holder = present.get("department", "").strip() if present else ""
    if named and holder and named != holder:
        message = tr(
            "{code} is a power of {holder} in the tables, not of {named}; a power changes hands in "
            "the tables, not by a list",
            code=code,
            holder=holder,
            named=named,
        )
        state.refuse(entry.place, "I106", message)
    elif not (named or holder):
        message = tr("names no department; name it, or give --department")
        state.refuse(entry.place, "I105", message)
    elif state.department and (holder or named) != state.department:
        message = tr(
            "is a power of {holder}, not of {department}",
            holder=holder or named,
            department=state.department,
        )
        state.refuse(entry.place, "I105", message)
    elif present is None and not canonical.text(entry.cells.get("name", "")):
        state.refuse(entry.place, "I102", tr("has no name; fill it in"))
    return entry.place not in state.refused
