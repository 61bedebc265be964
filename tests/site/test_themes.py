"""Departments look like themselves, say the same, and a broken theme stops nobody."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.site.output import Output, facts, sites
from tests.site.test_browser import BY_HAND

LANDMARKS = {"aside": "complementary", "nav": "navigation", "form": "form", "search": "search"}
BROKEN = {
    "no YAML": "schema: 1\nblocks: [banner\n",
    "no such setting": "schema: 1\ncolour: red\nblocks: [banner]\n",
    "no heading": "schema: 1\nblocks: [search]\n",
    "no text at all": b"\xff\xfe\x00",
}


def home(output: Output, slug: str) -> HtmlElement:
    return output.pages[f"departments/{slug}/"]


def blocks(page: HtmlElement) -> list[str]:
    """Return the blocks of a home page in their order, by what they are labelled with."""
    found = []
    for element in page.find(".//main"):
        name = element.get("aria-labelledby") or element.get("aria-label") or element.get("class")
        if isinstance(element.tag, str) and name:
            found.append(name.removeprefix("own-"))
    return found


def landmarks(page: HtmlElement) -> list[str]:
    """Return the landmarks of a page's content in their order."""
    found = []
    for element in page.find(".//main").iter("aside", "nav", "section", "form", "search"):
        role = element.get("role") or LANDMARKS.get(element.tag)
        if not role and (element.get("aria-labelledby") or element.get("aria-label")):
            role = "region"
        found += [role] if role else []
    return found


def test_two_houses_differ_in_blocks_order_and_landmarks(bundled):
    """A department is to look like itself, not like its neighbour in another colour."""
    fire, ecology = (home(bundled, slug) for slug in BY_HAND)
    ours, theirs = blocks(fire), blocks(ecology)
    shared = [name for name in ours if name in theirs]

    assert set(ours) != set(theirs)
    assert shared != [name for name in theirs if name in ours] and len(shared) > 2
    assert landmarks(fire) != landmarks(ecology)
    assert set(landmarks(fire)) != set(landmarks(ecology))


def test_every_department_has_its_own_look_and_the_city_s_structure(bundled):
    """Sixty sites of one face are one site; sixty structures are a maze."""
    own = {slug: pages for slug, pages in sites(bundled).items() if slug}
    sheets = {slug: bundled.text(f"departments/{slug}/assets/theme.css") for slug in own}
    outlines = {
        tuple(element.tag for element in page.find("body") if isinstance(element.tag, str))
        for pages in own.values()
        for page in pages.values()
    }

    assert len(set(sheets.values())) == len(sheets) > 10
    assert outlines == {("a", "section", "aside", "header", "main", "p", "footer", "p")}


def test_a_theme_stays_at_home(bundled):
    """One department's style sheet on another's page would be one body's power over another."""
    faults = {
        (address, link)
        for slug, pages in sites(bundled).items()
        for address, page in pages.items()
        for link in page.xpath("//link[@rel='stylesheet']/@href | //img/@src | //script/@src")
        if (found := bundled.target(link, address))
        and found[0].startswith("departments/")
        and not (slug and found[0].startswith(f"departments/{slug}/"))
    }

    assert not faults


@pytest.mark.parametrize("theme", BROKEN.values(), ids=BROKEN)
def test_a_broken_theme_falls_back_is_reported_and_stops_nobody(bundled, tmp_path, theme):
    """A slip in one department's colours must not keep the city from publishing."""
    city = as_built(bundled, tmp_path)
    slug = BY_HAND[0]
    file = city / "department_themes" / slug / "theme.yml"
    file.write_bytes(theme if isinstance(theme, bytes) else theme.encode())

    report = build(city, "--only", slug)

    told = [f for f in report["findings"] if f["record"] == slug and f["code"].startswith("F3")]
    assert told and all(f["message"] and f["remedy"] for f in told)
    made = Output(city / "public")
    address = f"departments/{slug}/"
    page = made.pages[address]
    assert blocks(page) != blocks(home(bundled, slug))
    assert page.xpath("string(//h1)") == home(bundled, slug).xpath("string(//h1)")
    for record in (a for a in made.pages if a.startswith(f"{address}powers/") and a.count("/") > 3):
        code = record.split("/")[-2]
        as_before = {fact for fact, _ in facts(bundled.pages[record], code)}
        assert {fact for fact, _ in facts(made.pages[record], code)} == as_before


@pytest.mark.prove
def test_a_city_with_a_broken_theme_is_published_whole(bundled, tmp_path):
    """The other departments' sites must be there, byte for byte as they were."""
    city = tmp_path / "city"
    shutil.copytree(bundled.root.parent, city)
    slug, other = BY_HAND
    (city / "department_themes" / slug / "theme.yml").write_text(BROKEN["no YAML"])

    report = build(city)

    own = f"departments/{slug}/assets/"
    made = Output(city / "public")
    assert {site["slug"] for site in report["sites"]} == {s or "municipal" for s in sites(bundled)}
    assert {f for f in made.files ^ bundled.files if not f.startswith(own)} == set()
    assert made.text(f"departments/{slug}/index.html") != bundled.text(
        f"departments/{slug}/index.html"
    )
    for address in (f"departments/{other}/", "", "data/datapackage.json"):
        path = f"{address}index.html" if not address.endswith("json") else address
        assert made.text(path) == bundled.text(path)


def as_built(output: Output, folder: Path) -> Path:
    """Copy a built city with its cache and without its site: what did not change is not made anew."""
    city = folder / "city"
    shutil.copytree(output.root.parent, city, ignore=shutil.ignore_patterns(output.root.name))
    return city


def build(city: Path, *options: str) -> dict:
    """Build a city with the real command, which must succeed, and return its report."""
    command = [sys.executable, "-m", "generator", "build", "--quiet", "--output", "public"]
    done = subprocess.run(
        [*command, "--report", "report.json", *options], cwd=city, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    report: dict = json.loads((city / "report.json").read_text(encoding="utf-8"))
    return report
