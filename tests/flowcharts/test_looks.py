"""The style in pages and the style in files: every class has a rule, words stand out enough."""

from __future__ import annotations

import re
from itertools import product

import pytest
import tinycss2

from generator import bundled
from generator.flowcharts import looks
from generator.flowcharts.draw import Charts

SHEET = (bundled.theme() / "assets" / "css" / "pages" / "charts" / "10-drawing.css").read_text(
    "utf-8"
)
Rules = dict[str, dict[str, str]]


def rules(css: str, inside: str = "") -> Rules:
    """Return the declarations of each selector, at the top level or inside an at-rule."""
    found: Rules = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and inside and inside in tinycss2.serialize(rule.prelude):
            found |= rules(tinycss2.serialize(rule.content))
        elif rule.type == "qualified-rule" and not inside:
            declared = {
                declaration.name: tinycss2.serialize(declaration.value).strip()
                for declaration in tinycss2.parse_declaration_list(rule.content)
                if declaration.type == "declaration"
            }
            for selector in tinycss2.serialize(rule.prelude).split(","):
                found.setdefault(" ".join(selector.split()), {}).update(declared)
    return found


def test_pages_and_files_draw_alike():
    """The picture that somebody downloads must be the one that stood in the page."""
    in_page = {
        selector.removeprefix(".fc "): declared
        for selector, declared in rules(SHEET).items()
        if selector.startswith(".fc ")
    }

    assert rules(looks.RULES) == in_page


def test_every_class_that_is_drawn_has_a_rule(samples: Charts):
    """A shape without a rule is a black blot."""
    drawn = set()
    for key in samples.prints.values():
        drawn |= set(re.findall(r'class="(fc-[a-z]+)"', samples.drawn[key].body))
    styled = set(re.findall(r"\.(fc-[a-z]+)", looks.RULES))

    assert drawn == styled | {"fc-d"}, "a document's title is a plain text"


def luminance(colour: str) -> float:
    short = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in short) if len(short) == 3 else short
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--fc-[a-z-]+):\s*(?:var\([^#]*)?(#[0-9a-f]{3,6})\)?", css))


LIGHT = variables(looks._LIGHT)
PAGE_LIGHT = variables(SHEET.split("}", 1)[0])
PAGE_DARK = PAGE_LIGHT | {"--fc-paper": "#1e2129"}
PAGE_DARK |= variables(SHEET.split('[data-md-color-scheme="slate"]) .fc {', 1)[1].split("}", 1)[0])
WORDS = ("text", "soft")
GROUNDS = ("box", "choice", "pause")
LINES = [
    ("line", "paper"),
    ("edge", "paper"),
    ("choice-edge", "paper"),
    ("pause-edge", "paper"),
    ("sheet-edge", "sheet"),
]


@pytest.mark.parametrize(
    "colours",
    [
        pytest.param(LIGHT, id="file-light"),
        pytest.param(LIGHT | variables(looks._DARK), id="file-dark"),
        pytest.param(PAGE_LIGHT, id="page-light"),
        pytest.param(PAGE_DARK, id="page-dark"),
    ],
)
def test_words_and_lines_stand_out(colours: dict[str, str]):
    """WCAG 2.1 AA, 1.4.3 and 1.4.11: 4.5 to 1 for words, 3 to 1 for what shows the shape."""
    pairs = [*product(WORDS, GROUNDS), ("text", "sheet"), ("choice-text", "paper")]
    for word, ground in pairs:
        assert contrast(colours[f"--fc-{word}"], colours[f"--fc-{ground}"]) >= 4.5, (word, ground)
    for line, ground in LINES:
        assert contrast(colours[f"--fc-{line}"], colours[f"--fc-{ground}"]) >= 3, (line, ground)
