"""The distinct texts of a table as one, so that a pattern that nearly never occurs is found fast.

Most texts stand in many rows: codes, names of steps, standing phrases. Each is read once,
and the rows are gone through only for a text in which something was found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.sources.canonical import Line

Cell = tuple[Line, str, str]
"""A line, a column, and a text that stands there."""


@dataclass(frozen=True)
class Scroll:
    """The lines of a table; their distinct texts by column.

    `values` gives, by column, the distinct values of the lines, if somebody has them.
    """

    lines: tuple[Line, ...]
    values: Mapping[str, Collection[Any]] | None = None

    @cached_property
    def texts(self) -> Mapping[str, frozenset[str]]:
        """The distinct texts of each column that holds any; of several values each one."""
        values = self._gathered if self.values is None else self.values
        found = {column: frozenset(_texts(values[column])) for column in values}
        return {column: texts for column, texts in found.items() if texts}

    @property
    def _gathered(self) -> Mapping[str, Collection[Any]]:
        found: dict[str, list[Any]] = {}
        for line in self.lines:
            for column, value in line.values.items():
                found.setdefault(column, []).append(value)
        return found

    @cached_property
    def _roll(self) -> tuple[str, tuple[int, ...], tuple[tuple[str, str], ...]]:
        places = tuple((column, text) for column, texts in self.texts.items() for text in texts)
        starts, at = [], 0
        for _, text in places:
            starts.append(at)
            at += len(text) + 1
        return "\n".join([text for _, text in places]), tuple(starts), places

    def suspects(self, pattern: re.Pattern[str]) -> dict[str, set[str]]:
        """Return the texts in which a match begins, by column."""
        roll, starts, places = self._roll
        found: dict[str, set[str]] = {}
        for match in pattern.finditer(roll):
            column, text = places[bisect_right(starts, match.start()) - 1]
            found.setdefault(column, set()).add(text)
        return found

    def longer_than(self, length: int) -> Iterator[Line]:
        """Yield the lines with a text of more than so many characters, each once."""
        found = {
            column: {text for text in texts if len(text) > length}
            for column, texts in self.texts.items()
        }
        last = None
        for line, _, _ in self.cells({column: texts for column, texts in found.items() if texts}):
            if line is not last:
                last = line
                yield line

    def cells(self, wanted: Mapping[str, Container[Any]]) -> Iterator[Cell]:
        """Yield the cells that hold a text wanted in their column, in the order of the lines."""
        for line in self.lines if wanted else ():
            for column, texts in wanted.items():
                value: Any = line.values.get(column)
                for part in value if isinstance(value, list) else (value,):
                    if part in texts:
                        yield line, column, part


def unroll(
    lines: Iterable[Line], distinct: Mapping[str, Mapping[str, Any]] | None = None
) -> Scroll:
    """Return the lines as a scroll, which reads them when it is first asked.

    `distinct` is what decoding gives: by column the value of each distinct cell of all lines.
    """
    values = None if distinct is None else {key: cells.values() for key, cells in distinct.items()}
    return Scroll(tuple(lines), values)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if value.__class__ is str:
            yield value
        elif value.__class__ is list:
            yield from value


def cells(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the texts of a line with their columns; of several values each one."""
    for column, value in line.values.items():
        if value.__class__ is str:
            yield column, value
        elif value.__class__ is list:
            for part in value:
                yield column, part
