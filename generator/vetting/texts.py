"""The few texts on the desk in which a pattern is found, or which are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.scroll import cells


def matches(desk: Desk, pattern: re.Pattern[str]) -> Iterator[tuple[Line, str, list[str]]]:
    """Yield (line, column, all that was found) for each cell in which a pattern is found."""
    for scroll in desk.scrolls.values():
        for line in scroll.suspects(pattern):
            found: dict[str, list[str]] = {}
            for column, text in cells(line):
                for match in pattern.finditer(text):
                    found.setdefault(column, []).append(match.group())
            for column, texts in found.items():
                yield line, column, texts


def too_long(desk: Desk, most: int) -> Iterator[tuple[Line, str, int]]:
    """Yield (line, column, characters) for each text of more than so many characters."""
    for scroll in desk.scrolls.values():
        for line in scroll.longer_than(most):
            for column, text in cells(line):
                if len(text) > most:
                    yield line, column, len(text)
