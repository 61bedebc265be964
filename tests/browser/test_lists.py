"""Lists sorted and filtered in Chromium: over the whole list, in the address, without scripts too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypinyin import Style, lazy_pinyin, pinyin

from tests.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_MS = 30_000
SHOWN = "[...document.querySelectorAll('[data-sifted] li')].map((row) => row.dataset.record)"
Server = Callable[[Path], Served]


@pytest.fixture(scope="module")
def host(bundled_site: Path, site_server: Server) -> str:
    """Return where the bundled city is served, below a path as many are."""
    return site_server(bundled_site).below


@contextmanager
def tab(browser: Browser, **wishes: object) -> Iterator[Page]:
    context = browser.new_context(**wishes)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


def sifted(page: Page) -> list[str]:
    """Return the codes that the sifted list shows, once it does."""
    page.wait_for_selector("[data-sifted] li")
    found: list[str] = page.evaluate(SHOWN)
    return found


def test_a_shared_address_shows_the_same_list_and_back_works(chromium: Browser, host: str) -> None:
    """A journalist's link must show the reader what the journalist saw."""
    with tab(chromium) as page:
        page.goto(f"{host}powers/page/2/")
        page.select_option("[name=kind]", "licensing")
        everything = sifted(page)
        page.select_option("[name=sort]", "limit")
        page.wait_for_function(f"(old) => String({SHOWN}) !== old", arg=",".join(everything))
        sorted_by_limit = sifted(page)
        assert sorted(everything) == sorted(sorted_by_limit) and everything != sorted_by_limit
        assert page.url.endswith("powers/page/2/?kind=licensing&sort=limit")
        status = page.inner_text("[data-sifted] [role=status]")
        assert str(len(everything)) in status

        with tab(chromium) as other:
            other.goto(page.url)
            assert sifted(other) == sorted_by_limit
            assert other.input_value("[name=kind]") == "licensing"

        page.go_back()
        page.wait_for_function(f"(wanted) => String({SHOWN}) === wanted", arg=",".join(everything))
        assert page.input_value("[name=sort]") == ""
        page.go_back()
        page.wait_for_selector("[data-listed]", state="visible")
        assert page.is_hidden("[data-sifted]")


def test_names_are_sorted_as_chinese_readers_expect(chromium: Browser, host: str) -> None:
    """Sorted by code points, Chinese names are in no order at all."""
    with tab(chromium) as page:
        page.goto(f"{host}powers/?kind=licensing&sort=name")
        sifted(page)
        names = page.locator("[data-sifted] .power__name").all_inner_texts()
    plain = [
        name for name in names if len(pinyin(name[0], heteronym=True, style=Style.NORMAL)[0]) == 1
    ]
    initials = [lazy_pinyin(name[0], style=Style.NORMAL)[0] for name in plain]

    assert len(initials) > 40
    assert initials == sorted(initials)


def test_filters_look_at_the_whole_list_and_not_at_the_page(chromium: Browser, host: str) -> None:
    """A reader of page one must find what stands on page four."""
    with tab(chromium) as page:
        page.goto(f"{host}powers/page/4/")
        (last, *_) = page.locator("[data-listed] li[data-record]").last.evaluate_all(
            "(rows) => rows.map((row) => row.dataset.record)"
        )
        name = page.locator(f"[data-listed] [data-record='{last}'] .power__name").text_content()
        assert name
        page.goto(f"{host}powers/")
        page.fill("[data-sift] [name=q]", name)
        assert last in sifted(page)
        page.locator(f"[data-sifted] [data-record='{last}'] a").click()
        page.wait_for_load_state()
        assert page.url == f"{host}powers/{last}/"


def test_a_filter_that_nothing_passes_leads_on(chromium: Browser, host: str) -> None:
    """An empty list must not be a dead end."""
    with tab(chromium) as page:
        page.goto(f"{host}departments/public-security/powers/?q=qqqq")
        page.wait_for_selector("[data-part=elsewhere]:not([hidden]) a")
        link = page.get_attribute("[data-part=elsewhere] a", "href") or ""
        assert link.endswith("search/?q=qqqq")
        page.click("[data-sift] [type=reset]", force=True)
        page.wait_for_selector("[data-listed]", state="visible")


def test_a_list_is_whole_without_scripts(chromium: Browser, host: str) -> None:
    """No control may stand there that does nothing."""
    with tab(chromium, java_script_enabled=False) as page:
        page.goto(f"{host}powers/")
        assert page.is_hidden("[data-sift]")
        assert page.locator("[data-listed] li[data-record]").count() == 100
        page.click("a[rel=next]")
        assert page.url == f"{host}powers/page/2/"


@pytest.mark.parametrize("width", [320, 390])
def test_filters_fit_a_telephone(chromium: Browser, host: str, axe_source: str, width: int) -> None:
    """Filters that push the page aside are worse than none."""
    with tab(chromium, viewport={"width": width, "height": 844}) as page:
        page.goto(f"{host}powers/?kind=penalty&sort=changed")
        sifted(page)
        page.click("[data-part=open]")
        assert page.get_attribute("[data-part=open]", "aria-expanded") == "true"
        assert page.evaluate("document.documentElement.scrollWidth") == width
        small = page.evaluate(
            "[...document.querySelectorAll('[data-sift] :is(input, select, button)')]"
            ".filter((e) => e.getBoundingClientRect().height < 44).length"
        )
        assert small == 0
        page.evaluate(axe_source)
        faults = page.evaluate("axe.run(document).then((found) => found.violations)")
        assert [fault["id"] for fault in faults] == []


def test_laws_are_filtered_and_sorted_where_they_stand(chromium: Browser, host: str) -> None:
    """Two hundred laws are found by a word of the title."""
    with tab(chromium) as page:
        page.goto(f"{host}laws/")
        before = page.locator(".tally__text:visible").count()
        page.fill("[data-sift-index] [name=q]", "食品")
        page.wait_for_function("() => document.querySelector('[data-part=count]').textContent")
        left = page.locator(".tally__text:visible").all_inner_texts()
        assert 0 < len(left) < before
        assert all("食品" in title for title in left)
        assert page.url.endswith("?q=%E9%A3%9F%E5%93%81")
        page.reload()
        assert page.locator(".tally__text:visible").all_inner_texts() == left
