"""The reading settings in Chromium: kept across the city, painted first, usable by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.focus import walk
from tests.site.browsing import AXE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import Served

POWER = "powers/YX-XK-001/"
DEPARTMENT = "departments/market-regulation/"
PAGES = ("", POWER, DEPARTMENT, "kinds/licensing/", "search/?q=%E8%AE%B8%E5%8F%AF")
MODES: tuple[dict[str, str], ...] = (
    {"mode": "simple"},
    {"mode": "simple", "contrast": "more", "scheme": "dark"},
    {"contrast": "more", "scheme": "light"},
    {"contrast": "more", "scheme": "dark"},
    {"text": "largest"},
)
MARKS = "['mode', 'text', 'contrast', 'scheme'].map((n) => document.documentElement.dataset[n])"
FIRST = f"""new MutationObserver((_, watching) => {{
  if (!document.body) return;
  watching.disconnect();
  window.first = {MARKS};
}}).observe(document, {{ childList: true, subtree: true }});"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def served(example_site: Callable[[str], Path], site_server: Callable[[Path], Served]) -> Served:
    """Return where the invented city stands."""
    return site_server(example_site("zh"))


@contextmanager
def tab(browser: Browser, chosen: dict[str, str] | None = None, **options: Any) -> Iterator[Page]:
    """Yield a tab of its own in which a reader has chosen this before."""
    options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
    context = browser.new_context(**options)
    for name, value in (chosen or {}).items():
        # sessionStorage remembers that it was done: what the test chooses later must stand
        context.add_init_script(
            f"if (!sessionStorage.getItem('set-{name}')) {{"
            f" sessionStorage.setItem('set-{name}', 1);"
            f" localStorage.setItem('daylight.{name}', '{value}'); }}"
        )
    try:
        yield context.new_page()
    finally:
        context.close()


def marks(page: Page) -> list[str]:
    found: list[str] = page.evaluate(MARKS)
    return found


def test_a_choice_holds_on_every_site_of_the_city_and_in_other_tabs(chromium, served):
    """An old man who has to ask for large letters again on each site will give up."""
    with tab(chromium) as page:
        page.goto(f"{served.below}{POWER}")
        other = page.context.new_page()
        other.goto(served.root)
        page.locator("[data-mode-toggle]:visible").click()
        for address in (f"{DEPARTMENT}{POWER}", "departments/city-services/", ""):
            page.goto(f"{served.below}{address}")
            assert marks(page)[:2] == ["simple", "largest"], address
        other.goto(f"{served.below}{POWER}")
        assert marks(other)[:2] == ["simple", "largest"]
        page.locator(".leave__button").click()
        assert marks(page)[:2] == ["full", "normal"]
        other.wait_for_function("document.documentElement.dataset.mode === 'full'", polling=100)
        assert other.locator(".fold").count() == 0
        page.go_back()
        assert marks(page)[:2] == ["full", "normal"]


def test_nothing_flashes_before_a_choice_is_followed(chromium, served):
    """White light at night, or letters that jump, are what the choice was made against."""
    chosen = {"mode": "simple", "contrast": "more", "scheme": "dark"}
    with tab(chromium, chosen, color_scheme="light") as page:
        page.context.add_init_script(FIRST)
        shifts = """new Promise((done) => new PerformanceObserver((list) => {
          done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0));
        }).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 400))"""
        for address in ("", POWER, "kinds/licensing/"):
            page.goto(f"{served.root}{address}")
            assert page.evaluate("window.first") == ["simple", "largest", "more", "dark"]
            assert page.evaluate(shifts) < 0.02, address


def test_the_simple_mode_shows_what_most_come_for_and_the_rest_at_one_touch(chromium, served):
    """Simple must not mean less: whoever needs the law must get at it with one touch."""
    with tab(chromium, {"mode": "simple"}, viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{served.root}{POWER}")
        facts = page.locator("main [data-fact]")
        everything = facts.count()
        assert page.locator(".answers, #materials, #apply, #remedy").count() == 4
        for part in page.locator(".answers, #materials li, #apply dd, #remedy dd").all():
            assert part.is_visible()
        folds = page.locator(".fold")
        assert folds.count() >= 4
        assert all(button.is_visible() for button in folds.all())
        for number in range(folds.count()):
            assert folds.nth(number).get_attribute("aria-expanded") == "false"
            folds.nth(number).press("Enter")
            assert folds.nth(number).get_attribute("aria-expanded") == "true"
        assert everything == facts.count()
        assert all(fact.is_visible() for fact in facts.all())
        calls = page.locator("main a[href^='tel:']")
        assert calls.count() and all(
            (call.bounding_box() or {})["height"] >= 57 for call in calls.all()
        )
        page.goto(f"{served.root}{POWER}#law")
        page.locator("#law .folded").wait_for(state="visible")


def test_targets_of_the_simple_mode_are_large_and_its_words_too(chromium, served):
    """A finger that shakes hits nothing of 30 pixels; eyes of 80 read nothing of 14."""
    small = """() => [...document.querySelectorAll("button, input, select, .menu-button, .fold, a.phone")]
      .filter((one) => one.checkVisibility({ opacityProperty: true }) && one.type !== "checkbox")
      .map((one) => [one.className, one.closest("h2") || one])
      .filter(([, box]) => box.getBoundingClientRect().height < 57).map(([name]) => name)"""
    with tab(chromium, {"mode": "simple"}) as page:
        for address in PAGES:
            page.goto(f"{served.root}{address}")
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 844})
                assert page.evaluate(small) == [], address
            body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
            assert body >= 24  # 18 points


def test_without_its_script_no_part_stays_hidden(chromium, served):
    """A script that a poor network loses must not take the law off the page with it."""
    with tab(chromium, {"mode": "simple"}) as page:
        page.route("**/reading.js", lambda route: route.abort())
        page.goto(f"{served.root}{POWER}")

        assert all(fact.is_visible() for fact in page.locator("main [data-fact]").all())


def test_the_settings_can_be_used_by_keyboard_alone(chromium, served):
    """Settings that help those who cannot use a mouse must not need one."""
    with tab(chromium, viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{served.root}{POWER}")
        opener = page.locator("[data-reading]")
        assert opener.get_attribute("aria-expanded") == "false"
        opener.press("Enter")
        panel = page.get_by_role("group", name="阅读设置").or_(page.locator("#reading")).first
        assert panel.is_visible() and opener.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Tab")
        for expected in ("simple", "largest", "more", "dark"):
            for _ in range(3):
                page.keyboard.press("ArrowRight")
                if expected in marks(page):
                    break
            assert expected in marks(page)
            page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not panel.is_visible()
        assert page.evaluate("document.activeElement.hasAttribute('data-reading')")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_the_device_asks_for_is_followed(chromium, served, scripts):
    """Whoever set the whole device to high contrast has already told us."""
    options = {"contrast": "more", "color_scheme": "dark", "java_script_enabled": scripts}
    with tab(chromium, **options) as page:
        page.goto(f"{served.root}{DEPARTMENT}")
        if scripts:
            colours = page.evaluate(
                "[getComputedStyle(document.body).backgroundColor,"
                " getComputedStyle(document.querySelector('h1')).color]"
            )
            assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        else:
            assert not page.locator(".tools").is_visible()
        with_black = page.screenshot(clip={"x": 2, "y": 420, "width": 4, "height": 4})
        page.emulate_media(contrast="no-preference", color_scheme="dark")
        if not scripts:
            assert with_black != page.screenshot(clip={"x": 2, "y": 420, "width": 4, "height": 4})


def axe_faults(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("(options) => axe.run(document, options)", AXE)["violations"]
    return [f"{one['id']}: {[node['target'][0] for node in one['nodes'][:3]]}" for one in found]


def test_each_mode_is_accessible(chromium, served, axe_source):
    """A mode for those who see badly must not be the one in which something is unreadable."""
    faults = []
    for chosen, address in ((MODES[0], POWER), (MODES[3], DEPARTMENT), (MODES[2], POWER)):
        with tab(chromium, chosen) as page:
            page.goto(f"{served.root}{address}")
            page.locator("[data-reading]").click()
            faults += [f"{chosen}: {fault}" for fault in axe_faults(page, axe_source)]

    assert not faults


@pytest.mark.prove
@pytest.mark.parametrize("chosen", MODES, ids=lambda chosen: "-".join(chosen.values()))
def test_each_page_in_each_mode_is_accessible_at_every_width(chromium, served, axe_source, chosen):
    """Zoom of 400 % leaves 320 pixels; nothing may be cut or need two-way scrolling there."""
    faults = []
    for width, height in ((1280, 900), (390, 844), (320, 256)):
        with tab(chromium, chosen, viewport={"width": width, "height": height}) as page:
            for address in (*PAGES, "laws/", "departments/", "flowcharts/", "data/", "about/"):
                page.goto(f"{served.root}{address}")
                found = axe_faults(page, axe_source)
                over = page.evaluate(OVERFLOW)
                found += [f"{over} pixels too wide"] if over > 0 else []
                faults += [f"{width} {address}: {fault}" for fault in found]

    assert not faults


@pytest.mark.parametrize("chosen", [{}, {"mode": "simple"}], ids=["full", "simple"])
def test_at_four_times_the_size_nothing_is_cut(chromium, served, chosen):
    """Whoever enlarges a page four times must scroll one way only."""
    with tab(chromium, chosen, viewport={"width": 320, "height": 256}) as page:
        for address in PAGES:
            page.goto(f"{served.root}{address}")
            assert page.evaluate(OVERFLOW) <= 0, address
            page.locator("[data-reading]").click()
            assert page.evaluate(OVERFLOW) <= 0, address
            fixed = page.evaluate(
                "[...document.querySelectorAll('body *')].filter((one) => "
                "['fixed', 'sticky'].includes(getComputedStyle(one).position))"
                ".reduce((sum, one) => sum + one.offsetHeight, 0)"
            )
            assert fixed <= 256 * 0.4, address


def test_whoever_walks_by_keyboard_sees_where_they_are(chromium, served):
    """A focus that nobody sees is a cursor that nobody sees."""
    for address, chosen, options in (
        (POWER, {"scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}),
        (DEPARTMENT, {"mode": "simple", "contrast": "more"}, {}),
        (PAGES[4], {}, {"forced_colors": "active"}),
    ):
        with tab(chromium, chosen, **options) as page:
            page.goto(f"{served.root}{address}")
            stops, faults = walk(page)
            assert stops > 10
            assert not faults, address


@pytest.mark.prove
@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (320, 256)], ids=str)
@pytest.mark.parametrize("chosen", [{}, *MODES], ids=lambda chosen: "-".join(chosen.values()))
def test_every_page_can_be_walked_in_every_mode(chromium, served, chosen, size):
    """Each combination is somebody's only one."""
    faults = []
    with tab(chromium, chosen, viewport={"width": size[0], "height": size[1]}) as page:
        for address in (*PAGES, "life-events/", "laws/", "data/", "flowcharts/"):
            page.goto(f"{served.root}{address}")
            faults += [f"{address}: {fault}" for fault in walk(page)[1]]

    assert not faults


def test_a_focus_that_cannot_be_seen_is_noticed(chromium, served):
    """A walk that finds no fault anywhere may have its eyes shut."""
    with tab(chromium, bypass_csp=True) as page:
        noticed = []
        for rule in (
            "* { outline: 0 !important }",
            "*:focus-visible { outline-color: #777 !important; box-shadow: 0 0 0 3px #888 }",
            "body::after { content: ''; position: fixed; inset: 0; z-index: 99 } a { z-index: 1 }",
            ".menu__list { overflow: hidden } .menu__list a { outline-offset: 60px !important }",
            "a { position: absolute; left: -900px }",
        ):
            page.goto(f"{served.root}{DEPARTMENT}")
            page.add_style_tag(content=rule)
            noticed.append((rule, len(walk(page, most=12)[1]) > 1))

    assert [rule for rule, found in noticed if not found] == []
