"""Pages as browsers and people meet them: whole, safe, labelled, and nothing left to run inline."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from generator.errors import RenderError
from generator.pages.contexts import Head, Page, PowerRow
from generator.pages.site import Link, Site
from generator.rendering.templates import Renderer
from tests.rendering.pages import (
    department_site,
    every_page,
    municipal,
    power,
    power_page,
    renderer,
    with_text,
)

HOSTILE = "\"'><xss onload=x()>&<script>y()</script>{{ 7*7 }}{% x %}zq7dlbodyzq7 zq7dlnavahrefzq7"
PAGES = every_page()
NAMES = [f"{site.kind}-{type(page).__name__}" for site, page in PAGES]


@pytest.fixture(scope="module")
def made() -> Renderer:
    return renderer()


@pytest.fixture(scope="module")
def again() -> Renderer:
    return renderer()


@pytest.fixture(params=range(len(PAGES)), ids=NAMES)
def page(request: pytest.FixtureRequest) -> tuple[Site, Page]:
    return PAGES[request.param]


def document(made: Renderer, site: Site, page: Page) -> html.HtmlElement:
    return html.document_fromstring(made.page(site, page).decode())


def test_a_page_runs_nothing_that_stands_in_it(made, page):
    """One inline script or style, and the policy that protects readers would have to fall."""
    tree = document(made, *page)

    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(policy) == 1 and "unsafe" not in policy[0].replace("wasm-unsafe-eval", "")
    assert all(script.get("src") and not script.text for script in tree.iter("script"))
    assert not list(tree.iter("style"))
    assert not tree.xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_a_page_asks_no_other_host_for_anything(made, page):
    """A page that loads a foreign font is slow in China and tells a stranger who reads it."""
    tree = document(made, *page)

    loaded = tree.xpath(
        "//script/@src | //link[not(@rel='canonical')]/@href | //img/@src | //form/@action"
    )
    assert loaded and not [address for address in loaded if re.match(r"[a-z]+:|//", address)]


def test_a_page_has_one_first_heading_and_sound_landmarks(made, page):
    """Readers with a screen reader walk a page by its headings and landmarks."""
    tree = document(made, *page)

    levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    assert len(tree.xpath("//main")) == len(tree.xpath("//header[@class='masthead']")) == 1
    assert tree.xpath("//a[@class='skip']/@href") == [f"#{tree.xpath('//main/@id')[0]}"]
    names = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in tree.iter("nav")]
    assert None not in names and len(set(names)) == len(names)


def test_no_id_stands_twice_and_every_reference_leads_somewhere(made, page):
    """A label that points nowhere is a field without a name."""
    tree = document(made, *page)

    ids = Counter(tree.xpath("//@id"))
    assert not [name for name, count in ids.items() if count > 1]
    asked = [name for value in tree.xpath("//@for | //@aria-labelledby") for name in value.split()]
    asked += [link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert not [name for name in asked if name not in ids]


def test_every_text_of_the_data_stays_text(made, page):
    """A department's clerk, or whoever gets at a table, must not run a script in a reader's browser."""
    site, context = page
    hostile = with_text(context, HOSTILE)
    tree = document(made, with_text(site, HOSTILE), hostile)

    assert not list(tree.iter("xss"))
    assert all(script.get("src") for script in tree.iter("script"))
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert "49" not in tree.xpath("string(//title)")
    assert HOSTILE in tree.xpath("string(//title)")
    assert len(tree.xpath("//main")) == len(tree.xpath("//body")) == 1
    assert HOSTILE in tree.xpath("string(//main)")


@pytest.mark.parametrize(
    "address",
    ["javascript:x()", "JaVaScRiPt:x()", "data:text/html,x", "//evil.example/", "vbscript:x"],
)
def test_a_link_that_could_run_or_lead_astray_is_not_made(made, address):
    """An address in the data is the easiest way into a reader's browser."""
    site = municipal(error_report=address)
    tree = document(made, site, power_page(site, life_events=(Link(address=address, text="Go"),)))

    assert not [
        link for link in tree.xpath("//@href") if "evil" in link or "x(" in link or "vbs" in link
    ]


def test_a_demonstration_says_so_on_every_page_and_stays_out_of_search_engines(made, page):
    """Somebody might act upon an invented telephone number."""
    tree = document(made, *page)

    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    notice = tree.xpath("//aside[@class='notice']")
    assert "not an official publication" in notice[0].text_content()
    assert not notice[0].xpath(".//button | .//input")


def test_a_real_city_is_not_called_a_demonstration(made):
    """A real city's pages must be found by search engines."""
    site = municipal(demonstration=False)
    text = made.page(site, power_page(site)).decode()

    assert "noindex" not in text and "Demonstration" not in text


def test_the_labels_that_the_state_council_asks_for(made):
    """Inspectors of government websites read them by machine (国办发〔2017〕47号)."""
    site = municipal()
    tree = document(made, site, power_page(site))
    labels = {meta.get("name"): meta.get("content") for meta in tree.iter("meta")}

    assert labels["SiteName"] == site.name and labels["SiteDomain"] == "powers.lindow.example"
    assert labels["SiteIDCode"] == "1304000009"
    assert labels["ColumnName"] == "Licensing" and labels["ColumnType"] == "Services"
    assert labels["ArticleTitle"] == "Food business licence"
    assert labels["PubDate"] == "2025-04-19 00:00"
    assert labels["ContentSource"] == "Market Office of Lindow"


def test_what_is_not_configured_is_not_shown(made):
    """An invented record number would be a false attestation."""
    bare = Site(slug="municipal", name="Lindow", city="Lindow", language="en")
    page = power_page(bare)
    tree = document(made, bare, replace(page, head=Head(address=page.head.address, title="P")))
    labels = {meta.get("name") for meta in tree.iter("meta")}

    assert not labels & {
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnType",
        "PubDate",
        "ContentSource",
    }
    assert not tree.xpath("//footer//dt | //link[@rel='canonical']")
    assert not tree.xpath("//form[@role='search']")


def test_the_department_s_page_names_the_city_s_as_the_original(made):
    """Search engines would else show the same power twice."""
    site = department_site()
    tree = document(made, site, power_page(site))

    assert tree.xpath("//link[@rel='canonical']/@href") == [
        "https://powers.lindow.example/open/powers/LD31-XK-002/"
    ]


def test_feeds_are_offered_in_the_form_that_no_script_follows(made):
    """A script that fetches a sitemap for each feed asks for files that do not exist."""
    site, page = next((s, p) for s, p in PAGES if p.template == "index.html")
    text = made.page(site, page).decode()

    assert '<link rel="alternate " type="application/atom+xml" href="../feed.xml">' in text


def test_links_of_the_page_for_lost_readers_hold_at_any_address(made):
    """Whoever mistypes a deep address must still find the way home, with styles."""
    site = municipal()
    page = next(page for _, page in PAGES if page.template == "not_found.html")
    tree = document(made, site, page)

    links = tree.xpath("//link/@href | //script/@src | //a[not(starts-with(@href, '#'))]/@href")
    local = [link for link in links if not re.match("[a-z]+:", link)]
    assert local and all(link.startswith("/open/") for link in local)


def test_links_hold_below_a_path_and_on_a_disk(made, page):
    """The site is copied to sticks and served below paths that nobody foresaw."""
    site, context = page
    tree = document(made, site, context)
    depth = context.head.address.count("/")
    if context.template == "not_found.html":
        return

    for link in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
        if not re.match("[a-z]+:|#", link):
            assert not link.startswith("/")
            assert link.count("../") <= depth


@pytest.mark.parametrize(
    "address, crumbs, current",
    [
        pytest.param("", (), "Home", id="home"),
        pytest.param("kinds/", (), "Kinds of power", id="the-page-itself"),
        pytest.param("kinds/licensing/", (), "Kinds of power", id="below-it"),
        pytest.param("powers/x/", ("", "kinds/"), "Kinds of power", id="by-its-path"),
        pytest.param("about/", ("",), None, id="elsewhere"),
    ],
)
def test_the_menu_shows_where_one_is(made, address, crumbs, current):
    """People lose their way on big sites; the menu tells them which part they are in."""
    site, page = next((s, p) for s, p in PAGES if p.template == "index.html")
    links = tuple(Link(address=crumb, text="x") for crumb in crumbs)
    page = replace(page, head=replace(page.head, address=address, crumbs=links))
    tree = document(made, site, page)

    marked = tree.xpath("//nav[@class='menu']//a[@aria-current!='false']")
    assert [link.text for link in marked] == ([current] if current else [])


def test_nobody_else_is_named_in_the_source(made, page):
    """Whose tools a city uses is told on the page about the site, not to attackers on each page."""
    source = made.page(*page).decode().lower()

    for name in ("mkdocs", "squidfunk", "jinja", 'name="generator"', "graphviz", "<!--"):
        assert name not in source


def test_a_page_that_cannot_be_made_says_which(made):
    """The operator must learn which of five thousand pages is at fault."""
    site = municipal()
    broken = replace(power_page(site), children=(PowerRow,))  # type: ignore[arg-type]
    broken = replace(broken, bases=(None,))  # type: ignore[arg-type]

    with pytest.raises(RenderError, match=r"^powers/LD31-XK-002/index\.html: power\.html: "):
        made.page(site, broken)


def test_a_page_is_the_same_bytes_each_time(made, again, page):
    """A page that changes without cause is uploaded and fetched again by everyone."""
    assert made.page(*page) == again.page(*page)


def test_one_fact_changed_is_another_fingerprint(made, again):
    """A page that is not made again would go on telling the old fact."""
    site = municipal()
    page = power_page(site)
    other = power_page(site, power=power(hours="10 to 5"))

    prints = {
        made.fingerprint(site, page),
        made.fingerprint(site, other),
        made.fingerprint(municipal(tagline="New"), page),
        made.fingerprint(site, replace(page, vetted_on=date(2025, 4, 20))),
        renderer("zh-CN").fingerprint(site, page),
    }
    assert len(prints) == 5
    assert made.fingerprint(site, page) == again.fingerprint(municipal(), power_page(municipal()))
