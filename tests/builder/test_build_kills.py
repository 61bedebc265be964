"""A build stopped at any point: each call that changes the disk is a point to stop at.

A forked child builds for real; an audit hook, which Python runs before such calls, ends it
at the nth. So the points are the same on each run, and none between two calls is missed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from generator.builder import disk, publish
from generator.builder.artifact import Artifact
from generator.builder.run import BuildError
from tests.builder.small_site import Site

POINTS = {
    "open",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "ctypes.dlopen",
    "ctypes.dlsym",
    "sqlite3.connect",
    "sqlite3.connect/handle",
    "fcntl.flock",
}
OLD = {f"d{n % 3}/p{n}/index.html": b"old %d" % n for n in range(6)}
NEW = {**OLD, "d1/p1/index.html": b"new 1", "d9/index.html": b"new", "d2/p2/index.html": b"new 2"}
del NEW["d0/p0/index.html"]
SEARCH_OLD = {"entry": b"old", "f/1": b"1", "f/2": b"2"}
SEARCH_NEW = {"entry": b"new", "f/1": b"1", "f/3": b"3"}
INTERRUPTED, FAILED = 130, 99


def published(site: Site) -> dict[str, bytes] | None:
    return site.files() if site.output.exists() else None


def whole(files: dict[str, bytes], search: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, **{f"search/{name}": content for name, content in search.items()}}


BEFORE, AFTER = whole(OLD, SEARCH_OLD), whole(NEW, SEARCH_NEW)


@contextmanager
def only_in_the_child() -> Iterator[None]:
    """End the child here with an exit code, whatever happens inside."""
    code = FAILED
    try:
        yield
        code = 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        os._exit(code)


def build_stopped_at(site: Site, point: int, act: Callable[[], object]) -> tuple[int, list[str]]:
    """Build the new site in a child in which `act` is called at a point, counted from 1.

    Returns the child's status and, if it came to its end, the points that it came past.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with only_in_the_child():
            signal.signal(signal.SIGINT, signal.default_int_handler)
            passed: list[str] = []

            def hook(event: str, arguments: tuple[object, ...]) -> None:
                if event in POINTS:
                    passed.append(event)
                    if len(passed) == point:
                        act()

            sys.addaudithook(hook)
            site.build(NEW, {"search/": SEARCH_NEW})
            os.write(write, " ".join(passed).encode())
    os.close(write)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read) as told:
        return status, told.read().split()


def spread(points: list[str], most: int = 35) -> list[int]:
    """Return points from first to last, and each at which a folder is about to be renamed."""
    evenly = {1 + round(n * (len(points) - 1) / (most - 1)) for n in range(most)}
    return sorted(evenly | {at for at, event in enumerate(points, 1) if event == "os.rename"})


def build_old(site: Site, start: str) -> dict[str, bytes] | None:
    """Bring the site to where the stopped build starts from; return what is published."""
    if start == "nothing":
        for left in site.root.iterdir():
            disk.remove_tree(left)
        return None
    site.build(OLD, {"search/": SEARCH_OLD})
    if start == "no-spare":
        for left in site.root.glob("cache/*/spare"):
            disk.remove_tree(left)
    if start == "spare" and not any(site.root.glob("cache/*/spare")):
        site.build(NEW, {"search/": SEARCH_NEW})
        site.build(OLD, {"search/": SEARCH_OLD})
    return BEFORE


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("start", ["spare", "no-spare", "nothing"])
def test_a_build_killed_at_any_point_leaves_the_old_site_or_the_new_one(
    site: Site, start: str
) -> None:
    """A power cut must never leave a city with half a site, nor with work for a hand."""
    build_old(site, start)
    _, points = build_stopped_at(site, 0, kill)
    assert len(points) > 60
    seen = set()
    for point in spread(points):
        before = build_old(site, start)
        assert published(site) == before
        status, _ = build_stopped_at(site, point, kill)
        assert os.WIFSIGNALED(status), point

        found = published(site)
        assert found in (before, AFTER), point
        seen.add(found == AFTER)
        if point % 2:
            site.build(NEW, {"search/": SEARCH_NEW})
            assert site.files() == AFTER, point
            assert site.beside() == [], point

    assert seen == {False, True}  # points on both sides of the swap were tried


def test_a_build_killed_in_a_two_step_swap_is_mended_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be exchanged the site may be missing, but never for good."""
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    build_old(site, "spare")
    _, points = build_stopped_at(site, 0, kill)
    missing = 0
    for point in range(len(points) // 2, len(points) + 1):
        build_old(site, "spare")
        build_stopped_at(site, point, kill)
        found = published(site)
        missing += found is None
        assert found in (None, BEFORE, AFTER), point
        if found is None:
            broken = Artifact(path="x", fingerprint="1", render=lambda: b"%d" % (1 // 0))
            with pytest.raises(BuildError):
                site.build(NEW, also=(broken,))
            assert published(site) == BEFORE, point

        site.build(OLD, {"search/": SEARCH_OLD})
        assert site.files() == BEFORE, point
        assert site.beside() == [], point

    assert missing == 1


@pytest.mark.parametrize("start", ["spare", "no-spare", "nothing"])
def test_ctrl_c_at_any_point_leaves_the_old_site_or_comes_too_late(site: Site, start: str) -> None:
    """An operator who reads "interrupted" must find what was published before."""
    build_old(site, start)
    _, points = build_stopped_at(site, 0, kill)
    codes = set()
    for point in spread(points):
        before = build_old(site, start)
        status, _ = build_stopped_at(site, point, lambda: os.kill(os.getpid(), signal.SIGINT))
        code = os.waitstatus_to_exitcode(status)
        codes.add(code)

        assert published(site) == (before if code == INTERRUPTED else AFTER), (point, code)
        # A lock's file may stay when its taking is interrupted: nobody holds it.
        assert site.beside() in ([], [".public.lock"]), point

    assert codes == {0, INTERRUPTED}


def test_a_build_killed_while_clearing_up_after_a_killed_one_does_no_harm(site: Site) -> None:
    """A machine that keeps failing must not wear the site down."""
    build_old(site, "spare")
    _, points = build_stopped_at(site, 0, kill)
    for point in spread(points, 8):
        build_stopped_at(site, point, kill)
        for again in (5, 14, 25):
            build_stopped_at(site, again, kill)
        assert published(site) in (BEFORE, AFTER), point

    site.build(NEW, {"search/": SEARCH_NEW})
    assert site.files() == AFTER
    assert site.beside() == []
