"""A life event as one: the drawing, the list of what to bring, the sheet of paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from lxml import html

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Served

pytestmark = pytest.mark.browser
STALL = "life-events/open-a-food-stall/"
BOXES = """[...document.querySelectorAll(".fc-event")].filter(svg => svg.checkVisibility()).map(svg =>
  [...svg.querySelectorAll("a")].map(a => [a.href, a.querySelector(".fc-n").textContent]))"""
ARROWS = r"M(-?[\d.]+) (-?[\d.]+)l-4-8h8z"


@pytest.fixture(scope="module")
def site(example_site: Callable[[str], Path]) -> Path:
    return example_site("zh")


@pytest.fixture(scope="module")
def served(site: Path, site_server: Callable[[Path], Served]) -> Served:
    return site_server(site)


def _listed(tree: html.HtmlElement) -> dict[int, tuple[str, str, list[int]]]:
    """Return the powers of the list by number: address, name, what each waits for."""
    return {
        int(each.get("data-step")): (
            each.find(".//a").get("href"),
            each.find(".//a").text_content(),
            [int(n) for n in each.get("data-after").split()],
        )
        for each in tree.xpath("//*[@data-step]")
    }


def _drawn(
    svg: html.HtmlElement,
) -> tuple[list[tuple[float, float, str, str]], list[tuple[float, float]]]:
    boxes = []
    for link in svg.xpath(".//a"):
        group = link.find("g")
        x, y = map(float, re.findall(r"-?[\d.]+", group.get("transform")))
        name = "".join(text.text for text in group.xpath(".//*[@class='fc-n']"))
        boxes.append((x, y, link.get("href"), name))
    heads = svg.xpath(".//*[@class='fc-heads']")
    found = re.findall(ARROWS, heads[0].get("d")) if heads else []
    return boxes, [(float(x), float(y)) for x, y in found]


def test_the_drawing_says_what_the_list_says(site: Path) -> None:
    """Who cannot see the drawing must get the same order, and who goes by it no other."""
    pages = sorted((site / "life-events").glob("*/index.html"))
    assert pages
    for page in pages:
        tree = html.fromstring(page.read_bytes())
        listed = _listed(tree)
        charts = tree.xpath("//*[@class='fc fc-event']")
        assert len(charts) == 2
        for svg in charts:
            boxes, heads = _drawn(svg)
            assert [(href, name) for _, _, href, name in boxes] == [
                (href, f"{number} {name}") for number, (href, name, _) in sorted(listed.items())
            ]
            into = [0] * len(boxes)
            for x, y in heads:
                over = [n for n, (bx, by, _, _) in enumerate(boxes) if by > y and abs(bx - x) < 60]
                into[min(over, key=lambda n: boxes[n][1])] += 1
            assert into == [len(after) for _, (_, _, after) in sorted(listed.items())]


def test_every_material_stands_on_the_list_once(site: Path) -> None:
    """Nobody should come without a paper, or bring one twice."""
    tree = html.fromstring((site / STALL / "index.html").read_bytes())
    names = [each.text_content().strip() for each in tree.xpath("//*[@class='bring__name']")]
    wanted = set()
    for href, _, _ in _listed(tree).values():
        power = html.fromstring((site / STALL / href / "index.html").read_bytes())
        wanted |= {
            each.text_content().strip() for each in power.xpath("//*[@data-fact='materials.name']")
        }

    assert len(names) == len(set(names))
    assert set(names) == wanted
    keys = [each.get("value") for each in tree.xpath("//ul[@data-bring]//input")]
    assert len(keys) == len(set(keys))


def test_ticks_are_remembered(chromium, served) -> None:
    """Who gathers papers for a week must not begin again each evening."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(served.root + STALL)
    page.locator(".bring__tick").first.click()
    page.reload()

    assert page.locator(".bring input:checked").count() == 1
    assert page.locator(".bring input").first.is_checked()
    context.close()


def test_one_drawing_is_shown_and_fits_its_screen(chromium, served) -> None:
    """Two drawings at once, or one that runs off a telephone, confuse more than none."""
    for width in (390, 1280):
        page = chromium.new_page(viewport={"width": width, "height": 844})
        page.goto(served.root + STALL)

        assert len(page.evaluate(BOXES)) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_those_who_cannot_see(
    chromium, served, axe_source, scheme
) -> None:
    """Boxes that are links, ticks and bars must be as plain by ear as by eye."""
    page = chromium.new_page(color_scheme=scheme)
    page.goto(served.root + STALL)
    page.evaluate(axe_source)
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    page.close()

    assert found == []


def test_all_of_it_is_one_sheet_of_paper(chromium, served, tmp_path: Path) -> None:
    """What is pinned up or carried along is one sheet, the drawing, list and telephone on it."""
    page = chromium.new_page()
    page.goto(served.root + STALL)
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    page.close()
    told = subprocess.run(
        ["pdfinfo", tmp_path / "sheet.pdf"], capture_output=True, text=True, check=True
    )
    said = subprocess.run(
        ["pdftotext", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True
    )
    words = re.sub(r"\s", "", said.stdout)

    assert re.search(r"Pages:\s+1\b", told.stdout)
    assert "0000-555-0130" in words and "从业人员健康证明" in words and "小餐饮" in words
    assert "第2步" not in words
