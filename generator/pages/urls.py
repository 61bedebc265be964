"""Every address of the output; nothing else spells one.

Addresses are relative to the output's root, without a leading slash; `""` is the
municipal home page. A page's file is its address with `index.html`.
"""

from __future__ import annotations

from generator.model.codes import DepartmentSlug, InstrumentId, LifeEventSlug, PowerCode
from generator.pages import subjects

HOME = ""
NOT_FOUND = "404.html"
KINDS, DEPARTMENTS, LAWS, THEMES = "kinds/", "departments/", "laws/", "themes/"
FLOWCHARTS, LIFE_EVENTS, MAYOR = "flowcharts/", "life-events/", "mayor/"
ABOLISHED, CHANGES, SEARCH = "abolished/", "changes/", "search/"
ABOUT, SITE_MAP, POWERS = "about/", "site-map/", "powers/"
DATA, DICTIONARY, PAGEFIND, ASSETS = "data/", "data/dictionary/", "pagefind/", "assets/"
FILES, OFFLINE, SERVICE_WORKER, DESIGN = "files/", "offline/", "sw.js", "design/"
NEWS, THEME_GALLERY, CHART_WORDS = "news/", "theme-gallery/", "assets/chart-words.js"
EVENT_BRING = "assets/event-bring.js"
CHARTS_INDEX, COMPARE = "assets/flowcharts.json", "flowcharts/compare/"
AUDIENCES, CITIZENS, FIRMS, LISTS = "for/", "for/citizens/", "for/firms/", "assets/lists.json"
TOUCH, TOUCH_WORDS = "touch/", "assets/touch-words.js"
SITEMAP, ROBOTS, FEED, JSON_FEED = "sitemap.xml", "robots.txt", "feed.xml", "feed.json"


def power(code: PowerCode) -> str:
    """Return the municipal page of a power."""
    return f"powers/{code}/"


def power_json(code: PowerCode) -> str:
    """Return the power's facts as JSON."""
    return f"powers/{code}.json"


def power_chart(code: PowerCode) -> str:
    """Return the power's flowchart as a standalone SVG."""
    return f"powers/{code}.svg"


def department(slug: DepartmentSlug) -> str:
    """Return the home page of a department's own site."""
    return f"departments/{slug}/"


def department_power(slug: DepartmentSlug, code: PowerCode) -> str:
    """Return the power's page on its department's site."""
    return f"departments/{slug}/powers/{code}/"


def department_page(slug: DepartmentSlug, name: str) -> str:
    """Return a page of a department's site: `flowcharts`, `data`, `search`, or a prose page."""
    return f"departments/{slug}/{name}/"


def gallery(home: str, number: int = 1) -> str:
    """Return a page of the flowcharts of a site, by the site's home."""
    return f"{home}{FLOWCHARTS}page/{number}/" if number > 1 else f"{home}{FLOWCHARTS}"


def bpmn(slug: DepartmentSlug) -> str:
    """Return the flowcharts of a department as BPMN 2.0, one file each, in one zip."""
    return f"departments/{slug}/flowcharts/bpmn.zip"


def department_package(slug: DepartmentSlug) -> str:
    """Return the folder of a department's data package."""
    return f"data/departments/{slug}/"


def department_handbook(slug: DepartmentSlug) -> str:
    """Return a department's handbook, a PDF."""
    return f"departments/{slug}/handbook.pdf"


def life_event_handbook(slug: LifeEventSlug) -> str:
    """Return a life event's handbook, a PDF."""
    return f"life-events/{slug}/handbook.pdf"


def attachment(sha256: str, name: str) -> str:
    """Return where a file that a record names can be fetched; other bytes, another address."""
    return f"{FILES}{sha256[:12]}/{name}"


def kind(slug: str) -> str:
    """Return the list of a kind of power."""
    return f"kinds/{slug}/"


def theme(name: str) -> str:
    """Return the list of a theme of life or business; it follows from the theme's name alone."""
    return f"{THEMES}{subjects.slug(name)}/"


def part(address: str, number: int) -> str:
    """Return a page of a long list: the list's own address, then `page/2/`, `page/3/`, …"""
    return address if number == 1 else f"{address}page/{number}/"


def law(identifier: InstrumentId) -> str:
    """Return the page of an instrument: which powers rest on which article."""
    return f"laws/{identifier}/"


def life_event(slug: LifeEventSlug) -> str:
    """Return the page of a life event."""
    return f"life-events/{slug}/"


def file_of(address: str) -> str:
    """Return the file that serves an address."""
    return f"{address}index.html" if address == "" or address.endswith("/") else address
