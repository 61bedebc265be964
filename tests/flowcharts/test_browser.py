"""Charts in a real browser: legible on a telephone, nothing out of its box, one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from generator import bundled
from generator.flowcharts.draw import Charts
from tests.flowcharts.samples import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHEET = (bundled.theme() / "assets" / "css" / "pages" / "charts" / "10-drawing.css").read_text(
    "utf-8"
)
HEAD = f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>x</title>
<meta name="viewport" content="width=device-width">
<style>body{{margin:0 16px;font:16px sans-serif}}{SHEET}</style>"""
OUT_OF_BOX = """
[...document.querySelectorAll('svg.fc g[transform]')].flatMap(group => {
  const box = group.querySelector('.fc-s').getBBox();
  return [...group.querySelectorAll('text')].filter(text => {
    const words = text.getBBox();
    return words.x < box.x || words.x + words.width > box.x + box.width
      || words.y < box.y - 1 || words.y + words.height > box.y + box.height + 3;
  }).map(text => text.textContent);
})"""
SMALLEST = """
Math.min(...[...document.querySelectorAll('svg.fc')].map(
  svg => 12 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""


@pytest.fixture
def page(chromium: Browser, samples: Charts) -> Iterator[Page]:
    body = "".join(samples.inline(samples.prints[name], name, name) for name in SAMPLES)
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_content(f"{HEAD}<body>{body}</body></html>")
    yield page
    page.close()


def test_on_a_telephone_no_word_is_smaller_than_twelve_pixels_and_nothing_overflows(page: Page):
    """Most people read it on a telephone, many of them with old eyes."""
    assert page.evaluate(SMALLEST) >= 11.99
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.fc-frame')].filter(f => f.scrollWidth > f.clientWidth"
            " && f.tabIndex < 0).length"
        )
        == 0
    )


@pytest.mark.parametrize(
    "font", ["sans-serif", "DejaVu Sans", "Noto Sans CJK SC", "Liberation Sans"]
)
def test_words_stay_in_their_boxes_in_any_font(page: Page, font: str):
    """Sizes are guessed without fonts; a guess too small would cut words off."""
    page.add_style_tag(content=f".fc {{ font-family: '{font}', sans-serif }}")

    assert page.evaluate(OUT_OF_BOX) == []


@pytest.mark.parametrize("name", ["licence", "penalty"])
def test_a_chart_prints_on_one_sheet(chromium: Browser, samples: Charts, name: str):
    """Halls print charts for people without a computer; half a chart is none."""
    page = chromium.new_page()
    page.set_content(f"{HEAD}<body>{samples.inline(samples.prints[name], 'x', 'x')}</body></html>")
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    pdf = page.pdf(format="A4", margin=margins)
    page.close()

    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_the_file_alone_is_drawn(chromium: Browser, samples: Charts):
    """Browsers are strict with SVG files: one fault, and there is an error page."""
    page = chromium.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    file = samples.standalone(samples.prints["licence"], "许可", credit="演示").decode()
    page.set_content("<img>")
    size = page.evaluate(
        """file => new Promise((done, fail) => {
          const image = document.querySelector('img');
          image.onload = () => done([image.naturalWidth, image.naturalHeight]);
          image.onerror = () => fail(new Error('not drawn'));
          image.src = URL.createObjectURL(new Blob([file], {type: 'image/svg+xml'}));
        })""",
        file,
    )
    page.close()

    assert size[0] > 300 and size[1] > 800
    assert faults == []
