"""What was read can be read again without a network, and nothing old is shown while there is one."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

READ, OTHER, UNREAD = "powers/YX-XK-001/", "departments/market-regulation/", "powers/YX-CF-001/"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
STORED = """async (address) => {
  for (const name of await caches.keys()) if (await (await caches.open(name)).match(address)) return true;
  return false;
}"""


ONLY_NEXT = "async () => (await caches.keys()).every((name) => name.includes(' next '))"


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.1)


@pytest.fixture
def folder(example_site, tmp_path) -> Path:
    """Return a copy of a built city, free to be changed."""
    return shutil.copytree(example_site("zh"), tmp_path / "public")


@pytest.fixture(params=["below", pytest.param("root", marks=pytest.mark.prove)])
def reader(request, folder, chromium, site_server):
    """Yield a tab of a browser that has read two pages, and the address of the city."""
    host = getattr(site_server(folder), request.param)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{host}{READ}")
    page.wait_for_function(CONTROLLED)
    until(lambda: page.evaluate(STORED, f"{host}{READ}"))
    page.goto(f"{host}{OTHER}")
    until(lambda: page.evaluate(STORED, f"{host}{OTHER}"))
    yield page, host
    context.close()


def test_read_pages_come_back_without_a_network_and_say_so(reader):
    """An old man on a train must still see which papers to bring."""
    page, host = reader
    page.context.set_offline(True)
    page.goto(f"{host}{READ}?from=bookmark")
    assert page.locator("[data-fact=name]").first.is_visible()
    page.locator("[data-stored]").wait_for()

    page.goto(f"{host}{UNREAD}")
    assert page.locator("h1").inner_text() == "没有网络"
    entries = page.locator("[data-stored-pages] a")
    entries.first.wait_for()
    assert f"{host}{READ}" in entries.evaluate_all("links => links.map((link) => link.href)")

    page.context.set_offline(False)
    page.goto(f"{host}{READ}")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-stored]").is_hidden()


def test_a_new_release_drops_what_the_old_one_stored(reader, folder):
    """A withdrawn record must not live on in the browsers of those who read it."""
    page, host = reader
    worker = folder / "sw.js"
    text = worker.read_text(encoding="utf-8")
    worker.write_text(re.sub('RELEASE = "[0-9a-f]+"', 'RELEASE = "next"', text), encoding="utf-8")
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    until(lambda: page.evaluate(ONLY_NEXT))
    assert not page.evaluate(STORED, f"{host}{READ}")


def test_a_page_that_is_gone_is_gone_from_the_store(reader, folder):
    """While there is a network its word counts, not the store's."""
    page, host = reader
    shutil.rmtree(folder / READ)
    assert page.goto(f"{host}{READ}").status == 404
    until(lambda: not page.evaluate(STORED, f"{host}{READ}"))
