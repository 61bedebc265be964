"""Rows that a column leads back to themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.sources.canonical import Line
from generator.vetting.desk import Desk


def in_a_circle(desk: Desk, table: str, column: str) -> Iterator[Line]:
    """Yield the lines from which following a column leads back to the line itself."""
    keys = desk.keys[table]
    after = {key: line.values.get(column, "") for key, line in keys.items()}
    for key in on_circles(after):
        if desk.covers(keys[key]):
            yield keys[key]


def on_circles(after: Mapping[str, str]) -> list[str]:
    """Return the keys that lie on a circle of `key -> next key`, in the mapping's order."""
    found: list[str] = []
    done: set[str] = set()
    for start in after:
        path: dict[str, None] = {}
        key = start
        while key and key in after and key not in done and key not in path:
            path[key] = None
            key = after[key]
        if key in path:
            walked = list(path)
            found += walked[walked.index(key) :]
        done.update(path)
    order = {key: place for place, key in enumerate(after)}
    return sorted(found, key=order.__getitem__)
