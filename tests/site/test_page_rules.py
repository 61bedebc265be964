"""What every page must be: one heading, one language, a strict policy, honest labels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from lxml.html import HtmlElement

from tests.site.output import Output, sites

LANGUAGES = {"zh-CN": "zh-CN", "en": "en"}
COLUMN_TYPES = set(
    "首页 概况信息 机构职能 负责人信息 工作动态 政策文件 信息公开指南 信息公开目录 信息公开年报 依申请公开 "
    "数据发布 数据开放 政策解读 回应关切 办事服务 咨询投诉 征集调查 在线访谈".split()
)
"""Source: 国办发〔2017〕47号, the website labels of the State Council."""

MAKERS = re.compile(
    r"mkdocs|material for|material theme|material design|squidfunk|zensical|pagefind|lunr|jinja|graphviz|"
    r"frictionless|fontawesome|font awesome|google|gstatic|unpkg|jsdelivr|cloudflare|\bcdn|"
    r"github|jquery|bootstrap",
    re.IGNORECASE,
)
WORDS = tuple(MAKERS.pattern.replace(r"\b", "").encode().split(b"|"))
"""What every hit is one of: looked for first, in a tenth of the time."""

NAMES_ITS_MAKER = re.compile(
    r"pagefind/.*"  # the search engine's own files, under the name its scripts ask for
    r"|assets/(?:licences\.txt|prose\.css)"  # licence notices, which must stay
    r"|assets/search[a-z-]*\.js"  # load the engine from pagefind/
)
TEXT = (".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg", ".txt", ".md", ".csv")


def seen(page: HtmlElement, path: str) -> list[HtmlElement]:
    """Return elements that a reader may meet: what waits in a template for a script is none."""
    return page.xpath(f"{path}[not(ancestor::template)]")


def test_every_page_has_one_main_heading_and_skips_no_level(city):
    """A screen reader's user walks a page by its headings; a gap looks like a lost part."""
    faults = {}
    for address, page in city.pages.items():
        headings = seen(page, "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
        levels = [int(heading.tag[1]) for heading in headings]
        skipped = any(after > before + 1 for before, after in pairwise(levels))
        empty = any(not heading.text_content().strip() for heading in headings)
        if levels.count(1) != 1 or levels[0] > 2 or skipped or empty:
            faults[address] = levels

    assert not faults


def test_every_page_says_its_language_and_is_read_in_it(city):
    """A speech engine that guesses wrong reads Chinese as noise."""
    assert {page.get("lang") for page in city.pages.values()} == {city.config.language}


def test_every_title_is_its_own(city):
    """Ten open tabs and a list of bookmarks are told apart by their titles only."""
    titles: dict[str, list[str]] = defaultdict(list)
    for address, page in city.pages.items():
        titles[page.findtext(".//title").strip()].append(address)

    assert not {title: pages for title, pages in titles.items() if len(pages) > 1}
    assert all(titles)


def test_every_page_has_its_landmarks(city):
    """Landmarks are how one skips what stands on every page."""
    faults = set()
    for address, page in city.pages.items():
        counts = [len(page.xpath(f"/html/body/{tag}")) for tag in ("header", "main", "footer")]
        labels = [
            nav.get("aria-label") or nav.get("aria-labelledby") for nav in seen(page, "//nav")
        ]
        skip = page.xpath("/html/body/*[1][self::a][@href='#main']")
        if counts != [1, 1, 1] or len(page.xpath("//main")) != 1 or not skip:
            faults.add((address, "header, main, footer, skip link"))
        if not labels or None in labels or len(set(labels)) != len(labels):
            faults.add((address, "names of the navigations"))

    assert not faults


def test_ids_are_unique_and_what_refers_to_them_finds_them(city):
    """A label that points nowhere leaves a form field without a name."""
    references = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list")
    faults = set()
    for address, page in city.pages.items():
        faults |= {(address, i) for i, n in Counter(page.xpath("//@id")).items() if n > 1}
        for name in references:
            words = " ".join(page.xpath(f"//@{name}")).split()
            faults |= {(address, name, word) for word in set(words) - city.ids[address]}

    assert not faults


def test_the_policy_lets_nothing_in_from_elsewhere(city):
    """One injected line must not run in the name of the government."""
    policies = {
        tuple(page.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content"))
        for page in city.pages.values()
    }
    assert len(policies) == 1
    ((policy,),) = policies
    rules = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}

    assert rules["default-src"] == ["'none'"]
    assert {source for sources in rules.values() for source in sources} <= {
        "'none'", "'self'", "'wasm-unsafe-eval'", "data:",
    }  # fmt: skip
    assert [name for name, sources in rules.items() if "data:" in sources] == ["img-src"]
    assert rules["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert rules["style-src"] == ["'self'"]


def test_the_policy_stands_before_whatever_it_governs(city):
    """A policy binds only what comes after it."""
    late = {
        address
        for address, page in city.pages.items()
        if page.xpath(
            "//*[self::script or self::link or self::style]"
            "[following::meta[@http-equiv='Content-Security-Policy']]"
        )
    }

    assert not late


def test_no_page_holds_script_or_style_of_its_own(city):
    """What the policy forbids would fail in silence, for every reader."""
    inline = (
        "//script[not(@src) or normalize-space()] | //style | //*[@style] "
        "| //@*[starts-with(name(), 'on')] | //iframe | //object | //embed | //base | //comment()"
    )
    faults = {address for address, page in city.pages.items() if page.xpath(inline)}
    scripted = {
        path
        for path in city.files
        if path.endswith(".svg") and re.search(r"<script|\son\w+=|javascript:", city.text(path))
    }

    assert not faults
    assert not scripted


@pytest.mark.parametrize("name", ["bundled", "zh", "en"])
def test_every_page_of_a_demonstration_says_so(outputs, name):
    """Nobody may act on an invented telephone number because a search engine found it."""
    city = outputs(name)
    silent = {
        address
        for address, page in city.pages.items()
        if page.xpath("//meta[@name='robots']/@content") != ["noindex"]
        or len(page.xpath("/html/body/aside[@class='notice'][normalize-space()]")) != 1
    }

    assert city.config.demonstration
    assert not silent


def test_a_real_city_is_no_demonstration(configured):
    """A city whose pages said "demonstration" would be found by nobody and believed by nobody."""
    marked = {
        address
        for address, page in configured.pages.items()
        if page.xpath("//meta[@name='robots'] | //aside[@class='notice']")
        and not address.endswith(("design/", "touch/"))  # for makers and halls, not for searchers
    }
    told = {
        path for path in configured.files if path.endswith(TEXT) and "演示" in configured.text(path)
    }

    assert not marked
    assert not told


def test_department_pages_name_the_city_s_page_of_a_power_as_the_first(city):
    """Two equal pages without a first one are ranked by chance."""
    wrong = {
        address: canonical
        for address, page in city.pages.items()
        if (canonical := page.xpath("//link[@rel='canonical']/@href"))
        != [f"{city.origin}/{canonical_address(city, address)}"]
        and address != "404.html"
    }

    assert not wrong
    assert not city.pages["404.html"].xpath("//link[@rel='canonical']")


def canonical_address(city: Output, address: str) -> str:
    record = re.fullmatch(r"departments/[^/]+/(powers/[^/]+/)", address)
    department = re.fullmatch(r"departments/([^/]+)/", address)
    body = city.release.departments.get(department[1]) if department else None
    if body and body.merged_into:
        return f"departments/{body.merged_into}/"
    return record[1] if record else address


def test_an_old_address_leads_on_by_itself(city):
    """A bookmark of 2006 must end where the power is held today."""
    merged = [body for body in city.release.departments.values() if body.merged_into]
    for body in merged:
        address = f"departments/{body.slug}/"
        (refresh,) = city.pages[address].xpath("//meta[@http-equiv='refresh']/@content")
        delay, _, target = refresh.partition("; url=")
        assert delay == "0"
        assert urljoin(address, target) == f"departments/{body.merged_into}/"
    moved = [
        (mark.department, code)
        for code, version in city.release.powers.items()
        for mark in version.history
        if mark.department != version.power.department
    ]
    leading = [page for page in city.pages.values() if page.xpath("//meta[@http-equiv='refresh']")]
    assert len(leading) == len(merged) + len(set(moved))


def labels(page: HtmlElement) -> dict[str, str]:
    """Return the named meta elements of a page; none may be given twice."""
    names = page.xpath("//meta[@name]")
    found = {meta.get("name"): meta.get("content") for meta in names}
    assert len(found) == len(names)
    return found


def test_the_state_council_s_labels_stand_where_they_must(city):
    """Inspectors of government sites read these labels by machine."""
    column = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
    content = ("ArticleTitle", "PubDate", "ContentSource")
    outside = {"404.html"} | {
        f"departments/{body.slug}/"
        for body in city.release.departments.values()
        if body.merged_into
    }
    faults = set()
    for address, page in city.pages.items():
        found = labels(page)
        needed = ["SiteName", "SiteDomain", *(column if address not in outside else ())]
        needed += content if re.search(r"(^|/)(powers|news)/[^/]+/$", address) else ()
        faults |= {(address, name) for name in needed if not found.get(name)}
        faults |= {(address, name) for name in content if name in found and name not in needed}
        if city.config.language == "zh-CN" and address not in outside:
            faults |= {(address, found["ColumnType"])} - {(address, t) for t in COLUMN_TYPES}
        if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found.get("PubDate", "2000-01-01 00:00")):
            faults.add((address, found["PubDate"]))

    assert not faults


def test_what_is_not_configured_is_not_shown(outputs):
    """An invented record number is a false statement to an authority."""
    city = outputs("zh")
    shown = {name for page in city.pages.values() for name in labels(page)}
    words = " ".join(footer.text_content() for footer in footers(city))

    assert "SiteIDCode" not in shown
    assert not re.search("备案|标识码|公网安备|ICP|联系电话", words)


def test_what_is_configured_stands_on_every_page(configured):
    """The rules for government sites ask for these on each page, not on most."""
    config = configured.config
    expected = [
        config.sponsor, config.site_code, config.icp_number, config.public_security_number,
        config.contact.phone, config.contact.email, config.contact.address, config.licence.title,
    ]  # fmt: skip
    lacking = {
        (value, words)
        for footer in footers(configured)
        for value in expected
        if value not in (words := footer.text_content())
    }
    coded = {labels(page)["SiteIDCode"] for page in configured.pages.values()}

    assert all(expected)
    assert not lacking
    assert coded == {config.site_code}


def footers(city: Output) -> list[HtmlElement]:
    found = [page.find("./body/footer") for page in city.pages.values()]
    assert len(found) == len(city.pages)
    return found


def may_name(city: Output, path: str) -> bool:
    """Tell whether a file holds a maker's name, be it within another word."""
    text = (city.root / path).read_bytes().lower()
    return any(word in text for word in WORDS)


def test_no_file_names_who_made_the_tools(city):
    """A page that names its tools tells an attacker where to begin, and advertises."""
    faults = {
        (path, hit.group())
        for path in city.files
        if path.endswith(TEXT) and not NAMES_ITS_MAKER.fullmatch(path) and may_name(city, path)
        for hit in MAKERS.finditer(city.text(path))
    }
    generators = {a for a, page in city.pages.items() if page.xpath("//meta[@name='generator']")}

    assert not faults
    assert not generators


def test_every_site_has_the_pages_that_its_visitors_look_for(city):
    """A department's visitor must never have to leave for the city's site to find a power."""
    own = sites(city)
    assert {"", "powers/", "kinds/", "laws/", "departments/", "data/", "search/", "about/",
            "accessibility/", "site-map/", "mayor/", "abolished/", "changes/", "flowcharts/",
            "data/dictionary/", "404.html"} <= set(own[""])  # fmt: skip
    for slug, pages in own.items():
        body = city.release.departments.get(slug)
        if body and not body.merged_into:
            needed = ("", "powers/", "flowcharts/", "data/", "search/")
            assert {f"departments/{slug}/{name}" for name in needed} <= set(pages)
