"""What the tests of the stores share: the cities, and a place for a copy in each kind of store."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.i18n import Translator
from generator.sources.stores import Folder, Store, open_store
from generator.sources.tables import Tables
from tests.conftest import CHECKOUT, missing
from tests.sources import postgresql_server

CITIES = {
    "bundled": CHECKOUT,
    "zh": CHECKOUT / "tests" / "cities" / "zh",
    "en": CHECKOUT / "tests" / "cities" / "en",
}
STORES = ("csv", "sqlite", "postgresql", "xlsx")
TR = Translator("en")
_schemas = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield the address of a real server, started for these tests alone."""
    programs = postgresql_server.programs()
    if programs is None:
        missing("PostgreSQL", "apt-get install postgresql")
    with postgresql_server.running(programs) as address:
        yield address


Addresses = Callable[[str], str]


@pytest.fixture(scope="session")
def new_address(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Addresses:
    """Return a function that gives the address of a new, empty store of a kind."""

    def address(kind: str) -> str:
        if kind == "postgresql":
            server = request.getfixturevalue("postgresql")
            return f"{server}&schema=city_{next(_schemas)}"
        folder = tmp_path_factory.mktemp(kind)
        return str(folder / {"csv": "tables", "sqlite": "city.sqlite", "xlsx": "city.xlsx"}[kind])

    return address


def tables_of(city: str) -> Tables:
    """Return the tables of a city as its CSV files hold them."""
    return Folder(CITIES[city] / "content" / "database").read(TR)


def fill(store: Store, tables: Tables) -> None:
    """Put all tables into a store."""
    store.replace({table.name: [row.cells for row in table.rows] for table in tables}, TR)


def opened(address: str) -> Store:
    """Return the store at an address of its own."""
    return open_store(address, Path("/"))
