"""Cells as a workbook shows them, and back: controlled values in words, references by name.

What a cell shows is a function of what is stored, so a cell that still shows it was not
changed, and keeps what is stored to the byte: that makes the round trip lossless.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.i18n import Translator
from generator.pages import labels
from generator.sources import canonical, schema
from generator.sources.schema import Field
from generator.sources.tables import Tables

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of a workbook holds (Excel's specification)."""

# What XML or a reader of workbooks would change on the way: control characters, and texts
# that look like the escapes of Office Open XML (ECMA-376, part 1, 22.9.2.19).
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|x[0-9A-Fa-f]{4}_")

DEPARTMENTS = {("powers", "department"), ("powers", "joint_departments")}
INSTRUMENTS = {("legal_bases", "instrument")}


def controlled(table: str, field: Field, tr: Translator) -> dict[str, str]:
    """Return the words of a column's controlled values by value, in the order of the schema.

    Where two values have one word, both keep their own names.
    """
    enum = labels.CONTROLLED.get((table, field.name))
    if field.type == "boolean":
        found = {"yes": tr("yes"), "no": tr("no")}
    elif enum is not None and field.enum:
        found = {value: labels.label(enum(value), tr) for value in field.enum}
    else:
        values = field.enum or field.suggested
        found = {value: labels.label(value, tr, column=field.name) for value in values}
    times = Counter(found.values())
    return {value: word if times[word] == 1 else value for value, word in found.items()}


class Words:
    """What cells show and mean in one city's language, with its registers."""

    def __init__(self, tables: Tables, tr: Translator) -> None:
        self._tables, self._tr = tables, tr
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    @cached_property
    def departments(self) -> dict[str, str]:
        """The name of each department by slug; the slug itself where the name is not unique."""
        return _names(canonical.register_rows(self._tables, "departments"), "slug", "name")

    @cached_property
    def instruments(self) -> dict[str, str]:
        """The title of each instrument by identifier; the identifier where it is not unique."""
        return _names(canonical.register_rows(self._tables, "instruments"), "id", "title")

    @cached_property
    def unfit(self) -> str:
        """What stands for a text that no cell of a workbook can hold."""
        return self._tr("※ too long or not printable: left as it is")

    def of(self, table: str, field: Field) -> dict[str, str]:
        """Return what stands for each value of a column; nothing for a column of free text."""
        key = (table, field.name)
        if key not in self._known:
            if key in DEPARTMENTS:
                found = self.departments
            elif key in INSTRUMENTS:
                found = self.instruments
            else:
                found = controlled(table, field, self._tr)
            self._known[key] = found
        return self._known[key]

    def shown(self, table: str, column: str, cell: str) -> str:
        """Return what a workbook shows for a stored cell."""
        field = schema.tables()[table].field(column)
        text = canonical.text(cell)
        words = self.of(table, field)
        if field.type == "boolean":
            value = canonical.value(field, cell)
            text = words.get({True: "yes", False: "no"}.get(value, ""), text)
        elif field.many and words:
            parts = canonical.value(field, cell) or []
            if not any(_separates(words.get(part, part)) for part in parts):
                text = "；".join(words.get(part, part) for part in parts)
        else:
            text = words.get(text, text)
        unfit = _UNFIT.search(text) or len(text.encode("utf-16-le")) // 2 > LONGEST_CELL
        return self.unfit if unfit else text

    def meant(self, table: str, column: str, cell: str, present: str | None) -> str:
        """Return the cell to store for what a workbook shows; raises ValueError if none is known.

        `present` is the cell stored for the same row, or None for a new one.
        """
        text = canonical.text(cell)
        if present is not None and text == self.shown(table, column, present):
            return present
        if text == self.unfit:
            raise ValueError(text)
        field = schema.tables()[table].field(column)
        values = {word: value for value, word in self.of(table, field).items()}
        if field.many and values:
            parts = canonical.value(field, text) or []
            return ";".join(values.get(part, part) for part in parts)
        return values.get(text, text)


def _names(rows: Iterable[Mapping[str, object]], key: str, column: str) -> dict[str, str]:
    found = {str(row[key]): str(row.get(column, row[key])) for row in rows if key in row}
    times = Counter(found.values())
    return {
        value: value if times[name] > 1 or name in found or _separates(name) else name
        for value, name in found.items()
    }


def _separates(text: str) -> bool:
    return ";" in text or "；" in text
