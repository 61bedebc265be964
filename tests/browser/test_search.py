"""The search page and the suggestions in Chromium: what is shown, where it leads, how it is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Page

WELFARE = "HD11-JF-002"
"""The power that 低保 is an alias of."""

SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def search(page: Page, words: str) -> None:
    """Type words into the field, press Enter and wait for the whole answer."""
    page.fill("#q", words)
    page.press("#q", "Enter")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page has said what it found."""
    page.wait_for_function(
        """() => {
          const count = document.querySelector("[data-part=count]");
          return count?.textContent && count.textContent !== count.dataset.searching;
        }"""
    )


def show(page: Page, address: str) -> None:
    """Go to an address and wait for its answer."""
    page.goto(address)
    settled(page)


def wait_for_hits(page: Page, count: int) -> None:
    """Wait until so many hits are shown."""
    page.wait_for_function("count => document.querySelectorAll('.hit').length === count", arg=count)


def said(page: Page) -> str:
    """Return the sentence that screen readers are told."""
    return page.locator("[data-part=count]").inner_text()


def number(text: str) -> int:
    """Return the first number of a text."""
    return int(re.findall(r"\d+", text)[0])


def shown(page: Page) -> list[str]:
    """Return the codes of the hits on the page, in their order."""
    return page.locator(".hit .power__code").all_inner_texts()


def asked_for(page: Page) -> dict[str, list[str]]:
    """Return what the address says."""
    return parse_qs(urlsplit(page.url).query)


def test_facets_count_right_and_stand_in_the_address(page, powers):
    """A filter that miscounts, or is lost on the way back, makes people doubt the list."""
    search(page, "许可")
    hits = number(said(page))
    kinds = page.locator("[data-facet=kind] .facet__count").all_inner_texts()
    licences = page.locator("[data-facet=kind] input[value=licensing]")
    n = number(licences.locator("xpath=..").locator(".facet__count").inner_text())
    assert sum(map(int, kinds)) == hits

    licences.check()
    wait_for_hits(page, min(n, 20))
    kind_of = {power["code"]: power["kind"] for power in powers}
    assert {kind_of[code] for code in shown(page)} == {"licensing"}
    assert number(said(page)) == n
    assert asked_for(page)["kind"] == ["licensing"]
    assert page.evaluate("document.activeElement.value") == "licensing"
    page.check("[data-facet=kind] input[value=penalty]")
    page.wait_for_function("() => document.querySelectorAll('.chips .chip').length === 3")
    assert number(said(page)) > n

    page.reload()
    settled(page)
    assert asked_for(page)["kind"] == ["licensing", "penalty"]
    assert page.is_checked("[data-facet=kind] input[value=penalty]")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.chips .chip').length === 1")
    assert number(said(page)) == n
    page.locator(".chip").click()
    page.wait_for_function("() => !document.querySelector('.chips .chip')")
    assert number(said(page)) == hits


def test_filters_that_let_nothing_pass_can_be_removed(page, root):
    """A dead end of someone's own making needs a way back too."""
    show(page, f"{root}search/?q=低保&kind=penalty&status=merged")
    assert page.locator(".hit").count() == 0
    page.click("[data-part=clear]")
    page.locator(".hit").first.wait_for()

    assert shown(page)[0] == WELFARE
    assert list(asked_for(page)) == ["q"]


def test_order_and_number_of_hits_stand_in_the_address(page, root):
    """A phone must not load a hundred hits; nor may the keyboard lose its place among them."""
    search(page, "许可")
    assert len(shown(page)) == 20
    page.select_option("#sort", "code")
    page.wait_for_function("() => location.search.includes('sort=code')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.hit')].every("
        "(hit, at, all) => !at || all[at - 1].dataset.code < hit.dataset.code)"
    )
    page.click("[data-part=more]")
    page.wait_for_function("() => document.activeElement.closest('.hit')")
    codes = shown(page)
    assert len(codes) == len(set(codes)) == 40
    assert page.evaluate("document.activeElement.closest('.hit').dataset.code") == codes[20]

    address = page.url
    page.locator(".hit a").nth(21).click()
    page.wait_for_url("**/powers/**")
    page.go_back()
    settled(page)
    wait_for_hits(page, 40)
    assert page.url == address
    assert shown(page) == codes


def test_a_word_searched_for_besides_can_be_left_out_and_followed(page):
    """Who did not mean the other word must be able to say so, and to send the result on."""
    search(page, "收容站")
    words = page.locator("[data-part=words] a").all_inner_texts()
    hits = number(said(page))
    assert len(words) > 1
    page.locator("[data-part=words] button").first.click()
    page.wait_for_function("() => document.querySelector('[data-part=words] s')")

    assert asked_for(page)["without"] == [words[0]]
    assert page.locator("[data-part=words] a").all_inner_texts() == words[1:]
    for left in range(len(words) - 1, 0, -1):
        page.locator("[data-part=words] a + button").first.click()
        page.wait_for_function(
            "n => document.querySelectorAll('[data-part=words] a').length === n", arg=left - 1
        )
    assert number(said(page)) < hits
    for left in range(len(words), 0, -1):
        page.locator("[data-part=words] s + button").first.click()
        page.wait_for_function(
            "n => document.querySelectorAll('[data-part=words] s').length === n", arg=left - 1
        )
    assert number(said(page)) == hits
    page.locator("[data-part=words] a").nth(1).click()
    page.wait_for_function("word => document.querySelector('#q')?.value === word", arg=words[1])


def test_what_was_given_up_is_found_and_says_so(page, powers):
    """Nobody may queue for a licence that no longer exists."""
    ended = next(power for power in powers if power["status"] != "active")
    search(page, ended["name"])

    hit = page.locator(f".hit[data-code='{ended['code']}']")
    assert hit.locator(".badge--ended").count() == 1


def test_typing_offers_powers_as_a_combobox(page, root):
    """Suggestions must help by keyboard, be told, and never get in the way of a search."""
    show(page, f"{root}search/?q=低保")
    page.fill("#q", "")
    page.keyboard.type("排水", delay=20)
    page.locator(".suggest__all", has_text="排水").wait_for()
    field = page.locator("#q")
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    assert re.search(r"\d", page.locator(".search [role=status]").inner_text())
    assert not field.get_attribute("aria-activedescendant")

    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert chosen.get_attribute("href").startswith(f"{root}powers/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert not page.locator(".suggest").first.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('q') === '排水'")


def test_a_chosen_suggestion_is_followed_from_the_header_of_any_page(page, root):
    """Whoever is on a power's page looks for the next one there."""
    page.goto(f"{root}powers/{WELFARE}/")
    page.fill("#find", "办护照")
    page.wait_for_selector(".suggest:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # round through the field to the last: everything about it
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/powers/HD09-XK-003/")


def test_the_home_page_leads_to_the_search(page, root):
    """Most people search from the first page they see."""
    page.goto(root)
    page.fill("[data-search-form] input", "低保")
    page.wait_for_selector(".suggest:not([hidden]) [role=option]")
    assert page.locator(".suggest a").first.get_attribute("href") == f"{root}powers/{WELFARE}/"
    page.press("[data-search-form] input", "Enter")
    page.wait_for_url(f"{root}search/?q=*")
    settled(page)

    assert shown(page)[0] == WELFARE


def test_where_nothing_fits_there_are_still_ways_on(page, root, bundled_site):
    """A search must never end in an empty page."""
    search(page, "zzqxv")
    assert page.locator(".hit").count() == 0
    assert "zzqxv" in said(page)
    ways = page.locator("[data-part=near] a").evaluate_all("links => links.map((a) => a.href)")

    assert ways
    assert all((bundled_site / way.removeprefix(root) / "index.html").is_file() for way in ways)
    assert re.fullmatch(r"tel:[\d-]+", page.locator(".results__ask a").first.get_attribute("href"))
    assert page.locator(".browse a").first.is_visible()


def test_a_slip_is_answered_by_names_that_come_near(page):
    """ "Found 5" under a question about something else misleads; so does finding nothing."""
    search(page, "住房公机金提取")

    nearest = page.locator("[data-part=count]").get_attribute("data-nearest")
    assert said(page) == nearest.replace("{query}", "住房公机金提取")
    assert "HD82-FW-001" in shown(page)[:3]
    assert page.locator("[data-part=none]").is_visible()


def test_a_body_a_law_or_a_life_event_that_is_named_is_linked(page, root, names, bundled_site):
    """Who types a body's name wants the body, or what it does."""
    for group, slug in (
        ("departments", "market-regulation"),
        ("laws", next(iter(names["laws"]))),
        ("life-events", next(iter(names["life-events"]))),
    ):
        search(page, [names[group][slug]][0] if group == "life-events" else names[group][slug][-1])
        page.wait_for_selector(f"[data-part=places] a[href='{root}{group}/{slug}/']")
        assert (bundled_site / group / slug / "index.html").is_file()


def test_signs_and_markup_are_only_words(page):
    """A slip of the keyboard, or malice in a link, must do nothing."""
    for words in ('"', "()[]{}*+?", "<img src=x onerror=alert(1)>", "{query}", "%"):
        search(page, words)

        assert page.locator(".results img").count() == 0
        assert page.input_value("#q") == words
        assert words in said(page)


def test_an_address_made_by_hand_breaks_nothing(page, root):
    """Addresses are shared, cut off and mistyped on the way."""
    show(page, f"{root}search/?q=许可&kind=nonsense&sort=worst&shown=-3&theme=%3Cb%3E")

    assert page.locator(".hit").count() == 0
    assert page.locator(".results b").count() == 0
    assert page.locator(".chip").count() == 3


def test_results_are_a_list_with_headings_under_a_spoken_count(page):
    """Who listens to the page must hear how much was found and walk through it."""
    search(page, "食品")
    outline = page.evaluate(
        """() => ({
          list: document.querySelector(".hits").tagName,
          headings: [...document.querySelectorAll("main :is(h1, h2, h3)")]
            .filter((h) => h.checkVisibility()).map((h) => h.tagName),
          hits: document.querySelectorAll("ol.hits > li > h3 > a").length,
          live: document.querySelector("[data-part=count]").getAttribute("role"),
        })"""
    )

    assert outline["list"] == "OL"
    assert outline["live"] == "status"
    assert outline["hits"] == len(shown(page)) > 0
    assert outline["headings"][:3] == ["H1", "H2", "H3"]
    assert page.title().startswith("食品")


@pytest.mark.parametrize(("scheme", "words"), [("light", "讨薪"), ("dark", "zzqxv")])
def test_answers_have_no_accessibility_fault(page, root, axe_source, scheme, words):
    """What comes by script is part of the page for those who listen to it."""
    page.emulate_media(color_scheme=scheme)
    show(page, f"{root}search/?q={words}&kind=penalty")
    page.fill("#q", "许可")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".suggest:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    page.evaluate(axe_source)
    faults = page.evaluate("axe.run(document).then((found) => found.violations)")
    page.emulate_media(color_scheme="light")

    assert [(fault["id"], [n["html"] for n in fault["nodes"]]) for fault in faults] == []


def test_on_a_phone_answers_fit_and_filters_are_folded(page, root):
    """At 390 pixels nothing may stick out, and filters may not push the answers down."""
    page.set_viewport_size({"width": 390, "height": 800})
    show(page, f"{root}search/?q=许可")
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    top = page.locator(".hit").first.bounding_box()["y"]
    page.click(".narrow > summary")
    folded = page.locator("[data-facet=kind] label").first.bounding_box()
    page.set_viewport_size({"width": 1280, "height": 720})

    assert overflow <= 0
    assert top < 700
    assert folded["height"] >= 44


def test_a_departments_search_stays_in_its_site_and_leads_on_to_the_city(page, root):
    """Who asks the wrong department must not be told that the power does not exist."""
    show(page, f"{root}departments/taxation/search/?q=契税")
    assert (
        page.locator(".hit a")
        .first.get_attribute("href")
        .startswith(f"{root}departments/taxation/powers/")
    )
    assert not page.locator("[data-facet=department]").count()
    page.fill("#q", "低保")
    page.press("#q", "Enter")
    page.wait_for_function("() => document.querySelectorAll('.hit').length === 0")
    settled(page)
    page.locator("[data-part=city] a").click()
    page.wait_for_url(f"{root}search/?q=*")
    settled(page)

    assert shown(page)[0] == WELFARE


def test_the_full_text_waits_until_the_end_of_what_the_names_answer(chromium, root, names):
    """Whoever asks in a sentence on a costly line pays for the index only on reading so far."""
    event = max(names["stages"], key=lambda slug: len(names["stages"][slug]))
    asked: list[str] = []
    other = chromium.new_page(viewport={"width": 390, "height": 800})
    other.set_default_timeout(PATIENCE_MS)
    other.on("request", lambda request: asked.append(request.url))
    show(other, f"{root}search/?q={names['life-events'][event]}手续")
    first = shown(other)
    assert len(first) >= 6
    assert not [url for url in asked if "/pagefind/" in url]

    with other.expect_response("**/pagefind/pagefind.js"):
        while other.locator("[data-part=more]").is_visible():
            other.locator("[data-part=more]").click()
        other.mouse.wheel(0, 99_999)
    other.locator("[data-part=texts]").wait_for(state="hidden")
    assert shown(other)[: len(first)] == first
    other.close()


@pytest.mark.parametrize(
    "address", ["search/?q=低保", "search/?q=开饭馆要多久", "flowcharts/compare/"]
)
def test_what_a_script_puts_on_a_page_pushes_nothing_away(chromium, root, address):
    """A link that jumps as one's finger comes down leads somewhere else."""
    other = chromium.new_page(viewport={"width": 390, "height": 844})
    other.set_default_timeout(PATIENCE_MS)
    other.add_init_script(SHIFTS)
    other.goto(f"{root}{address}", wait_until="networkidle")
    shifted = other.evaluate("window.shifted")
    other.close()

    assert shifted < 0.01


def test_what_makes_words_a_question_is_not_searched_for(page, root):
    """No text of a power holds "how long", so asking politely found nothing."""
    matter = """async ([root, text]) => {
      const { Engine } = await import(`${root}assets/search-engine.js`);
      return (await Engine.open(root)).titles.matterOf(text);
    }"""

    assert page.evaluate(matter, [root, "请问食品许可怎么办"])["words"] == ["食品", "许可"]
    for plain in ("法定代表人的身份证明", "申请人和代理人", "怎么办"):
        assert not page.evaluate(matter, [root, plain])["isQuestion"], plain


def test_without_the_full_text_the_names_still_answer(chromium, root):
    """A filter that blocks WebAssembly must not take the search away."""
    other = chromium.new_page()
    other.set_default_timeout(PATIENCE_MS)
    other.route("**/pagefind/**", lambda route: route.abort())
    show(other, f"{root}search/?q=低保")

    assert shown(other)[0] == WELFARE
    assert other.locator("[data-part=partial]").is_visible()
    other.close()


def test_a_full_text_that_hangs_is_asked_again_and_then_done_without(chromium, root):
    """A line that hangs must not leave a reader before an endless "searching"."""
    other = chromium.new_page()
    other.set_default_timeout(PATIENCE_MS)
    other.clock.install()
    asked: list[str] = []
    other.route("**/pagefind/pagefind.js*", lambda route: asked.append(route.request.url))
    other.goto(f"{root}search/?q=低保")
    other.locator(".hit").first.wait_for()
    for _ in range(6):
        other.clock.run_for(10_000)

    other.locator("[data-part=partial]").wait_for(state="visible")
    assert shown(other)[0] == WELFARE
    assert len(asked) == 2
    other.close()


def test_without_titles_the_page_says_that_it_failed(chromium, root):
    """An endless "searching" is worse than a plain word."""
    other = chromium.new_page()
    other.set_default_timeout(PATIENCE_MS)
    other.route("**/titles.json", lambda route: route.abort())
    show(other, f"{root}search/?q=低保")

    assert said(other) == other.locator("[data-part=count]").get_attribute("data-failed")
    assert other.locator(".browse a").first.is_visible()
    other.close()


def test_without_scripts_the_page_offers_the_lists(chromium, root, bundled_site):
    """Reading never needs JavaScript; searching says that it does."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}powers/{WELFARE}/")
    page.fill("#find", "低保")
    page.press("#find", "Enter")
    page.wait_for_url(f"{root}search/?q=*")
    for address in ("", "departments/taxation/search/"):
        if address:
            page.goto(f"{root}{address}")
        ways = page.locator(".browse a").evaluate_all("links => links.map((a) => a.href)")
        assert page.locator(".results__needs").is_visible()
        assert ways
        assert all((bundled_site / way.removeprefix(root) / "index.html").is_file() for way in ways)
    context.close()
