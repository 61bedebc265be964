"""The living page of components: every component, in every theme, can be read."""

from __future__ import annotations

import re

import pytest

from tests.site.browsing import SCHEMES, visit
from tests.site.output import Output, sites
from tests.site.test_browser import BY_HAND

COMPONENTS = (
    "button", "button--quiet", "badge", "panel", "panel--ended", "empty", "error", "cards", "rows",
    "power", "answers", "facts", "facts--tight", "entry", "steps", "moves", "table", "path", "swatch",
)  # fmt: skip
"""Classes that the page must show: a component that nobody sees is looked after by nobody."""

UNREADABLE = r"""() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map(), grounds = new Map();
  const solid = (colour, ground) => {
    const pair = `${colour} on ${ground}`;
    if (!known.has(pair)) known.set(pair, mixed(colour, ground));
    return known.get(pair);
  };
  const mixed = (colour, ground) => {
    canvas.globalCompositeOperation = "copy";
    canvas.fillStyle = ground || "#fff";
    canvas.fillRect(0, 0, 1, 1);
    canvas.globalCompositeOperation = "source-over";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgb(${r}, ${g}, ${b})`;
  };
  const light = (colour) => {
    const [r, g, b] = colour.match(/\d+/g).map(Number).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    if (!element) return "#fff";
    if (!grounds.has(element)) {
      const above = ground(element.parentElement);
      grounds.set(element, solid(getComputedStyle(element).backgroundColor, above));
    }
    return grounds.get(element);
  };
  const found = [];
  let measured = 0;
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest(".unseen")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const behind = ground(element);
    const value = ratio(solid(style.color, behind), behind);
    measured += 1;
    if (value < (large ? 3 : 4.5)) found.push(`${element.className || element.tagName}: ${value.toFixed(2)}`);
  }
  for (const control of document.querySelectorAll("main input, main select, main .button--quiet")) {
    const value = ratio(solid(getComputedStyle(control).borderTopColor), ground(control.parentElement));
    measured += 1;
    if (value < 3) found.push(`edge of ${control.tagName}: ${value.toFixed(2)}`);
  }
  return { found, measured };
}"""


def unreadable(output: Output, chromium, host: str, slugs, **more) -> dict[str, list[str]]:
    """Return what cannot be read on the pages of components, by page and scheme."""
    found = {}
    for scheme in SCHEMES:
        with visit(chromium, host, scheme=scheme, **more) as tab:
            for slug in slugs:
                address = f"departments/{slug}/design/" if slug else "design/"
                tab.open(address)
                result = tab.page.evaluate(UNREADABLE)
                assert result["measured"] > 100
                if result["found"]:
                    found[f"{address} {scheme}"] = result["found"]
    return found


def test_every_site_has_its_page_of_components(city):
    """A theme whose maker cannot see every component in it is a theme seen in part."""
    for slug, pages in sites(city).items():
        page = pages[f"departments/{slug}/design/" if slug else "design/"]
        classes = {name for value in page.xpath("//main//@class") for name in value.split()}

        assert not set(COMPONENTS) - classes
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not page.xpath("//main//@data-fact"), "nothing there is from the data"


def test_every_kind_of_power_has_a_sign_of_its_own(bundled):
    """Who cannot tell red from green must still tell a fine from a licence."""
    sheet = bundled.text("assets/site.css")
    signs = dict(re.findall(r"\.kind--([a-z]+),\s*\.tally--\1 \{\s*--sign: (url\([^)]+\))", sheet))
    shown = set(bundled.pages["design/"].xpath("//p[@class='kicker']/span/@class"))
    kinds = {name.split("kind--")[1] for name in shown if "kind--" in name}

    assert kinds == set(signs) and len(kinds) == 13
    assert len(set(signs.values())) == len(signs)


def test_every_component_can_be_read_in_the_themes_made_by_hand(bundled, chromium, site_server):
    """A colour that a department loves and an old man cannot read keeps him out."""
    host = site_server(bundled.root).root

    assert not unreadable(bundled, chromium, host, ("", *BY_HAND))


def test_a_component_that_cannot_be_read_is_noticed(bundled, chromium, site_server):
    """A measure of contrast that always says yes measures nothing."""
    with visit(chromium, site_server(bundled.root).root, bypass_csp=True) as tab:
        tab.open("design/")
        tab.page.add_style_tag(
            content=".badge { color: #999 !important } select { border-color: #eee !important }"
        )
        found = " ".join(tab.page.evaluate(UNREADABLE)["found"])

    assert "badge" in found and "edge of SELECT" in found


@pytest.mark.prove
def test_every_component_can_be_read_in_every_theme(bundled, chromium, site_server):
    """A theme derived from data is looked at by nobody before it goes out."""
    host = site_server(bundled.root).root

    assert not unreadable(bundled, chromium, host, [*sites(bundled)])
