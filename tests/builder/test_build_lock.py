from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.builder import lock, run
from generator.builder.artifact import Artifact
from generator.errors import PublishError
from generator.i18n import Translator
from tests.builder.small_site import Site, an_artifact

HOLD = """
import sys, time
from pathlib import Path
from generator.builder import run
from generator.builder.artifact import Artifact

def render():
    print("held", flush=True)
    time.sleep(60)

run.build([Artifact(path="x", fingerprint="1", render=render)],
          Path(sys.argv[1]), state_dir=Path(sys.argv[2]))
"""


def a_build_elsewhere(site: Site) -> subprocess.Popen[str]:
    """Start a build of the site in another process; returns when it is rendering."""
    build = subprocess.Popen(
        [sys.executable, "-c", HOLD, site.output, site.cache],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert build.stdout is not None and build.stdout.readline() == "held\n"
    return build


def test_a_second_build_is_refused_at_once_and_a_killed_one_stops_nobody(site: Site) -> None:
    """Two builds at once would mix two cities; a lock left standing would stop all builds."""
    site.build({"a": b"1"})
    build = a_build_elsewhere(site)
    try:
        began = time.monotonic()
        with pytest.raises(PublishError, match=r"public: another build .*; wait"):
            site.build({"a": b"2"})
        assert time.monotonic() - began < 2
        assert site.files() == {"a": b"1"}
    finally:
        build.send_signal(signal.SIGKILL)
        build.communicate()

    assert site.beside() == [".public.lock", ".public.staging"]
    site.build({"a": b"2"})
    assert site.files() == {"a": b"2"}
    assert site.beside() == []


def test_a_second_build_in_the_same_process_is_refused_too(site: Site) -> None:
    """The preview rebuilds in a thread while the operator builds in another."""
    refused: list[str] = []

    def render() -> bytes:
        try:
            site.build({"b": b"2"})
        except PublishError as error:
            refused.append(str(error))
        return b"1"

    run.build(
        [Artifact(path="a", fingerprint="1", render=render)], site.output, state_dir=site.cache
    )

    assert len(refused) == 1
    assert site.files() == {"a": b"1"}


def test_two_outputs_are_built_side_by_side(site: Site) -> None:
    """A preview of one department must not wait for the city."""

    def render() -> bytes:
        run.build([an_artifact("b", b"2")], site.root / "preview", state_dir=site.cache)
        return b"1"

    run.build(
        [Artifact(path="a", fingerprint="1", render=render)], site.output, state_dir=site.cache
    )

    assert (site.root / "preview/b").read_bytes() == b"2"


def test_a_worker_that_outlives_its_build_does_not_hold_the_lock(room: Path) -> None:
    """After a kill the pool's workers may linger for hours, and no build could start."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with lock.held(room / ".lock", room / "public", Translator("en")):
            if os.fork() == 0:
                os.write(write, b"%d" % os.getpid())
            time.sleep(60)
            os._exit(0)
    worker = int(os.read(read, 20))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        os.kill(worker, 0)  # it is still there
        with lock.held(room / ".lock", room / "public", Translator("en")):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)
        os.close(read)
        os.close(write)


def test_a_lock_file_removed_by_its_holder_is_not_taken_for_the_lock(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two builds that come to the same door, only one may enter."""
    path, flock, calls = room / ".lock", fcntl.flock, []

    def after_the_holder_left(handle: int, how: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            path.unlink()  # between our opening it and our locking it
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", after_the_holder_left)
    with lock.held(path, room / "public", Translator("en")):
        assert len(calls) == 2
        with (
            pytest.raises(PublishError),
            lock.held(path, room / "public", Translator("en")),
        ):
            pass


def test_a_folder_that_takes_no_lock_is_told_with_its_path(room: Path) -> None:
    """A traceback tells an operator nothing."""
    (room / "file").touch()
    with pytest.raises(PublishError, match="file"):
        run.build([], room / "file" / "public", state_dir=room / "cache")
