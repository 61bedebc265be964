"""For tests that keep a city's tables elsewhere: the stores, and a real PostgreSQL server."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from generator.i18n import Translator
from generator.sources.stores import Folder, Store, open_store
from generator.sources.tables import Tables

CHECKOUT = Path(__file__).resolve().parents[1]
CITIES = {
    "bundled": CHECKOUT,
    "zh": CHECKOUT / "tests" / "cities" / "zh",
    "en": CHECKOUT / "tests" / "cities" / "en",
}
STORES = ("csv", "sqlite", "postgresql", "xlsx")
TR = Translator("en")

DEBIAN = Path("/usr/lib/postgresql")
PATIENCE_SECONDS = 30
ROLE = "daylight"

Addresses = Callable[[str], str]


def tables_of(city: str) -> Tables:
    """Return the tables of a city as its CSV files hold them."""
    return Folder(CITIES[city] / "content" / "database").read(TR)


def fill(store: Store, tables: Tables) -> None:
    """Put all tables into a store."""
    store.replace({table.name: [row.cells for row in table.rows] for table in tables}, TR)


def opened(address: str) -> Store:
    """Return the store at an address of its own."""
    return open_store(address, Path("/"))


@pytest.fixture(scope="session")
def new_address(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Addresses:
    """Return a function that gives the address of a new, empty store of a kind."""
    schemas = itertools.count(1)

    def address(kind: str) -> str:
        if kind == "postgresql":
            server = request.getfixturevalue("postgresql")
            return f"{server}&schema=city_{next(schemas)}"
        folder = tmp_path_factory.mktemp(kind)
        return str(folder / {"csv": "tables", "sqlite": "city.sqlite", "xlsx": "city.xlsx"}[kind])

    return address


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield the address of a real server, started for these tests alone."""
    programs = _programs()
    if programs is None:
        pytest.fail(
            "PostgreSQL is missing: apt-get install postgresql, or make test, which installs it",
            pytrace=False,
        )
    with _running(programs) as address:
        yield address


def _programs() -> Path | None:
    """Return the folder of initdb and postgres, the newest release first; None if there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(3))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def _running(programs: Path) -> Iterator[str]:
    """Run a server in a folder of its own, on a socket and no port, as an ordinary user.

    Yields the address of its database, to which `&schema=…` may be added.
    """
    # Sockets have short paths, and the server's user must reach the folder: not pytest's.
    folder = Path(tempfile.mkdtemp(prefix="daylight-postgresql-", dir="/tmp"))
    who: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL never runs as root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    options = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, **who}
    try:
        initdb = [programs / "initdb", "-D", folder / "data", "-U", ROLE, "-A", "trust"]
        done = subprocess.run(
            [*initdb, "-E", "UTF8", "--locale=C", "--no-sync"],
            capture_output=True,
            text=True,
            **options,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        command = [programs / "postgres", "-D", folder / "data", "-k", folder]
        for setting in ("listen_addresses=", "fsync=off", "max_connections=20"):
            command += ["-c", setting]
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, **options)
        address = f"postgresql:///postgres?host={folder}&user={ROLE}"
        try:
            _wait(server, address, folder / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text("utf-8")) from None
            time.sleep(0.05)
