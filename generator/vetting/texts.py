"""The few texts on the desk in which a pattern is found, or which are too long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from generator.sources.canonical import Line
from generator.vetting.desk import Desk

Found = TypeVar("Found")


def matches(desk: Desk, pattern: re.Pattern[str]) -> Iterator[tuple[Line, str, list[str]]]:
    """Yield (line, column, all that was found) for each cell in which a pattern is found."""

    def look(text: str) -> list[str]:
        return [match.group() for match in pattern.finditer(text)]

    return looked_at(desk, pattern, look)


def looked_at(
    desk: Desk,
    pattern: re.Pattern[str] | None,
    look: Callable[[str], Sequence[Found]],
    *,
    where: Callable[[str, str], bool] | None = None,
) -> Iterator[tuple[Line, str, list[Found]]]:
    """Yield (line, column, what `look` returns) where it returns anything at all.

    Only texts in which the pattern is found are looked at, each distinct one once; without a
    pattern all of them. `where` says of a table and column whether its texts count. What is
    found in several values of a cell is told together.
    """
    known: dict[str, Sequence[Found]] = {}
    for table, scroll in desk.scrolls.items():
        suspects = dict(scroll.suspects(pattern) if pattern else scroll.texts)
        for column in [c for c in suspects if where and not where(table, c)]:
            del suspects[column]
        for text in frozenset[str]().union(*suspects.values()) - known.keys():
            known[text] = look(text)
        wanted = {column: {t for t in texts if known[t]} for column, texts in suspects.items()}
        told: tuple[Line, str, list[Found]] | None = None
        for line, column, text in scroll.cells({c: texts for c, texts in wanted.items() if texts}):
            if told and told[0] is line and told[1] == column:
                told[2].extend(known[text])
                continue
            if told:
                yield told
            told = line, column, list(known[text])
        if told:
            yield told


def too_long(desk: Desk, most: int) -> Iterator[tuple[Line, str, int]]:
    """Yield (line, column, characters) for each text of more than so many characters."""
    for scroll in desk.scrolls.values():
        found = {
            column: {text for text in texts if len(text) > most}
            for column, texts in scroll.texts.items()
        }
        wanted = {column: texts for column, texts in found.items() if texts}
        yield from ((line, column, len(text)) for line, column, text in scroll.cells(wanted))
