"""Where in a CSV file a row and its cells stand, as an editor counts lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

_CELL = re.compile(r'(?:"[^"]*(?:""[^"]*)*"|[^",\r\n][^,\r\n]*)?')
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of text: lines and columns from 1, the end column one beyond the last sign.

    Columns count UTF-16 code units, as code hosts and editors do.
    """

    start_line: int
    start_column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Places:
    """The regions of a file's cells, by the line on which a row starts."""

    header: tuple[str, ...]
    rows: Mapping[int, tuple[Region, ...]]

    def find(self, row: int, column: str = "") -> Region | None:
        """Return the region of a cell, of a whole row without a column; None if it has none."""
        cells = self.rows.get(row)
        if not cells:
            return None
        if column in self.header and self.header.index(column) < len(cells):
            return cells[self.header.index(column)]
        first, last = cells[0], cells[-1]
        return Region(
            start_line=first.start_line,
            start_column=first.start_column,
            end_line=last.end_line,
            end_column=last.end_column,
        )


def locate(content: bytes) -> Places:
    """Return the places of a CSV file's cells; none where it is no text or breaks off."""
    text = content.decode("utf-8-sig", "replace")
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    wide = any(ord(sign) > 0xFFFF for sign in text)

    def position(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        before = text[starts[line - 1] : offset]
        return line, 1 + (len(before.encode("utf-16-le")) // 2 if wide else len(before))

    rows: dict[int, tuple[Region, ...]] = {}
    header: tuple[str, ...] = ()
    offset = 0
    while offset < len(text):
        spans, offset = _row(text, offset)
        ends = [(position(start), position(end)) for start, end in spans]
        cells = tuple(
            Region(start_line=start[0], start_column=start[1], end_line=end[0], end_column=end[1])
            for start, end in ends
        )
        if not rows:
            header = tuple(text[start:end].strip().strip('"').strip() for start, end in spans)
        rows[cells[0].start_line] = cells
    return Places(header, rows)


def _row(text: str, offset: int) -> tuple[list[tuple[int, int]], int]:
    """Return the spans of the cells of a row, and where the next one starts."""
    spans = []
    while True:
        end = _CELL.match(text, offset).end()  # type: ignore[union-attr]  # it may match nothing
        spans.append((offset, end))
        if text[end : end + 1] == ",":
            offset = end + 1
            continue
        line_end = _LINE_END.search(text, end)
        return spans, line_end.end() if line_end else len(text)
