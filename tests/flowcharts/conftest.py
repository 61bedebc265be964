"""What the tests of flowcharts share: a cache in memory and every sample drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from generator.flowcharts.draw import Charts, draw
from tests.flowcharts.samples import SAMPLES, ZH


class MemoryCache:
    """A cache that counts what it could give."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.hits = 0

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        found = {key: self.entries[key] for key in keys if key in self.entries}
        self.hits += len(found)
        return found

    def put_many(self, entries: Mapping[str, bytes]) -> None:
        self.entries.update(entries)


@pytest.fixture
def cache() -> MemoryCache:
    return MemoryCache()


@pytest.fixture(scope="session")
def samples() -> Charts:
    return draw(SAMPLES, ZH, cache=MemoryCache(), workers=1)
