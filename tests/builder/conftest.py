"""An empty folder to build in, on a fast disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builder.small_site import MEMORY, Site


@pytest.fixture
def room() -> Iterator[Path]:
    """Yield an empty folder, in memory where there is such a disk, else where tests usually are."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def site(room: Path) -> Site:
    """Return a site of which nothing is built yet."""
    return Site(room)
