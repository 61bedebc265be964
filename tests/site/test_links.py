"""Every address that a published city names leads to one of its own files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import tinycss2
from lxml.html import HtmlElement

from generator.model.codes import DepartmentStatus
from tests.site.output import Output

ADDRESSES = {
    "href", "src", "action", "formaction", "poster", "data", "cite", "background", "longdesc",
    "manifest", "data-address", "data-root", "data-powers", "{http://www.w3.org/1999/xlink}href",
    "xlink:href",
}  # fmt: skip
RECORD_OFFICES = ("beian.miit.gov.cn", "beian.gov.cn")
"""Where the footer's record numbers lead, by the rules of those records."""


def links(output: Output, address: str) -> tuple[tuple[str, str, str], ...]:
    """Return element, attribute and address of everything a page links to or loads."""
    return links_of(output.pages[address])


@cache
def links_of(page: HtmlElement) -> tuple[tuple[str, str, str], ...]:
    """Return the same of a parsed page, each worked out once for all tests."""
    return tuple(dict.fromkeys(found for element in page.iter("*") for found in named_by(element)))


def named_by(element: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Yield what one element links to or loads."""
    for name, value in element.items():
        if name in ADDRESSES:
            yield element.tag, name, value
        elif name in ("srcset", "imagesrcset"):
            for candidate in filter(str.strip, value.split(",")):
                yield element.tag, name, candidate.split()[0]
        elif name == "http-equiv" and value.lower() == "refresh":
            yield element.tag, "refresh", element.get("content", "").partition("=")[2]


def wrong(output: Output, link: str, page: str) -> str:
    """Return what is wrong with a link to the city itself, "" for nothing."""
    found = output.target(link, page)
    assert found is not None
    file, fragment = found
    if file not in output.files:
        return "no such file"
    target = file.removesuffix("index.html")
    if fragment and target in output.ids and fragment not in output.ids[target]:
        return "no such place on the page"
    return ""


def is_foreign(output: Output, link: str, page: str) -> bool:
    return output.target(link, page) is None


def test_every_link_of_every_page_leads_somewhere(city):
    """A dead link on a government's page ends a citizen's errand."""
    faults = {
        (link, fault): address
        for address in city.pages
        for _, _, link in links(city, address)
        if not is_foreign(city, link, address) and (fault := wrong(city, link, address))
    }

    assert not faults


def test_links_work_below_a_path_and_at_the_root(city):
    """A city that publishes below a path must not send its readers to the host's front door."""
    faults = {
        (address, link)
        for address in city.pages
        if address != "404.html"
        for element, name, link in links(city, address)
        if link.startswith("/") or (link.startswith(city.origin) and element != "link")
    }

    assert not faults
    assert all(
        link.startswith("/") or "://" in link or link.startswith(("#", "mailto:", "tel:"))
        for _, _, link in links(city, "404.html")
    ), "the 404 page is served at any depth: its addresses must not depend on it"


def test_no_page_loads_anything_from_another_host(city):
    """A reader's visit is nobody else's business, and some hosts do not answer in China."""
    faults = {
        (element, name, link)
        for address in city.pages
        for element, name, link in links(city, address)
        if is_foreign(city, link, address) and element != "a"
    }

    assert not faults


def test_only_words_about_law_licence_and_records_lead_to_another_host(city):
    """A link out of a government's site speaks with its authority: each must be asked for."""
    table = city.root / "data" / "instruments.csv"
    official = set(re.findall(r"https?://([^/\s,\"]+)", table.read_text(encoding="utf-8")))
    licence = urlsplit(city.config.licence.path).netloc
    allowed = {licence, *official, *RECORD_OFFICES}
    out = {
        urljoin("https://relative.invalid/", link)
        for address in city.pages
        for element, _, link in links(city, address)
        if element == "a" and is_foreign(city, link, address)
    }
    schemes = {urlsplit(link).scheme for link in out}

    assert schemes <= {"https", "http", "mailto", "tel"}
    assert {urlsplit(link).netloc for link in out if link.startswith("http")} <= allowed


def test_every_address_in_a_stylesheet_is_a_file_beside_it(city):
    """A missing font or picture would be asked for on every visit, in vain."""
    sheets = [path for path in city.files if path.endswith(".css")]
    found = [(sheet, link) for sheet in sheets for link in css_addresses(city.text(sheet))]
    faults = [
        (sheet, link)
        for sheet, link in found
        if not link.startswith("data:")
        and (is_foreign(city, link, sheet) or wrong(city, link, sheet))
    ]

    assert sheets
    assert not faults


def css_addresses(text: str) -> Iterator[str]:
    """Yield every `url(…)` and `@import` of a stylesheet."""
    pending = list(tinycss2.parse_component_value_list(text))
    while pending:
        node = pending.pop()
        pending += getattr(node, "content", None) or getattr(node, "arguments", None) or []
        if node.type == "url":
            yield node.value
        elif node.type == "function" and node.lower_name in ("url", "src", "image"):
            yield from (part.value for part in node.arguments if part.type == "string")
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield from (part.value for part in rule.prelude if part.type in ("string", "url"))


def test_every_script_module_that_a_script_loads_is_published(city):
    """A search box whose second file is missing is dead, and says so only in the console."""
    loaded = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
    faults = [
        (script, link)
        for script in city.files
        if script.endswith(".js") and script.startswith("assets/")
        for link in loaded.findall(city.text(script))
        if wrong(city, link, script)
    ]

    assert not faults


def test_feeds_and_site_map_name_pages_that_exist(city):
    """A feed reader or a crawler sees nothing but these addresses."""
    atom = ElementTree.fromstring(city.text("feed.xml"))
    named = [link.get("href") for link in atom.iter("{http://www.w3.org/2005/Atom}link")]
    feed = json.loads(city.text("feed.json"))
    named += [feed["home_page_url"], feed["feed_url"], *(entry["url"] for entry in feed["items"])]
    site_map = ElementTree.fromstring(city.text("sitemap.xml"))
    listed = [loc.text for loc in site_map.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

    assert len(named) > 10 and len(listed) > 10
    assert not [link for link in (*named, *listed) if wrong(city, link, "")]
    assert len(set(listed)) == len(listed)
    assert {link.removeprefix(f"{city.origin}/") for link in listed} >= {
        municipal for _, municipal, _ in city.power_pages()
    }


def test_every_page_can_be_reached_from_the_home_page(city):
    """A page that nothing links to is published for nobody."""
    reached, pending = {""}, [""]
    while pending:
        page = pending.pop()
        for element, _, link in links(city, page):
            found = city.target(link, page) if element == "a" else None
            target = found[0].removesuffix("index.html") if found else ""
            if target in city.pages and target not in reached:
                reached.add(target)
                pending.append(target)
    gone = {
        f"departments/{department.slug}/"
        for department in city.release.departments.values()
        if department.status is not DepartmentStatus.ACTIVE
    }
    gone |= {address for address in city.pages if is_left_behind(city, address)}

    assert set(city.pages) - reached - gone == {"404.html", "offline/"}
    assert {f"powers/{withdrawal.code}/" for withdrawal in city.release.withdrawals} <= reached


def is_left_behind(city: Output, address: str) -> bool:
    """Tell whether a department's page is of a power that it holds no longer."""
    place = re.fullmatch(r"departments/([^/]+)/powers/([^/]+)/", address)
    version = city.release.powers.get(place[2]) if place else None
    return bool(place) and (version is None or version.power.department != place[1])


def test_every_file_that_a_package_or_catalogue_names_is_published(city):
    """A journalist's script follows the descriptor, not the page."""
    faults = []
    for path in city.files:
        if path.endswith("datapackage.json"):
            folder = path.removesuffix("datapackage.json")
            described = json.loads(city.text(path))
            names = [resource["path"] for resource in described["resources"]]
            faults += [f"{folder}{name}" for name in names if f"{folder}{name}" not in city.files]
        if path.endswith("SHA256SUMS"):
            folder = path.removesuffix("SHA256SUMS")
            names = [line.split(None, 1)[1].lstrip("*") for line in city.text(path).splitlines()]
            faults += [f"{folder}{name}" for name in names if f"{folder}{name}" not in city.files]
        if path.endswith((".json", ".jsonld", ".xml", ".svg", ".md", ".txt")):
            own = rf"{re.escape(city.origin)}/[^\s\"'<>)\]；，。]*"
            named = re.findall(own, city.text(path))
            faults += [f"{path}: {link}" for link in named if wrong(city, link, "")]

    assert not faults
