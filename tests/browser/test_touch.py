"""The touch screen of a service hall in Chromium: entered, used standing, left only on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.scanning import scanned
from tests.site.browsing import AXE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.conftest import Served

POWER = "powers/YX-XK-001/"
DEPARTMENT = "departments/market-regulation/"
NOW = 1_767_225_600  # any second since 1970
UPRIGHT, WIDE = {"width": 1080, "height": 1920}, {"width": 1280, "height": 800}
FIRST = """new MutationObserver((_, watching) => {
  if (!document.body) return;
  watching.disconnect();
  window.first = document.documentElement.dataset.touch;
}).observe(document, { childList: true, subtree: true });
window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.moved += one.value)))
  .observe({ type: "layout-shift", buffered: true });"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIDES = "(all) => all.map((one) => one.getBoundingClientRect()).map((r) => [r.width, r.height])"


@pytest.fixture(scope="module")
def served(example_site: Callable[[str], Path], site_server: Callable[[Path], Served]) -> Served:
    """Return where the invented city stands."""
    return site_server(example_site("zh"))


@contextmanager
def device(browser: Browser, root: str, **more: Any) -> Iterator[Page]:
    """Yield the screen in the hall, started at the city's home page; pages must not complain."""
    start, clocked = more.pop("start", ""), more.pop("clocked", False)
    context = browser.new_context(has_touch=True, **({"viewport": WIDE} | more))
    page, complaints = context.new_page(), []
    page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if clocked:
        page.clock.install(time=NOW)
        page.clock.pause_at(NOW + 1)  # it goes on when a test says so, however slow the machine
    try:
        page.goto(f"{root}touch/?start={start}&idle=60")
        page.wait_for_url(f"{root}{start}")
        bar(page)
        yield page
        assert complaints == []
    finally:
        context.close()


def bar(page: Page) -> Locator:
    """Return the bar, once it is up."""
    found = page.locator(".touch-bar")
    found.wait_for()
    return found


def visit(page: Page, address: str) -> None:
    page.goto(address)
    bar(page)


def is_on(page: Page) -> bool:
    return page.evaluate("document.documentElement.dataset.touch") == "on"


def test_the_mode_holds_on_every_page_and_site_and_is_there_first(chromium, served):
    """A screen that falls back to small print after one tap serves nobody who stands."""
    with device(chromium, served.below, start=DEPARTMENT) as page:
        page.add_init_script(FIRST)
        for address in ("", f"{DEPARTMENT}{POWER}", "departments/city-services/"):
            visit(page, f"{served.below}{address}")
            assert page.evaluate("window.first") == "on", address
            page.wait_for_timeout(100)
            assert page.evaluate("window.moved") < 0.02, address
        page.get_by_role("link", name="首页", exact=True).last.tap()
        page.wait_for_url(f"{served.below}{DEPARTMENT}")
        assert bar(page).get_by_role("button", name="返回").is_disabled()


def test_it_starts_only_at_pages_of_the_site(chromium, served):
    """A hall screen that a link can send to another site is a trap for its visitors."""
    page = chromium.new_page()
    for start in ("https://elsewhere.example/", "//elsewhere.example/", "../", "nowhere/"):
        page.goto(f"{served.below}touch/?start={start}")
        page.locator("[data-touch-says]", has_text=start).wait_for()
        assert page.url.startswith(f"{served.below}touch/") and not is_on(page), start
    page.close()


def test_without_a_touch_it_goes_back_to_the_start_and_forgets(chromium, served):
    """Whoever comes next must find neither the last visitor's question nor their large print."""
    with device(chromium, served.root, clocked=True) as page:
        page.clock.run_for(120_000)
        assert page.locator("dialog").count() == 0  # at the start there is nothing to bring back
        visit(page, f"{served.root}{POWER}")
        page.evaluate("daylight.choose('contrast', 'more'); daylight.choose('mode', 'simple')")
        page.clock.run_for(46_000)
        warning = page.get_by_role("alertdialog")
        warning.wait_for()
        page.clock.run_for(3_000)
        assert "11" in warning.inner_text()
        warning.get_by_role("button").tap()
        assert warning.count() == 0
        page.clock.run_for(40_000)
        assert warning.count() == 0 and page.url.endswith(POWER)
        page.clock.run_for(10_000)
        warning.wait_for()
        page.clock.run_for(16_000)
        page.wait_for_url(served.root)
        kept = page.evaluate("Object.keys(localStorage).sort()")
        assert kept == ["daylight.touch", "daylight.touch-idle"] and is_on(page)
        assert page.locator("#q").input_value() == "" and page.evaluate("scrollY") == 0


@pytest.mark.parametrize("size", [UPRIGHT, WIDE])
def test_the_keyboard_on_the_screen_finds_a_power_by_its_initials(chromium, served, size):
    """There is no other keyboard in the hall, and Chinese cannot be written with letters alone."""
    with device(chromium, served.root, viewport=size) as page:
        bar(page).get_by_role("button", name="搜索").tap()
        keys = page.get_by_role("region", name="屏幕键盘")
        keys.get_by_role("button", name="路边摊").wait_for()
        for letter in "xcyz":
            keys.get_by_role("button", name=letter, exact=True).tap()
        keys.get_by_role("button", name="删除").tap()
        assert page.locator("#q").input_value() == "xcy"
        assert page.locator("#q").get_attribute("inputmode") == "none"
        offer = page.get_by_role("option", name="小餐饮经营许可").first
        offer.wait_for()
        low, top = offer.bounding_box(), keys.bounding_box()
        assert low and top and low["y"] + low["height"] <= top["y"] and low["height"] >= 72
        assert all(high >= 72 for _, high in keys.locator("button").evaluate_all(SIDES))
        keys.get_by_role("button", name="清空").tap()
        keys.get_by_role("button", name="路边摊").tap()
        offer.wait_for()
        offer.tap()
        page.wait_for_url(f"{served.root}{POWER}")
        assert keys.count() == 0


def test_every_page_can_be_taken_along_and_hit_with_a_finger(chromium, served, tmp_path):
    """The visitor goes home with the page, or has come for nothing."""
    with device(chromium, served.root, start=DEPARTMENT) as page:
        for address, size in (("", UPRIGHT), (POWER, WIDE), (DEPARTMENT, WIDE)):
            page.set_viewport_size(size)
            visit(page, f"{served.root}{address}")
            page.locator(".touch-bar svg[viewBox]").wait_for()
            found = scanned(page.screenshot(), tmp_path / "screen.png")
            assert f"https://yunxi.example/{address}" in found
            sides = page.locator(".touch-bar .touch-key, .touch-tiles:visible a")
            assert all(min(pair) >= 72 for pair in sides.evaluate_all(SIDES)), address
            assert page.evaluate(OVERFLOW) <= 0, address


def test_what_leads_out_is_explained_instead_of_opened(chromium, served):
    """A mail window or a foreign page on the hall's screen stays there until staff come."""
    with device(chromium, served.root, start=DEPARTMENT) as page:
        visit(page, f"{served.root}{POWER}")
        for link, says in (
            ("a[href^='tel:']", "0000-555-01"),
            ("a[href^='mailto:']", "@"),
            ("a[href$='.svg']", "扫码"),
            ("a[href^='https://creativecommons']", "https://creativecommons.org"),
        ):
            page.locator(link).first.evaluate("(link) => link.click()")
            card = page.get_by_role("dialog")
            assert says in card.inner_text(), link
            card.get_by_role("button").tap()
            assert page.url == f"{served.root}{POWER}" and card.count() == 0
        page.get_by_role("link", name="市监局").first.click(modifiers=["Control"])
        page.wait_for_url(f"{served.root}{DEPARTMENT}")
        assert len(page.context.pages) == 1


def test_only_a_deliberate_act_leaves_it(chromium, served):
    """A child that leaves the mode by chance leaves a browser to the whole hall."""
    with device(chromium, served.root, clocked=True) as page:
        corner = page.get_by_role("button", name="按住三秒")
        corner.tap()
        corner.dispatch_event("pointerdown")
        page.clock.run_for(2_500)
        corner.dispatch_event("pointerup")
        page.clock.run_for(5_000)
        visit(page, f"{served.root}touch/")
        assert is_on(page) and page.locator("[data-touch-setup]").count() == 0
        corner.dispatch_event("pointerdown")
        with page.expect_navigation():
            page.clock.run_for(3_100)
        assert not is_on(page)
        page.goto(f"{served.root}touch/?start=")
        page.wait_for_url(served.root)
        page.goto(f"{served.root}touch/?off")
        page.locator("[data-touch-says]", has_text="退出").wait_for()
        page.goto(served.root)
        assert not is_on(page) and page.evaluate("localStorage.length") == 0


def test_the_mode_is_for_everyone(chromium, served, axe_source):
    """Who cannot read the screen in the hall, or only hears it, has a right to the same."""
    with device(chromium, served.root) as page:
        for address in ("", POWER, "search/#q"):
            visit(page, f"{served.root}{address}")
            if "#q" in address:
                page.locator(".touch-keys:visible").wait_for()
            page.evaluate(axe_source)
            found = page.evaluate("(options) => axe.run(document, options)", AXE)["violations"]
            assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], address
