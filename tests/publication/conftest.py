"""A fresh copy of the English example city for each test."""

from pathlib import Path

import pytest

from tests.publication.city import City


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City.copy("en", tmp_path / "city")
