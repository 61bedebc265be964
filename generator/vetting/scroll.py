"""All texts of a table as one, so that a pattern that nearly never occurs is looked for quickly."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.sources.canonical import Line


@dataclass(frozen=True, slots=True)
class Scroll:
    """The lines of a table, their texts end to end, and where each line's text starts."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    def suspects(self, pattern: re.Pattern[str]) -> Iterator[Line]:
        """Yield the lines in whose text a match begins, each once and in order."""
        last = -1
        for match in pattern.finditer(self.text):
            place = bisect_right(self.starts, match.start()) - 1
            if place != last:
                last = place
                yield self.lines[place]

    def longer_than(self, length: int) -> Iterator[Line]:
        """Yield the lines whose texts together are longer than so many characters."""
        ends = (*self.starts, len(self.text))[1:]
        for line, start, end in zip(self.lines, self.starts, ends, strict=True):
            if end - start > length:
                yield line


def unroll(lines: Iterable[Line]) -> Scroll:
    """Return the lines as a scroll; values and lines are separated by line breaks."""
    kept, texts, starts, at = tuple(lines), [], [], 0
    for line in kept:
        text = "\n".join([part for _, part in cells(line)]) + "\n"
        starts.append(at)
        texts.append(text)
        at += len(text)
    return Scroll(kept, "".join(texts), tuple(starts))


def cells(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the texts of a line with their columns; of several values each one."""
    for column, value in line.values.items():
        if value.__class__ is str:
            yield column, value
        elif value.__class__ is list:
            for part in value:
                yield column, part
