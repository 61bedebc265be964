"""A PostgreSQL server for the tests: its own folder, a Unix socket, no port, an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
PATIENCE_SECONDS = 30
ROLE = "daylight"


def programs() -> Path | None:
    """Return the folder of initdb and postgres, the newest release first; None if there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(3))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running(bin_folder: Path) -> Iterator[str]:
    """Run a server; yield the address of its database, to which `&schema=…` may be added."""
    # Sockets have short paths, and the server's user must reach the folder: not pytest's.
    folder = Path(tempfile.mkdtemp(prefix="daylight-postgresql-", dir="/tmp"))
    who: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL never runs as root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    options = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, **who}
    try:
        _call([bin_folder / "initdb", "-D", folder / "data", "-U", ROLE, "-A", "trust",
               "-E", "UTF8", "--locale=C", "--no-sync"], options)  # fmt: skip
        command = [bin_folder / "postgres", "-D", folder / "data", "-k", folder]
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


def _call(command: list[Any], options: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr


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
