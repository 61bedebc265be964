"""The layouts and typefaces among which a theme chooses."""

from __future__ import annotations

import pytest

from generator import bundled
from generator.rendering import theme as theming
from generator.rendering.theming import looks, settings
from tests.rendering.themes import load

RULES = settings.schema()["properties"]
PLAIN = {"standard", "wide", "paper", "plain", "rows", "above"}


def choices(setting: str) -> list[str]:
    rule = RULES["banner"]["properties"]["form"] if setting == "banner" else RULES[setting]
    return list(rule["enum"])


@pytest.mark.parametrize("setting", looks.CHOICES)
def test_every_choice_has_its_sheet_and_every_sheet_its_choice(setting):
    """A department that chooses a layout must not get the ordinary one without a word."""
    sheets = {value for value in choices(setting) if looks.sheet(setting, value)}
    files = {p.stem.removeprefix(f"{setting}-") for p in (bundled.theme() / "looks").iterdir()
             if p.name.startswith(f"{setting}-")}  # fmt: skip

    assert sheets == files == set(choices(setting)) - PLAIN


def test_every_arrangement_has_its_template():
    """A layout without its template would leave a department without a home page."""
    folder = bundled.theme() / "templates" / "arrangements"

    assert {path.stem for path in folder.glob("*.html")} == theming.ARRANGED | {"plain"}
    assert set(looks.STRUCTURES) == set(choices("structure")) > theming.ARRANGED


@pytest.mark.parametrize("name", looks.TYPEFACES)
def test_a_typeface_is_small_licensed_and_lies_beside_its_sheet(tmp_path, name):
    """A phone on a slow line must not wait for letters, and nothing may come from elsewhere."""
    loaded = load(tmp_path, f"schema: 1\ntypeface: {name}\n")

    assert looks.typeface(name).startswith(b"wOF2") and len(looks.typeface(name)) < 30_000
    assert f"{name}.woff2" in (bundled.theme() / "LICENCES.txt").read_text(encoding="utf-8")
    assert f"departments/water/assets/{name}.woff2" in dict(theming.files(loaded.theme))
    assert f'url("{name}.woff2")' in loaded.css and "font-display: optional" in loaded.css


def test_a_layout_stays_on_the_screen():
    """Paper has the city's own layout: what a notice board shows must not depend on a theme."""
    for path in (bundled.theme() / "looks").iterdir():
        outside = path.read_text(encoding="utf-8").split("\n@media screen")[0]
        assert "{" not in outside.partition("*/")[2], path.name
