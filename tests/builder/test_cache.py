from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from generator.builder.cache import Cache

CHARTS = {f"{n:064x}": b"<svg>" + bytes([n % 256]) * 300 for n in range(1100)}


def test_products_outlive_the_process_that_made_them(room: Path) -> None:
    """Each build would lay out 2,515 charts anew."""
    with Cache(room / "deep" / "charts.sqlite") as cache:
        cache.put_many(CHARTS)
    with Cache(room / "deep" / "charts.sqlite") as cache:
        assert cache.get_many([*CHARTS, "unknown"]) == CHARTS
        assert cache.get_many([]) == {}


def test_a_product_put_again_replaces_the_old_one(room: Path) -> None:
    """A product damaged on the disk would never heal."""
    cache = Cache(room / "c.sqlite")
    cache.put_many({"k": b"old"})
    cache.put_many({"k": b"new"})

    assert cache.get_many(["k"]) == {"k": b"new"}


def test_what_is_not_kept_is_forgotten_and_its_room_given_back(room: Path) -> None:
    """A cache that only grows fills an operator's disk; a withdrawn chart must not stay."""
    path = room / "c.sqlite"
    with Cache(path) as cache:
        cache.put_many(CHARTS)
    full = path.stat().st_size
    keep = list(CHARTS)[:10]
    with Cache(path) as cache:
        cache.prune(keep)
        assert set(cache.get_many(CHARTS)) == set(keep)
        cache.prune(keep)
    assert path.stat().st_size < full / 10


@pytest.mark.parametrize("damage", ["garbage", "cut", "folder", "other-version", "other-tables"])
def test_a_damaged_cache_is_an_empty_one_and_works_again(room: Path, damage: str) -> None:
    """A killed machine must not need a hand to build again."""
    path = room / "c.sqlite"
    with Cache(path) as cache:
        cache.put_many(CHARTS)
    if damage == "garbage":
        path.write_bytes(b"no database at all " * 300)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:20_000])
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        base = sqlite3.connect(path)
        base.execute("DROP TABLE products")
        base.execute("CREATE TABLE products (other INT)")
        base.execute(f"PRAGMA user_version = {99 if damage == 'other-version' else 1}")
        base.commit()
        base.close()

    with Cache(path) as cache:
        found = cache.get_many(CHARTS)
        assert found.items() <= CHARTS.items()
        cache.put_many({"k": b"v"})
        cache.put_many({"k": b"v"})
        assert cache.get_many(["k"]) == {"k": b"v"}
        cache.prune(["k"])


def test_a_flipped_bit_in_a_product_is_a_miss(room: Path) -> None:
    """A citizen would be shown a broken chart."""
    path = room / "c.sqlite"
    with Cache(path) as cache:
        cache.put_many({"k": b"A" * 200, "whole": b"B" * 200})
    path.write_bytes(path.read_bytes().replace(b"A" * 100, b"A" * 99 + b"a", 1))

    with Cache(path) as cache:
        assert cache.get_many(["k", "whole"]) == {"whole": b"B" * 200}


def test_a_cache_that_another_process_is_writing_is_left_alone(room: Path) -> None:
    """Two builds of two outputs share one cache; neither may throw away the other's work."""
    path = room / "c.sqlite"
    with Cache(path) as cache:
        cache.put_many({"k": b"v"})
        other = sqlite3.connect(path)
        other.execute("BEGIN EXCLUSIVE")
        cache._store.execute("PRAGMA busy_timeout = 50")
        assert cache.get_many(["k"]) == {}
        cache.put_many({"x": b"y"})
        other.rollback()
        other.close()
        assert cache.get_many(["k", "x"]) == {"k": b"v"}
