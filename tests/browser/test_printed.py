"""What comes out of the printer: the sheet, and the QR code that leads back to the page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.scanning import scanned
from tests.conftest import missing

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Served

POWER = "powers/YX-XK-001/"
DRAWN = "[data-print-code][viewBox] path + path"
MATRIX = """async ([root, texts]) => {
  const { rows } = await import(`${root}assets/page-code.js`);
  return texts.map(rows);
}"""
FULL = (
    14,
    26,
    42,
    62,
    84,
    106,
    122,
    152,
    180,
    213,
    251,
    287,
    331,
    362,
    412,
    450,
    504,
    560,
    624,
    666,
)
"""How many bytes each version holds at level M. Source: ISO/IEC 18004:2015, table 7."""


@pytest.fixture(scope="module")
def served(example_site: Callable[[str], Path], site_server: Callable[[Path], Served]) -> Served:
    """Return where the invented city stands."""
    return site_server(example_site("zh"))


@pytest.mark.prove
def test_every_module_of_a_code_is_as_another_encoder_draws_it(chromium, served):
    """A code that one telephone in ten cannot read is worse than none: nobody tells us.

    Texts fill their versions: where one is left over, the other encoder pads with a zero byte
    more than the standard asks.
    """
    import segno

    texts = [("https://yunxi.example/" + "pAth-0/%E6" * 70)[:length] for length in FULL]
    page = chromium.new_page()
    page.goto(served.root)
    drawn = page.evaluate(MATRIX, [served.root, [*texts, "x" * 667]])
    page.close()

    assert drawn.pop() is None
    for version, (text, rows) in enumerate(zip(texts, drawn, strict=True), 1):
        assert len(rows) == version * 4 + 17
        asked = {"error": "m", "boost_error": False, "mode": "byte", "version": version}
        others = [segno.make(text, mask=mask, **asked).matrix for mask in range(8)]
        assert rows in [[[cell == 1 for cell in row] for row in other] for other in others]


def at_rest(page: Page, address: str) -> Page:
    """Open a page and wait until it is ready to be printed."""
    page.goto(address)
    page.wait_for_selector(DRAWN, state="attached")
    return page


def test_paper_is_white_and_carries_what_leads_back(chromium, served):
    """Whoever reads the notice board must be able to find the page, and see how old it is."""
    page = chromium.new_page(color_scheme="dark")
    at_rest(page, f"{served.root}{POWER}")
    assert not page.locator(DRAWN).is_visible() and not page.locator(".printed").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    for part in (DRAWN, "h1", ".answers", "#materials", "#law", "#remedy", ".printed", ".phone"):
        assert page.locator(part).first.is_visible(), part
    for part in (".tools", ".menu", ".menu-button", ".skip", ".contents", ".leave", ".find"):
        assert not page.locator(part).first.is_visible(), part
    words = page.locator(".printed").inner_text()
    assert f"https://yunxi.example/{POWER}" in words and "云溪市" in words
    assert re.search(r"20\d\d年\d+月\d+日", words)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


def test_the_code_is_of_the_address_at_which_the_page_was_read(chromium, served):
    """A department read on a domain of its own must not send people to another."""
    context = chromium.new_context()
    page = context.new_page()
    page.route(
        "http://office.example/**",
        lambda route: route.fulfill(
            response=context.request.get(
                route.request.url.replace("http://office.example/", served.root)
            )
        ),
    )
    at_rest(page, "http://office.example/search/?q=1#x")
    code = page.locator("[data-print-code]")
    assert code.get_attribute("data-print-code") == "http://office.example/search/?q=1"
    at_rest(page, f"{served.root}{POWER}")
    assert code.get_attribute("data-print-code") == f"https://yunxi.example/{POWER}"
    context.close()


@pytest.mark.prove
@pytest.mark.parametrize("address", ["", POWER, f"departments/market-regulation/{POWER}", "laws/"])
def test_a_printed_code_can_be_scanned(chromium, served, address, tmp_path):
    """A code is for telephones, not for the eye: it counts when one has read it off the sheet."""
    tool = shutil.which("pdftoppm") or missing("pdftoppm", "apt-get install poppler-utils")
    page = chromium.new_page()
    at_rest(page, f"{served.root}{address}")
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    page.close()
    assert read_off(tmp_path / "sheet.pdf", tool) == [f"https://yunxi.example/{address}"]


def read_off(sheet: Path, tool: str) -> list[str]:
    """Return what is read off a sheet of A4, nearer and nearer as one does with a telephone."""
    for fine in ("200", "150", "250"):
        command = [tool, "-r", fine, "-gray", "-l", "1", str(sheet)]
        picture = subprocess.run(command, check=True, capture_output=True).stdout
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
        assert head
        assert round(int(head[1]) / int(head[2]), 2) == 0.71  # A4
        if found := scanned(picture, sheet.with_suffix(".pgm")):
            return found
    return []
