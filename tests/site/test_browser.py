"""Every kind of page in a real browser: accessible, quiet, complete, no wider than the window."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.conftest import CHECKOUT
from tests.site.browsing import SCHEMES, SIZES, inspect, visit
from tests.site.output import Output, hiding_ancestor, sites

BY_HAND = ("fire-rescue", "ecology-environment")
"""Two departments of the many whose themes were made by hand: the quick tests look at these."""

HOUSES = sorted(path.parent.name for path in (CHECKOUT / "department_themes").glob("*/theme.yml"))
"""Every department whose theme was made by hand: the long proof looks at all."""

ALIKE = re.compile(r"^(?!powers/).+/page/\d+/$|^for/firms/$")
"""Later pages of lists, and the list for firms: of the templates of pages that are looked at."""

VIEWS = [(size, scheme) for size in SIZES for scheme in SCHEMES]
SEEN = """(code) => [...document.querySelectorAll("[data-fact]")]
  .filter((fact) => fact.closest("[data-record]")?.dataset.record === code)
  .filter((fact) => {
    const box = fact.getBoundingClientRect();
    const style = getComputedStyle(fact);
    const right = document.documentElement.scrollWidth;
    const clipped = [];
    for (let at = fact; at && at !== document.body; at = at.parentElement) {
      const around = getComputedStyle(at);
      const area = at.getBoundingClientRect();
      const hides = around.overflow !== "visible" && (area.width < 8 || area.height < 8);
      if (hides || around.clipPath !== "none" || around.clip !== "auto") clipped.push(at);
    }
    return !fact.checkVisibility({ opacityProperty: true, visibilityProperty: true,
                                   contentVisibilityAuto: true })
      || box.width < 4 || box.height < 8 || box.right < 4 || box.left > right - 4 || box.bottom < 4
      || parseFloat(style.fontSize) < 10 || style.color === "rgba(0, 0, 0, 0)" || clipped.length;
  })
  .map((fact) => `${fact.dataset.fact}: ${fact.textContent.slice(0, 40)}`)"""


def kind(address: str) -> str:
    """Return what kind of page stands at an address: pages of one kind differ in content only."""
    address = re.sub(r"^departments/[^/]+/", "department/", address)
    own = r"department/(?!powers/|flowcharts/|data/|search/|design/|news/)[^/]+/"
    for pattern, name in (
        (r"(^|/)powers/[^/]+/", r"\1powers/*/"),
        (r"^(kinds|laws|life-events|themes)/[^/]+/", r"\1/*/"),
        (r"(^|/)(\*|page)/\d+/$", r"\1*/n/"),
        (r"^department/news/[^/]+/", "department/news/*/"),
        (rf"^{own}", "department/prose/"),
    ):
        address = re.sub(pattern, name, address)
    return address


def of_each_kind(output: Output, slug: str) -> list[str]:
    """Return one page of each kind of a site; of records, the longest.

    A page that leads on by itself is not one: nobody ever sees it.
    """
    longest: dict[str, str] = {}
    for address, page in sites(output)[slug].items():
        if page.xpath("//meta[@http-equiv='refresh']"):
            continue
        best = longest.get(kind(address))
        if best is None or len(page.text_content()) > len(output.pages[best].text_content()):
            longest[kind(address)] = address
    return [longest[name] for name in sorted(longest)]


def with_results(addresses: list[str]) -> list[str]:
    """Return addresses with a page of search results besides the empty one."""
    found = [f"{address}?q=%E8%AE%B8%E5%8F%AF" for address in addresses if "search/" in address]
    return [*addresses, *found]


def test_every_kind_of_page_is_looked_at(bundled):
    """A kind of page that no test opens is the one that breaks."""
    kinds = {kind(address) for address in bundled.pages}
    looked_at = {kind(a) for slug in ("", *BY_HAND) for a in of_each_kind(bundled, slug)}

    assert len(looked_at) > 20
    assert kinds == looked_at


def quick(output: Output) -> Iterator[tuple[str, str, str]]:
    """Yield one page of each kind, the departments' by turns, with the views by turns.

    What shares its template with another kind is left to the long proof.
    """
    own = [of_each_kind(output, slug) for slug in BY_HAND]
    turns = [{kind(address): address for address in pages} for pages in own]
    kinds = sorted({name for turn in turns for name in turn})
    addresses = [
        turns[number % len(turns)].get(name) or turns[number % len(turns) - 1][name]
        for number, name in enumerate(kinds)
    ]
    pages = [a for a in (*of_each_kind(output, ""), *addresses) if not ALIKE.match(a)]
    for number, address in enumerate(with_results(pages)):
        yield address, *VIEWS[number % len(VIEWS)]


def test_one_page_of_each_kind_is_without_fault(bundled, chromium, axe_source, site_server):
    """Whoever cannot see, or holds a telephone, or reads at night, must get every kind of page."""
    host = site_server(bundled.root).root
    pages = list(quick(bundled))
    faults = []
    for view in VIEWS:
        with visit(chromium, host, size=view[0], scheme=view[1]) as tab:
            for address, *own in pages:
                if tuple(own) == view:
                    faults += [f"{view}: {f}" for f in inspect(tab, address, axe_source)]

    assert not faults


def test_faults_of_a_page_are_noticed(tmp_path, chromium, axe_source, site_server):
    """An inspector who finds nothing wrong anywhere may be asleep."""
    host = site_server(tmp_path).root
    elsewhere = host.replace("127.0.0.1", "localhost")
    (tmp_path / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>Faults</title><h1>One</h1><h1>Two</h1>"
        f"<img src='{elsewhere}dot.svg'><img src='gone.svg' alt=''>"
        "<p style='width: 3000px'>Wide</p><script>throw new Error('thrown')</script>"
    )
    with visit(chromium, host) as tab:
        faults = " ".join(inspect(tab, "", axe_source))

    for expected in (
        "foreign: http://localhost", "404: ", "thrown", "2 main headings", "wider than the window",
        "axe image-alt", "axe html-has-lang",
    ):  # fmt: skip
        assert expected in faults


@pytest.mark.prove
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("slug", ["", *HOUSES])
def test_every_kind_of_page_is_without_fault_in_every_view(
    bundled, chromium, axe_source, site_server, slug, size, scheme
):
    """Every combination of page, theme, width and colours is somebody's only one."""
    with visit(chromium, site_server(bundled.root).root, size=size, scheme=scheme) as tab:
        pages = with_results(of_each_kind(bundled, slug))
        faults = [fault for address in pages for fault in inspect(tab, address, axe_source)]

    assert not faults


@pytest.mark.prove
@pytest.mark.parametrize("name", ["zh", "en"])
def test_invented_cities_are_without_fault_too(outputs, chromium, axe_source, site_server, name):
    """A newcomer's first city must not start with faults of ours."""
    city = outputs(name)
    faults = []
    for size, scheme in VIEWS:
        with visit(chromium, site_server(city.root).root, size=size, scheme=scheme) as tab:
            for slug in sites(city):
                for address in of_each_kind(city, slug):
                    faults += inspect(tab, address, axe_source)

    assert not faults


def test_the_address_of_a_merged_body_ends_at_its_successor(outputs, chromium, site_server):
    """A link printed years ago must not end at a body that is gone."""
    city = outputs("zh")
    old, new = next(
        (body.slug, body.merged_into)
        for body in city.release.departments.values()
        if body.merged_into
    )
    with visit(chromium, site_server(city.root).root, size="narrow", scheme="light") as tab:
        tab.open(f"departments/{old}/")
        tab.page.wait_for_url(f"**/departments/{new}/")
        # What the old page was still asking for when it was left is no fault.
        assert not [fault for fault in tab.took() if not fault.startswith("failed:")]


def samples(output: Output, slug: str) -> list[tuple[str, str]]:
    """Return code and address of two powers of a site: the one with most facts and the least."""
    pages = {
        address: len(page.xpath("//@data-fact"))
        for address, page in sites(output)[slug].items()
        if kind(address).endswith("powers/*/") and address.split("/")[-2] in output.release.powers
    }
    chosen = {max(pages, key=pages.__getitem__), min(pages, key=pages.__getitem__)}
    return [(address.split("/")[-2], address) for address in sorted(chosen)]


def unseen(output: Output, chromium, host: str, slugs, views) -> list[str]:
    """Return the facts that the style sheets of the sites keep from a reader's eyes."""
    found = []
    for size, scheme in views:
        with visit(chromium, host, size=size, scheme=scheme) as tab:
            for slug in slugs:
                for code, address in samples(output, slug):
                    tab.page.goto(f"{host}{address}", wait_until="load")
                    hidden = tab.page.evaluate(SEEN, code)
                    found += [f"{address} {size} {scheme}: {fact}" for fact in hidden]
    return found


def test_the_look_of_a_site_hides_no_fact(bundled, chromium, site_server):
    """A style sheet can take a fact off a page as surely as an editor can."""
    host = site_server(bundled.root).root
    views = [("wide", "light"), ("narrow", "dark")]

    assert not unseen(bundled, chromium, host, ("", *BY_HAND), views)


def test_a_fact_that_a_style_sheet_hides_is_noticed(bundled, chromium, site_server):
    """A test for hidden facts that sees nothing hidden proves nothing."""
    host = site_server(bundled.root).root
    ((code, address), *_) = samples(bundled, BY_HAND[0])
    hiding = (
        "display: none", "visibility: hidden", "font-size: 0", "width: 0",
        "color: transparent", "position: absolute; left: -999px",
        "transform: scale(0)", "height: 1px; overflow: hidden",
    )  # fmt: skip
    undone = ("opacity: 0", "clip-path: inset(50%)")  # by the guard that stands above every rule
    noticed = []
    with visit(chromium, host, bypass_csp=True) as tab:
        for rule in hiding + undone:
            tab.page.goto(f"{host}{address}", wait_until="load")
            tab.page.add_style_tag(
                content=f"h1 [data-fact] {{ display: block; {rule} !important }}"
            )
            noticed.append((rule, tab.page.evaluate(SEEN, code)))

    assert [rule for rule, hidden in noticed if len(hidden) != (rule in hiding)] == []


@pytest.mark.prove
def test_no_look_of_any_site_hides_a_fact_in_any_view(bundled, chromium, site_server):
    """A derived theme is looked at by nobody before it goes out."""
    host = site_server(bundled.root).root
    slugs = list(sites(bundled))

    assert len(slugs) == len(bundled.release.departments) + 1
    assert not unseen(bundled, chromium, host, slugs, VIEWS)


def test_without_scripts_a_power_can_be_read_whole(bundled, chromium, site_server):
    """Old telephones, strict offices and broken networks run no scripts; the law applies to all."""
    host = site_server(bundled.root).root
    with visit(chromium, host, size="narrow", java_script_enabled=False) as tab:
        for slug in ("", *BY_HAND):
            for code, address in samples(bundled, slug):
                tab.open(address)
                stated = len(
                    bundled.pages[address].xpath(f"//*[@data-record='{code}']//*[@data-fact]")
                )
                assert tab.page.locator("[data-fact]").count() >= stated > 10
                shown = tab.page.locator("[data-fact]")
                assert [i for i in range(0, stated, 7) if not shown.nth(i).is_visible()] == []
                assert not tab.took()


def test_without_scripts_the_menu_leads_on(bundled, chromium, site_server):
    """A menu that opens only by script is a locked door on a telephone."""
    host = site_server(bundled.root).root
    for size in SIZES:
        with visit(chromium, host, size=size, java_script_enabled=False) as tab:
            tab.open("departments/fire-rescue/powers/")
            link = tab.page.locator(".menu a[href$='data/']").first
            if not link.is_visible():
                tab.page.locator("label.menu-button").click()
            tab.page.wait_for_load_state("networkidle")  # the menu's pictures come as it opens
            link.click()
            assert tab.page.url == f"{host}departments/fire-rescue/data/"
            assert not tab.took()


def test_without_scripts_the_search_page_offers_lists(bundled, chromium, site_server):
    """A search box that does nothing must at least say where the lists are."""
    host = site_server(bundled.root).root
    with visit(chromium, host, java_script_enabled=False) as tab:
        for address in ("search/", "departments/fire-rescue/search/"):
            tab.open(address)
            ways = tab.page.locator(".browse a")
            assert ways.count() >= 2 and all(way.is_visible() for way in ways.all())
            assert tab.page.locator("noscript").first.inner_text().strip()


def test_a_walk_through_the_city_works_below_a_path(bundled, chromium, site_server):
    """Most cities get a folder on the province's server, not a host of their own."""
    served = site_server(bundled.root)
    for host in (served.root, served.below):
        with visit(chromium, host) as tab:
            tab.open("")
            for choice in (
                ".menu a[href*='departments/']", "main a[href*='fire-rescue/']",
                "main .power__name", ".path a", "main h2 a, .menu a[href*='powers/']",
                ".menu__up a, .colophon__links a",
            ):  # fmt: skip
                before = tab.page.url
                tab.page.locator(choice).first.click()
                tab.page.wait_for_load_state("networkidle")
                assert tab.page.url != before and tab.page.url.startswith(host)
                assert tab.page.locator("h1").count() == 1
            tab.open("search/?q=%E8%AE%B8%E5%8F%AF")
            tab.page.locator(".hit a").first.click()
            tab.page.wait_for_load_state("networkidle")
            assert "/powers/" in tab.page.url and tab.page.url.startswith(host)
            assert not tab.took()


def test_nothing_on_a_page_waits_to_be_unfolded(bundled):
    """What stands folded away is not found by the browser's own search, nor printed."""
    folded = {
        address
        for address, page in bundled.pages.items()
        for element in page.xpath("//main//p | //main//li | //main//dd")
        if hiding_ancestor(element) == "details"
        and not element.xpath("ancestor::details[contains(@class, 'jumps')]")  # a way, no text
    }

    assert not folded
